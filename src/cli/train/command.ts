import { Command } from 'commander';
import { DaruanError } from '../../foundation/errors.js';
import { choice, integer, list, name, nodeCount, number } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';
import { basisNames, layerNames } from './layers.js';
import {
  activationNames,
  ansatzNames,
  baseNames,
  combinationNames,
  denominatorNames,
  measurements,
  optimizerNames,
  outsideDomains,
  outsideGrids,
  startNames,
  type TrainOptions,
  waveletNames,
} from './options.js';

const EXAMPLES = `
Examples:
  daruan train --function "exp(sin(pi*x1) + x2^2)" --range -1,1 --width 2,5,1 --reps 3
  daruan train --data table.csv --target y --standardise --out results/table
  daruan train --function "sin(5*x)" --ansatz real --optimizer adam+lbfgs --steps 200,40
  daruan train --function "x1*x2" --layer kan --basis bspline --grid 10 --out results/splines
  daruan train --function "x1*x2" --layer kan --width 2,1+1,1
  daruan train --data table.csv --target y --layer mlp --width 2,32,32,1 --activation tanh
  daruan train --resume results/table
  daruan train --resume results/pruned --steps 200

Options of circuits are for --layer qkan and hqkan, of bases for kan; the grid of B-splines follows the samples (update) unless
--outside-grid says extend, clamp or throw. --width 2,5+2,1 gives qkan or kan five hidden nodes that add and two that multiply two
sums each. With kan there are no spectra and circuits, with hqkan and mlp no picture of edges.
Exit status: 0 trained, 1 bad input, 2 training failed, 130 interrupted (a checkpoint is left).
Results go to the folder; its summary.json is printed on stdout, everything else on stderr.
`;

/** May be given with --resume; everything else is as it was. */
const resumable = ['resume', 'steps', 'checkpointEvery'];

const readSteps = list(integer('--steps', 1));
const readWidth = list(nodeCount('--width'));
const readNames = (option: string) => list(name(option));

type RunOptions = TrainOptions & { readonly out?: string; readonly resume?: string };

/** `daruan train`. */
export function trainCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('train')
    .description('Train a network on a function or a table, and write model, pictures, spectra and circuits.')
    .option('--function <expression>', 'the target, in x1 … xn (x for one input)', name('--function'))
    .option('--range <bounds>', 'low,high of all inputs, or low,high of each (default: -1,1)', list(number('--range')))
    .option('--samples <count>', 'samples drawn from the function (default: 1250)', integer('--samples', 2))
    .option('--data <file>', 'a CSV table with a header, in place of a function', name('--data'))
    .option('--target <columns>', 'the columns to predict, with --data', readNames('--target'))
    .option('--inputs <columns>', 'the columns to predict from (default: all others)', readNames('--inputs'))
    .option('--standardise', 'scale inputs to mean 0 and standard deviation 1')
    .option('--test-fraction <share>', 'share of the samples kept for testing', readFraction, 0.2)
    .option('--layer <kind>', `what the layers are: ${layerNames.join(', ')}`, choice('--layer', layerNames), 'qkan')
    .option('--width <nodes>', 'nodes of each layer (default: n,2n+1,m; of hqkan n,m; of mlp n,32,m)', readWidth)
    .option('--reps <r>', 'repetitions of each circuit (default: 3)', integer('--reps', 1, 1000))
    .option('--ansatz <name>', `the circuits: ${ansatzNames.join(', ')} (default: pz)`, choice('--ansatz', ansatzNames))
    .option(
      '--measurement <kind>',
      `what is read out: ${measurements.join(', ')} (default: expectation)`,
      choice('--measurement', measurements),
    )
    .option(
      '--outside-domain <policy>',
      `what px does where |w·x + b| > 1: ${outsideDomains.join(', ')} (default: clamp)`,
      choice('--outside-domain', outsideDomains),
    )
    .option('--fixed-encoding', 'keep w = 1 and b = 0 in the encoding w·x + b (default: trained)')
    .option('--base <function>', `beside circuit or basis: ${baseNames.join(', ')}`, choice('--base', baseNames))
    .option('--latent <nodes>', 'of hqkan: nodes between its linear maps (default: 2n+1)', integer('--latent', 1))
    .option('--basis <name>', `of kan: ${basisNames.join(', ')} (default: bspline)`, choice('--basis', basisNames))
    .option('--grid <cells>', 'of bspline, relu (default: 5), af (3)', integer('--grid', 1, 10_000))
    .option('--degree <k>', 'of bspline, relu, af (default: 3), chebyshev (4)', integer('--degree', 0, 100))
    .option('--grid-range <bounds>', 'low,high of grid, centres or places', list(number('--grid-range')))
    .option('--outside-grid <policy>', `of bspline: ${outsideGrids.join(', ')}`, choice('--outside-grid', outsideGrids))
    .option('--frequencies <count>', 'of fourier: the highest (default: 5)', integer('--frequencies', 1, 10_000))
    .option('--centres <count>', 'of radial (default: 8)', integer('--centres', 2, 10_000))
    .option('--wavelet <name>', `${waveletNames.join(', ')} (default: mexicanHat)`, choice('--wavelet', waveletNames))
    .option('--count <number>', 'of wavelet: wavelets an input (default: 5)', integer('--count', 1, 10_000))
    .option(
      '--combination <name>',
      `of af: ${combinationNames.join(', ')} (default: quad1)`,
      choice('--combination', combinationNames),
    )
    .option(
      '--denominator <form>',
      `of rational: ${denominatorNames.join(', ')} (default: sumOfAbsolutes)`,
      choice('--denominator', denominatorNames),
    )
    .option(
      '--start <function>',
      `of rational: ${startNames.join(', ')} (default: silu)`,
      choice('--start', startNames),
    )
    .option('--groups <count>', 'of rational: functions a layer (default: 8)', integer('--groups', 1))
    .option(
      '--activation <name>',
      `of mlp: ${activationNames.join(', ')} (default: silu)`,
      choice('--activation', activationNames),
    )
    .option('--optimizer <name>', optimizerNames.join(', '), choice('--optimizer', optimizerNames), 'lbfgs')
    .option('--steps <count>', 'default: 100 of lbfgs, 500 of adam, 200,40 of adam+lbfgs', readSteps)
    .option('--learning-rate <rate>', 'of Adam (0.01), or first trial step of L-BFGS (1)', readPositive)
    .option('--batch-size <count>', 'samples an update of Adam (default: all)', integer('--batch-size', 1))
    .option('--regularisation <strength>', 'weight of the sparsity penalty', readStrength, 0)
    .option('--patience <steps>', 'stop after so many steps without improvement', integer('--patience', 1))
    .option('--seed <number>', 'seed of samples, division and initial values', integer('--seed', 0, 0xffffffff), 0)
    .option('--backend <name>', 'tfjs backend: node-gpu, node, wasm, cpu (default: the first that starts), webgpu')
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
