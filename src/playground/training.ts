import type { AsyncChainKernel } from '../../kernels/asynchronous.js';
import type { ChainKernel } from '../../kernels/chain.js';
import { hostLosses } from '../network/losses.js';
import { networkLoss, networkOutput } from '../network/network.js';
import { type LbfgsResult, lbfgsSearch, lbfgsStart } from '../optimise/lbfgs.js';
import type { AsyncObjective, Search } from '../optimise/objective.js';
import type { LossPoint } from '../plot/loss.js';
import { hostLayers, type PageNetwork } from './network.js';
import { onDevice } from './onDevice.js';
import { NUM_SAMPLES, sampleX } from './state.js';

/** A training that goes on step by step, so that one can watch it. */
export interface Training {
  /** One record an iteration of L-BFGS. */
  readonly history: readonly LossPoint[];
  /** The best numbers so far. */
  readonly values: Float64Array;
  readonly loss: number;
  readonly finished: boolean;
  /** Goes on by this many iterations, or to the end. */
  readonly advance: (iterations: number) => Promise<void>;
}

/** Iterations after which a training ends. */
export const MOST_ITERATIONS = 400;
/** A loss below this is as good as zero to see. */
const GOAL = 1e-7;

/** What computes losses: a kernel of this processor, or a device. */
export type Computer = { readonly kernel: ChainKernel } | { readonly device: AsyncChainKernel };

/** The relative rounding error of a loss. */
const errorOf = (computer: Computer): number =>
  ('kernel' in computer ? computer.kernel : computer.device).precision === 'float32' ? 2 ** -22 : 2 ** -50;

/** The mean squared error at the sample points, with its gradient. */
function objectiveOf(network: PageNetwork, computer: Computer, target: Float64Array): AsyncObjective {
  const data = { x: sampleX, y: target, samples: NUM_SAMPLES };
  const loss = (kernel: ChainKernel, values: Float64Array) =>
    networkLoss(hostLayers(network, kernel), hostLosses.meanSquaredError, data, values);
  return 'kernel' in computer
    ? (values) => loss(computer.kernel, values)
    : (values) => onDevice(computer.device, (kernel) => loss(kernel, values));
}

/** Trains a network on the mean squared error at the sample points, from `start`, by L-BFGS. */
export async function openTraining(
  network: PageNetwork,
  computer: Computer,
  target: Float64Array,
  start: Float64Array,
): Promise<Training> {
  const evaluate = objectiveOf(network, computer, target);
  const history: LossPoint[] = [{ step: 0, loss: (await evaluate(start)).value, method: 'lbfgs' }];
  let values = start;
  let finished = false;
  const search: Search<LbfgsResult> = lbfgsSearch(lbfgsStart(), start, {
    maxIterations: MOST_ITERATIONS,
    valueError: errorOf(computer),
    onIteration: ({ to }) => {
      values = to.parameters;
      history.push({ step: history.length, loss: to.value, method: 'lbfgs' });
    },
  });
  let asked = search.next();
  return {
    history,
    get values() {
      return values;
    },
    get loss() {
      return history[history.length - 1].loss;
    },
    get finished() {
      return finished;
    },
    async advance(iterations) {
      const goal = history.length + iterations;
      while (!finished && history.length < goal) {
        asked = search.next(await evaluate(asked.value as Float64Array));
        finished = Boolean(asked.done) || history[history.length - 1].loss < GOAL;
      }
    },
  };
}

/** The network at the sample points. */
export const networkValues = (network: PageNetwork, kernel: ChainKernel, values: Float64Array): Float64Array =>
  networkOutput(hostLayers(network, kernel), values, sampleX, NUM_SAMPLES);
