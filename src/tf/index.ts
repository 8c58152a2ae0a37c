/**
 * `daruan/tf`: quantum activations as layers of TensorFlow.js. Needs `@tensorflow/tfjs-core`, `@tensorflow/tfjs-layers` and
 * one tfjs backend beside it.
 */
export { evaluateActivation, evaluateElementwise, polynomialDegree, type Route } from './activation/route.js';
export { type BackendReport, backendPackages, selectBackend } from './backend.js';
export { circuitExpectation } from './circuitExpectation.js';
export { describeLayers, type LayerDescription } from './describe.js';
export { edgeCurves, type LayerCurves } from './edgeCurves.js';
export { type HQKANNetworkArgs, hqkan } from './HQKAN.js';
export { exportOnnx, type OnnxOptions } from './interchange/onnx.js';
export { type PaperWeightsOptions, readPaperWeights, writePaperWeights } from './interchange/paperWeights.js';
export { type KANArgs, kan } from './KAN.js';
export { type ActivationKernels, activationKernels, setActivationKernels, useWasmKernels } from './kernel.js';
export {
  compareParameters,
  type FeedForward,
  type GRKANBlockArgs,
  grkanBlock,
  type HQKANBlockArgs,
  hqkanBlock,
  type KANBlockArgs,
  kanBlock,
  mlpBlock,
  type ParameterComparison,
  type QKANBlockArgs,
  qkanBlock,
} from './language/feedForward.js';
export { type GenerateOptions, generate } from './language/generate.js';
export { evaluateLanguageModel, type LanguageEvaluation } from './language/loss.js';
export { type LanguageModelArgs, languageModel } from './language/model.js';
export type { LanguageTrainingOptions } from './language/settings.js';
export {
  type LanguageStep,
  type LanguageTrainingResult,
  type LanguageTrainingState,
  trainLanguageModel,
} from './language/train.js';
export { AlphaDropout, type AlphaDropoutArgs } from './layers/AlphaDropout.js';
export { AttentionOutput, type AttentionOutputArgs } from './layers/AttentionOutput.js';
export { AttentionScores, type AttentionScoresArgs } from './layers/AttentionScores.js';
export {
  CRReLU,
  Dice,
  EvoNormB0,
  EvoNormS0,
  PolyNorm,
  PolyReLU,
  Selu,
  WideDeep,
} from './layers/activationLayers.js';
export type { ActivationOptions } from './layers/activationOptions.js';
export { type BaseActivation, baseActivations } from './layers/baseActivations.js';
export { CausalAttention, type CausalAttentionArgs } from './layers/CausalAttention.js';
export { CircuitLayer, type CircuitLayerArgs } from './layers/CircuitLayer.js';
export { Daruan, type DaruanArgs } from './layers/Daruan.js';
export { DaruanConv2d, type DaruanConv2dArgs } from './layers/DaruanConv2d.js';
export { FourierTable, type FourierTableArgs } from './layers/FourierTable.js';
export { HQKAN, type HQKANArgs } from './layers/HQKAN.js';
export type { ThetaInitializer, WeightInitializer } from './layers/initialise.js';
export { KANConv2d, type KANConv2dArgs } from './layers/KANConv2d.js';
export { KANLayer, type KANLayerArgs } from './layers/KANLayer.js';
export { KArAt, type KArAtArgs, sharedKArAt } from './layers/KArAt.js';
export { type AttentionFunctions, KArAtOperators, type KArAtOperatorsArgs } from './layers/KArAtOperators.js';
export { LayerNorm } from './layers/LayerNorm.js';
export { Linear, type LinearArgs } from './layers/Linear.js';
export { Multiplication, type MultiplicationArgs } from './layers/Multiplication.js';
export { type ActivationLayerArgs, NodeActivation, type NodeActivationArgs } from './layers/NodeActivation.js';
export { PositionEmbedding, type PositionEmbeddingArgs } from './layers/PositionEmbedding.js';
export { QKANLayer, type QKANLayerArgs } from './layers/QKANLayer.js';
export { layerClasses, registerLayers } from './layers/register.js';
export { Sdm, type SdmArgs } from './layers/Sdm.js';
export { type DaruanMember, type PoolMember, SKANLayer, type SKANLayerArgs } from './layers/SKANLayer.js';
export { SparseAutoencoder, type SparseAutoencoderArgs } from './layers/SparseAutoencoder.js';
export { TokenEmbedding, type TokenEmbeddingArgs } from './layers/TokenEmbedding.js';
export { type MLPArgs, mlp } from './MLP.js';
export { loadMeasured, measuredNetwork } from './measuredNetwork.js';
export { countParameters, datasetTensors, fetchPrediction, predictArray } from './plainArrays.js';
export { type QKANArgs, qkan } from './QKAN.js';
export { readOnHost } from './readOnHost.js';
export { projectSimplex } from './simplex.js';
export { type Checkpoint, readCheckpoint, writeCheckpoint } from './storage/checkpoint.js';
export { loadModel, saveModel } from './storage/files.js';
export { type Attribution, attribute } from './structure/attribute.js';
export {
  type AutoSymbolic,
  type AutoSymbolicOptions,
  autoSymbolic,
  type EdgePlace,
  suggestEdge,
} from './structure/autoSymbolic.js';
export { type Extended, type ExtendOptions, extendReps } from './structure/extendReps.js';
export { fourierFormulas } from './structure/fourierFormulas.js';
export { type ModelHistory, remember, rewind } from './structure/history.js';
export type { PruneThresholds } from './structure/keep.js';
export { type Pruned, type PruneOptions, prune } from './structure/prune.js';
export { refine } from './structure/refine.js';
export { type LayerSummary, type ModelSummary, summary } from './structure/summary.js';
export { transferEdges } from './structure/transferEdges.js';
export { setEdgeMasks, type WinaMasks, winaMasks } from './structure/winaMasks.js';
export { keepTopAFA } from './topAFA.js';
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
export { type GridUpdate, updateGrids } from './training/grids.js';
export { type LossName, losses } from './training/losses.js';
export type { Regularisation } from './training/regularise.js';
export { type SelectionOptions, selectBases } from './training/select.js';
export type { Stage } from './training/stages.js';
export type { NodeCount } from './width.js';
