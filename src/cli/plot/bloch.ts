import { stat } from 'node:fs/promises';
import { bind, type Circuit } from '../../../circuits/circuit.js';
import { DaruanError } from '../../foundation/errors.js';
import { blochSvg } from '../../plot/bloch/bloch.js';
import { blochPath } from '../../simulate/blochPath.js';
import { drawParameters } from '../../spectrum/draws.js';
import { readCircuit, withoutMeasurements } from '../readCircuit.js';
import { circuitOf } from '../source.js';
import type { PlotOptions } from './command.js';
import { chooseEdge, edgeFile, edgeTitle } from './edge.js';

/** The way of a qubit through a circuit, or through that of an edge. */
export async function plotBloch(source: string, options: PlotOptions): Promise<string> {
  const { set = {}, seed, qubit, title, width, height, theme } = options;
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() ?? false;
  const { circuit: drawn, name } = isFolder ? await ofEdge(source, options) : await ofCircuit(source, options);
  const symbols = [...drawn.parameters, ...drawn.data];
  const unknown = Object.keys(set).find((symbol) => !symbols.includes(symbol));
  if (unknown !== undefined) {
    const list = symbols.join(', ') || 'none';
    throw new DaruanError('--set', `the circuit has no symbol "${unknown}"`, `It has: ${list}.`);
  }
  const missing = symbols.filter((symbol) => !Object.hasOwn(set, symbol));
  const data = missing.filter((symbol) => drawn.data.includes(symbol));
  if (data.length > 0) {
    throw new DaruanError('plot', `no value for ${data.join(', ')}`, `Give it with --set ${data[0]}=0.5.`);
  }
  if (missing.length > 0 && seed === undefined) {
    throw new DaruanError(
      'plot',
      `no value for ${missing.join(', ')}`,
      'Give them with --set, or draw them with --seed.',
    );
  }
  const row = drawParameters(symbols, 1, seed ?? 0, set);
  const values = Object.fromEntries(symbols.map((symbol, k) => [symbol, row[k]]));
  const at = drawn.data.map((symbol) => `${symbol} = ${values[symbol]}`).join(', ');
  return blochSvg(blochPath(drawn, values, qubit), {
    title: title ?? (at ? `${name} at ${at}` : name),
    width,
    height,
    theme,
  });
}

async function ofCircuit(source: string, options: PlotOptions): Promise<{ circuit: Circuit; name: string }> {
  const given = (['layer', 'output', 'input'] as const).find((option) => options[option] !== undefined);
  if (given) throw new DaruanError(`--${given}`, 'the source is no network', 'It belongs to a folder of results.');
  const found = withoutMeasurements(await circuitOf(source, options));
  return { circuit: found, name: found.name };
}

/** The trained circuit of an edge. The symbol that is left is its data, x, whatever the file had to call it. */
async function ofEdge(folder: string, options: PlotOptions): Promise<{ circuit: Circuit; name: string }> {
  const edge = await chooseEdge(folder, options);
  const found = await readCircuit(edgeFile(folder, edge));
  const named = bind(found, Object.fromEntries(found.parameters.map((name) => [name, 'x'])), ['x']);
  return { circuit: named, name: edgeTitle(edge) };
}
