import { checkInteger } from './checks.js';
import { expected } from './errors.js';

/** The state of a `Random`, four unsigned 32-bit words: what a checkpoint stores. */
export type RandomState = readonly [number, number, number, number];

/**
 * A seeded generator of random numbers: xoshiro128++ (Blackman & Vigna, doi:10.1145/3460772), seeded by splitmix32.
 * It uses nothing but integer operations, +, ×, ÷ and √, so that a seed gives the same bits on every machine.
 */
export class Random {
  private readonly words = new Uint32Array(4);

  /** @param seed an integer in 0 … 2³² − 1, or the `state()` of another generator */
  constructor(seed: number | RandomState) {
    if (typeof seed !== 'number') {
      this.restore(seed);
      return;
    }
    checkInteger('Random', 'seed', seed, 0, 0xffffffff);
    let counter = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      counter = (counter + 0x9e3779b9) >>> 0;
      let z = counter;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.words[i] = z ^ (z >>> 15);
    }
  }

  /** A copy of the state, from which `new Random(state)` goes on identically. */
  state(): RandomState {
    return [...this.words] as unknown as RandomState;
  }

  /** Returns to a state that `state()` gave. Throws if it is none. */
  restore(state: RandomState): void {
    const isWord = (word: unknown): boolean => Number.isInteger(word) && (word as number) >>> 0 === word;
    if (state?.length !== 4 || !state.every(isWord) || state.every((word) => word === 0)) {
      throw expected('Random', 'a seed, or a state of four words that are not all zero', state);
    }
    this.words.set(state);
  }

  /** The next 32 random bits. */
  bits(): number {
    const s = this.words;
    const sum = (s[0] + s[3]) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + s[0]) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform on [low, high), 53 random bits. */
  uniform(low = 0, high = 1): number {
    const unit = ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
    return low + (high - low) * unit;
  }

  /** Uniform integer in 0 … bound − 1, without bias (rejection). */
  integer(bound: number): number {
    checkInteger('Random.integer', 'bound', bound, 1, 0xffffffff);
    const limit = 4294967296 - (4294967296 % bound);
    let draw = this.bits();
    while (draw >= limit) draw = this.bits();
    return draw % bound;
  }

  /** Normal with the given mean and standard deviation, by inversion of the distribution function. */
  normal(mean = 0, deviation = 1): number {
    let unit = this.uniform();
    while (unit === 0) unit = this.uniform();
    return mean + deviation * normalQuantile(unit);
  }

  /** −1 or +1 with equal probability (Rademacher). */
  sign(): -1 | 1 {
    return this.bits() >>> 31 === 0 ? 1 : -1;
  }

  /** A random permutation of 0 … length − 1 (Fisher-Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}

/** The generator that `source` names: a seed makes a new one, a generator is used as it is. */
export function randomFrom(source: number | Random): Random {
  return source instanceof Random ? source : new Random(source);
}

/** log(x) for x > 0 from +, × and ÷ alone: Math.log may differ in its last bit between JavaScript engines. */
function logarithm(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa > Math.SQRT2; exponent++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2;
  const s = (mantissa - 1) / (mantissa + 1); // log m = 2 artanh s
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * s * s + 1 / k;
  return 2 * s * sum + exponent * Math.LN2;
}

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/** Quantile of the standard normal distribution, relative error 1e-16 (Wichura, AS 241, PPND16, doi:10.2307/2347330). */
function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(CENTRE[0], r)) / horner(CENTRE[1], r);
  }
  const r = Math.sqrt(-logarithm(q < 0 ? probability : 1 - probability));
  const [table, shift] = r <= 5 ? [MIDDLE, 1.6] : [TAIL, 5];
  const magnitude = horner(table[0], r - shift) / horner(table[1], r - shift);
  return q < 0 ? -magnitude : magnitude;
}

const CENTRE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
] as const;
const MIDDLE = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;
const TAIL = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;
