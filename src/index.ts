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
export type { Activation, ActivationGradient, ActivationTensors } from './activations/activation.js';
export { alphaDropout, alphaDropoutMap } from './activations/alphaDropout.js';
export { type SdmInput, sdm, sdmLoss } from './activations/sdm.js';
export {
  dkwBand,
  type SdmReference,
  type SimilarityDistance,
  similarityDistance,
} from './activations/sdmNeighbours.js';
export { seluFunction } from './activations/selu.js';
export { type ActivationName, type ActivationSpec, activationFrom, activations } from './activations/table.js';
export { afaLoss, type TopAfaInput, topAFA } from './activations/topAFA.js';
export { wideDeepFunction } from './activations/wideDeep.js';
export { type Simulator, simulateOn } from './asynchronous/simulateOn.js';
export type { BaseFunction } from './basis/baseFunctions.js';
export type { Basis, BasisBlock, BasisGradient, BasisTensors } from './basis/basis.js';
export { extendGrid, gridFromSamples, type Splines } from './basis/bspline/grid.js';
export { type BasisName, type BasisSpec, bases, basisFrom } from './basis/table.js';
export { type CompiledCircuit, compile } from './compile/compile.js';
export type { Observables } from './compile/observables.js';
export type { Values } from './compile/values.js';
export {
  type CharacterTokenizer,
  characterTokenizer,
  type TokenizerDocument,
  tokenizerFromJson,
  tokenizerToJson,
} from './data/characters.js';
export { parseCsv, type Table } from './data/csv.js';
export { type ColumnChoice, type Dataset, tableToDataset } from './data/dataset.js';
export { type IdxArray, readIdx } from './data/idx.js';
export { type MarkovTextOptions, markovText } from './data/markovText.js';
export { type RegressionErrors, regressionErrors } from './data/metrics.js';
export { type NgramOptions, ngramLoss } from './data/ngram.js';
export { createDataset, type SampleOptions } from './data/sample.js';
export { besselI, besselJ, besselK, besselY } from './data/special/bessel.js';
export { ellipticE, ellipticF, ellipticSine } from './data/special/elliptic.js';
export { legendreP } from './data/special/legendre.js';
export { type SplitOptions, split } from './data/split.js';
export { type Standardisation, standardisationOf, standardise } from './data/standardise.js';
export { type BooleanFunctionName, booleanDataset, booleanFunctions } from './data/suites/boolean.js';
export { feynmanSuite } from './data/suites/feynman.js';
export { type FourierClassOptions, fourierClassTask } from './data/suites/fourierClass.js';
export { modularAddition, offDiagonalRatio, spectralConcentration } from './data/suites/modular.js';
export { specialSuite } from './data/suites/special.js';
export {
  cube,
  formulaTask,
  functionTask,
  type NamedRanges,
  type RegressionTask,
  sampleTask,
  taskNamed,
} from './data/suites/task.js';
export { toySuite } from './data/suites/toy.js';
export { consecutiveWindows, sampleWindows, type Windows } from './data/windows.js';
export type { ActivationGradients, Activations } from './deploy/activations.js';
export { type Collected, type CollectOptions, collect, type RoundResult } from './deploy/collect.js';
export { type CountsShape, type Histogram, readCounts, writeCounts } from './deploy/counts.js';
export { type Deployment, type DeployOptions, deploy } from './deploy/deploy.js';
export { exactOutput } from './deploy/exact.js';
export { type Device, type FineTuned, type FineTuneOptions, fineTune } from './deploy/fineTune.js';
export type { JobFormatName } from './deploy/formats.js';
export { rankQubits } from './deploy/layout.js';
export type { DeploySettings, Job, Manifest, Mitigation, Task } from './deploy/manifest.js';
export type { CountsByJob } from './deploy/measure.js';
export type { MeasuredLayer, MeasuredNetwork } from './deploy/network.js';
export { type SimulateJobsOptions, simulateJobs } from './deploy/simulateJobs.js';
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
export { type PlainTensor, readSafetensors, type TensorFile, writeSafetensors } from './interchange/safetensors.js';
export {
  type Extrapolated,
  type Extrapolation,
  type ExtrapolationOptions,
  extrapolate,
} from './mitigation/extrapolate.js';
export { fold } from './mitigation/fold.js';
export {
  commutesQubitwise,
  groupWords,
  type MeasurementGroup,
  measurementCircuit,
  wordExpectation,
} from './mitigation/grouping.js';
export { mitigateReadout, type ReadoutMitigationOptions } from './mitigation/readout.js';
export { shotExpectation } from './mitigation/shotExpectation.js';
export { averageInfidelity, besideChannels, type Channel, channel, composeChannels } from './noise/channel.js';
export {
  amplitudeDamping,
  bitFlip,
  depolarising,
  phaseDamping,
  phaseFlip,
  thermalRelaxation,
} from './noise/channels.js';
export { densityMatrix, type NoisyOptions } from './noise/density.js';
export { type ExampleProfileName, exampleProfiles } from './noise/exampleProfiles.js';
export type { NoiseModel, NoiseRule } from './noise/model.js';
export { noisyExpectation, noisyProbabilities } from './noise/noisy.js';
export { type CouplingProfile, type DeviceProfile, type QubitProfile, readProfile } from './noise/profile.js';
export { noiseOf } from './noise/profileNoise.js';
export { confuse, type ReadoutError } from './noise/readout.js';
export { type NoisySamplingOptions, sampleNoisy } from './noise/sampleNoisy.js';
export { type Estimate, trajectories, trajectoryExpectation } from './noise/trajectories.js';
export { type AdamOptions, type AdamState, adamStart, adamStep } from './optimise/adam.js';
export { type AdamWOptions, adamwStep, clipGradient } from './optimise/adamw.js';
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
export type { Aliasing, Leak } from './spectrum/aliasing.js';
export {
  type ApproximationNumbers,
  approximationNumbers,
  type ErrorBounds,
  truncationError,
} from './spectrum/approximation.js';
export { type CircuitSpectrum, type CircuitSpectrumOptions, circuitSpectrum } from './spectrum/circuit.js';
export { drawParameters } from './spectrum/draws.js';
export { evaluateSpectrum } from './spectrum/evaluate.js';
export { type Expressibility, type ExpressibilityOptions, expressibility } from './spectrum/expressibility.js';
export { effectiveDimension, type QuantumFisher, quantumFisher } from './spectrum/fisher.js';
export { type FourierOptions, type FourierSeries, fourierCoefficients } from './spectrum/fourier.js';
export {
  type GradientVarianceOptions,
  type GradientVarianceScan,
  gradientVariance,
  type ScannedCircuit,
} from './spectrum/gradientVariance.js';
export { recordSpectra, type SpectrumRecorder } from './spectrum/history.js';
export {
  type ReachableFrequencies,
  type ReachableFrequency,
  type ReachableOptions,
  reachableFrequencies,
} from './spectrum/reachable.js';
export { type Redundancy, type RedundancyOptions, redundancy } from './spectrum/redundancy.js';
export {
  type SampledFunction,
  type SampledSpectrum,
  type SampledSpectrumOptions,
  sampledSpectrum,
} from './spectrum/sampled.js';
export type { CoefficientStatistics, Spectrum, SpectrumHistory } from './spectrum/spectrum.js';
export { coefficientStatistics } from './spectrum/statistics.js';
export { type VanishingFrequency, type VanishingOptions, vanishingFrequencies } from './spectrum/vanishing.js';
export type { AffineFit, Curve } from './symbolic/fit.js';
export { formulas } from './symbolic/formula.js';
export { type SymbolicFunction, type SymbolicName, symbolicFunctions } from './symbolic/functions.js';
export { type SymbolicEdge, type SymbolicLayer, type SymbolicNetwork, symbolicOutput } from './symbolic/network.js';
export { type Refit, refit } from './symbolic/refit.js';
export { type Suggestion, type SuggestOptions, suggestSymbolic } from './symbolic/suggest.js';
export {
  type Coupling,
  type ErrorRates,
  gridCoupling,
  lineCoupling,
  ringCoupling,
} from './transpile/coupling.js';
export { couplingOfProfile } from './transpile/profile.js';
export { type CircuitStatistics, circuitStatistics } from './transpile/statistics.js';
export { type NativeGate, type Target, type TargetName, targets } from './transpile/targets.js';
export { type Layout, type Transpiled, type TranspileOptions, transpile } from './transpile/transpile.js';
