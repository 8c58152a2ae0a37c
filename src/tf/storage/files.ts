import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import { type ModelArtifacts, modelArtifacts, modelFromArtifacts } from './model.js';

type FileSystem = typeof import('node:fs/promises');

/** Node's file system, asked for only when a file is written or read: bundles for browsers need not resolve it. */
const fileSystem = (): Promise<FileSystem> => {
  const name = 'node:fs/promises';
  return import(/* @vite-ignore */ name) as Promise<FileSystem>;
};

/** Writes a file under a temporary name, then renames it: whoever reads it sees all of it or none. Node only. */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const { rename, writeFile, unlink } = await fileSystem();
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await unlink(temporary).catch(() => {});
    throw new DaruanError(
      'file',
      `"${path}" cannot be written: ${(cause as Error).message}`,
      'Choose another folder.',
      {
        cause,
      },
    );
  }
}

/**
 * Saves a model into a folder as `model.json` and `weights.bin`, the layout that `tf.loadLayersModel` reads. Node only;
 * in browsers use `model.save`.
 */
export async function saveModel(model: tfl.LayersModel, folder: string): Promise<void> {
  const { topology, specs, weights } = await modelArtifacts(model);
  const { mkdir } = await fileSystem();
  await mkdir(folder, { recursive: true });
  const manifest = [{ paths: ['weights.bin'], weights: specs }];
  const document = {
    format: 'layers-model',
    generatedBy: 'daruan',
    modelTopology: topology,
    weightsManifest: manifest,
  };
  await writeFileAtomically(`${folder}/weights.bin`, weights);
  await writeFileAtomically(`${folder}/model.json`, JSON.stringify(document));
}

/** Loads the model that `saveModel` (or tfjs) saved into a folder. Node only. */
export async function loadModel(folder: string): Promise<tfl.LayersModel> {
  const { readFile } = await fileSystem();
  try {
    const document = JSON.parse(await readFile(`${folder}/model.json`, 'utf8'));
    const groups: { paths: string[]; weights: ModelArtifacts['specs'] }[] = document.weightsManifest;
    const parts = await Promise.all(groups.flatMap(({ paths }) => paths.map((path) => readFile(`${folder}/${path}`))));
    return await modelFromArtifacts({
      topology: document.modelTopology,
      specs: groups.flatMap(({ weights }) => [...weights]),
      weights: Uint8Array.from(Buffer.concat(parts)),
    });
  } catch (cause) {
    if (cause instanceof DaruanError) throw cause;
    throw new DaruanError(
      'loadModel',
      `no model can be read from "${folder}": ${(cause as Error).message}`,
      'Name a folder with model.json and weights.bin.',
      { cause },
    );
  }
}
