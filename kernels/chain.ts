/** Numbers in either precision: a kernel takes both, and returns its own. */
export type Floats = Float32Array | Float64Array;

/**
 * The chain kernel: every one-qubit re-uploading activation in one canonical form, on the Bloch sphere.
 *
 * Edge (o, i) carries f_oi(x) = c·v, where v starts at the 3-vector a and, for l = 1 … r,
 *   v ← Rz(φ_l) v,   and between them   v ← M_l v   (l = 1 … r − 1, orthogonal 3×3),
 * with encoded angle e_l = w_l·x + b_l and φ_l = e_l (`linear`) or acos e_l (`acos`, |e_l| > 1 taken as ±1 with slope 0).
 * The layer is y_o = Σ_i scale_oi · g(f_oi(x_i)); g is the identity (`expectation`), or z/√(1 + √(1 − z²)) (`amplitude`),
 * which turns ⟨Z⟩ = |α|² − |β|² into |α| − |β|. No tensor of shape [batch, out, in] is ever stored.
 */
export interface ChainLayer {
  readonly inDim: number;
  readonly outDim: number;
  readonly reps: number;
  readonly encoding: 'linear' | 'acos';
  readonly measurement: 'expectation' | 'amplitude';
  /** a, shape [out, in, 3]. */
  readonly start: Floats;
  /** M_l, shape [out, in, reps − 1, 3, 3], row-major. */
  readonly blocks: Floats;
  /** c, shape [out, in, 3]. */
  readonly end: Floats;
  /** w, shape [out, in, reps]. */
  readonly weights: Floats;
  /** b, shape [out, in, reps]. */
  readonly biases: Floats;
  /** scale, shape [out, in]. */
  readonly scale: Floats;
}

/** Derivatives of L = Σ_bo upstream_bo · y_bo. */
export interface ChainGradient {
  /** ∂L/∂x, shape [batch, in]. */
  readonly x: Floats;
  /**
   * Σ_b ∂L/∂f · (v × λ), shape [out, in, reps + 1, 3]: entry 0 at the start of the chain (before the first data rotation),
   * entry l after data rotation l and before M_l. λ is the costate, λ·v = f. A rotation about axis n by t, applied at that
   * point, has ∂L/∂t = n · torque: all that the trainable gates of a block need.
   */
  readonly torque: Floats;
  /** ∂L/∂w, shape [out, in, reps]. */
  readonly weights: Floats;
  /** ∂L/∂b, shape [out, in, reps]. */
  readonly biases: Floats;
  /** ∂L/∂scale = Σ_b upstream · g(f), shape [out, in]. */
  readonly scale: Floats;
}

/**
 * Evaluates chain layers. A sample that is NaN, or infinite in a linear encoding, gives NaN; whether |e_l| > 1 is an
 * error is the caller's to say. Slopes that are infinite stay finite: 1/√(1 − z²) at the poles of `amplitude` and
 * 1/√(1 − e²) at the ends of `acos` are cut off where the root is the least that the precision can tell from 0.
 */
export interface ChainKernel {
  readonly name: string;
  readonly precision: 'float32' | 'float64';
  /** y, shape [batch, out], from x of shape [batch, in]. */
  forward(layer: ChainLayer, x: Floats, batch: number): Floats;
  /** Derivatives for `upstream` = ∂L/∂y of shape [batch, out]. Recomputes the forward pass; stores no states. */
  backward(layer: ChainLayer, x: Floats, batch: number, upstream: Floats): ChainGradient;
}
