import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { DaruanError } from '../../foundation/errors.js';
import { activationSeries } from '../../spectrum/activation.js';
import { inputSums, productSums, type Sum, scaled, textOf } from '../../symbolic/formula.js';
import { baseText, fourierSum } from '../../symbolic/fourier.js';
import { describeLayers, type LayerDescription } from '../describe.js';
import { Multiplication } from '../layers/Multiplication.js';
import { QKANLayer } from '../layers/QKANLayer.js';
import { edgesAndBetween } from './attribute.js';
import { mixesInputs } from './slices.js';

/**
 * A QKAN in closed form: one text an output, in mathjs's grammar, x1 … xn the inputs (x where there is one). Every activation is
 * written as its exact Fourier series, so that nothing is fitted and nothing left out but what rounds to nothing.
 *
 * @param model   a sequential model of QKAN layers, their products, and batch normalisation
 * @param digits  significant digits of the numbers. Default 9, which hold a float32
 * @throws if a layer is none of these, or an activation has no finite series: measurement "amplitude", or px with trained weights
 * @cost a text of a layer's nodes holds that of the nodes before once for every term: prune first
 * @see arXiv:2008.08605
 * @example fourierFormulas(qkan({ width: [1, 1], reps: 1, baseActivation: 'none', seed: 1 }), 3)[0]
 */
export function fourierFormulas(model: tfl.LayersModel, digits = 9): string[] {
  checkInteger('fourierFormulas', 'digits', digits, 1, 17);
  const layers = edgesAndBetween('fourierFormulas', model);
  const descriptions = describeLayers(model);
  let nodes = inputSums(model.inputs[0].shape[1]!);
  for (const layer of layers) {
    if (layer instanceof QKANLayer) {
      nodes = outputsOf(descriptions.shift()!, nodes, digits);
      continue;
    }
    if (layer instanceof Multiplication) {
      nodes = productSums(layer.productNodes(), nodes, digits);
      continue;
    }
    if (mixesInputs(layer) || ['KANLayer', 'Activation'].includes(layer.getClassName())) {
      const problem = `the layer "${layer.name}" (${layer.getClassName()}) has no Fourier series`;
      throw new DaruanError('fourierFormulas', problem, 'Use QKAN layers, and autoSymbolic for others.');
    }
    nodes = affine(layer, nodes);
  }
  return nodes.map((node) => textOf(node, digits));
}

function outputsOf(layer: LayerDescription, nodes: readonly Sum[], digits: number): Sum[] {
  const { inDim, outDim, plan, parameters, weight, bias, base, baseActivation, measurement } = layer;
  if (measurement !== 'expectation') {
    const problem = `measurement "${measurement}" of the layer "${layer.name}" has no finite Fourier series`;
    throw new DaruanError('fourierFormulas', problem, 'Use measurement "expectation".');
  }
  const width = plan.parameters.length;
  const texts = nodes.map((node) => textOf(node, digits));
  return Array.from({ length: outDim }, (_, o) => {
    const terms: Sum['terms'][number][] = [];
    let constant = 0;
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      constant += bias[edge];
      if (weight[edge] !== 0) {
        const series = activationSeries(plan, Float64Array.from(parameters.subarray(edge * width, (edge + 1) * width)));
        const argument = plan.encoding === 'acos' ? `acos(${texts[i]})` : texts[i];
        const sum = scaled(fourierSum(series, argument, digits), weight[edge], 0);
        terms.push(...sum.terms);
        constant += sum.constant;
      }
      if (base[edge] !== 0 && baseActivation !== 'none') {
        terms.push({ coefficient: base[edge], text: baseText[baseActivation](texts[i]) });
      }
    }
    return { terms, constant };
  });
}

/** What a layer that scales and shifts every node makes of them. */
function affine(layer: tfl.layers.Layer, nodes: readonly Sum[]): Sum[] {
  const at = (value: number) => tf.tidy(() => (layer.apply(tf.fill([1, nodes.length], value)) as tf.Tensor).dataSync());
  const [shift, moved] = [at(0), at(1)];
  return nodes.map((node, i) => scaled(node, moved[i] - shift[i], shift[i]));
}
