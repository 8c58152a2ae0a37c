import * as tf from '@tensorflow/tfjs-core';
import { Daruan } from './Daruan.js';
import { KANLayer } from './KANLayer.js';
import { QKANLayer } from './QKANLayer.js';

/** Every layer class of the package. */
export const layerClasses = [QKANLayer, KANLayer, Daruan] as const;

/** Makes the layers known to `tf.loadLayersModel`. `loadModel` calls it; call it yourself before loading otherwise. */
export function registerLayers(): void {
  for (const layer of layerClasses) tf.serialization.registerClass(layer);
}
