import { checkAllFinite, checkChoice, checkFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { hostLosses } from '../network/losses.js';
import type { HostData } from '../network/network.js';
import { adamStart, adamStep } from '../optimise/adam.js';
import { collect, type RoundResult } from './collect.js';
import { type Deployment, type DeployOptions, deploy } from './deploy.js';
import { measuredGradient } from './gradient.js';
import type { CountsByJob } from './measure.js';
import { checkNetwork, type MeasuredNetwork } from './network.js';

/** What runs jobs: takes the files of a round, returns the counts of every job by its name. */
export type Device = (round: Deployment) => CountsByJob | Promise<CountsByJob>;

export interface FineTuneOptions {
  readonly device: Device;
  /** How jobs are made; `gradients` is decided here. */
  readonly deploy?: Omit<DeployOptions, 'gradients'>;
  readonly steps: number;
  /** `parameterShift` (default) measures every derivative; `spsa` two losses a step, along random signs. */
  readonly method?: 'parameterShift' | 'spsa';
  /** Of Adam; 0.02 by default. */
  readonly learningRate?: number;
  /** Samples drawn for each step; all by default. */
  readonly batchSize?: number;
  /** A seed, or a generator: for mini-batches and SPSA. */
  readonly seed: number | Random;
  /** How far SPSA moves each parameter, radians; 0.1 by default. */
  readonly spsaStep?: number;
  readonly onStep?: (step: number, loss: number) => void;
}

export interface FineTuned {
  readonly network: MeasuredNetwork;
  /** The mean squared error that each step measured, before it moved. */
  readonly history: readonly number[];
}

/**
 * Trains the circuit parameters of a network on the device that runs it, by Adam on measured gradients of the mean squared
 * error: it learns the function with the noise of the device in place.
 *
 * By parameter shift, θ, w and b of every layer follow from shifted circuits, and so do the derivatives by x that carry the
 * gradient to the layers below: no simulator is asked. Weights and biases after the circuits stay as they are.
 *
 * @param data  x of shape [samples, in], y of shape [samples, out]
 * @throws as `deploy` and `collect`; if data do not fit the network or a measured loss is not finite
 * Cost: a step runs all rounds once (`parameterShift`: samples · edges · (1 + 2 · rotations) circuits), or twice (`spsa`).
 * Source: Schuld et al., Phys. Rev. A 99, 032331 (2019); Spall, IEEE Trans. Autom. Control 37, 332 (1992).
 */
export async function fineTune(network: MeasuredNetwork, data: HostData, options: FineTuneOptions): Promise<FineTuned> {
  const where = 'fineTune';
  checkNetwork(where, network);
  const { device, steps, method = 'parameterShift', learningRate = 0.02, spsaStep = 0.1, batchSize } = options;
  if (typeof device !== 'function') throw expected(where, 'a device, a function from rounds to counts', device);
  checkInteger(where, 'steps', steps, 1);
  checkChoice(where, 'method', method, ['parameterShift', 'spsa']);
  checkFinite(where, 'spsaStep', spsaStep);
  checkData(where, network, data);
  if (batchSize !== undefined) checkInteger(where, 'batchSize', batchSize, 1, data.samples);
  const random = randomFrom(options.seed);
  const trained = network.flatMap(trainedEntries);
  let values: Float64Array = Float64Array.from(network.flatMap(({ parameters }) => Array.from(parameters)));
  let state = adamStart(values.length);
  const history: number[] = [];
  const measure = (at: Float64Array, part: HostData, gradients: boolean): Promise<Evaluation> =>
    evaluate(withParameters(network, at), part, device, { ...options.deploy, gradients });
  for (let step = 0; step < steps; step++) {
    const part = batchSize === undefined ? data : pick(data, random.permutation(data.samples).subarray(0, batchSize));
    let [loss, gradient]: [number, Float64Array] = [0, values];
    if (method === 'parameterShift') {
      const found = await measure(values, part, true);
      [loss, gradient] = [found.loss, found.gradient!];
    } else {
      const signs = sharedSigns(network, random);
      const moved = (by: number) => values.map((value, k) => (trained[k] ? value + by * signs[k] : value));
      const high = await measure(moved(spsaStep), part, false);
      const low = await measure(moved(-spsaStep), part, false);
      loss = (high.loss + low.loss) / 2;
      gradient = values.map((_, k) => (signs[k] * (high.loss - low.loss)) / (2 * spsaStep));
    }
    if (!Number.isFinite(loss)) throw new DaruanError(where, `the loss of step ${step} is ${loss}`, 'Check the data.');
    history.push(loss);
    options.onStep?.(step, loss);
    const kept = gradient.map((entry, k) => (trained[k] ? entry : 0));
    ({ state, parameters: values } = adamStep(state, values, kept, { learningRate }));
  }
  return { network: withParameters(network, values), history };
}

interface Evaluation {
  readonly loss: number;
  /** By all circuit parameters, layer by layer, edge by edge. */
  readonly gradient?: Float64Array;
}

/** Runs all rounds on the device. */
async function evaluate(network: MeasuredNetwork, data: HostData, device: Device, options: DeployOptions) {
  const results: RoundResult[] = [];
  const inputs: Float64Array[] = [];
  let next: Deployment | undefined = deploy(network, data.x, options);
  while (next) {
    inputs.push(Float64Array.from(next.manifest.inputs));
    const collected: ReturnType<typeof collect> = collect(next.manifest, await device(next));
    results.push(collected.result);
    next = collected.next;
  }
  const { outputs } = results[results.length - 1];
  const loss = hostLosses.meanSquaredError(outputs, data.y);
  const gradient = options.gradients ? measuredGradient(network, results, inputs, loss.gradient) : undefined;
  return { loss: loss.value, ...(gradient && { gradient }) };
}

/** For each parameter of a layer, edge by edge, whether it is trained. */
const trainedEntries = ({ circuit, weight, trained = circuit.parameters }: MeasuredNetwork[number]): boolean[] =>
  Array.from(weight).flatMap(() => circuit.parameters.map((name) => trained.includes(name)));

/** Random signs, the same for parameters that edges share. */
function sharedSigns(network: MeasuredNetwork, random: Random): Float64Array {
  return Float64Array.from(
    network.flatMap(({ circuit, weight, circuitOf }) => {
      const rows = new Map<number, number[]>();
      return Array.from(weight).flatMap((_, edge) => {
        const row = circuitOf?.[edge] ?? edge;
        const signs = rows.get(row) ?? circuit.parameters.map(() => random.sign());
        rows.set(row, signs);
        return signs;
      });
    }),
  );
}

function withParameters(network: MeasuredNetwork, values: Float64Array): MeasuredNetwork {
  let at = 0;
  return network.map((layer) => {
    const parameters = values.slice(at, at + layer.parameters.length);
    at += parameters.length;
    return { ...layer, parameters };
  });
}

function pick({ x, y, samples }: HostData, chosen: Uint32Array): HostData {
  const take = (from: Float64Array): Float64Array => {
    const width = from.length / samples;
    return Float64Array.from(
      { length: chosen.length * width },
      (_, at) => from[chosen[Math.floor(at / width)] * width + (at % width)],
    );
  };
  return { x: take(x), y: take(y), samples: chosen.length };
}

function checkData(where: string, network: MeasuredNetwork, data: HostData): void {
  checkInteger(where, 'samples', data?.samples, 1);
  const { inDim } = network[0];
  const { outDim } = network[network.length - 1];
  checkLength(where, 'x', data.x, data.samples * inDim, '[samples, in]');
  checkLength(where, 'y', data.y, data.samples * outDim, '[samples, out]');
  checkAllFinite(where, 'y', data.y);
}
