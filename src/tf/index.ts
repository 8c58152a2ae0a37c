/**
 * `daruan/tf`: quantum activations as layers of TensorFlow.js. Needs `@tensorflow/tfjs-core`, `@tensorflow/tfjs-layers` and
 * one tfjs backend beside it.
 */
export { evaluateActivation, evaluateElementwise, polynomialDegree, type Route } from './activation/route.js';
export { type BackendReport, backendPackages, selectBackend } from './backend.js';
export { circuitExpectation } from './circuitExpectation.js';
export { describeLayers, type LayerDescription } from './describe.js';
export { type KANArgs, kan } from './KAN.js';
export { type ActivationKernels, activationKernels, setActivationKernels, useWasmKernels } from './kernel.js';
export type { ActivationOptions } from './layers/activationOptions.js';
export { type BaseActivation, baseActivations } from './layers/baseActivations.js';
export { Daruan, type DaruanArgs } from './layers/Daruan.js';
export type { ThetaInitializer, WeightInitializer } from './layers/initialise.js';
export { KANLayer, type KANLayerArgs } from './layers/KANLayer.js';
export { QKANLayer, type QKANLayerArgs } from './layers/QKANLayer.js';
export { layerClasses, registerLayers } from './layers/register.js';
export { countParameters, datasetTensors, predictArray } from './plainArrays.js';
export { type QKANArgs, qkan } from './QKAN.js';
export { type Checkpoint, readCheckpoint, writeCheckpoint } from './storage/checkpoint.js';
export { loadModel, saveModel } from './storage/files.js';
export type { TensorDataset } from './training/checkFit.js';
export { evaluateLoss, fetchLoss } from './training/engine.js';
export {
  type FitOptions,
  type FitResult,
  fit,
  type StepRecord,
  type StopReason,
  type TrainingState,
} from './training/fit.js';
export { type LossName, losses } from './training/losses.js';
export type { Regularisation } from './training/regularise.js';
export type { Stage } from './training/stages.js';
