import type * as tfl from '@tensorflow/tfjs-layers';
import type { Basis } from '../../basis/basis.js';
import { type BasisSpec, basisFrom, basisNames, basisSpec } from '../../basis/table.js';
import type { Standardisation } from '../../data/standardise.js';
import { checkLength } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { activationOutputs as circuitOutputs } from '../../interchange/onnx/activation.js';
import { basisLayerOutputs } from '../../interchange/onnx/basisLayer.js';
import { onnxFunctions } from '../../interchange/onnx/functions.js';
import { OnnxGraph, type Value } from '../../interchange/onnx/graph.js';
import { multipliedOutputs } from '../../interchange/onnx/multiplication.js';
import { nodewiseOutputs } from '../../interchange/onnx/nodewise.js';
import { baseOutputs, product } from '../../interchange/onnx/product.js';
import type { BaseActivation } from '../layers/baseActivations.js';
import type { HQKAN } from '../layers/HQKAN.js';
import type { KANLayer } from '../layers/KANLayer.js';
import type { Linear } from '../layers/Linear.js';
import type { Multiplication } from '../layers/Multiplication.js';
import type { NodeActivation } from '../layers/NodeActivation.js';
import type { QKANLayer } from '../layers/QKANLayer.js';

export interface OnnxOptions {
  /** How inputs are scaled before they reach the model: it becomes a part of the network. Default: they are not. */
  readonly standardisation?: Standardisation;
}

/**
 * A trained network as an ONNX model (operator set 17, float32), for runtimes without tfjs: input "x" [batch, in], output "y"
 * [batch, out]. Quantum layers that node compilation can take become one matrix product, others their Bloch chain; classical ones the
 * functions of their basis, and one matrix product.
 *
 * @param model  QKAN, KAN, HQKAN, Linear, dense, batch normalisation and Multiplication layers, and activations on nodes that are fixed
 *               functions or combinations of a basis, one after the other
 * @throws if another layer is among them, a basis is of the user's own or throws outside its grid, or the input is a sequence
 * @see https://onnx.ai
 * @example writeFileSync('model.onnx', exportOnnx(model));
 */
export function exportOnnx(model: tfl.LayersModel, { standardisation }: OnnxOptions = {}): Uint8Array {
  const { shape } = model.inputs[0];
  if (model.inputs.length !== 1 || shape.length !== 2) {
    throw expected('exportOnnx', 'a model of one input [batch, in]', shape, 'Export the layers apart.');
  }
  const graph = new OnnxGraph(model.name, shape[1]!);
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const x = standardisation ? scaled(graph, graph.input, standardisation, shape[1]!) : graph.input;
  const y = layers.reduce((value, layer) => lower(graph, layer, value), x);
  return graph.finish(y, model.outputs[0].shape[1]!);
}

/** (x − mean)/scale. */
function scaled(graph: OnnxGraph, x: Value, { mean, scale }: Standardisation, inDim: number): Value {
  checkLength('exportOnnx', 'standardisation.mean', mean, inDim, '[inputs]');
  checkLength('exportOnnx', 'standardisation.scale', scale, inDim, '[inputs]');
  return graph.apply('Div', [graph.subtract(x, graph.tensor(mean, [inDim])), graph.tensor(scale, [inDim])]);
}

type Lowering = (graph: OnnxGraph, layer: never, x: Value) => Value;

/** How each kind of layer is written. */
const lowerings: Readonly<Record<string, Lowering>> = {
  QKANLayer: qkanOutputs,
  KANLayer: kanOutputs,
  Linear: linearOutputs,
  NodeActivation: activationOutputs,
  HQKAN: (graph, layer: HQKAN, x) => layer.layers.reduce((value, part) => lower(graph, part, value), x),
  Dense: denseOutputs,
  BatchNormalization: normalised,
  Multiplication: (graph, layer: Multiplication, x) => multipliedOutputs(graph, x, layer.productNodes()),
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
  let y = circuitOutputs(graph, x, { layer: description, degree: layer.degree, parameters, scale: weight });
  if (bias.some((value) => value !== 0)) {
    const sums = Float64Array.from({ length: outDim }, (_, o) =>
      bias.subarray(o * inDim, (o + 1) * inDim).reduce((sum, value) => sum + value, 0),
    );
    y = graph.add(y, graph.tensor(sums, [outDim]));
  }
  const beside = baseOutputs(graph, x, layer.baseActivation, base, [outDim, inDim]);
  return beside ? graph.add(y, beside) : y;
}

function kanOutputs(graph: OnnxGraph, layer: KANLayer, x: Value): Value {
  const { inDim, units: outDim } = layer;
  const basis = basisSpec(layer.basis);
  if (!basis) throw expected('exportOnnx', `bases of ${basisNames.join(', ')}`, layer.basis.name, 'Name one.');
  const mask = layer.edgeMask();
  const masked = (kind: string) => {
    const values = weightOf(layer, kind);
    return mask.map((value, at) => value * (values?.[at] ?? 1));
  };
  const { baseActivation } = layer.getConfig() as unknown as { baseActivation: BaseActivation };
  const bias = weightOf(layer, 'bias');
  return basisLayerOutputs(graph, x, {
    where: `the layer "${layer.name}"`,
    ...{ inDim, outDim, basis, baseActivation },
    ...layer.parameters(),
    scale: masked('post_weight'),
    base: masked('base_weight'),
    ...(bias && { bias }),
  });
}

/** The numbers of a weight, by the last part of its name. */
const weightOf = (layer: tfl.layers.Layer, kind: string): Float32Array | undefined =>
  layer.weights
    .find(({ originalName }) => originalName.endsWith(`/${kind}`))
    ?.read()
    .dataSync() as Float32Array;

function linearOutputs(graph: OnnxGraph, layer: Linear, x: Value): Value {
  const [kernel, bias] = numbersOf(layer);
  const { units, activation } = layer.getConfig() as unknown as { units: number; activation: BaseActivation };
  const y = product(graph, x, kernel, kernel.length / units, units);
  const shifted = bias ? graph.add(y, graph.tensor(bias, [units])) : y;
  return activation === 'none' ? shifted : onnxFunctions[activation](graph, shifted);
}

/** Of the activations on nodes, the fixed functions and those that are combinations of a basis. */
function activationOutputs(graph: OnnxGraph, layer: NodeActivation, x: Value): Value {
  const { name, options } = layer.activation;
  if (name === 'fixed') return onnxFunctions[options.function as keyof typeof onnxFunctions](graph, x);
  if (name !== 'nodewise') throw expected('exportOnnx', 'activations of fixed, nodewise', name);
  const { base, basis: source } = options as { base: BaseActivation; basis: BasisSpec | Basis };
  const basis = basisSpec(basisFrom('exportOnnx', source));
  if (!basis) throw expected('exportOnnx', `bases of ${basisNames.join(', ')}`, source.name, 'Name one.');
  const { features } = layer.nodeLayer();
  const kinds = layer.activation.blocks(features).map((block) => block.name);
  const blocks = Object.fromEntries(kinds.map((kind) => [kind, weightOf(layer, kind)!]));
  return nodewiseOutputs(graph, x, { where: `the layer "${layer.name}"`, features, basis, base, blocks });
}

function denseOutputs(graph: OnnxGraph, layer: tfl.layers.Layer, x: Value): Value {
  const [kernel, bias] = layer.getWeights();
  const [inDim, units] = kernel.shape;
  const { activation } = layer.getConfig() as { activation: string };
  const name = (activation === 'linear' ? 'identity' : activation) as keyof typeof onnxFunctions;
  if (!Object.hasOwn(onnxFunctions, name)) {
    throw expected('exportOnnx', `an activation of linear, ${Object.keys(onnxFunctions).join(', ')}`, activation);
  }
  const y = graph.apply('MatMul', [x, graph.tensor(kernel.dataSync(), [inDim, units])]);
  return onnxFunctions[name](graph, bias ? graph.add(y, graph.tensor(bias.dataSync(), [units])) : y);
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
