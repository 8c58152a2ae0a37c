import type { Floats } from '../../chain.js';
import { COMPLEX } from './layout.js';

/** How states lie in memory. */
export interface StateLayout {
  readonly numQubits: number;
  /** Numbers in a vector: 2 or 4. */
  readonly lanes: number;
  /** Vectors of samples in a block; 0: amplitude-minor. */
  readonly block: number;
}

/** Bytes of a state (amplitude-minor), or of a block of them. */
export const stateBytes = ({ numQubits, lanes, block }: StateLayout): number =>
  COMPLEX * 2 ** numQubits * (block === 0 ? 1 / lanes : block);

/** Where samples and amplitudes lie among the numbers of memory: a vector's real parts, then, `lanes` behind, its imaginary parts. */
interface Strides {
  /** The real part of a sample's first amplitude. */
  readonly first: number;
  /** Amplitudes in a vector, neighbours in memory. */
  readonly group: number;
  /** Numbers from one such vector to the next. */
  readonly stride: number;
}

function stridesOf({ numQubits, lanes, block }: StateLayout, sample: number): Strides {
  const size = 2 ** numQubits;
  const perVector = 2 * lanes;
  if (block === 0) return { first: sample * 2 * size, group: lanes, stride: perVector };
  const samples = block * lanes;
  const within = sample % samples;
  const start = Math.floor(sample / samples) * size * block * perVector;
  const first = start + Math.floor(within / lanes) * perVector + (within % lanes);
  return { first, group: 1, stride: block * perVector };
}

/** States as the caller has them, [batch, 2ⁿ, 2], from memory. −0 becomes 0, whatever the layout made of it. */
export function readStates(layout: StateLayout, batch: number, memory: Floats): Float64Array {
  const { numQubits, lanes } = layout;
  const length = 2 * 2 ** numQubits;
  const result = new Float64Array(batch * length);
  for (let sample = 0; sample < batch; sample++) {
    const { first, group, stride } = stridesOf(layout, sample);
    const end = (sample + 1) * length;
    for (let to = sample * length, from = first; to < end; from += stride) {
      for (let lane = from; lane < from + group; lane++, to += 2) {
        result[to] = memory[lane] + 0;
        result[to + 1] = memory[lane + lanes] + 0;
      }
    }
  }
  return result;
}

/** The caller's states, [batch, 2ⁿ, 2] or one for all, to memory. */
export function writeStates(layout: StateLayout, batch: number, initial: Float64Array, memory: Floats): void {
  const { numQubits, lanes } = layout;
  const length = 2 * 2 ** numQubits;
  for (let sample = 0; sample < batch; sample++) {
    const { first, group, stride } = stridesOf(layout, sample);
    const begin = initial.length === length ? 0 : sample * length;
    for (let from = begin, to = first; from < begin + length; to += stride) {
      for (let lane = to; lane < to + group; lane++, from += 2) {
        memory[lane] = initial[from];
        memory[lane + lanes] = initial[from + 1];
      }
    }
  }
}
