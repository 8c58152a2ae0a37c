import type * as tfl from '@tensorflow/tfjs-layers';
import { type AppendedReps, extendedReps } from '../../activation/extend.js';
import { checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { type CheckedOptions, checkActivationOptions } from '../layers/activationOptions.js';
import { type WeightInitializer, weightInitializers } from '../layers/initialise.js';
import { modelArtifacts, modelFromArtifacts } from '../storage/model.js';
import type { TrainingState } from '../training/fit.js';
import { carryTraining } from './carryTraining.js';
import { type Grown, growArtifacts, growRows } from './growWeights.js';

export interface ExtendOptions {
  /** The new repetitions' encoding weights. Default: the layer's own rule, or 0 where only that keeps the function. */
  readonly weights?: WeightInitializer;
  /** The state of a training of the model, to be carried over with its optimiser. */
  readonly training?: TrainingState;
}

/** A network with more repetitions. */
export interface Extended {
  readonly model: tfl.LayersModel;
  /** The training to resume, where one was given: known directions stay, new ones start at rest. */
  readonly training?: TrainingState;
}

/**
 * Layer extension: a network whose activations have r + by repetitions and compute the same function, ready to be trained on. Every
 * option, mask and statistic stays. Which repetitions do nothing depends on the ansatz: `extendedReps` tells.
 *
 * @param model  any model with layers of quantum activations
 * @throws if it has none, or an ansatz has no repetitions that keep its function
 * @see arXiv:2509.14026
 * @example const { model: deeper } = await extendReps(qkan({ width: [2, 1], reps: 2 }), 1);
 */
export async function extendReps(model: tfl.LayersModel, by: number, options: ExtendOptions = {}): Promise<Extended> {
  checkInteger('extendReps', 'by', by, 1);
  const grown = new Map<string, Grown>();
  let found = false;
  for (const layer of model.layers) {
    const settings = activationsOf(layer);
    if (!settings) continue;
    found = true;
    const appended = appendedTo(settings, by, options.weights);
    for (const { originalName, shape } of layer.weights) {
      const growth = growthOf(originalName, shape as number[], appended);
      if (growth) grown.set(originalName, growth);
    }
  }
  if (!found) {
    throw expected(
      'extendReps',
      'a model with layers of quantum activations',
      model.layers.map(({ name }) => name),
    );
  }
  const artifacts = growArtifacts(await modelArtifacts(model), grown);
  const topology = withReps(artifacts.topology, by) as object;
  const extended = await modelFromArtifacts({ ...artifacts, topology });
  const training = options.training && carryTraining(model, options.training, grown);
  return { model: extended, ...(training && { training }) };
}

/** The options of a layer's activations, where it has any. */
function activationsOf(layer: tfl.layers.Layer): CheckedOptions | undefined {
  const config = layer.getConfig() as Record<string, unknown>;
  return 'ansatz' in config && 'reps' in config ? checkActivationOptions('extendReps', config) : undefined;
}

function appendedTo(settings: CheckedOptions, by: number, weights: WeightInitializer | undefined): AppendedReps {
  const { ansatz, reps, preactivationTrainable: trained, weightInitializer } = settings;
  if (!trained && weights !== undefined && weights !== weightInitializer) {
    const remedy = 'Train the encoding weights, or leave "weights" out.';
    throw expected('extendReps', `weights "${weightInitializer}", which this layer has fixed`, weights, remedy);
  }
  // of trained weights that must be 0 to keep the function, nothing is asked
  const free = trained && weights === undefined && ansatz.growth?.single?.encoding !== 'any';
  const rule = weightInitializers[weights ?? weightInitializer];
  return extendedReps(ansatz, { reps, by, trained, ...(!free && { weight: rule }) });
}

/** How a weight of the layer grows; undefined where it stays. */
function growthOf(name: string, shape: readonly number[], { theta, weights }: AppendedReps): Grown | undefined {
  const kind = name.slice(name.lastIndexOf('/') + 1);
  if (kind === 'theta') return growRows(shape, shape.length - 2, theta.flat());
  if (kind === 'encoding_weight') return growRows(shape, shape.length - 1, weights);
  return kind === 'encoding_bias'
    ? growRows(
        shape,
        shape.length - 1,
        weights.map(() => 0),
      )
    : undefined; // prettier-ignore
}

/** The architecture with `by` repetitions more wherever activations have some. */
function withReps(node: unknown, by: number): unknown {
  if (Array.isArray(node)) return node.map((item) => withReps(item, by));
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withReps(value, by)]));
  return 'ansatz' in copy && typeof copy.reps === 'number' ? { ...copy, reps: copy.reps + by } : copy;
}
