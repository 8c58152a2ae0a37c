import type * as tfl from '@tensorflow/tfjs-layers';
import { KANLayer } from './KANLayer.js';
import { QKANLayer } from './QKANLayer.js';

/** A layer that is a sum over edges, each a function of one input, and offers them one by one. */
export type EdgeLayer = QKANLayer | KANLayer;

export const hasEdges = (layer: tfl.layers.Layer): layer is EdgeLayer =>
  layer instanceof QKANLayer || layer instanceof KANLayer;
