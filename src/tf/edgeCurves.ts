import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type EdgeLayer, hasEdges } from './layers/edgeLayer.js';
import { Multiplication } from './layers/Multiplication.js';
import { checkReadable } from './readOnHost.js';
import { sequentialLayers } from './training/regularise.js';

/** The edges of a QKAN or KAN layer as curves over the values that reach them: what `networkSvg` draws. */
export interface LayerCurves {
  readonly inDim: number;
  readonly outDim: number;
  /** φ_oi, entry o·inDim + i. */
  readonly curves: readonly { readonly x: Float64Array; readonly y: Float64Array }[];
  /** Standard deviation of φ_oi over the samples, entry o·inDim + i. */
  readonly importance: Float64Array;
  /** Number of factors of each product: the last Σ arities outputs are multiplied in groups. Default: none is. */
  readonly arities?: readonly number[];
}

/**
 * The curves of every edge of every QKAN and KAN layer of a sequential model, each over the range that its input has on the samples.
 *
 * @param x          samples, shape [samples, inputs]
 * @param numPoints  points a curve
 * @throws on the tfjs backend "webgpu", which is to be awaited: `readOnHost(model, () => edgeCurves(model, x), [x])`
 */
export function edgeCurves(model: tfl.LayersModel, x: tf.Tensor2D, numPoints = 65): LayerCurves[] {
  checkReadable('edgeCurves', 'Await readOnHost(model, () => edgeCurves(model, x), [x]).');
  const found: LayerCurves[] = [];
  tf.tidy(() => {
    let h: tf.Tensor = x;
    for (const layer of sequentialLayers(model)) {
      if (hasEdges(layer)) found.push(curvesOf(layer, h as tf.Tensor2D, numPoints));
      else if (layer instanceof Multiplication && found.length > 0) {
        found.push({ ...found.pop()!, arities: layer.arities });
      }
      h = layer.apply(h) as tf.Tensor;
    }
  });
  return found;
}

function curvesOf(layer: EdgeLayer, inputs: tf.Tensor2D, numPoints: number): LayerCurves {
  const inDim = inputs.shape[1];
  const outDim = layer.units;
  const [lows, highs] = [tf.min(inputs, 0).dataSync(), tf.max(inputs, 0).dataSync()];
  const grids = Array.from({ length: inDim }, (_, i) => {
    const [low, high] = widened(lows[i], highs[i]);
    return Float64Array.from({ length: numPoints }, (_, k) => low + ((high - low) * k) / (numPoints - 1));
  });
  const points = Float32Array.from({ length: numPoints * inDim }, (_, at) => grids[at % inDim][Math.floor(at / inDim)]);
  const values = layer.edges(tf.tensor2d(points, [numPoints, inDim])).dataSync(); // [numPoints, out, in]
  const edges = outDim * inDim;
  return {
    inDim,
    outDim,
    curves: Array.from({ length: edges }, (_, edge) => ({
      x: grids[edge % inDim],
      y: Float64Array.from({ length: numPoints }, (_, k) => values[k * edges + edge]),
    })),
    importance: Float64Array.from(tf.sqrt(tf.moments(layer.edges(inputs), 0).variance).dataSync()),
  };
}

/** An input that does not vary is drawn up to 0: that is within every domain. */
function widened(low: number, high: number): readonly [number, number] {
  if (low < high) return [low, high];
  return low === 0 ? [0, 0.5] : [Math.min(low, 0), Math.max(high, 0)];
}
