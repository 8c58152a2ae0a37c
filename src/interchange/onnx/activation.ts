import { referenceNodeKernel } from '../../../kernels/reference/nodes.js';
import { foldEdges } from '../../activation/fold.js';
import type { ActivationLayer } from '../../activation/layer.js';
import { nodeCoefficients } from '../../activation/nodes.js';
import type { OnnxGraph, Value } from './graph.js';

/** Quantum activations on the edges of a layer, with their numbers. */
export interface OnnxActivations {
  readonly layer: ActivationLayer;
  /** d, where encoding weights are integers that are not trained. */
  readonly degree: number | undefined;
  /** Shape [out·in, plan.parameters.length]; radians. */
  readonly parameters: ArrayLike<number>;
  /** Shape [out, in]. */
  readonly scale: ArrayLike<number>;
}

/** y_o = Σ_i scale_oi · f_oi(x_i), shape [batch, out]: one matrix product where that is possible, the Bloch chain elsewhere. */
export function activationOutputs(graph: OnnxGraph, x: Value, activations: OnnxActivations): Value {
  const { degree, layer } = activations;
  return degree !== undefined && layer.measurement === 'expectation'
    ? nodeOutputs(graph, x, activations, degree)
    : chainOutputs(graph, x, activations);
}

/** Within ±1 where the layer clamps; otherwise as they are, so that a value outside gives NaN. */
const within = (graph: OnnxGraph, x: Value, { outsideDomain }: ActivationLayer): Value =>
  outsideDomain === 'clamp' ? graph.apply('Clip', [x, graph.scalar(-1), graph.scalar(1)]) : x;

/** [cos mx, sin mx] for m = 1 … d, times their coefficients; the constants of all inputs are one bias. */
function nodeOutputs(graph: OnnxGraph, x: Value, activations: OnnxActivations, degree: number): Value {
  const { layer, scale } = activations;
  const { inDim, outDim, plan } = layer;
  const edges = inDim * outDim;
  const parameters = Float64Array.from(activations.parameters);
  const coefficients = nodeCoefficients(referenceNodeKernel, plan, degree, parameters, edges); // [2d + 1, out·in]
  const angle = plan.encoding === 'acos' ? graph.apply('Acos', [within(graph, x, layer)]) : x;
  const features: Value[] = [];
  const matrix = new Float64Array(2 * degree * edges); // [2d·in, out]
  const bias = new Float64Array(outDim);
  for (let m = 1; m <= degree; m++) {
    const multiple = m === 1 ? angle : graph.multiply(angle, graph.scalar(m));
    features.push(graph.apply('Cos', [multiple]), graph.apply('Sin', [multiple]));
  }
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      bias[o] += scale[edge] * coefficients[edge];
      for (let m = 1; m <= degree; m++) {
        const row = 2 * (m - 1) * inDim + i;
        matrix[row * outDim + o] = scale[edge] * coefficients[m * edges + edge];
        matrix[(row + inDim) * outDim + o] = scale[edge] * coefficients[(degree + m) * edges + edge];
      }
    }
  }
  const together = graph.apply('Concat', features, { axis: 1 });
  const product = graph.apply('MatMul', [together, graph.tensor(matrix, [2 * degree * inDim, outDim])]);
  return graph.add(product, graph.tensor(bias, [outDim]));
}

/** Bloch vectors of shape [batch, out, in], turned by the data and by the folded gates between them. */
function chainOutputs(graph: OnnxGraph, x: Value, { layer, parameters, scale }: OnnxActivations): Value {
  const { inDim, outDim, plan, measurement } = layer;
  const { reps } = plan;
  const edges = inDim * outDim;
  const chain = foldEdges(plan, Float64Array.from(parameters), edges);
  /** One number an edge, from an array of `size` numbers an edge. */
  const perEdge = (values: ArrayLike<number>, size: number, at: number): Value =>
    graph.tensor(
      Float64Array.from({ length: edges }, (_, edge) => values[edge * size + at]),
      [1, outDim, inDim],
    );
  const sum = (terms: readonly Value[]): Value => terms.reduce((total, term) => graph.add(total, term));
  const data = graph.apply('Unsqueeze', [x, graph.integers([1])]); // [batch, 1, in]
  let v = [0, 1, 2].map((k) => perEdge(chain.start, 3, k));
  for (let l = 0; l < reps; l++) {
    const weighted = graph.multiply(data, perEdge(chain.weights, reps, l));
    const encoded = graph.add(weighted, perEdge(chain.biases, reps, l));
    const [c, s] = cosineAndSine(graph, encoded, layer);
    v = [
      graph.subtract(graph.multiply(c, v[0]), graph.multiply(s, v[1])),
      graph.add(graph.multiply(s, v[0]), graph.multiply(c, v[1])),
      v[2],
    ];
    if (l === reps - 1) break;
    const size = 9 * (reps - 1);
    const before = v;
    v = [0, 1, 2].map((row) =>
      sum(before.map((entry, k) => graph.multiply(entry, perEdge(chain.blocks, size, 9 * l + 3 * row + k)))),
    );
  }
  const last = v;
  let f = sum(last.map((entry, k) => graph.multiply(entry, perEdge(chain.end, 3, k))));
  if (measurement === 'amplitude') f = amplitude(graph, f);
  if (plan.offset !== 0) f = graph.add(f, graph.scalar(plan.offset));
  const scaled = graph.multiply(f, graph.tensor(scale, [1, outDim, inDim]));
  return graph.apply('ReduceSum', [scaled, graph.integers([2])], { keepdims: 0 });
}

function cosineAndSine(graph: OnnxGraph, encoded: Value, layer: ActivationLayer): [cosine: Value, sine: Value] {
  if (layer.plan.encoding === 'linear') return [graph.apply('Cos', [encoded]), graph.apply('Sin', [encoded])];
  const cosine = within(graph, encoded, layer);
  return [cosine, cofunction(graph, cosine)];
}

/** √(1 − a²). */
const cofunction = (graph: OnnxGraph, a: Value): Value =>
  graph.apply('Sqrt', [graph.subtract(graph.scalar(1), graph.multiply(a, a))]);

/** |α| − |β| = z/√(1 + √(1 − z²)); rounding may carry |z| beyond 1. */
function amplitude(graph: OnnxGraph, z: Value): Value {
  const sine = cofunction(graph, graph.apply('Clip', [z, graph.scalar(-1), graph.scalar(1)]));
  return graph.apply('Div', [z, graph.apply('Sqrt', [graph.add(graph.scalar(1), sine)])]);
}
