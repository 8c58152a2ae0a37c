import type { Activations } from './activations.js';
import { activationsOf } from './activations.js';
import type { CountsShape } from './counts.js';
import { type Deployment, round } from './deploy.js';
import { exactActivations, layerOutput, layerSlopes } from './exact.js';
import type { Manifest } from './manifest.js';
import { type CountsByJob, measureTasks } from './measure.js';
import type { MeasuredLayer } from './network.js';
import { readManifest } from './readManifest.js';

/** What one round measured. Errors are one standard deviation of the statistics; what noise leaves unmitigated is not in them. */
export interface RoundResult {
  /** From 1: round k measures layer k − 1. */
  readonly round: number;
  readonly activations: Activations;
  /** The layer's output, shape [samples, out]. */
  readonly outputs: Float64Array;
  readonly standardErrors: Float64Array;
  /** Shape [samples, out, out]. */
  readonly covariance: Float64Array;
}

export interface Collected {
  readonly result: RoundResult;
  /** The jobs of the next round; absent where this was the last: `result.outputs` is the network's output. */
  readonly next?: Deployment;
}

export interface CollectOptions {
  /** The shape of the counts; by default that of the format of the jobs. */
  readonly shape?: CountsShape;
}

/**
 * Turns the counts of a round into activations with error bars and the layer's output, and makes the next round.
 *
 * Errors are standard errors. Counts are binomial; undoing readout errors, extrapolation and shift rules scale them; outputs
 * of a layer share the errors of its inputs, so their covariance goes on: Cov(y) = J Cov(x) Jᵀ + diag Σ_i weight² Var(f_oi),
 * J = ∂y/∂x from the simulator. They say nothing of bias: of noise that was not mitigated, and of calibrations that have
 * drifted; measurements that share a calibration are counted as independent.
 *
 * @param manifest  the file manifest.json: its text or its value
 * @param counts    of every job, by its name; text or parsed, as the provider returned them (see `readCounts`)
 * @throws if the manifest or counts are malformed, or counts are missing
 * Cost: O(tasks + outcomes · qubits).
 */
export function collect(manifest: unknown, counts: CountsByJob, { shape }: CollectOptions = {}): Collected {
  const open = readManifest(manifest);
  const { network } = open;
  const current = open.manifest;
  const layer = network[current.round - 1];
  const activations = activationsOf(layer, current, measureTasks(current, counts, shape));
  const outputs = layerOutput(layer, activations.values, Float64Array.from(current.inputs));
  const covariance = propagate(layer, current, activations);
  const { samples } = current;
  const { outDim } = layer;
  const standardErrors = outputs.map((_, at) => {
    const [sample, o] = [Math.floor(at / outDim), at % outDim];
    return Math.sqrt(covariance[(sample * outDim + o) * outDim + o]);
  });
  const result = { round: current.round, activations, outputs, standardErrors, covariance };
  if (current.round === current.rounds) return { result };
  const start: Manifest = {
    ...current,
    round: current.round + 1,
    samples,
    inputs: Array.from(outputs),
    covariance: Array.from(covariance),
    jobs: [],
  };
  return { result, next: round(start, network) };
}

/** The covariance of a layer's outputs, shape [samples, out, out]. */
function propagate(layer: MeasuredLayer, { inputs, covariance, samples }: Manifest, { standardErrors }: Activations) {
  const { inDim, outDim, weight } = layer;
  const x = Float64Array.from(inputs);
  const known = covariance.every((entry) => entry === 0);
  const slopes = known ? undefined : layerSlopes(layer, exactActivations(layer, x).slopes, x);
  const result = new Float64Array(samples * outDim * outDim);
  for (let b = 0; b < samples; b++) {
    for (let o = 0; o < outDim; o++) {
      for (let i = 0; i < inDim; i++) {
        const edge = o * inDim + i;
        result[(b * outDim + o) * outDim + o] += (weight[edge] * standardErrors[b * inDim * outDim + edge]) ** 2;
      }
      for (let p = 0; slopes && p < outDim; p++) {
        for (let i = 0; i < inDim; i++) {
          for (let j = 0; j < inDim; j++) {
            const [a, c] = [slopes[(b * outDim + o) * inDim + i], slopes[(b * outDim + p) * inDim + j]];
            result[(b * outDim + o) * outDim + p] += a * covariance[(b * inDim + i) * inDim + j] * c;
          }
        }
      }
    }
  }
  return result;
}
