import { join } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import type { FourierTerm } from '../../spectrum/activation.js';
import { circuitName } from '../circuitName.js';
import { readSummary, requirePart } from '../readSummary.js';
import { readText } from '../readText.js';
import type { EdgeSpectrum } from '../train/spectrum.js';
import type { PlotOptions } from './command.js';

/** One edge of a trained network. */
export interface Edge {
  readonly layer: number;
  readonly output: number;
  readonly input: number;
}

/** The edge that the options choose, and its Fourier terms; throws unless it is one, and has them. */
export async function readEdge(
  folder: string,
  options: PlotOptions,
): Promise<{ edge: Edge; terms: readonly FourierTerm[] }> {
  const found = await chooseEdge(folder, options);
  if (found.terms) return { edge: found, terms: found.terms };
  throw new DaruanError('plot', `the edge has no Fourier series: ${found.reason?.replace(/\.$/, '')}`, '');
}

/** The only edge that the options choose. */
export async function chooseEdge(folder: string, options: PlotOptions): Promise<EdgeSpectrum> {
  requirePart('plot', 'hasCircuits', await readSummary(folder));
  const spectra: readonly EdgeSpectrum[] = JSON.parse(await readText(join(folder, 'spectrum.json')));
  const chosen = spectra.filter((edge) =>
    (['layer', 'output', 'input'] as const).every(
      (name) => options[name] === undefined || options[name] === edge[name],
    ),
  );
  if (chosen.length === 1) return chosen[0];
  if (chosen.length === 0) {
    throw new DaruanError('plot', 'the network has no such edge', 'Layers, outputs and inputs count from 0.');
  }
  const problem = `${chosen.length} edges are chosen, but the picture shows one`;
  throw new DaruanError('plot', problem, 'Choose one with --layer, --output and --input.');
}

/** What pictures of an edge are called. */
export const edgeTitle = ({ layer, output, input }: Edge): string =>
  `layer ${layer}, input ${input} → output ${output}`;

/** The file with the circuit of an edge. */
export const edgeFile = (folder: string, { layer, output, input }: Edge): string =>
  join(folder, 'circuits', `${circuitName(layer, output, input)}.qasm`);
