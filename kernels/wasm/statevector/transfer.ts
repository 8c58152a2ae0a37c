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

/** Visits sample and amplitude with the place of the real part among the numbers of memory, the imaginary part `lanes` behind. */
function walk(
  { numQubits, lanes, block }: StateLayout,
  batch: number,
  visit: (state: number, memory: number) => void,
): void {
  const size = 2 ** numQubits;
  const perVector = 2 * lanes;
  for (let sample = 0; sample < batch; sample++) {
    let base = sample * 2 * size;
    let stride = perVector;
    let group = lanes; // amplitudes in a vector
    if (block !== 0) {
      const samples = block * lanes;
      const within = sample % samples;
      const vector = Math.floor(within / lanes);
      base = Math.floor(sample / samples) * size * block * perVector + vector * perVector + (within % lanes);
      stride = block * perVector;
      group = 1;
    }
    for (let i = 0, at = base; i < size; i += group, at += stride) {
      for (let lane = 0; lane < group; lane++) visit(2 * (sample * size + i + lane), at + lane);
    }
  }
}

/** States as the caller has them, [batch, 2ⁿ, 2], from memory. −0 becomes 0, whatever the layout made of it. */
export function readStates(layout: StateLayout, batch: number, memory: Floats): Float64Array {
  const result = new Float64Array(batch * 2 * 2 ** layout.numQubits);
  const { lanes } = layout;
  walk(layout, batch, (state, at) => {
    result[state] = memory[at] + 0;
    result[state + 1] = memory[at + lanes] + 0;
  });
  return result;
}

/** The caller's states, [batch, 2ⁿ, 2] or one for all, to memory. */
export function writeStates(layout: StateLayout, batch: number, initial: Float64Array, memory: Floats): void {
  const { lanes } = layout;
  const length = 2 * 2 ** layout.numQubits;
  const shared = initial.length === length;
  walk(layout, batch, (state, at) => {
    const from = shared ? state % length : state;
    memory[at] = initial[from];
    memory[at + lanes] = initial[from + 1];
  });
}
