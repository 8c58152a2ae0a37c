/**
 * `daruan/spectrum`: which frequencies circuits can reach, which they have and which they use; and how much they can express.
 */

export { activationSeries, activationSpectrum, evaluateSeries, type FourierTerm } from '../spectrum/activation.js';
export type { Aliasing, Leak } from '../spectrum/aliasing.js';
export {
  type ApproximationNumbers,
  approximationNumbers,
  type ErrorBounds,
  truncationError,
} from '../spectrum/approximation.js';
export { type CircuitSpectrum, type CircuitSpectrumOptions, circuitSpectrum } from '../spectrum/circuit.js';
export { drawParameters } from '../spectrum/draws.js';
export { evaluateSpectrum } from '../spectrum/evaluate.js';
export { type Expressibility, type ExpressibilityOptions, expressibility } from '../spectrum/expressibility.js';
export { effectiveDimension, type QuantumFisher, quantumFisher } from '../spectrum/fisher.js';
export { type FourierOptions, type FourierSeries, fourierCoefficients } from '../spectrum/fourier.js';
export {
  type GradientVarianceOptions,
  type GradientVarianceScan,
  gradientVariance,
  type ScannedCircuit,
} from '../spectrum/gradientVariance.js';
export { recordSpectra, type SpectrumRecorder } from '../spectrum/history.js';
export {
  type ReachableFrequencies,
  type ReachableFrequency,
  type ReachableOptions,
  reachableFrequencies,
} from '../spectrum/reachable.js';
export { type Redundancy, type RedundancyOptions, redundancy } from '../spectrum/redundancy.js';
export {
  type SampledFunction,
  type SampledSpectrum,
  type SampledSpectrumOptions,
  sampledSpectrum,
} from '../spectrum/sampled.js';
export type { CoefficientStatistics, Spectrum, SpectrumHistory } from '../spectrum/spectrum.js';
export { coefficientStatistics } from '../spectrum/statistics.js';
export { type VanishingFrequency, type VanishingOptions, vanishingFrequencies } from '../spectrum/vanishing.js';
