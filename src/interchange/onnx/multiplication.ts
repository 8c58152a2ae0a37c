import { type ProductNodes, runsOfNodes } from '../../network/multiplication.js';
import type { OnnxGraph, Value } from './graph.js';

/** Nodes from sums: those that are multiplied become products. */
export function multipliedOutputs(graph: OnnxGraph, x: Value, nodes: ProductNodes): Value {
  const parts = runsOfNodes(nodes).map((run) =>
    run[0]
      .map((_, k) => graph.integers(run.map((sums) => sums[k])))
      .map((columns) => graph.apply('Gather', [x, columns], { axis: 1 }))
      .reduce(graph.multiply),
  );
  return parts.length === 1 ? parts[0] : graph.apply('Concat', parts, { axis: 1 });
}
