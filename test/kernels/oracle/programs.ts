/** Random programs, angles, states and observables, all from one seeded generator. */
import type { Angles, Instruction, PauliSum, Program } from '../../../kernels/backend.js';
import type { Random } from '../../../src/foundation/random.js';

/** What a random program is made of. */
export interface ProgramOptions {
  readonly numQubits: number;
  readonly length: number;
  readonly numSlots: number;
  readonly kinds: readonly Instruction['kind'][];
  /** Probability that a qubit which is no target is a control, on 0 or 1 alike. */
  readonly controls: number;
  /** Numbers of targets to draw from. A rotation on 0 targets has the word of identities. */
  readonly targets: readonly number[];
  readonly unitary: boolean;
}

export const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.integer(choices.length)];

/** Normalised random states, shape [count, 2ⁿ, 2]. */
export function randomStates(random: Random, numQubits: number, count: number): Float64Array {
  const length = 2 * 2 ** numQubits;
  const states = Float64Array.from({ length: count * length }, () => random.normal());
  for (let k = 0; k < count; k++) {
    const state = states.subarray(k * length, (k + 1) * length);
    const norm = Math.hypot(...state);
    for (let i = 0; i < length; i++) state[i] /= norm;
  }
  return states;
}

/** A random unitary, by Gram-Schmidt on random rows. */
export function randomUnitary(random: Random, size: number): Float64Array {
  const entries = Float64Array.from({ length: 2 * size * size }, () => random.normal());
  const row = (i: number): Float64Array => entries.subarray(2 * i * size, 2 * (i + 1) * size);
  for (let i = 0; i < size; i++) {
    const current = row(i);
    // twice, so that rounding leaves the rows orthogonal to the last bits
    for (let j = 0; j < 2 * i; j++) {
      const other = row(j % i);
      let [re, im] = [0, 0];
      for (let k = 0; k < 2 * size; k += 2) {
        re += other[k] * current[k] + other[k + 1] * current[k + 1];
        im += other[k] * current[k + 1] - other[k + 1] * current[k];
      }
      for (let k = 0; k < 2 * size; k += 2) {
        current[k] -= re * other[k] - im * other[k + 1];
        current[k + 1] -= re * other[k + 1] + im * other[k];
      }
    }
    const norm = Math.hypot(...current);
    for (let k = 0; k < 2 * size; k++) current[k] /= norm;
  }
  return entries;
}

/** A random matrix of Frobenius norm 1, so that it enlarges no state and no rounding error. */
function randomContraction(random: Random, size: number): Float64Array {
  const entries = Float64Array.from({ length: 2 * size * size }, () => random.normal());
  const norm = Math.hypot(...entries);
  return entries.map((value) => value / norm);
}

function randomInstruction(random: Random, options: ProgramOptions): Instruction {
  const { numQubits, numSlots } = options;
  const order = [...random.permutation(numQubits)];
  const count = Math.min(pick(random, options.targets), numQubits);
  const targets = order.slice(0, count);
  let [controlMask, controlValue] = [0, 0];
  for (const qubit of order.slice(count)) {
    if (random.uniform() >= options.controls) continue;
    controlMask |= 1 << qubit;
    controlValue |= random.integer(2) << qubit;
  }
  if (pick(random, options.kinds) === 'matrix') {
    const draw = options.unitary ? randomUnitary : randomContraction;
    return { kind: 'matrix', controlMask, controlValue, targets, entries: draw(random, 2 ** count) };
  }
  let [xMask, zMask] = [0, 0];
  for (const qubit of targets) {
    const letter = 1 + random.integer(3);
    xMask |= (letter & 1) << qubit;
    zMask |= (letter >> 1) << qubit;
  }
  const phase = pick(random, [0, 0.5, 1.5, random.uniform(-1, 1)]);
  const constant = numSlots === 0 || random.integer(3) === 0;
  const angle = constant ? { constant: random.uniform(-Math.PI, Math.PI) } : { slot: random.integer(numSlots) };
  return { kind: 'rotate', controlMask, controlValue, xMask, zMask, phase, angle };
}

export const randomProgram = (random: Random, options: ProgramOptions): Program => ({
  numQubits: options.numQubits,
  numSlots: options.numSlots,
  instructions: Array.from({ length: options.length }, () => randomInstruction(random, options)),
});

/** Angles in (−π, π), a third of them shared by all samples. */
export const randomAngles = (random: Random, numSlots: number, batch: number): Angles =>
  Array.from({ length: numSlots }, () =>
    Float64Array.from({ length: random.integer(3) === 0 ? 1 : batch }, () => random.uniform(-Math.PI, Math.PI)),
  );

/** A sum of up to four random words, Y among them, coefficients in (−1, 1). */
export const randomObservable = (random: Random, numQubits: number): PauliSum => ({
  terms: Array.from({ length: 1 + random.integer(4) }, () => ({
    xMask: random.integer(2 ** numQubits),
    zMask: random.integer(2 ** numQubits),
    coefficient: random.uniform(-1, 1),
  })),
});

/** The angles of one sample. */
export const anglesOfSample = (angles: Angles, sample: number): Angles =>
  angles.map((values) => values.slice(values.length === 1 ? 0 : sample).subarray(0, 1));
