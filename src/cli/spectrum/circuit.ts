import type { Circuit } from '../../../circuits/circuit.js';
import type { ObservableLike } from '../../../circuits/pauli.js';
import { DaruanError } from '../../foundation/errors.js';
import { type CircuitSpectrum, circuitSpectrum } from '../../spectrum/circuit.js';
import { drawParameters } from '../../spectrum/draws.js';
import { reachableFrequencies } from '../../spectrum/reachable.js';
import { patience } from '../patience.js';
import { readCircuit } from '../readCircuit.js';
import type { SpectrumOptions } from './command.js';
import type { Degeneracies, Result } from './result.js';

/** Draws that are computed at a time: between them progress is shown. */
const CHUNK = 500;

/** The spectrum of a circuit in a file, for given or drawn parameters. */
export async function ofCircuit(path: string, options: SpectrumOptions): Promise<Result> {
  const { observable = 'Z', set = {}, samples = 1, seed } = options;
  const source = await readCircuit(path);
  const variables = options.variables ?? dataOf(source);
  const open = [...source.parameters, ...source.data].filter((name) => !variables.includes(name));
  const missing = open.filter((name) => !Object.hasOwn(set, name));
  if (options.samples === undefined && missing.length > 0) {
    throw new DaruanError(
      'spectrum',
      `no value for ${missing.join(', ')}`,
      'Give them with --set, or draw them with --samples.',
    );
  }
  const rows = drawParameters(open, samples, seed, set);
  const fixed = open.filter((name) => Object.hasOwn(set, name) || isShared(rows, open, name));
  const valuesOf = (first: number, count: number) =>
    Object.fromEntries(
      open.map((name, p) => {
        const column = Float64Array.from({ length: count }, (_, b) => rows[(first + b) * open.length + p]);
        return [name, fixed.includes(name) ? column[0] : column];
      }),
    );
  const spectrum = inChunks(source, observable, variables, samples, valuesOf);
  const values = Object.fromEntries(fixed.map((name) => [name, rows[open.indexOf(name)]]));
  return { spectrum, ...degeneracies(source, spectrum, variables, values) };
}

const isShared = (rows: Float64Array, names: readonly string[], name: string): boolean =>
  rows.every((value, at) => at % names.length !== names.indexOf(name) || value === rows[names.indexOf(name)]);

/** The circuit's data; without any, its only symbol. */
function dataOf({ data, parameters }: Circuit): readonly string[] {
  if (data.length > 0) return data;
  if (parameters.length === 1) return parameters;
  throw new DaruanError(
    'spectrum',
    `the file does not say which symbols are data (it has ${parameters.join(', ') || 'none'})`,
    'Name them with --variables.',
  );
}

function inChunks(
  source: Circuit,
  observable: ObservableLike,
  variables: readonly string[],
  samples: number,
  valuesOf: (first: number, count: number) => Record<string, number | Float64Array>,
): CircuitSpectrum {
  const progress = patience('draws', samples);
  const parts: CircuitSpectrum[] = [];
  try {
    for (let first = 0; first < samples; first += CHUNK) {
      const count = Math.min(CHUNK, samples - first);
      parts.push(circuitSpectrum(source, observable, valuesOf(first, count), { variables }));
      progress.done(first + count);
    }
  } finally {
    progress.stop();
  }
  // Where no parameter is drawn, all draws are one.
  const width = parts[0].coefficients.length / parts[0].batch;
  const coefficients = new Float64Array(samples * width);
  parts.forEach(({ coefficients: own }, part) => {
    for (let at = part * CHUNK * width; at < Math.min((part + 1) * CHUNK, samples) * width; at += own.length) {
      coefficients.set(own, at);
    }
  });
  return { ...parts[0], batch: samples, coefficients };
}

/** Both counts of each frequency, where there is a linear encoding. */
function degeneracies(
  source: Circuit,
  { variables, frequencies }: CircuitSpectrum,
  names: readonly string[],
  values: Readonly<Record<string, number>>,
): Degeneracies {
  if (variables.some((name) => name.startsWith('acos '))) return {};
  const reached = reachableFrequencies(source, { variables: names, values }).frequencies;
  const width = names.length;
  const scale = frequencies.reduce((most, frequency) => Math.max(most, Math.abs(frequency)), 0);
  const counts = Array.from({ length: frequencies.length / width }, (_, k) =>
    reached.find(({ frequency }) =>
      frequency.every((part, v) => Math.abs((part as number) - frequencies[k * width + v]) <= 1e-9 * scale),
    ),
  );
  return {
    signVectors: counts.map((count) => count?.signVectors ?? 0),
    eigenvaluePairs: counts.map((count) => count?.eigenvaluePairs ?? 0),
  };
}
