import { Command } from 'commander';
import { expected } from '../../foundation/errors.js';
import type { Theme } from '../../plot/theme.js';
import { addValue } from '../addValue.js';
import { themeNames } from '../draw/command.js';
import { choice, integer, keys, list, name, number } from '../values.js';

const EXAMPLES = `
Examples:
  daruan plot results/start --kind network --theme dark --out network.svg
  daruan plot results/start --kind loss --out loss.svg
  daruan plot results/start --kind activation --layer 0 --output 2 --input 1 --out activation.svg
  daruan plot results/start --kind spectrum --layer 0 --output 2 --input 1 --style radial --out spectrum.svg
  daruan plot results/start --kind bloch --layer 0 --output 2 --input 1 --set x=0.5 --out path.svg
  daruan plot pz --kind growth --reps 7 --out growth.svg
  daruan plot pz --kind bloch --reps 3 --set x=0.8 --seed 1 --out path.svg

The source is a folder where daruan train left its results. Growth is drawn for an ansatz: how many frequencies it can reach
with 1, 2, ... repetitions, and how many of its parameters are independent. The Bloch sphere is drawn for circuits too: *.json, *.qasm, or the
name of an ansatz; parameters that are not set are drawn from [0, 2 pi) with --seed, weights w_<l> being 1 and biases b_<l> 0.
An activation is shown as the circuit computes it, without output weight and base function, above its Fourier terms; so is
its spectrum. Spectra over many draws: daruan spectrum <circuit> --samples 1000 --plot spectrum.svg.
SVG goes to stdout unless --out is given, messages to stderr.
Exit status: 0 done, 1 bad input.
`;

export type PlotKind = 'network' | 'activation' | 'loss' | 'spectrum' | 'bloch' | 'growth';
const kindNames = keys<PlotKind>({
  network: true,
  activation: true,
  loss: true,
  spectrum: true,
  bloch: true,
  growth: true,
});

/** The options as the command line gives them. */
export interface PlotOptions {
  readonly kind: PlotKind;
  readonly layer?: number;
  readonly output?: number;
  readonly input?: number;
  readonly range?: readonly number[];
  readonly style?: 'bar' | 'radial';
  readonly scale?: 'linear' | 'log';
  readonly set?: Readonly<Record<string, number>>;
  readonly seed?: number;
  readonly qubit?: number;
  readonly reps?: number;
  readonly qubits?: number;
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: Theme;
  readonly out?: string;
}

/** `daruan plot`. */
export function plotCommand(): Command {
  return new Command('plot')
    .description('Make a picture of results: network, activation, loss, spectrum, growth, path on the Bloch sphere.')
    .argument('<source>', 'where daruan train left its results; for the Bloch sphere also a circuit; or an ansatz')
    .requiredOption('--kind <name>', kindNames.join(', '), choice('--kind', kindNames))
    .option('--layer <number>', 'the layer of the edge', integer('--layer', 0))
    .option('--output <number>', 'the node that the edge goes to', integer('--output', 0))
    .option('--input <number>', 'the node that the edge comes from', integer('--input', 0))
    .option('--range <low,high>', 'x of an activation (default: -pi to pi; -1 to 1 for px)', readRange)
    .option('--style <name>', 'of a spectrum: bar, radial (default: bar)', choice('--style', ['bar', 'radial']))
    .option('--scale <name>', 'vertical scale of losses and bars: linear, log', choice('--scale', ['linear', 'log']))
    .option('--set <name=value>', 'value of a symbol on the Bloch sphere; may be repeated', addValue)
    .option('--seed <number>', 'seed of the parameters that are not set', integer('--seed', 0, 0xffffffff))
    .option('--qubit <number>', 'whose Bloch sphere (default: 0)', integer('--qubit', 0))
    .option(
      '--reps <count>',
      'of an ansatz: repetitions (default: 3; growth: up to 6, or 4)',
      integer('--reps', 1, 1000),
    )
    .option('--qubits <count>', 'of an ansatz of several qubits: how many (default: 3)', integer('--qubits', 1, 30))
    .option('--title <text>', 'what stands above', name('--title'))
    .option('--width <pixels>', 'width of the picture', integer('--width', 240))
    .option('--height <pixels>', 'height of the picture', integer('--height', 200))
    .option('--theme <name>', `${themeNames.join(', ')} (default: auto)`, choice('--theme', themeNames))
    .option('--out <file>', 'where the picture goes', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (source: string, options: PlotOptions) => {
      const { plot } = await import('./run.js');
      process.stdout.write(await plot(source, options));
    });
}

function readRange(text: string): number[] {
  const ends = list(number('--range'))(text);
  if (ends.length !== 2) throw expected('--range', 'low,high', text);
  if (!(ends[0] < ends[1])) throw expected('--range', 'low below high', text);
  return ends;
}
