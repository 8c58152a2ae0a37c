import type { CompiledAngle } from '../../circuits/angle/differentiate.js';
import type { Floats } from '../../kernels/chain.js';

/** to[k·toStep] += factor · from[k·fromStep], `count` times: apart, so that it compiles to a loop on its own. */
function addStrided(
  from: Floats,
  fromStart: number,
  fromStep: number,
  to: Floats,
  toStart: number,
  toStep: number,
  count: number,
  factor: number,
): void {
  for (let k = 0, i = fromStart, j = toStart; k < count; k++, i += fromStep, j += toStep) to[j] += factor * from[i];
}

/** The column that an angle is, or undefined where it is more than one parameter as it stands. */
const columnOf = ({ source, symbols }: CompiledAngle): number | undefined =>
  typeof source !== 'number' && source.kind === 'symbol' ? symbols[0] : undefined;

/**
 * to[start + edge·step] += factor · angle(parameters of the edge), for all edges.
 *
 * @param parameters  shape [edges, width]
 */
export function addAngles(
  angle: CompiledAngle,
  parameters: Floats,
  edges: number,
  to: Floats,
  start: number,
  step: number,
  factor: number,
): void {
  const width = parameters.length / edges;
  const column = columnOf(angle);
  if (column !== undefined) {
    addStrided(parameters, column, width, to, start, step, edges, factor);
    return;
  }
  for (let edge = 0; edge < edges; edge++) {
    to[start + edge * step] += factor * angle.value(parameters.subarray(edge * width, (edge + 1) * width));
  }
}

/**
 * into += factor · upstream · ∂angle/∂parameters, for `count` edges from `first` on.
 *
 * @param upstream   of edge k at start + (k − first)·step
 * @param into       shape of `parameters`, [edges, width]
 */
export function addAngleGradients(
  angle: CompiledAngle,
  parameters: Floats,
  width: number,
  upstream: Floats,
  start: number,
  step: number,
  first: number,
  count: number,
  factor: number,
  into: Floats,
): void {
  const column = columnOf(angle);
  if (column !== undefined) {
    addStrided(upstream, start, step, into, first * width + column, width, count, factor);
    return;
  }
  if (angle.symbols.length === 0) return;
  for (let k = 0; k < count; k++) {
    const [from, to] = [(first + k) * width, (first + k + 1) * width];
    angle.gradient(parameters.subarray(from, to), factor * upstream[start + k * step], into.subarray(from, to));
  }
}
