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
      if (seed?.length !== 4 || seed.every((word) => word === 0)) {
        throw expected('Random', 'a seed or a state of four words, not all zero', seed);
      }
      this.words.set(seed);
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

  /** Returns to a state that `state()` gave. */
  restore(state: RandomState): void {
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
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
    67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ],
  [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
    28729.085735721942674, 5226.495278852545925,
  ],
] as const;
const MIDDLE = [
  [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
] as const;
const TAIL = [
  [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
  ],
] as const;
