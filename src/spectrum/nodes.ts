import type { PauliSum } from '../../kernels/backend.js';
import { slotAngles } from '../compile/slots.js';
import type { Run } from '../simulate/run.js';

/** Amplitudes that are simulated at a time. */
const CHUNK = 2 ** 20;

/**
 * ⟨O⟩ of every sample at every point of some variables.
 *
 * @param variables  positions of the variables among the circuit's symbols
 * @param points     shape [points, variables]
 * @returns shape [batch, points]
 */
export function sampleAt(
  where: string,
  { compiled, bound, backend }: Pick<Run, 'compiled' | 'bound' | 'backend'>,
  sum: PauliSum,
  variables: readonly number[],
  points: Float64Array,
): Float64Array {
  const numPoints = points.length / variables.length;
  const rows = bound.batch * numPoints;
  const result = new Float64Array(rows);
  const chunk = Math.max(1, Math.floor(CHUNK / 2 ** compiled.numQubits));
  for (let first = 0; first < rows; first += chunk) {
    const length = Math.min(chunk, rows - first);
    // Row b · points + p is sample b at point p.
    const columns = bound.columns.map((column, symbol) => {
      const v = variables.indexOf(symbol);
      if (v >= 0)
        return Float64Array.from({ length }, (_, r) => points[((first + r) % numPoints) * variables.length + v]);
      if (column.length === 1) return column;
      return Float64Array.from({ length }, (_, r) => column[Math.floor((first + r) / numPoints)]);
    });
    const angles = slotAngles(where, compiled, { batch: length, columns });
    result.set(backend.expectation(compiled.program, angles, length, [sum]), first);
  }
  return result;
}
