import type { Place } from './basis.js';
import type { OnnxGraph, Value } from './graph.js';

/**
 * Attention over the inputs of a row, normalised, as `withAttention` of the bases has it but for its activation: features [batch, in, K] to
 * [batch, in, 1].
 */
export function attendedFeatures(graph: OnnxGraph, features: Value, { inDim, blocks }: Place): Value {
  const { attention, temperature, gain, shift } = blocks;
  const heat = Math.max(1, temperature[0]);
  const sumOver = (axis: number, value: Value): Value =>
    graph.apply('ReduceSum', [value, graph.integers([axis])], { keepdims: 1 });
  const meanOfInputs = (value: Value): Value => graph.multiply(sumOver(1, value), graph.scalar(1 / inDim));

  const weights = Float64Array.from(attention, (weight) => weight / heat);
  const scores = graph.apply('MatMul', [features, graph.tensor(weights, [weights.length, 1])]);
  const shares = graph.multiply(graph.apply('Softmax', [scores], { axis: 1 }), graph.scalar(inDim));
  const joined = graph.multiply(shares, sumOver(2, features));
  const centred = graph.subtract(joined, meanOfInputs(joined));
  const variance = graph.add(meanOfInputs(graph.multiply(centred, centred)), graph.scalar(1e-5));
  const u = graph.apply('Div', [centred, graph.apply('Sqrt', [variance])]);
  return graph.add(graph.multiply(u, graph.tensor(gain, [inDim, 1])), graph.tensor(shift, [inDim, 1]));
}
