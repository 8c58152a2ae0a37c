import { Command } from 'commander';
import { DaruanError } from '../../foundation/errors.js';
import { addValue } from '../addValue.js';
import { integer, list, name } from '../values.js';

const EXAMPLES = `
Examples:
  daruan spectrum circuit.json --set theta_0_0=0.4 --set w_0=1
  daruan spectrum circuit.json --samples 1000 --seed 7 --json > spectrum.json
  daruan spectrum program.qasm --variables x,y --observable ZZ --csv
  daruan spectrum results/start --layer 0 --output 2 --input 1 --plot spectrum.svg

The source is a circuit (*.json, *.qasm) or a folder that daruan train left. Of each pair of frequencies one is printed, with its
coefficient c in f = sum c exp(i frequency x). The columns sign_vectors and eigenvalue_pairs count the ways in which the data
gates make the frequency: empty where data enter through acos.
With --samples, parameters that are not set are drawn from [0, 2 pi); weights w_<l> are 1 and biases b_<l> are 0 unless they are set.
Results go to stdout, as CSV unless --json is given; messages go to stderr.
Exit status: 0 done, 1 bad input.
`;

/** The options as the command line gives them. */
export interface SpectrumOptions {
  readonly variables?: string[];
  readonly observable?: string;
  readonly set?: Readonly<Record<string, number>>;
  readonly samples?: number;
  readonly seed: number;
  readonly layer?: number;
  readonly output?: number;
  readonly input?: number;
  readonly json?: true;
  readonly csv?: true;
  readonly plot?: string;
}

/** `daruan spectrum`. */
export function spectrumCommand(): Command {
  return new Command('spectrum')
    .description('Compute the Fourier coefficients of a circuit or of a trained network.')
    .argument('<source>', 'a circuit (*.json, *.qasm), or a folder where daruan train left its results')
    .option('--variables <names>', "the data, separated by commas (default: the circuit's)", list(name('--variables')))
    .option('--observable <word>', 'Pauli word, letter j for qubit j (default: Z)', name('--observable'))
    .option('--set <name=value>', 'value of a parameter; may be repeated', addValue)
    .option('--samples <count>', 'draws of the parameters that are not set', integer('--samples', 1, 1_000_000))
    .option('--seed <number>', 'seed of the draws', integer('--seed', 0, 0xffffffff), 0)
    .option('--layer <number>', 'of a network: only this layer', integer('--layer', 0))
    .option('--output <number>', 'of a network: only edges to this node', integer('--output', 0))
    .option('--input <number>', 'of a network: only edges from this node', integer('--input', 0))
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV (this is the default)')
    .option('--plot <file>', 'write a picture too, as SVG', name('--plot'))
    .addHelpText('after', EXAMPLES)
    .action(async (source: string, options: SpectrumOptions) => {
      if (options.json && options.csv) {
        throw new DaruanError('spectrum', 'both --json and --csv are given', 'Choose one.');
      }
      const { spectrum } = await import('./run.js');
      process.stdout.write(await spectrum(source, options));
    });
}
