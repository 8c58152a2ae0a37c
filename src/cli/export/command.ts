import { Command } from 'commander';
import { choice, integer, keys, name } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';

const EXAMPLES = `
Examples:
  daruan export results/start --layer 0 --output 2 --input 1
  daruan export results/start --format json --out circuits

One circuit goes to stdout, unless --out is given; several go to files layer<l>_edge_<output>_<input> in the folder.
Trained angles are numbers in the circuit; the data x stay an input. All counts begin at 0.
Exit status: 0 done, 1 bad input.
`;

export type Format = 'qasm3' | 'json';
const formatNames = keys<Format>({ qasm3: true, json: true });

/** The options as the command line gives them. */
export interface ExportOptions {
  readonly layer?: number;
  readonly output?: number;
  readonly input?: number;
  readonly format: Format;
  readonly out?: string;
}

/** `daruan export`. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Write the circuits of a trained network.')
    .argument('<folder>', 'where daruan train left its results')
    .option('--layer <number>', 'only this layer', integer('--layer', 0))
    .option('--output <number>', 'only edges to this node', integer('--output', 0))
    .option('--input <number>', 'only edges from this node', integer('--input', 0))
    .option('--format <name>', formatNames.join(', '), choice('--format', formatNames), 'qasm3')
    .option('--out <folder>', 'where the files go', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: ExportOptions) => {
      const { exportCircuits } = await withTensorflow(() => import('./run.js'));
      process.stdout.write(await exportCircuits(folder, options));
    });
}
