import { stat } from 'node:fs/promises';
import { DaruanError } from '../../foundation/errors.js';
import { withTensorflow } from '../withTensorflow.js';
import { ofCircuit } from './circuit.js';
import type { SpectrumOptions } from './command.js';
import { toCsv, toJsonText } from './formats.js';

/** Computes the spectra of a source; returns what belongs on stdout. */
export async function spectrum(source: string, options: SpectrumOptions): Promise<string> {
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() ?? false;
  checkOptions(options, isFolder);
  const results = isFolder ? await ofFolder(source, options) : [await ofCircuit(source, options)];
  if (options.plot !== undefined) {
    const { writePicture } = await import('./picture.js');
    await writePicture(options.plot, results);
  }
  return options.json ? toJsonText(results) : toCsv(results);
}

async function ofFolder(folder: string, options: SpectrumOptions) {
  const { ofNetwork } = await withTensorflow(() => import('./network.js'));
  return ofNetwork(folder, options);
}

/** Options that the kind of source has no use for are errors, not passed over. */
function checkOptions(options: SpectrumOptions, isFolder: boolean): void {
  const foreign = isFolder
    ? (['variables', 'observable', 'set', 'samples'] as const)
    : (['layer', 'output', 'input'] as const);
  const given = foreign.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const problem = isFolder ? 'a trained network has all its values' : 'the source is no network';
  throw new DaruanError(`--${given}`, problem, `It belongs to ${isFolder ? 'a circuit' : 'a folder of results'}.`);
}
