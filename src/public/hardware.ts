/**
 * `daruan/hardware`: from a circuit or a trained network to a quantum computer and back: native gates, noise, mitigation, jobs and counts.
 */

export type { ActivationGradients, Activations } from '../deploy/activations.js';
export { type Collected, type CollectOptions, collect, type RoundResult } from '../deploy/collect.js';
export { type CountsShape, type Histogram, readCounts, writeCounts } from '../deploy/counts.js';
export { type Deployment, type DeployOptions, deploy } from '../deploy/deploy.js';
export { exactOutput } from '../deploy/exact.js';
export { type Device, type FineTuned, type FineTuneOptions, fineTune } from '../deploy/fineTune.js';
export type { JobFormatName } from '../deploy/formats.js';
export { rankQubits } from '../deploy/layout.js';
export type { DeploySettings, Job, Manifest, Mitigation, Task } from '../deploy/manifest.js';
export type { CountsByJob } from '../deploy/measure.js';
export type { MeasuredLayer, MeasuredNetwork } from '../deploy/network.js';
export { type SimulateJobsOptions, simulateJobs } from '../deploy/simulateJobs.js';
export {
  type Extrapolated,
  type Extrapolation,
  type ExtrapolationOptions,
  extrapolate,
} from '../mitigation/extrapolate.js';
export { fold } from '../mitigation/fold.js';
export {
  commutesQubitwise,
  groupWords,
  type MeasurementGroup,
  measurementCircuit,
  wordExpectation,
} from '../mitigation/grouping.js';
export { mitigateReadout, type ReadoutMitigationOptions } from '../mitigation/readout.js';
export { shotExpectation } from '../mitigation/shotExpectation.js';
export { averageInfidelity, besideChannels, type Channel, channel, composeChannels } from '../noise/channel.js';
export {
  amplitudeDamping,
  bitFlip,
  depolarising,
  phaseDamping,
  phaseFlip,
  thermalRelaxation,
} from '../noise/channels.js';
export { densityMatrix, type NoisyOptions } from '../noise/density.js';
export { type ExampleProfileName, exampleProfiles } from '../noise/exampleProfiles.js';
export type { NoiseModel, NoiseRule } from '../noise/model.js';
export { noisyExpectation, noisyProbabilities } from '../noise/noisy.js';
export { type CouplingProfile, type DeviceProfile, type QubitProfile, readProfile } from '../noise/profile.js';
export { noiseOf } from '../noise/profileNoise.js';
export { confuse, type ReadoutError } from '../noise/readout.js';
export { type NoisySamplingOptions, sampleNoisy } from '../noise/sampleNoisy.js';
export { type Scheduled, type ScheduleOptions, scheduleOn } from '../noise/schedule.js';
export { type Estimate, trajectories, trajectoryExpectation } from '../noise/trajectories.js';
export {
  type Coupling,
  type ErrorRates,
  gridCoupling,
  lineCoupling,
  ringCoupling,
} from '../transpile/coupling.js';
export { couplingOfProfile } from '../transpile/profile.js';
export { type CircuitStatistics, circuitStatistics } from '../transpile/statistics.js';
export { type NativeGate, type Target, type TargetName, targets } from '../transpile/targets.js';
export { type Layout, type Transpiled, type TranspileOptions, transpile } from '../transpile/transpile.js';
