import { Command } from 'commander';
import type { CountsShape } from '../../deploy/counts.js';
import { choice, keys } from '../values.js';

const EXAMPLES = `
Examples:
  daruan collect jobs
  daruan collect jobs --counts ibm > outputs.csv

Reads the counts of all jobs of the open round, <job>.counts.json beside each, writes round-<n>/result.json with the measured
activations, and the next round's jobs; after the last round it prints the network's outputs as CSV on stdout and writes them to
outputs.csv. error_<k> is one standard error: what chance does. Noise that was not mitigated is not in it.
--counts says whose shape the counts have: Qiskit's bit strings (ibm), IonQ's probabilities (ionq), Braket's measurement counts
(braket); by default that of the jobs' format.
Exit status: 0 done, 1 bad input.
`;

const shapes = keys<CountsShape>({ ibm: true, ionq: true, braket: true });

/** The options as the command line gives them. */
export interface CollectCommandOptions {
  readonly counts?: CountsShape;
}

/** `daruan collect`. */
export function collectCommand(): Command {
  return new Command('collect')
    .description('Turn the counts of a deployment into activations, outputs and the next round.')
    .argument('<folder>', 'where daruan deploy left the jobs')
    .option('--counts <shape>', shapes.join(', '), choice('--counts', shapes))
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: CollectCommandOptions) => {
      const { collectFolder } = await import('./run.js');
      process.stdout.write(await collectFolder(folder, options));
    });
}
