import { join } from 'node:path';
import { DaruanError } from '../foundation/errors.js';
import { describeLayers, type LayerDescription } from '../tf/describe.js';
import { loadModel } from '../tf/storage/files.js';
import { startEngine } from './engine.js';

/** The layers of quantum circuits of a trained network; throws, in the name of a command, if it has none. */
export async function trainedCircuits(where: string, folder: string): Promise<LayerDescription[]> {
  await startEngine();
  const layers = describeLayers(await loadModel(join(folder, 'model')));
  if (layers.length > 0) return layers;
  throw new DaruanError(where, 'the network has no quantum circuits', 'Train one with --layer qkan or hqkan.');
}
