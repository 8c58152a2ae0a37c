import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../../foundation/errors.js';
import { activationOutputs } from '../../interchange/onnx/activation.js';
import { OnnxGraph, type Value } from '../../interchange/onnx/graph.js';
import type { BaseActivation } from '../layers/baseActivations.js';
import type { HQKAN } from '../layers/HQKAN.js';
import type { Linear } from '../layers/Linear.js';
import type { QKANLayer } from '../layers/QKANLayer.js';

/**
 * A trained network as an ONNX model (operator set 17, float32), for runtimes without tfjs: input "x" [batch, in], output "y"
 * [batch, out]. Layers that node compilation can take become one matrix product; others their Bloch chain.
 *
 * @param model  QKAN, HQKAN, Linear, dense and batch normalisation layers, one after the other
 * @throws if another layer is among them, or the input is a sequence
 * @see https://onnx.ai
 * @example writeFileSync('model.onnx', exportOnnx(model));
 */
export function exportOnnx(model: tfl.LayersModel): Uint8Array {
  const { shape } = model.inputs[0];
  if (model.inputs.length !== 1 || shape.length !== 2) {
    throw expected('exportOnnx', 'a model of one input [batch, in]', shape, 'Export the layers apart.');
  }
  const graph = new OnnxGraph(model.name, shape[1]!);
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const y = layers.reduce((value, layer) => lower(graph, layer, value), graph.input);
  return graph.finish(y, model.outputs[0].shape[1]!);
}

type Lowering = (graph: OnnxGraph, layer: never, x: Value) => Value;

/** How each kind of layer is written. */
const lowerings: Readonly<Record<string, Lowering>> = {
  QKANLayer: qkanOutputs,
  Linear: linearOutputs,
  HQKAN: (graph, layer: HQKAN, x) => layer.layers.reduce((value, part) => lower(graph, part, value), x),
  Dense: denseOutputs,
  BatchNormalization: normalised,
} satisfies Record<string, (graph: OnnxGraph, layer: never, x: Value) => Value>;

function lower(graph: OnnxGraph, layer: tfl.layers.Layer, x: Value): Value {
  const kind = layer.getClassName();
  if (!Object.hasOwn(lowerings, kind)) {
    throw expected('exportOnnx', `layers of kind ${Object.keys(lowerings).join(', ')}`, `${kind} "${layer.name}"`);
  }
  return lowerings[kind](graph, layer as never, x);
}

/** The numbers of a layer's weights, in their order. */
const numbersOf = (layer: tfl.layers.Layer): Float32Array[] =>
  layer.getWeights().map((weight) => weight.dataSync() as Float32Array);

function qkanOutputs(graph: OnnxGraph, layer: QKANLayer, x: Value): Value {
  const { weight, bias, base } = layer.edgeFactors();
  const description = layer.layer();
  const { inDim, outDim } = description;
  const parameters = layer.parameterRows();
  let y = activationOutputs(graph, x, { layer: description, degree: layer.degree, parameters, scale: weight });
  if (bias.some((value) => value !== 0)) {
    const sums = Float64Array.from({ length: outDim }, (_, o) =>
      bias.subarray(o * inDim, (o + 1) * inDim).reduce((sum, value) => sum + value, 0),
    );
    y = graph.add(y, graph.tensor(sums, [outDim]));
  }
  const beside = baseOutputs[layer.baseActivation];
  return beside ? graph.add(y, product(graph, beside(graph, x), base, inDim, outDim)) : y;
}

function linearOutputs(graph: OnnxGraph, layer: Linear, x: Value): Value {
  const [kernel, bias] = numbersOf(layer);
  const { units, activation } = layer.getConfig() as unknown as { units: number; activation: BaseActivation };
  const y = product(graph, x, kernel, kernel.length / units, units);
  const shifted = bias ? graph.add(y, graph.tensor(bias, [units])) : y;
  return baseOutputs[activation]?.(graph, shifted) ?? shifted;
}

function denseOutputs(graph: OnnxGraph, layer: tfl.layers.Layer, x: Value): Value {
  const [kernel, bias] = layer.getWeights();
  const [inDim, units] = kernel.shape;
  const { activation } = layer.getConfig() as { activation: string };
  const apply = activation === 'linear' ? (_: OnnxGraph, value: Value) => value : baseOutputs[activation as 'relu'];
  if (!apply) throw expected('exportOnnx', `an activation of ${Object.keys(baseOutputs).join(', ')}`, activation);
  const y = graph.apply('MatMul', [x, graph.tensor(kernel.dataSync(), [inDim, units])]);
  return apply(graph, bias ? graph.add(y, graph.tensor(bias.dataSync(), [units])) : y);
}

/** With the statistics of the training, as in prediction. */
function normalised(graph: OnnxGraph, layer: tfl.layers.Layer, x: Value): Value {
  const { epsilon, scale, center } = layer.getConfig() as { epsilon: number; scale: boolean; center: boolean };
  const numbers = numbersOf(layer);
  const [mean, variance] = numbers.slice(-2);
  const gamma = scale ? numbers[0] : mean.map(() => 1);
  const beta = center ? numbers[scale ? 1 : 0] : mean.map(() => 0);
  const slope = gamma.map((value, k) => value / Math.sqrt(variance[k] + epsilon));
  const shift = beta.map((value, k) => value - mean[k] * slope[k]);
  return graph.add(graph.multiply(x, graph.tensor(slope, [slope.length])), graph.tensor(shift, [shift.length]));
}

/** x·weightsᵀ, weights of shape [out, in]. */
function product(graph: OnnxGraph, x: Value, weights: ArrayLike<number>, inDim: number, outDim: number): Value {
  const transposed = Float64Array.from({ length: inDim * outDim }, (_, k) => {
    const [i, o] = [Math.floor(k / outDim), k % outDim];
    return weights[o * inDim + i];
  });
  return graph.apply('MatMul', [x, graph.tensor(transposed, [inDim, outDim])]);
}

const unary =
  (operator: string) =>
  (graph: OnnxGraph, x: Value): Value =>
    graph.apply(operator, [x]);

const baseOutputs: Readonly<Record<BaseActivation, ((graph: OnnxGraph, x: Value) => Value) | undefined>> = {
  silu: (graph, x) => graph.multiply(x, graph.apply('Sigmoid', [x])),
  gelu: (graph, x) => {
    const twice = graph.add(graph.scalar(1), graph.apply('Erf', [graph.multiply(x, graph.scalar(Math.SQRT1_2))]));
    return graph.multiply(graph.multiply(x, graph.scalar(0.5)), twice);
  },
  relu: unary('Relu'),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  identity: (_, x) => x,
  none: undefined,
};
