import * as tf from '@tensorflow/tfjs-core';
import { AlphaDropout } from './AlphaDropout.js';
import { AttentionOutput } from './AttentionOutput.js';
import { AttentionScores } from './AttentionScores.js';
import { CRReLU, Dice, EvoNormB0, EvoNormS0, PolyNorm, PolyReLU, Selu, WideDeep } from './activationLayers.js';
import { CausalAttention } from './CausalAttention.js';
import { CircuitLayer } from './CircuitLayer.js';
import { Daruan } from './Daruan.js';
import { DaruanConv2d } from './DaruanConv2d.js';
import { FourierTable } from './FourierTable.js';
import { HQKAN } from './HQKAN.js';
import { KANConv2d } from './KANConv2d.js';
import { KANLayer } from './KANLayer.js';
import { KArAt } from './KArAt.js';
import { KArAtOperators } from './KArAtOperators.js';
import { LayerNorm } from './LayerNorm.js';
import { Linear } from './Linear.js';
import { Multiplication } from './Multiplication.js';
import { NodeActivation } from './NodeActivation.js';
import { PositionEmbedding } from './PositionEmbedding.js';
import { QKANLayer } from './QKANLayer.js';
import { Sdm } from './Sdm.js';
import { SKANLayer } from './SKANLayer.js';
import { SparseAutoencoder } from './SparseAutoencoder.js';
import { TokenEmbedding } from './TokenEmbedding.js';

/** Every layer class of the package. */
export const layerClasses = [
  QKANLayer,
  KANLayer,
  SKANLayer,
  Daruan,
  HQKAN,
  DaruanConv2d,
  KANConv2d,
  CircuitLayer,
  Linear,
  CausalAttention,
  LayerNorm,
  TokenEmbedding,
  PositionEmbedding,
  KArAt,
  KArAtOperators,
  AttentionScores,
  AttentionOutput,
  FourierTable,
  NodeActivation,
  Selu,
  CRReLU,
  PolyReLU,
  PolyNorm,
  EvoNormB0,
  EvoNormS0,
  Dice,
  WideDeep,
  AlphaDropout,
  Sdm,
  SparseAutoencoder,
  Multiplication,
] as const;

/** Makes the layers known to `tf.loadLayersModel`. `loadModel` calls it; call it yourself before loading otherwise. */
export function registerLayers(): void {
  for (const layer of layerClasses) tf.serialization.registerClass(layer);
}
