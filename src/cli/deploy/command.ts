import { Command } from 'commander';
import type { JobFormatName } from '../../deploy/formats.js';
import type { Mitigation } from '../../deploy/manifest.js';
import type { Extrapolation } from '../../mitigation/extrapolate.js';
import type { TargetName } from '../../transpile/targets.js';
import { targetNames } from '../targetNames.js';
import { choice, integer, keys, list, name, number } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';

const EXAMPLES = `
Examples:
  daruan deploy results/start --inputs x.csv --profile device.json --shots 4096 --out jobs
  daruan deploy results/start --inputs x.csv --profile typical-transmon --readout calibration --zne 1,3 --out jobs
  daruan deploy results/start --inputs x.csv --format ionq-native --target ionq-forte --out jobs
  daruan run-jobs jobs && daruan collect jobs

Writes manifest.json and the jobs of the first round; run them, save the counts that come back where the manifest says, and
let daruan collect make the next round: layer by layer, since each needs what the one before it measured. --profile is a file,
or one of typical-transmon, typical-transmon-early, typical-ions: invented devices to try things on.
Run folded circuits (--zne) without optimisation, and all jobs on the qubits that the manifest names.
Exit status: 0 done, 1 bad input.
`;

const formats = keys<JobFormatName>({ qasm3: true, qasm2: true, braket: true, ionq: true, 'ionq-native': true });
const readouts = keys<Mitigation['readout']>({ none: true, profile: true, calibration: true });
const extrapolations = keys<Extrapolation>({ linear: true, richardson: true, exponential: true });
/** The options as the command line gives them. */
export interface DeployCommandOptions {
  readonly inputs: string;
  readonly out: string;
  readonly profile?: string;
  readonly format: JobFormatName;
  readonly shots: number;
  readonly packing?: number;
  readonly gradients?: true;
  readonly readout?: Mitigation['readout'];
  readonly zne?: readonly number[];
  readonly extrapolation: Extrapolation;
  readonly target?: TargetName;
}

/** `daruan deploy`. */
export function deployCommand(): Command {
  return new Command('deploy')
    .description('Write the jobs that evaluate a trained network on a quantum computer.')
    .argument('<folder>', 'where daruan train left its results')
    .requiredOption('--inputs <file>', 'a CSV table with the columns of the inputs', name('--inputs'))
    .requiredOption('--out <folder>', 'where the jobs go', name('--out'))
    .option('--profile <file>', 'a device profile, or the name of an example', name('--profile'))
    .option('--format <name>', formats.join(', '), choice('--format', formats), 'qasm3')
    .option('--target <name>', `native gates: ${targetNames.join(', ')}`, choice('--target', targetNames))
    .option('--shots <count>', 'of each job', integer('--shots', 2), 4096)
    .option('--packing <count>', 'circuits side by side (default: all good qubits)', integer('--packing', 1, 30))
    .option('--gradients', 'measure derivatives by all parameters and inputs too')
    .option('--readout <way>', `whose readout errors are undone: ${readouts.join(', ')}`, choice('--readout', readouts))
    .option(
      '--zne <scales>',
      'factors of the noise to extrapolate from, such as 1,3',
      list(number('--zne', { minimum: 1 })),
    )
    .option('--extrapolation <name>', extrapolations.join(', '), choice('--extrapolation', extrapolations), 'linear')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: DeployCommandOptions) => {
      const { writeDeployment } = await withTensorflow(() => import('./run.js'));
      process.stdout.write(await writeDeployment(folder, options));
    });
}
