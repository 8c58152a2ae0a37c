import { Command } from 'commander';
import { type SymbolicName, symbolicNames } from '../../symbolic/functions.js';
import { choice, integer, list, name } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';

const EXAMPLES = `
Examples:
  daruan formula results/start
  daruan formula results/pruned --latex --out formula.tex
  daruan formula results/table --data new.csv --library linear,sin,exp --digits 6
  daruan formula results/pruned --exact

Every edge becomes the function of the library that describes it best; the numbers are refitted to the samples, and what they do not
need is dropped. Prune first (daruan prune), and train on. One formula a target in mathjs's grammar, inputs x1 … xn (x for one) in
their own units. --exact writes out the Fourier series of a QKAN in place of that: nothing is fitted.
The library: ${symbolicNames.join(', ')}.
For networks of --layer qkan and kan. Formulas go to stdout unless --out is given, errors of the formula and messages to stderr.
Exit status: 0 done, 1 bad input.
`;

/** The options as the command line gives them. */
export interface FormulaOptions {
  readonly data?: string;
  readonly library?: readonly SymbolicName[];
  readonly digits?: number;
  readonly exact?: true;
  readonly latex?: true;
  readonly out?: string;
}

/** `daruan formula`. */
export function formulaCommand(): Command {
  return new Command('formula')
    .description('Read a formula off a trained network.')
    .argument('<folder>', 'where daruan train or daruan prune left its results')
    .option('--data <file>', 'a CSV table of samples (default: those of the training)', name('--data'))
    .option('--library <names>', 'functions to choose from (default: all)', list(choice('--library', symbolicNames)))
    .option('--digits <count>', 'significant digits (default: 4; of --exact 9)', integer('--digits', 1, 17))
    .option('--exact', 'the Fourier series of a QKAN in closed form')
    .option('--latex', 'LaTeX in place of mathjs')
    .option('--out <file>', 'where the formulas go', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: FormulaOptions) => {
      const { formula } = await withTensorflow(() => import('./run.js'));
      process.stdout.write(await formula(folder, options));
    });
}
