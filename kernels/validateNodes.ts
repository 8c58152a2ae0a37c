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
  readonly siluWeights?: Floats;
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
  const { x, coefficients, upstream, gain, siluWeights } = arrays;
  checkLength(where, 'x', x, batch * inDim, '[batch, in]');
  if (coefficients) {
    checkLength(where, 'coefficients', coefficients, (2 * degree + 1) * outDim * inDim, '[2d + 1, out, in]');
  }
  if (upstream) checkLength(where, 'upstream', upstream, batch * outDim, '[batch, out]');
  if (gain) checkLength(where, 'gain', gain, batch * inDim, '[batch, in]');
  if (siluWeights) checkLength(where, 'weights of silu', siluWeights, outDim * inDim, '[out, in]');
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
  const columns = angles.length / edges;
  if (!Number.isInteger(columns)) throw expected(where, 'angles of shape [edges, columns]', angles.length);
  let reach = 0;
  for (const step of steps) {
    checkChoice(where, 'kind of step', step.kind, ['turn', 'encode', 'rotate']);
    if (step.kind === 'rotate') {
      checkLength(where, 'rotation', step.rotation, 9, '[3, 3]');
      continue;
    }
    checkInteger(where, 'axis', step.axis, 0, 2);
    if (step.kind === 'encode') {
      checkInteger(where, 'weight', step.weight, -Infinity);
      reach += Math.abs(step.weight);
      continue;
    }
    for (const { column, sign } of step.terms) {
      checkInteger(where, 'column', column, 0, columns - 1);
      if (sign !== 1 && sign !== -1) throw expected(where, 'a sign of 1 or -1', sign);
    }
  }
  if (reach > degree) throw expected(where, `weights that add up to at most the degree ${degree}`, reach);
  if (upstream) checkLength(where, 'upstream', upstream, (2 * degree + 1) * edges, '[2d + 1, edges]');
}
