/**
 * The Fourier spectrum of real functions f_b(t) = Σ_ω c_bω exp(i ω·t), for one draw of the parameters or many.
 *
 * A real function has c_−ω = conj c_ω, so one of each pair ±ω is kept: ω = 0, and those whose first component that is
 * not 0 is positive, in lexicographic order. With one variable: 0 ≤ ω_0 < ω_1 < …
 */
export interface Spectrum {
  /** Names of the variables t_1 … t_n. */
  readonly variables: readonly string[];
  /** ω, shape [count, variables]; in 1/(unit of the variable). */
  readonly frequencies: Float64Array;
  /** Number of functions: draws of the parameters. */
  readonly batch: number;
  /** c_bω, shape [batch, count, 2] (re, im). */
  readonly coefficients: Float64Array;
}

/** How a coefficient is distributed over the draws of a spectrum. All arrays follow the order of its frequencies. */
export interface CoefficientStatistics {
  readonly variables: readonly string[];
  /** Shape [count, variables]. */
  readonly frequencies: Float64Array;
  readonly samples: number;
  /** Mean of c, shape [count, 2] (re, im). */
  readonly mean: Float64Array;
  /** E|c − mean|², without bias, shape [count]; 0 for one sample. */
  readonly variance: Float64Array;
  /** Mean of |c|, shape [count]. */
  readonly magnitude: Float64Array;
  /** Quantiles of |c|, shape [count, levels]. */
  readonly quantiles: Float64Array;
  /** The levels of the quantiles, in [0, 1]. */
  readonly levels: readonly number[];
}

/** A spectrum after each of some steps of training. Trained encoding weights move the frequencies. */
export interface SpectrumHistory {
  readonly steps: readonly number[];
  /** One spectrum a step. */
  readonly spectra: readonly Spectrum[];
}
