import { Command } from 'commander';
import { integer, name } from '../values.js';

const EXAMPLES = `
Examples:
  daruan run-jobs jobs --seed 7
  daruan run-jobs jobs --profile typical-transmon-early

Runs the job files of the open round on a simulated noisy device and writes their counts where daruan collect looks for them:
a stand-in for a quantum computer. The same seed gives the same counts.
Exit status: 0 done, 1 bad input.
`;

/** The options as the command line gives them. */
export interface RunJobsOptions {
  readonly profile?: string;
  readonly seed: number;
}

/** `daruan run-jobs`. */
export function runJobsCommand(): Command {
  return new Command('run-jobs')
    .description('Run the jobs of a deployment on a simulated device.')
    .argument('<folder>', 'where daruan deploy left the jobs')
    .option('--profile <file>', 'the device (default: that of the deployment, or one without noise)', name('--profile'))
    .option('--seed <number>', 'seed of the shots', integer('--seed', 0, 0xffffffff), 0)
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: RunJobsOptions) => {
      const { runJobs } = await import('./run.js');
      await runJobs(folder, options);
    });
}
