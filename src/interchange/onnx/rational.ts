import type { OptionsOf, Place } from './basis.js';
import type { OnnxGraph, Value } from './graph.js';

/** P(x)/Q(x) of each input's group, by Horner's rule; Q = 1 + Σ|b_j||x|^j, or 1 + |Σ b_j x^j|. */
export function rationalValue(graph: OnnxGraph, place: Place, options: OptionsOf<'rational'>): Value {
  const { x, inDim, blocks } = place;
  const { denominator: form, groups, sharedNumerator } = options;
  const count = Math.min(groups, inDim);
  const absolute = form === 'sumOfAbsolutes';
  /** Coefficient j of every input's group, shape [in, 1]. */
  const coefficient = (values: ArrayLike<number>, width: number, shared: boolean, j: number): Value =>
    graph.tensor(
      Float64Array.from({ length: inDim }, (_, i) => {
        const group = shared ? 0 : Math.floor((i * count) / inDim);
        return values[group * width + j];
      }),
      [inDim, 1],
    );
  const a = Array.from({ length: 6 }, (_, j) => coefficient(blocks.numerator, 6, sharedNumerator, j));
  const b = Array.from({ length: 4 }, (_, j) => {
    const values = blocks.denominator;
    return coefficient(absolute ? Float64Array.from(values, Math.abs) : values, 4, false, j);
  });
  const horner = (coefficients: readonly Value[], t: Value): Value =>
    coefficients.reduceRight((sum, next) => graph.add(graph.multiply(sum, t), next));
  const t = absolute ? graph.apply('Abs', [x]) : x;
  const inner = graph.multiply(horner(b, t), t);
  const quotient = graph.add(graph.scalar(1), absolute ? inner : graph.apply('Abs', [inner]));
  return graph.apply('Div', [horner(a, x), quotient]);
}
