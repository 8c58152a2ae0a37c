import { join } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import { activationSvg } from '../../plot/activation.js';
import { type LossPoint, lossSvg } from '../../plot/loss.js';
import { spectrumSvg } from '../../plot/spectrum/spectrum.js';
import { evaluateSeries } from '../../spectrum/activation.js';
import { readSummary } from '../readSummary.js';
import { readText } from '../readText.js';
import { withTensorflow } from '../withTensorflow.js';
import { deliver } from '../writeText.js';
import type { PlotKind, PlotOptions } from './command.js';
import { edgeTitle, readEdge } from './edge.js';

type Plot = (source: string, options: PlotOptions) => Promise<string>;

const EDGE = ['layer', 'output', 'input'] as const;
const SIZE = ['width', 'height'] as const;

/** What each kind of picture is made by, and the options that it has beside title, theme and place. */
const kinds: Readonly<Record<PlotKind, { readonly plot: Plot; readonly options: readonly (keyof PlotOptions)[] }>> = {
  network: {
    plot: async (source, options) => (await withTensorflow(() => import('./network.js'))).plotNetwork(source, options),
    options: [],
  },
  activation: { plot: plotActivation, options: [...EDGE, ...SIZE, 'range'] },
  loss: { plot: plotLoss, options: [...SIZE, 'scale'] },
  spectrum: { plot: plotSpectrum, options: [...EDGE, ...SIZE, 'style', 'scale'] },
  bloch: {
    plot: async (source, options) => (await import('./bloch.js')).plotBloch(source, options),
    options: [...EDGE, ...SIZE, 'set', 'seed', 'qubit', 'reps', 'qubits'],
  },
  growth: {
    plot: async (source, options) => (await import('./growth.js')).plotGrowth(source, options),
    options: [...SIZE, 'reps', 'qubits'],
  },
};

/** Makes a picture; returns what belongs on stdout. */
export async function plot(source: string, options: PlotOptions): Promise<string> {
  const { kind, title, theme, out, ...rest } = options;
  const foreign = Object.keys(rest).find((name) => !kinds[kind].options.includes(name as keyof PlotOptions));
  if (foreign !== undefined) {
    throw new DaruanError(`--${foreign}`, `a picture of the kind ${kind} has no use for it`, 'Leave it out.');
  }
  return deliver(await kinds[kind].plot(source, options), out);
}

const NUM_POINTS = 257;

/** What the circuits of a network turn by. */
async function variableOf(folder: string): Promise<'x' | 'acos x'> {
  const { settings } = await readSummary(folder);
  return 'ansatz' in settings && settings.ansatz === 'px' ? 'acos x' : 'x';
}

async function plotActivation(folder: string, options: PlotOptions): Promise<string> {
  const { edge, terms } = await readEdge(folder, options);
  const variable = await variableOf(folder);
  const [low, high] = options.range ?? (variable === 'acos x' ? [-1, 1] : [-Math.PI, Math.PI]);
  const x = Float64Array.from({ length: NUM_POINTS }, (_, k) => low + ((high - low) * k) / (NUM_POINTS - 1));
  const y = x.map((at) => evaluateSeries(terms, variable === 'acos x' ? Math.acos(at) : at));
  const { title = edgeTitle(edge), width, height, theme } = options;
  return activationSvg({ x, y, terms, variable, title, yName: '⟨Z⟩(x)' }, { width, height, theme });
}

async function plotLoss(folder: string, { title, scale, width, height, theme }: PlotOptions): Promise<string> {
  const { history } = JSON.parse(await readText(join(folder, 'history.json'))) as { history: LossPoint[] };
  const vanishes = history.some(({ loss, validationLoss = 1 }) => Math.min(loss, validationLoss) <= 0);
  return lossSvg(history, { title, verticalScale: scale ?? (vanishes ? 'linear' : 'log'), width, height, theme });
}

async function plotSpectrum(folder: string, options: PlotOptions): Promise<string> {
  const { edge, terms } = await readEdge(folder, options);
  const spectrum = {
    variables: [await variableOf(folder)],
    frequencies: Float64Array.from(terms, ({ frequency }) => frequency),
    batch: 1,
    coefficients: Float64Array.from(terms.flatMap(({ re, im }) => [re, im])),
  };
  const { title = edgeTitle(edge), style, scale, width, height, theme } = options;
  return spectrumSvg(spectrum, { title, kind: style, verticalScale: scale, width, height, theme });
}
