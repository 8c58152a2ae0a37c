import { Command } from 'commander';
import { DaruanError } from '../../foundation/errors.js';
import { choice, integer, list, name, number } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';
import { ansatzNames, measurements, optimizerNames, outsideDomains, type TrainOptions } from './options.js';

const EXAMPLES = `
Examples:
  daruan train --function "exp(sin(pi*x1) + x2^2)" --range -1,1 --width 2,5,1 --reps 3
  daruan train --data table.csv --target y --standardise --out results/table
  daruan train --function "sin(5*x)" --ansatz real --optimizer adam+lbfgs --steps 200,40
  daruan train --resume results/table

Exit status: 0 trained, 1 bad input, 2 training failed, 130 interrupted (a checkpoint is left).
Results go to the folder; its summary.json is printed on stdout, everything else on stderr.
`;

/** May be given with --resume; everything else is as it was. */
const resumable = ['resume', 'steps', 'checkpointEvery'];

const readMeasurement = choice('--measurement', measurements);
const readOutsideDomain = choice('--outside-domain', outsideDomains);
const readSteps = list(integer('--steps', 1));
const readWidth = list(integer('--width', 1));
const readNames = (option: string) => list(name(option));

type RunOptions = TrainOptions & { readonly out?: string; readonly resume?: string };

/** `daruan train`. */
export function trainCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('train')
    .description('Train a QKAN on a function or a table, and write model, pictures, spectra and circuits.')
    .option('--function <expression>', 'the target, in x1 … xn (x for one input)', name('--function'))
    .option('--range <bounds>', 'low,high of all inputs, or low,high of each (default: -1,1)', list(number('--range')))
    .option('--samples <count>', 'samples drawn from the function (default: 1250)', integer('--samples', 2))
    .option('--data <file>', 'a CSV table with a header, in place of a function', name('--data'))
    .option('--target <columns>', 'the columns to predict, with --data', readNames('--target'))
    .option('--inputs <columns>', 'the columns to predict from (default: all others)', readNames('--inputs'))
    .option('--standardise', 'scale inputs to mean 0 and standard deviation 1')
    .option('--test-fraction <share>', 'share of the samples kept for testing', readFraction, 0.2)
    .option('--width <nodes>', 'nodes of each layer, as in 2,5,1 (default: n,2n+1,m)', readWidth)
    .option('--reps <r>', 'repetitions of the circuit on each edge', integer('--reps', 1, 1000), 3)
    .option('--ansatz <name>', `circuit on each edge: ${ansatzNames.join(', ')}`, choice('--ansatz', ansatzNames), 'pz')
    .option('--measurement <kind>', `what is read out: ${measurements.join(', ')}`, readMeasurement, 'expectation')
    .option(
      '--outside-domain <policy>',
      `what px does where |w·x + b| > 1: ${outsideDomains.join(', ')}`,
      readOutsideDomain,
      'clamp',
    )
    .option('--fixed-encoding', 'keep w = 1 and b = 0 in the encoding w·x + b (default: trained)')
    .option('--optimizer <name>', optimizerNames.join(', '), choice('--optimizer', optimizerNames), 'lbfgs')
    .option('--steps <count>', 'default: 100 of lbfgs, 500 of adam, 200,40 of adam+lbfgs', readSteps)
    .option('--learning-rate <rate>', 'of Adam (0.01), or first trial step of L-BFGS (1)', readPositive)
    .option('--batch-size <count>', 'samples an update of Adam (default: all)', integer('--batch-size', 1))
    .option('--regularisation <strength>', 'weight of the sparsity penalty', readStrength, 0)
    .option('--patience <steps>', 'stop after so many steps without improvement', integer('--patience', 1))
    .option('--seed <number>', 'seed of samples, division and initial values', integer('--seed', 0, 0xffffffff), 0)
    .option('--backend <name>', 'tfjs backend: node-gpu, node, wasm, cpu (default: the first that starts)')
    .option('--out <folder>', 'where the results go (default: results)', name('--out'))
    .option('--checkpoint-every <steps>', 'steps between checkpoints', integer('--checkpoint-every', 1), 10)
    .option('--resume <folder>', 'go on with an interrupted training, with more --steps if wanted', name('--resume'))
    .addHelpText('after', EXAMPLES);
  command.action(async (options: RunOptions) => {
    setExitCode(await (options.resume === undefined ? begin(options) : goOn(command, options, options.resume)));
  });
  return command;
}

const readFraction = (text: string): number => {
  const share = number('--test-fraction', { minimum: 0, maximum: 1 })(text);
  if (share < 1) return share;
  throw new DaruanError('--test-fraction', 'nothing is left to train on', 'Give a share below 1.');
};
const readPositive = number('--learning-rate', { minimum: 0, inclusive: false });
const readStrength = number('--regularisation', { minimum: 0 });

async function begin({ out = 'results', resume: _, ...options }: RunOptions): Promise<number> {
  const { settingsFrom } = await import('./settings.js');
  const settings = settingsFrom(options);
  const { train } = await withTensorflow(() => import('./run.js'));
  return train(settings, out, false);
}

async function goOn(command: Command, { steps, checkpointEvery }: RunOptions, folder: string): Promise<number> {
  const isGiven = (option: string): boolean => command.getOptionValueSource(option) === 'cli';
  const foreign = command.options.find((option) => {
    const attribute = option.attributeName();
    return isGiven(attribute) && !resumable.includes(attribute);
  });
  if (foreign) {
    throw new DaruanError(
      foreign.long!,
      'a resumed training has the options that it began with',
      'Leave it out, or begin a new training.',
    );
  }
  const { extend } = await import('./settings.js');
  const { peekSettings } = await withTensorflow(() => import('./checkpoint.js'));
  const settings = extend(await peekSettings(folder), {
    ...(steps && { steps }),
    ...(isGiven('checkpointEvery') && { checkpointEvery }),
  });
  const { train } = await withTensorflow(() => import('./run.js'));
  return train(settings, folder, true);
}
