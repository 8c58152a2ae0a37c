import type * as tfl from '@tensorflow/tfjs-layers';
import { extendGrid } from '../../basis/bspline/grid.js';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import type { KANLayer } from '../layers/KANLayer.js';
import { modelArtifacts, modelFromArtifacts } from '../storage/model.js';
import { isSpline } from '../training/grids.js';
import { type Grown, growArtifacts } from './growWeights.js';

/**
 * Grid extension: a network whose splines have `grid` cells, nearest to the given ones by least squares. Where `grid` is a multiple of
 * the old number of cells the function stays, but for rounding. Grids keep their ends, and everything but coefficients its values.
 * What lies beyond them is not fitted: first put them around the samples (`updateGrids`).
 * Coefficients of another grid mean something else to an optimiser, so training starts anew: call `fit` without `resume`.
 *
 * @param model  any model with layers of B-splines; it stays as it is
 * @param grid   cells of every spline, at least as many as any layer has
 * @cost O(in · grid · (k³ + out · k)) a layer
 * @see arXiv:2404.19756, section 2.4
 * @example const finer = await refine(kan({ width: [2, 1, 1], basis: { name: 'bspline', grid: 5 } }), 10);
 */
export async function refine(model: tfl.LayersModel, grid: number): Promise<tfl.LayersModel> {
  checkInteger('refine', 'grid', grid, 1);
  const layers = model.layers.filter(isSpline);
  if (layers.length === 0) {
    const names = model.layers.map(({ name }) => name);
    throw expected('refine', 'a model with layers of B-splines', names);
  }
  const finer = new Map<string, Grown>();
  for (const layer of layers) {
    const { originalName } = layer.weights.find(({ originalName }) => originalName.endsWith('/coefficients'))!;
    finer.set(originalName, finerCoefficients(layer, grid));
  }
  const artifacts = growArtifacts(await modelArtifacts(model), finer);
  const names = new Set(layers.map(({ name }) => name));
  return modelFromArtifacts({ ...artifacts, topology: withGrid(artifacts.topology, names, grid) as object });
}

function finerCoefficients(layer: KANLayer, grid: number): Grown {
  const { inDim, units: outDim, basis } = layer;
  const { grid: cells, degree } = basis.options as { grid: number; degree: number };
  if (grid < cells) {
    throw expected('refine', `grid of at least the ${cells} cells that the layer "${layer.name}" has`, grid);
  }
  const { coefficients, blocks } = layer.parameters();
  const { coefficients: values } = extendGrid(
    { grid: cells, degree, inDim, outDim, ends: blocks.grid, coefficients },
    grid,
  );
  return {
    shape: [outDim, inDim, grid + degree],
    source: new Int32Array(values.length).fill(-1),
    values: Float64Array.from(values),
  };
}

/** The architecture with other grids in the layers of these names. */
function withGrid(node: unknown, names: ReadonlySet<string>, grid: number): unknown {
  if (Array.isArray(node)) return node.map((item) => withGrid(item, names, grid));
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withGrid(value, names, grid)]));
  if (!('basis' in copy) || !names.has(copy.name as string)) return copy;
  return { ...copy, basis: { ...(copy.basis as object), grid } };
}
