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
export const columnOf = ({ source, symbols }: CompiledAngle): number | undefined =>
  typeof source !== 'number' && source.kind === 'symbol' ? symbols[0] : undefined;

/** Edges that are taken at a time: their parameters stay in the cache while one column after the other is read. */
export const BLOCK = 256;

/** Calls `visit` for blocks of edges. */
export function eachBlock(edges: number, visit: (first: number, count: number) => void): void {
  for (let first = 0; first < edges; first += BLOCK) visit(first, Math.min(BLOCK, edges - first));
}

/**
 * to[start + (k − first)·step] += factor · angle(parameters of edge k), for `count` edges from `first` on.
 *
 * @param parameters  shape [edges, width]
 */
export function addAngles(
  angle: CompiledAngle,
  parameters: Floats,
  width: number,
  to: Floats,
  start: number,
  step: number,
  first: number,
  count: number,
  factor: number,
): void {
  const column = columnOf(angle);
  if (column !== undefined) {
    addStrided(parameters, first * width + column, width, to, start, step, count, factor);
    return;
  }
  for (let k = 0; k < count; k++) {
    const own = parameters.subarray((first + k) * width, (first + k + 1) * width);
    to[start + k * step] += factor * angle.value(own);
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
