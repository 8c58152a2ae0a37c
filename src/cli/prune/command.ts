import { Command } from 'commander';
import { name, number } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';

const EXAMPLES = `
Examples:
  daruan prune results/start
  daruan prune results/start --node-threshold 0.05 --out results/pruned
  daruan prune results/table --data new.csv --input-threshold 0.01 --json

Prints how much of the output's variation each node and edge accounts for, and what goes: the scores of inputs, and of edges to one
output node, sum to the score of what they lead to. With --out the smaller network goes to a folder like that of a training, from which
daruan train --resume goes on with more --steps; without, nothing is written. Layers, nodes and inputs count from 0.
For networks of --layer qkan and kan. Scores go to stdout, messages to stderr.
Exit status: 0 done, 1 bad input.
`;

/** The options as the command line gives them. */
export interface PruneCommandOptions {
  readonly data?: string;
  readonly nodeThreshold: number;
  readonly edgeThreshold: number;
  readonly inputThreshold?: number;
  readonly json?: true;
  readonly out?: string;
}

/** A score that is large enough to stay. */
const threshold = (option: string) => number(option, { minimum: 0 });

/** `daruan prune`. */
export function pruneCommand(): Command {
  return new Command('prune')
    .description('Remove the nodes and edges of a trained network that account for next to nothing.')
    .argument('<folder>', 'where daruan train left its results')
    .option('--data <file>', 'a CSV table of samples (default: those of the training)', name('--data'))
    .option('--node-threshold <score>', 'hidden nodes up to this score go', threshold('--node-threshold'), 0.01)
    .option('--edge-threshold <score>', 'edges up to this score go', threshold('--edge-threshold'), 0.03)
    .option(
      '--input-threshold <score>',
      'inputs up to this score go (default: inputs stay)',
      threshold('--input-threshold'),
    )
    .option('--json', 'scores as JSON')
    .option('--out <folder>', 'where the smaller network goes', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: PruneCommandOptions) => {
      const { pruneNetwork } = await withTensorflow(() => import('./run.js'));
      process.stdout.write(await pruneNetwork(folder, options));
    });
}
