import type * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { registerLayers } from '../layers/register.js';

/** A model as data: its architecture, and its weights in float32. */
export interface ModelArtifacts {
  /** The architecture, as tfjs writes it. */
  readonly topology: object;
  /** Name, shape and type of each weight, in the order of `weights`. */
  readonly specs: readonly tf.io.WeightsManifestEntry[];
  readonly weights: Uint8Array;
}

/** A model's architecture and weights, without files. */
export async function modelArtifacts(model: tfl.LayersModel): Promise<ModelArtifacts> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save({
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  const { modelTopology, weightSpecs, weightData } = saved!;
  const buffers = Array.isArray(weightData) ? weightData : [weightData!];
  const weights = new Uint8Array(buffers.reduce((sum, { byteLength }) => sum + byteLength, 0));
  buffers.reduce((at, buffer) => {
    weights.set(new Uint8Array(buffer), at);
    return at + buffer.byteLength;
  }, 0);
  return { topology: modelTopology as object, specs: weightSpecs!, weights };
}

/** The model that `modelArtifacts` described. */
export function modelFromArtifacts({ topology, specs, weights }: ModelArtifacts): Promise<tfl.LayersModel> {
  registerLayers();
  const weightData = Uint8Array.from(weights).buffer;
  return tfl.loadLayersModel({
    load: async () => ({ modelTopology: topology, weightSpecs: [...specs], weightData }),
  } satisfies tf.io.IOHandler);
}
