/**
 * `daruan`: circuits, their simulation, exact gradients and spectra, on plain arrays. Layers for TensorFlow.js are in
 * `daruan/tf`, pictures in `daruan/plot`, the whole of circuits in `daruan/circuits`, backends in `daruan/kernels`.
 */

export { type Angle, symbol } from '../circuits/angle/expression.js';
export { parseAngle } from '../circuits/angle/parse.js';
export type { Ansatz } from '../circuits/ansatz/ansatz.js';
export { reuploading } from '../circuits/ansatz/ansatz.js';
export { customAnsatz } from '../circuits/ansatz/custom.js';
export { type AnsatzName, ansatze, type EntanglingAnsatzName, entanglingAnsatze } from '../circuits/ansatz/table.js';
export {
  append,
  bind,
  type Circuit,
  type Control,
  circuit,
  compose,
  controlled,
  inverse,
  type Operation,
  op,
} from '../circuits/circuit.js';
export { toCircuit } from '../circuits/dynamicCircuit.js';
export { type Gate, type GateName, gates } from '../circuits/gates.js';
export { fromJson, toJson } from '../circuits/json.js';
export { lower } from '../circuits/lower.js';
export { type Observable, type ObservableLike, observable } from '../circuits/pauli.js';
export { draw } from '../circuits/text/ascii.js';
export { toQasm3 } from '../circuits/text/qasm3.js';
export type { AsyncBackend } from '../kernels/asynchronous.js';
export type { Backend } from '../kernels/backend.js';
export type { ChainKernel } from '../kernels/chain.js';
export {
  backwardElementwise,
  type ElementwiseActivation,
  forwardElementwise,
} from './activation/elementwise.js';
export { type AppendedReps, type Appending, extendedReps } from './activation/extend.js';
export {
  type ActivationLayer,
  backwardLayer,
  forwardLayer,
  type LayerGradient,
  type LayerTensors,
} from './activation/layer.js';
export { type ActivationPlan, planActivation } from './activation/plan.js';
export { type Simulator, simulateOn } from './asynchronous/simulateOn.js';
export { type CompiledCircuit, compile } from './compile/compile.js';
export type { Observables } from './compile/observables.js';
export type { Values } from './compile/values.js';
export { type RegressionErrors, regressionErrors } from './data/metrics.js';
export { createDataset, type SampleOptions } from './data/sample.js';
export { type SplitOptions, split } from './data/split.js';
export { type Standardisation, standardisationOf, standardise } from './data/standardise.js';
export { DaruanError } from './foundation/errors.js';
export { Random, type RandomState } from './foundation/random.js';
export { adjoint } from './gradient/adjoint.js';
export { type FiniteDifferenceOptions, finiteDifference } from './gradient/finiteDifference.js';
export { frequencies } from './gradient/frequencies.js';
export { fubiniStudy, type Metric } from './gradient/fubiniStudy.js';
export { type Hessian, hessian } from './gradient/hessian.js';
export { type GradientMethod, type GradientOptions, gradientMethod, type Jacobian } from './gradient/method.js';
export { type ParameterShiftOptions, parameterShift } from './gradient/parameterShift.js';
export { type ShiftRule, shiftRule } from './gradient/shiftRule.js';
export { type SpsaOptions, spsa } from './gradient/spsa.js';
export { type AdamOptions, type AdamState, adamStart, adamStep } from './optimise/adam.js';
export {
  type LbfgsOptions,
  type LbfgsResult,
  type LbfgsState,
  lbfgsStart,
  lbfgsStep,
  lbfgsStepAsync,
} from './optimise/lbfgs.js';
export type { Evaluation, Objective } from './optimise/objective.js';
export { type BlochPath, type BlochStep, blochPath } from './simulate/blochPath.js';
export { sampleDynamic } from './simulate/dynamic.js';
export type { SimulationOptions } from './simulate/run.js';
export { counts, sample } from './simulate/sample.js';
export { expectation, probabilities, statevector } from './simulate/simulate.js';
export { activationSeries, activationSpectrum, evaluateSeries, type FourierTerm } from './spectrum/activation.js';
export { drawParameters } from './spectrum/draws.js';
export { type FourierOptions, type FourierSeries, fourierCoefficients } from './spectrum/fourier.js';
export type { CoefficientStatistics, Spectrum, SpectrumHistory } from './spectrum/spectrum.js';
