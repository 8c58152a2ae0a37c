import type { ChainKernel } from '../../kernels/chain.js';
import type { ActivationLayer } from '../activation/layer.js';
import { expected } from '../foundation/errors.js';
import { Random } from '../foundation/random.js';
import type { HostLayer } from '../network/hostLayer.js';
import { layerForward, layerLength, type NetworkLayer, quantumLayer } from '../network/layer.js';
import type { PlotLayer } from '../plot/networkPicture.js';
import { type Angles, type Qubit, qubitOf } from './qubit.js';
import { type PageState, sampleX } from './state.js';

/** A QKAN of one input and one output, everything trained: θ, w and b (fixed for acos encodings), p, q and c. */
export interface PageNetwork {
  readonly qubit: Qubit;
  readonly layers: readonly NetworkLayer[];
}

/** Layers 1 → hidden → 1, or 1 → 1 where hidden is 0. */
export function networkOf({ ansatz, reps, hidden }: Pick<PageState, 'ansatz' | 'reps' | 'hidden'>): PageNetwork {
  const qubit = qubitOf(ansatz, reps);
  const widths = hidden === 0 ? [1, 1] : [1, hidden, 1];
  const layers = widths.slice(1).map((outDim, l) => networkLayer(qubit, widths[l], outDim));
  return { qubit, layers };
}

function networkLayer({ plan, names }: Qubit, inDim: number, outDim: number): NetworkLayer {
  const activation: ActivationLayer = { plan, inDim, outDim, measurement: 'expectation', outsideDomain: 'clamp' };
  const edges = inDim * outDim;
  const [numTheta, reps] = [names.theta.length, names.weights.length];
  const encoding = new Float64Array(edges * reps);
  const acos = plan.encoding === 'acos';
  return {
    activation,
    circuits: edges,
    circuitOf: Int32Array.from({ length: edges }, (_, edge) => edge),
    blocks: acos
      ? [{ width: numTheta }, { width: reps, fixed: encoding.map(() => 1) }, { width: reps, fixed: encoding }]
      : [{ width: numTheta }, { width: reps }, { width: reps }],
    mask: new Float64Array(edges).fill(1),
    trainsWeight: true,
    trainsBias: true,
    base: 'silu',
    baseWeight: 'trained',
  };
}

/** The layers for a kernel. */
export const hostLayers = ({ layers }: PageNetwork, kernel: ChainKernel): HostLayer[] =>
  layers.map((layer) => quantumLayer(kernel, layer));

export const networkLength = ({ layers }: PageNetwork): number =>
  layers.reduce((sum, layer) => sum + layerLength(layer), 0);

/** Where training starts: θ ~ N(0, 1/r), w = 1, b = 0, p = 1, q = 0, c = ½. */
export function networkStart({ layers }: PageNetwork, seed: number): Float64Array {
  const random = new Random(seed);
  const starts = layers.flatMap((layer) => {
    const edges = layer.mask.length;
    const deviation = 1 / Math.sqrt(layer.activation.plan.reps);
    const [theta, ...encodings] = layer.blocks;
    return [
      Float64Array.from({ length: edges * theta.width }, () => random.normal(0, deviation)),
      ...encodings.flatMap(({ width, fixed }, k) => (fixed ? [] : [new Float64Array(edges * width).fill(1 - k)])),
      ...[1, 0, 0.5].map((value) => new Float64Array(edges).fill(value)),
    ];
  });
  return Float64Array.from(starts.flatMap((start) => Array.from(start)));
}

/** The trained numbers of each layer. */
function* parts({ layers }: PageNetwork, values: Float64Array): Generator<[NetworkLayer, Float64Array]> {
  let at = 0;
  for (const layer of layers) {
    const length = layerLength(layer);
    yield [layer, values.subarray(at, at + length)];
    at += length;
  }
}

/** The angles of one edge, counted through the layers. */
export function edgeAngles(network: PageNetwork, values: Float64Array, edge: number): Angles {
  let own = edge;
  for (const [layer, numbers] of parts(network, values)) {
    const edges = layer.mask.length;
    if (own >= edges) {
      own -= edges;
      continue;
    }
    let at = 0;
    const [theta, weights, biases] = layer.blocks.map(({ width, fixed }) => {
      const source = fixed ?? numbers.subarray(at);
      if (!fixed) at += edges * width;
      return Array.from(source.subarray(own * width, (own + 1) * width));
    });
    return { theta, weights, biases };
  }
  throw expected('edgeAngles', 'an edge of the network', edge);
}

/** Names of all edges, in the order of `edgeAngles`. */
export function edgeNames({ layers }: PageNetwork): string[] {
  if (layers.length === 1) return ['x → y'];
  const hidden = Array.from({ length: layers[0].activation.outDim }, (_, k) => k + 1);
  return [...hidden.map((k) => `x → node ${k}`), ...hidden.map((k) => `node ${k} → y`)];
}

const CURVE_POINTS = 49;

/** Every edge's function over the values that reach it, and how much it varies: what the picture of a network shows. */
export function networkCurves(network: PageNetwork, kernel: ChainKernel, values: Float64Array): PlotLayer[] {
  let x = sampleX;
  return [...parts(network, values)].map(([layer, numbers]) => {
    const { inDim, outDim } = layer.activation;
    const batch = x.length / inDim;
    const edges = Array.from({ length: inDim * outDim }, (_, edge) => edge);
    const single = (edge: number): [NetworkLayer, Float64Array] => [
      { ...networkLayer(network.qubit, 1, 1) },
      edgeNumbers(layer, numbers, edge),
    ];
    const curves = edges.map((edge) => {
      const reaching = Float64Array.from({ length: batch }, (_, b) => x[b * inDim + (edge % inDim)]);
      const [low, high] = [Math.min(...reaching), Math.max(...reaching)];
      const span = high - low || 1e-6;
      const at = Float64Array.from({ length: CURVE_POINTS }, (_, k) => low + (span * k) / (CURVE_POINTS - 1));
      return { x: at, y: layerForward(kernel, ...single(edge), at, CURVE_POINTS) };
    });
    x = layerForward(kernel, layer, numbers, x, batch);
    return { inDim, outDim, curves, importance: curves.map(({ y }) => deviation(y)) };
  });
}

/** The trained numbers of one edge, in the order of a layer of its own. */
function edgeNumbers(layer: NetworkLayer, numbers: Float64Array, edge: number): Float64Array {
  const edges = layer.mask.length;
  const widths = [...layer.blocks.flatMap(({ width, fixed }) => (fixed ? [] : [width])), 1, 1, 1];
  let at = 0;
  const own = widths.flatMap((width) => {
    const from = at + edge * width;
    at += edges * width;
    return Array.from(numbers.subarray(from, from + width));
  });
  return Float64Array.from(own);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
