import type { Floats } from './chain.js';

/**
 * Sizes of a layer of trigonometric polynomials, and which derivative of its features is meant.
 *
 * The features of an input t are Φ(t) = [1, cos t, …, cos dt, sin t, …, sin dt], and Φ⁽ᵏ⁾ their k-th derivatives.
 */
export interface NodeShape {
  readonly inDim: number;
  readonly outDim: number;
  /** d. */
  readonly degree: number;
  /** k. */
  readonly order: number;
}

/** A turn or fixed rotation of the Bloch vectors of all edges, about axis 0 (x), 1 (y) or 2 (z). */
export type NodeStep =
  /** By an angle, each edge its own: a sum of numbers of its row. */
  | { readonly kind: 'turn'; readonly axis: number; readonly terms: readonly NodeTerm[] }
  /** By weight·t. */
  | { readonly kind: 'encode'; readonly axis: number; readonly weight: number }
  /** By a fixed 3×3 rotation, row-major. */
  | { readonly kind: 'rotate'; readonly rotation: Float64Array };

/** ± a column of the angles. */
export interface NodeTerm {
  readonly column: number;
  readonly sign: 1 | -1;
}

/** f(t) = readout · (steps applied to the z axis): a trigonometric polynomial of degree Σ|weight|. */
export interface NodeProgram {
  readonly steps: readonly NodeStep[];
  readonly readout: Float64Array;
}

/** A layer at order 0, with silu(x) = x/(1 + e^−x) beside each polynomial: y_bo = Σ_i ( Σ_m Φ_m(x_bi) C_moi + silu(x_bi) W_oi ). */
export interface NodeLayer extends Omit<NodeShape, 'order'> {
  /** C, shape [2d + 1, out, in]. */
  readonly coefficients: Floats;
  /** W, shape [out, in]. */
  readonly siluWeights: Floats;
}

/** Derivatives of L = Σ_bo upstream_bo · y_bo. */
export interface NodeGradient {
  /** ∂L/∂C, shape [2d + 1, out, in]. */
  readonly coefficients: Floats;
  /** ∂L/∂W, shape [out, in]. */
  readonly siluWeights: Floats;
  /** ∂L/∂x, shape [batch, in], where it was asked for. */
  readonly x?: Floats;
}

/**
 * Exact node compilation: layers y_bo = Σ_i Σ_m Φ_m(x_bi) C_moi, without a tensor of features in memory.
 *
 * `outputs`, `inputs` and `coefficients` are the three contractions of one trilinear form, so that the derivatives of each
 * are others of them, with k, or with k + 1 and a gain: the family is closed, and gradients of any order are exact.
 * Arrays: x, gain [batch, in]; coefficients [2d + 1, out, in]; upstream [batch, out]. `gain` is 1 where it is absent.
 */
export interface NodeKernel {
  readonly name: string;
  readonly precision: 'float32' | 'float64';
  /** Σ_i gain_bi Σ_m Φ⁽ᵏ⁾_m(x_bi) C_moi, shape [batch, out]. */
  outputs(shape: NodeShape, x: Floats, coefficients: Floats, batch: number, gain?: Floats): Floats;
  /** Σ_o U_bo Σ_m Φ⁽ᵏ⁾_m(x_bi) C_moi, shape [batch, in]. */
  inputs(shape: NodeShape, x: Floats, coefficients: Floats, upstream: Floats, batch: number): Floats;
  /** Σ_b gain_bi Φ⁽ᵏ⁾_m(x_bi) U_bo, shape [2d + 1, out, in]. */
  coefficients(shape: NodeShape, x: Floats, upstream: Floats, batch: number, gain?: Floats): Floats;
  /** y of a layer, shape [batch, out]: features are made once for both of its sums. */
  forward(layer: NodeLayer, x: Floats, batch: number): Floats;
  /** The first derivatives of a layer at once. */
  backward(layer: NodeLayer, x: Floats, batch: number, upstream: Floats, byInputs: boolean): NodeGradient;
  /**
   * The coefficients of f for every edge, shape [2d + 1, edges], from its values at t = 2πj/(2d + 1).
   * @param angles  what turns are sums of, shape [edges, columns]; radians
   */
  compile(program: NodeProgram, degree: number, angles: Floats, edges: number): Floats;
  /** ∂L/∂angles, shape of `angles`, from upstream = ∂L/∂coefficients, shape [2d + 1, edges]. */
  compileGradient(program: NodeProgram, degree: number, angles: Floats, edges: number, upstream: Floats): Floats;
}
