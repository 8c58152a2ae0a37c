import { DaruanError } from '../foundation/errors.js';
import { distinct } from './distinct.js';

/** Numbers that a mode takes in a table: P, Q and z, each re and im. */
export const MODE = 6;

/**
 * What one data gate, a turn about z by w·t, does to the modes ω ≥ 0 of a real vector: P, the part along x + iy, goes to
 * ω + w, and Q, the part along x − iy, to ω − w, z stays. Written from the side of the mode that receives, with offsets into a
 * table of modes; the mode −ω is the conjugate of ω with P and Q exchanged. A mode that receives nothing reads the zeros
 * behind the last.
 */
export interface ModeStep {
  /** Modes before the gate. */
  readonly count: number;
  /** Modes after it. */
  readonly nextCount: number;
  readonly fromP: Int32Array;
  /** −1 where the conjugate is received. */
  readonly signP: Float64Array;
  readonly fromQ: Int32Array;
  readonly signQ: Float64Array;
  readonly fromZ: Int32Array;
}

/** The steps of all data gates, and the frequencies ω ≥ 0 after the last, ascending. */
export interface Modes {
  readonly steps: readonly ModeStep[];
  readonly frequencies: Float64Array;
}

const MAX_MODES = 100_000;

/** The modes of a circuit with data gates of the given weights. Throws if there are too many to be of use. */
export function modesOf(where: string, weights: ArrayLike<number>): Modes {
  let scale = 0;
  for (let l = 0; l < weights.length; l++) scale += Math.abs(weights[l]);
  const steps: ModeStep[] = [];
  let frequencies: Float64Array = Float64Array.of(0);
  for (let l = 0; l < weights.length; l++) {
    const { step, next } = stepOf(frequencies, weights[l], scale);
    if (next.length > MAX_MODES) {
      throw new DaruanError(
        where,
        `the circuit reaches more than ${MAX_MODES} frequencies`,
        'Use fewer repetitions, or integer encoding weights.',
      );
    }
    steps.push(step);
    frequencies = next;
  }
  return { steps, frequencies };
}

function stepOf(frequencies: Float64Array, w: number, scale: number): { step: ModeStep; next: Float64Array } {
  const count = frequencies.length;
  const sent = new Float64Array(3 * count);
  frequencies.forEach((frequency, s) => {
    sent[s] = frequency;
    sent[count + s] = frequency + w;
    sent[2 * count + s] = frequency - w;
  });
  const { numbers, positions } = distinct(sent.map(Math.abs), scale);
  const nextCount = numbers.length;
  const zeros = MODE * count;
  const from = () => new Int32Array(nextCount).fill(zeros);
  const [fromP, fromQ, fromZ] = [from(), from(), from()];
  const [signP, signQ] = [new Float64Array(nextCount).fill(1), new Float64Array(nextCount).fill(1)];
  for (let s = 0; s < count; s++) {
    fromZ[positions[s]] = MODE * s;
    const [up, down] = [positions[count + s], positions[2 * count + s]];
    // What is sent to a frequency below 0 is received, exchanged and conjugate, by its mirror image; 0 is its own.
    const [above, below] = [numbers[up] === 0 ? 0 : sent[count + s], numbers[down] === 0 ? 0 : sent[2 * count + s]];
    if (above >= 0) fromP[up] = MODE * s;
    if (above <= 0) [fromQ[up], signQ[up]] = [MODE * s, -1];
    if (below >= 0) [fromQ[down], signQ[down]] = [MODE * s + 2, 1];
    if (below <= 0) [fromP[down], signP[down]] = [MODE * s + 2, -1];
  }
  return { step: { count, nextCount, fromP, signP, fromQ, signQ, fromZ }, next: numbers };
}
