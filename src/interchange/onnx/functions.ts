import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import type { OnnxGraph, Value } from './graph.js';

const unary =
  (operator: string) =>
  (graph: OnnxGraph, x: Value): Value =>
    graph.apply(operator, [x]);

/** The functions beside bases and circuits, element by element. */
export const onnxFunctions: Readonly<Record<BaseFunctionName, (graph: OnnxGraph, x: Value) => Value>> = {
  silu: (graph, x) => graph.multiply(x, graph.apply('Sigmoid', [x])),
  gelu: (graph, x) => {
    const twice = graph.add(graph.scalar(1), graph.apply('Erf', [graph.multiply(x, graph.scalar(Math.SQRT1_2))]));
    return graph.multiply(graph.multiply(x, graph.scalar(0.5)), twice);
  },
  relu: unary('Relu'),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  identity: (_, x) => x,
};
