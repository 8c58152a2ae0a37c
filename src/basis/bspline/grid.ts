import type { Floats } from '../../../kernels/chain.js';
import { checkInteger, checkLength } from '../../foundation/checks.js';
import { solveBand } from './banded.js';
import { cardinalWeights } from './cardinal.js';

/** The splines of a layer: coefficients of shape [out, in, G + k] on grids of shape [in, 2]. */
export interface Splines {
  /** G, the number of cells. */
  readonly grid: number;
  /** k. */
  readonly degree: number;
  readonly inDim: number;
  readonly outDim: number;
  readonly ends: Floats;
  readonly coefficients: Floats;
}

/** Least-squares points in a cell of the new grid: more than the degree of any spline that is fitted. */
const POINTS = 12;

/**
 * Grid extension and grid update: the splines of another number of cells, on other grids, that are nearest to the given ones.
 * A spline is known everywhere, so that the least squares are over points of the new grid, not over samples. Where
 * the grids agree and the new number of cells is a multiple of the old, nothing changes but rounding.
 *
 * @param grid  G of the new splines
 * @param ends  grids of the new splines, shape [in, 2]. Default: unchanged
 * @returns the new splines in float64
 * @cost O(in · G · (k³ + out · k))
 * @see arXiv:2404.19756, section 2.4
 */
export function extendGrid(splines: Splines, grid: number, ends: Floats = splines.ends): Splines {
  const { degree, inDim, outDim } = splines;
  checkInteger('extendGrid', 'grid', grid, 1);
  checkLength('extendGrid', 'ends', ends, 2 * inDim, '[in, 2]');
  checkLength(
    'extendGrid',
    'coefficients',
    splines.coefficients,
    outDim * inDim * (splines.grid + degree),
    '[out, in, G + k]',
  );
  const size = grid + degree;
  const coefficients = new Float64Array(outDim * inDim * size);
  for (let i = 0; i < inDim; i++) {
    const fitted = fitInput(splines, i, grid, [ends[2 * i], ends[2 * i + 1]]); // [size, out]
    for (let o = 0; o < outDim; o++) {
      for (let k = 0; k < size; k++) coefficients[(o * inDim + i) * size + k] = fitted[k * outDim + o];
    }
  }
  return { grid, degree, inDim, outDim, ends: Float64Array.from(ends), coefficients };
}

/** The splines of one input for all outputs, shape [G + k, out]. */
function fitInput(splines: Splines, i: number, grid: number, [low, high]: readonly [number, number]): Float64Array {
  const { degree, inDim, outDim } = splines;
  const size = grid + degree;
  const band = { size, width: degree, entries: new Float64Array(size * (degree + 1)) };
  const right = new Float64Array(size * outDim);
  const weights = new Float64Array(degree + 1);
  const old = { weights: new Float64Array(degree + 1), size: splines.grid + degree };
  const [oldLow, oldHigh] = [splines.ends[2 * i], splines.ends[2 * i + 1]];
  for (let point = 0; point < grid * POINTS; point++) {
    const u = (point + 0.5) / POINTS; // in cells of the new grid
    const cell = Math.floor(u);
    cardinalWeights(degree, u - cell, weights);
    const place = ((low + ((high - low) * u) / grid - oldLow) * splines.grid) / (oldHigh - oldLow) + degree;
    const oldCell = Math.floor(place);
    cardinalWeights(degree, place - oldCell, old.weights);
    for (let o = 0; o < outDim; o++) {
      let value = 0;
      for (let r = 0; r <= degree; r++) {
        const k = oldCell - degree + r;
        if (k >= 0 && k < old.size) value += old.weights[r] * splines.coefficients[(o * inDim + i) * old.size + k];
      }
      for (let r = 0; r <= degree; r++) right[(cell + r) * outDim + o] += weights[r] * value;
    }
    for (let r = 0; r <= degree; r++) {
      for (let s = 0; s <= r; s++) band.entries[(cell + r) * (degree + 1) + r - s] += weights[r] * weights[s];
    }
  }
  return solveBand(band, right);
}

/**
 * Grids that hold the samples: for each input the least interval around its samples and, with `keep`, around its grid.
 *
 * @param x       samples, shape [samples, in]
 * @param keep    grids that the new ones may not be narrower than, shape [in, 2]; those that hold all samples stay as they are
 * @param margin  share of the samples' width that is added at an end that moves. Default 0.05
 * @returns shape [in, 2]
 */
export function gridFromSamples(x: Floats, inDim: number, keep?: Floats, margin = 0.05): Float64Array {
  const ends = new Float64Array(2 * inDim);
  for (let i = 0; i < inDim; i++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = i; at < x.length; at += inDim) {
      low = Math.min(low, x[at]);
      high = Math.max(high, x[at]);
    }
    const extra = margin * (high - low) || Math.max(Math.abs(low), 1) * margin;
    const [first, last] = keep ? [keep[2 * i], keep[2 * i + 1]] : [Infinity, -Infinity];
    ends[2 * i] = low < first ? low - extra : first;
    ends[2 * i + 1] = high > last ? high + extra : last;
  }
  return ends;
}
