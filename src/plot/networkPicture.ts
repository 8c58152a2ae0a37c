import type { ProductNodes } from '../network/multiplication.js';
import type { PictureOptions } from './theme.js';

/** A function as points, x increasing. */
export interface PlotCurve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** A layer of a Kolmogorov-Arnold network: y_o = Σ_i φ_oi(x_i). Edge (o, i) is entry o·inDim + i of each list. */
export interface PlotLayer {
  readonly inDim: number;
  readonly outDim: number;
  /** φ_oi over the values that reach it, [outDim·inDim]. A curve that is zero everywhere is a removed edge. */
  readonly curves: readonly PlotCurve[];
  /** How much each edge does, ≥ 0, [outDim·inDim]: say the standard deviation or the mean of |φ_oi| over data. */
  readonly importance: ArrayLike<number>;
  /** Number of factors of each product: the last Σ arities of the y_o are multiplied in groups. Default: none is. */
  readonly arities?: readonly number[];
}

/** Which of a layer's sums make the nodes behind it. */
export const productNodes = ({ outDim, arities = [] }: Pick<PlotLayer, 'outDim' | 'arities'>): ProductNodes => ({
  sums: outDim,
  arities,
});

/** A network as plain data. */
export interface NetworkPicture {
  readonly layers: readonly PlotLayer[];
  /** Default x₁, x₂, … */
  readonly inputNames?: readonly string[];
  /** Default y, or y₁, y₂, … */
  readonly outputNames?: readonly string[];
  readonly title?: string;
}

export interface NetworkOptions extends PictureOptions {
  /** With a box for the curve of each edge (default), or as lines only: for wide networks. */
  readonly edges?: 'boxes' | 'lines';
  /** More edges than this are refused. Default 200 with boxes, 20,000 as lines. */
  readonly maxEdges?: number;
  /** How removed edges are drawn. Default `'faint'`. */
  readonly removed?: 'faint' | 'absent';
  /** Whether each curve fills its box (default), or all curves of a layer share one vertical scale. */
  readonly verticalScale?: 'edge' | 'layer';
}
