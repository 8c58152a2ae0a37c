import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expected } from '../../foundation/errors.js';
import { PatchConv2d } from '../layers/PatchConv2d.js';
import { SKANLayer } from '../layers/SKANLayer.js';
import type { TensorDataset } from './checkFit.js';
import { type FitOptions, type FitResult, fit } from './fit.js';
import { losses } from './losses.js';
import { sequentialLayers } from './regularise.js';

export interface SelectionOptions extends Omit<FitOptions, 'resume' | 'regularisation' | 'precision'> {
  /** τ of one training after another. Default 1, 0.5, 0.2, 0.1, 0.05. */
  readonly temperatures?: readonly number[];
  /** Weight of the mean entropy of the shares, from the second temperature on. Default 0.01. */
  readonly entropy?: number;
}

/**
 * The three stages of S-KAN: trains with the whole pool, turns contributions into shares, lowers the temperature while the
 * entropy of the shares is punished, prunes all but the largest share of each output, and trains on. Each training follows `schedule`.
 *
 * @param model  a sequential model with at least one `SKANLayer`, alone or in a `KANConv2d`
 * @returns the result of the last training
 * @see arXiv:2408.08338 (reconstructed)
 */
export async function selectBases(
  model: tfl.LayersModel,
  data: TensorDataset,
  { temperatures = [1, 0.5, 0.2, 0.1, 0.05], entropy = 0.01, ...options }: SelectionOptions = {},
): Promise<FitResult> {
  const layers = model.layers.flatMap((layer) => selectorOf(layer)?.selector ?? []);
  if (layers.length === 0) throw expected('selectBases', 'a model with an SKANLayer', model.name);
  const named = options.loss ?? 'meanSquaredError';
  const measure = typeof named === 'string' ? losses[named] : named;
  const disorder = () => {
    const each = layers.map((layer) => {
      const shares = layer.shares();
      return tf.neg(tf.mean(tf.sum(tf.mul(shares, tf.log(tf.add(shares, 1e-12))), 1)));
    });
    return tf.mul(tf.addN(each), entropy / layers.length);
  };
  for (const [k, temperature] of temperatures.entries()) {
    for (const layer of layers) layer.temperature = temperature;
    const loss = (prediction: tf.Tensor, target: tf.Tensor) =>
      tf.add(measure(prediction, target), disorder()) as tf.Scalar;
    await fit(model, data, { ...options, ...(k > 0 && { loss }) });
    if (k === 0) weighContributions(model, data.x);
  }
  for (const layer of layers) layer.prune();
  return fit(model, data, options);
}

function weighContributions(model: tfl.LayersModel, x: tf.Tensor): void {
  tf.tidy(() => {
    let h = x;
    for (const layer of sequentialLayers(model, 'selectBases')) {
      const output = layer.apply(h) as tf.Tensor;
      const found = selectorOf(layer);
      found?.selector.weighContributions(found.inputs(h));
      h = output;
    }
  });
}

/** What selects in a layer, and what reaches it of the layer's inputs. */
function selectorOf(layer: tfl.layers.Layer): { selector: SKANLayer; inputs: (x: tf.Tensor) => tf.Tensor } | undefined {
  if (layer instanceof SKANLayer) return { selector: layer, inputs: (x) => x };
  if (!(layer instanceof PatchConv2d) || !(layer.layer instanceof SKANLayer)) return undefined;
  return { selector: layer.layer, inputs: (x) => layer.windows(x as tf.Tensor4D) };
}
