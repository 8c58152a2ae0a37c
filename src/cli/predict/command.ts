import { Command } from 'commander';
import { DaruanError } from '../../foundation/errors.js';
import { list, name, number } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';

const EXAMPLES = `
Examples:
  daruan predict results/start --input 0.1,0.2
  daruan predict results/table --data new.csv > predictions.csv

Prints CSV on stdout: a header with the targets, then one line for each point or row. The table needs the columns of the
inputs, by name; others are passed over. Inputs are scaled as they were in training.
Exit status: 0 done, 1 bad input.
`;

const readPoint = list(number('--input'));

/** `daruan predict`. */
export function predictCommand(): Command {
  return new Command('predict')
    .description('Evaluate a trained network.')
    .argument('<folder>', 'where daruan train left its results')
    .option('--data <file>', 'a CSV table with a header', name('--data'))
    .option('--input <numbers>', 'one point, its inputs separated by commas; may be repeated', addPoint)
    .option('--backend <name>', 'tfjs backend: node-gpu, node, wasm, cpu (default: the first that starts), webgpu')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: PredictOptions) => {
      if ((options.data === undefined) === (options.input === undefined)) {
        throw new DaruanError('predict', 'there is not one source of points', 'Give either --data or --input.');
      }
      const { predict } = await withTensorflow(() => import('./run.js'));
      process.stdout.write(await predict(folder, options));
    });
}

/** The options as the command line gives them. */
export interface PredictOptions {
  readonly data?: string;
  readonly input?: readonly number[][];
  readonly backend?: string;
}

const addPoint = (text: string, points: number[][] = []): number[][] => [...points, readPoint(text)];
