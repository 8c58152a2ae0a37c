import { checkAllFinite, checkChoice, checkInteger, checkLength } from '../src/foundation/checks.js';
import { expected } from '../src/foundation/errors.js';
import type { Floats } from './chain.js';
import type { NodeProgram, NodeShape } from './nodes.js';

/** What a node kernel is given, beside the shape. */
export interface NodeArrays {
  readonly x: Floats;
  readonly coefficients?: Floats;
  readonly upstream?: Floats;
  readonly gain?: Floats;
  readonly base?: Floats;
  readonly baseWeights?: Floats;
}

/** Beyond, m^k leaves what float32 can hold for degrees of use. */
const MOST_ORDERS = 12;

/** Throws unless the sizes are sound and the arrays have the lengths that they ask for. Values are not looked at. */
export function checkNodes(where: string, shape: NodeShape, batch: number, arrays: NodeArrays): void {
  const { inDim, outDim, degree, order } = shape;
  checkInteger(where, 'batch', batch, 1);
  checkInteger(where, 'inDim', inDim, 1);
  checkInteger(where, 'outDim', outDim, 1);
  checkInteger(where, 'degree', degree, 0);
  checkInteger(where, 'order', order, 0, MOST_ORDERS);
  const { x, coefficients, upstream, gain, base, baseWeights } = arrays;
  checkLength(where, 'x', x, batch * inDim, '[batch, in]');
  if (coefficients) {
    checkLength(where, 'coefficients', coefficients, (2 * degree + 1) * outDim * inDim, '[2d + 1, out, in]');
  }
  if (upstream) checkLength(where, 'upstream', upstream, batch * outDim, '[batch, out]');
  if (gain) checkLength(where, 'gain', gain, batch * inDim, '[batch, in]');
  if (base) checkLength(where, 'base', base, batch * inDim, '[batch, in]');
  if (baseWeights) checkLength(where, 'base weights', baseWeights, outDim * inDim, '[out, in]');
}

/** Throws unless the steps are sound, the weights add up to the degree, and the arrays have the lengths of their shapes. */
export function checkProgram(
  where: string,
  { steps, readout }: NodeProgram,
  degree: number,
  angles: Floats,
  edges: number,
  upstream?: Floats,
): void {
  checkInteger(where, 'edges', edges, 1);
  checkInteger(where, 'degree', degree, 0);
  checkLength(where, 'readout', readout, 3, '[3]');
  checkAllFinite(where, 'readout', readout);
  let [turns, reach] = [0, 0];
  for (const step of steps) {
    checkChoice(where, 'kind of step', step.kind, ['turn', 'encode', 'rotate']);
    if (step.kind === 'rotate') {
      checkLength(where, 'rotation', step.rotation, 9, '[3, 3]');
      continue;
    }
    checkInteger(where, 'axis', step.axis, 0, 2);
    if (step.kind === 'turn') turns++;
    else {
      checkInteger(where, 'weight', step.weight, -Infinity);
      reach += Math.abs(step.weight);
    }
  }
  if (reach > degree) throw expected(where, `weights that add up to at most the degree ${degree}`, reach);
  checkLength(where, 'angles', angles, turns * edges, '[turns, edges]');
  if (upstream) checkLength(where, 'upstream', upstream, (2 * degree + 1) * edges, '[2d + 1, edges]');
}
