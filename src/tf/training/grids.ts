import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { extendGrid, gridFromSamples } from '../../basis/bspline/grid.js';
import { KANLayer } from '../layers/KANLayer.js';
import { sequentialLayers } from './regularise.js';

/** Which grids move, and how. */
export interface GridUpdate {
  /** Whether grids may become narrower. Default true: every grid is put around its samples. */
  readonly shrink?: boolean;
  /** Share of the samples' width that is added at an end that moves. Default 0.05. */
  readonly margin?: number;
  /** The layers concerned. Default: every layer of B-splines. */
  readonly layers?: (layer: KANLayer) => boolean;
}

export const isSpline = (layer: tfl.layers.Layer): layer is KANLayer =>
  layer instanceof KANLayer && layer.basis.name === 'bspline';

/** The layers whose grids `fit` widens. */
export const followsSamples = (layer: tfl.layers.Layer): boolean =>
  isSpline(layer) && layer.basis.options.outside === 'update';

/**
 * Puts the grids of B-spline layers around the values that reach them, layer after layer, and fits the splines anew by least
 * squares: where old and new grid overlap the functions stay as near as the new grid allows.
 *
 * @param model  a sequential model
 * @param x      samples, shape [samples, inputs]
 * @returns whether a grid moved
 * @see arXiv:2404.19756, section 2.2
 */
export function updateGrids(model: tfl.LayersModel, x: tf.Tensor, options: GridUpdate = {}): boolean {
  const { shrink = true, margin, layers = () => true } = options;
  let moved = false;
  tf.tidy(() => {
    let h = x;
    for (const layer of sequentialLayers(model, 'updateGrids')) {
      if (isSpline(layer) && layers(layer)) moved = moveGrid(layer, h, shrink, margin) || moved;
      h = layer.apply(h) as tf.Tensor;
    }
  });
  return moved;
}

/** Puts the grids of a layer around what reaches it; returns whether one moved. */
export function moveGrid(layer: KANLayer, inputs: tf.Tensor, shrink = true, margin?: number): boolean {
  const { inDim, units: outDim, basis } = layer;
  const { grid, degree } = basis.options as { grid: number; degree: number };
  const { coefficients, blocks } = layer.parameters();
  const samples = Float64Array.from(inputs.dataSync());
  const ends = gridFromSamples(samples, inDim, shrink ? undefined : blocks.grid, margin);
  if (ends.every((end, k) => Math.fround(end) === blocks.grid[k])) return false;
  const rounded = Float32Array.from(ends);
  const splines = { grid, degree, inDim, outDim, ends: blocks.grid, coefficients };
  layer.setParameters(extendGrid(splines, grid, rounded).coefficients, { grid: rounded });
  return true;
}
