import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type AnsatzName, ansatze } from '../../../circuits/ansatz/table.js';
import { checkChoice } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { type PlainTensor, readSafetensors, type TensorFile, writeSafetensors } from '../../interchange/safetensors.js';
import { type BaseActivation, baseActivationNames } from '../layers/baseActivations.js';
import { QKANLayer } from '../layers/QKANLayer.js';

/** What a file of the paper's package does not say. */
export interface PaperWeightsOptions {
  /** `pz_encoding` there is `'pz'` here, and so on. */
  readonly ansatz: AnsatzName;
  /** `fast_measure=True`, the default there, is `'amplitude'`; False is `'expectation'`. */
  readonly measurement: 'expectation' | 'amplitude';
  /** Default `'silu'`, as there. */
  readonly baseActivation?: BaseActivation;
}

/** Names of the package's tensors, and the endings of our variables' names. */
const names = {
  theta: 'theta',
  preacts_weight: 'encoding_weight',
  preacts_bias: 'encoding_bias',
  postact_weights: 'post_weight',
  postact_bias: 'post_bias',
  base_weight: 'base_weight',
  mask: 'mask',
} as const;
type PaperName = keyof typeof names;
const paperNames = Object.keys(names) as PaperName[];

/** What PyTorch's batch normalisation adds to the variance. */
const EPSILON = 1e-5;
const normNames = ['bn.weight', 'bn.bias', 'bn.running_mean', 'bn.running_var'] as const;

/**
 * A network from weights of the paper's package, as `safetensors.torch.save_file(model.state_dict(), …)` writes them.
 *
 * Layers are found by their prefix (`layers.0.`, …) in the order of the file's numbers; groups, masks, batch normalisation and both
 * storage forms (`p_dim` 2 and 4) are recognised by shape. Encoding weights and post-activations are trainable where the file has them
 * other than at their untrained values.
 *
 * @throws if tensors of a layer are missing or do not fit each other or the ansatz
 * @example const model = readPaperWeights(bytes, { ansatz: 'pz', measurement: 'amplitude' });
 */
export function readPaperWeights(file: Uint8Array, options: PaperWeightsOptions): tfl.Sequential {
  checkChoice(WHERE, 'ansatz', options.ansatz, Object.keys(ansatze) as AnsatzName[]);
  checkChoice(WHERE, 'measurement', options.measurement, ['expectation', 'amplitude']);
  checkChoice(WHERE, 'baseActivation', options.baseActivation ?? 'silu', baseActivationNames);
  const { tensors } = readSafetensors(file);
  const model = tfl.sequential();
  for (const prefix of prefixes(tensors)) addLayer(model, prefix, tensors, options);
  return model;
}

const WHERE = 'readPaperWeights';

/** What stands before `theta`, in the order of its numbers. */
function prefixes(tensors: TensorFile['tensors']): string[] {
  const found = Object.keys(tensors).filter((name) => name === 'theta' || name.endsWith('.theta'));
  if (found.length === 0) throw expected(WHERE, 'tensors named "….theta"', Object.keys(tensors));
  const order = new Intl.Collator('en', { numeric: true });
  return found.map((name) => name.slice(0, -'theta'.length)).sort(order.compare);
}

function addLayer(
  model: tfl.Sequential,
  prefix: string,
  tensors: TensorFile['tensors'],
  { ansatz, measurement, baseActivation = 'silu' }: PaperWeightsOptions,
): void {
  const tensor = (name: PaperName): PlainTensor => {
    const found = tensors[prefix + name];
    if (!found) throw new DaruanError(WHERE, `"${prefix}${name}" is missing`, 'Save the whole state_dict.');
    return found;
  };
  const [weights, postWeights, postBias, base] = (
    ['preacts_weight', 'postact_weights', 'postact_bias', 'base_weight'] as const
  ).map(tensor);
  const { values: mask } = tensor('mask');
  const reps = weights.shape[weights.shape.length - 1];
  const circuits = weights.values.length / reps;
  const [units, inDim] = edgeShape(model, prefix, [postWeights, base, tensor('mask'), weights]);
  const isConstant = (values: PlainTensor['values'], constant: number) => values.every((value) => value === constant);
  const inputShape = model.layers.length === 0 ? { inputShape: [inDim] } : {};
  const norm = normNames.map((name) => tensors[prefix + name]).filter((found) => found !== undefined);
  if (norm.length > 0 && norm.length < normNames.length) throw expected(WHERE, `"${prefix}${normNames}"`, norm.length);
  if (norm.length > 0) {
    model.add(tfl.layers.batchNormalization({ epsilon: EPSILON, ...inputShape }));
    tf.tidy(() =>
      model.layers[model.layers.length - 1].setWeights(
        norm.map(({ values }) => tf.tensor1d(Float32Array.from(values))),
      ),
    );
  }
  const trainedBias = !isConstant(tensor('preacts_bias').values, 0);
  const layer = new QKANLayer({
    units,
    ansatz,
    reps,
    measurement,
    baseActivation: isConstant(base.values, 0) ? 'none' : baseActivation,
    preactivationTrainable: !isConstant(weights.values, 1) || (trainedBias && ansatz !== 'rpz'),
    postactivationWeightTrainable: !isConstant(postWeights.values, 1),
    postactivationBiasTrainable: !isConstant(postBias.values, 0),
    ...(circuits !== units * inDim && { group: circuits }),
    ...(norm.length === 0 && inputShape),
  });
  model.add(layer);
  for (const variable of layer.weights) {
    const name = paperNames.find((paper) => variable.originalName.endsWith(`/${names[paper]}`));
    if (!name || name === 'mask') continue;
    const { values, shape } = tensor(name);
    const size = variable.read().size;
    if (values.length !== size) {
      const remedy = `Is "${ansatz}" the ansatz?`;
      throw expected(WHERE, `${size} numbers of "${prefix}${name}" for ${reps} repetitions`, shape, remedy);
    }
    tf.tidy(() => {
      variable.write(tf.tensor(Float32Array.from(values), variable.read().shape));
    });
  }
  layer.setMask(mask);
}

/** [out, in], from whichever tensor has two dimensions that say so, or from the layer before. */
function edgeShape(model: tfl.Sequential, prefix: string, tensors: readonly PlainTensor[]): readonly [number, number] {
  const [edges, , , weights] = tensors;
  const count = edges.values.length;
  if (edges.shape.length === 2) return edges.shape as [number, number];
  if (weights.shape.length === 3) return weights.shape.slice(0, 2) as [number, number];
  const before = model.layers[model.layers.length - 1] as QKANLayer | undefined;
  if (before && count % before.units === 0) return [count / before.units, before.units];
  throw expected(WHERE, `the shape [out, in] of layer "${prefix}"`, edges.shape, 'Save it with p_dim=4.');
}

/**
 * The weights of a network under the names of the paper's package, to be read by `safetensors.torch.load_file` and
 * `load_state_dict` into `QKAN(width, reps=…, ansatz=…)`.
 *
 * @param model  QKAN layers one after the other, with batch normalisation before each, or without
 * @throws if another layer is among them, or the ansatz is not one of the package's
 */
export function writePaperWeights(model: tfl.LayersModel): Uint8Array {
  const tensors: Record<string, PlainTensor> = {};
  const metadata: Record<string, string> = { format: 'pt' };
  let k = 0;
  for (const layer of model.layers) {
    const kind = layer.getClassName();
    if (kind === 'InputLayer') continue;
    const prefix = `layers.${k}.`;
    if (kind === 'BatchNormalization') {
      layer.getWeights().forEach((weight, n) => {
        tensors[prefix + normNames[n]] = { shape: weight.shape, values: weight.dataSync() as Float32Array };
      });
      tensors[`${prefix}bn.num_batches_tracked`] = { shape: [], values: Float32Array.of(0) };
      continue;
    }
    if (!(layer instanceof QKANLayer) || !Object.hasOwn(ansatze, layer.options.ansatz.name)) {
      throw expected('writePaperWeights', 'layers of the five named ansätze', layer.name, 'Other layers stay here.');
    }
    Object.assign(tensors, tensorsOf(layer, prefix));
    metadata.ansatz = `${layer.options.ansatz.name}_encoding`;
    metadata.fast_measure = String(layer.options.measurement === 'amplitude');
    k++;
  }
  return writeSafetensors({ tensors, metadata });
}

function tensorsOf(layer: QKANLayer, prefix: string): Record<string, PlainTensor> {
  const { blocks, circuits } = layer.networkLayer();
  const { reps } = layer.options;
  const { weight, base } = layer.edgeFactors();
  const edges = layer.weights.find(({ originalName }) => originalName.endsWith('/mask'))!.shape as number[];
  const own = (name: PaperName) => layer.weights.find(({ originalName }) => originalName.endsWith(`/${names[name]}`));
  const leading = circuits === weight.length ? edges : [circuits];
  const constants: Readonly<Record<PaperName, () => PlainTensor>> = {
    theta: () => ({ shape: [], values: new Float32Array(0) }), // always a variable
    preacts_weight: () => ({ shape: [...leading, reps], values: Float32Array.from(blocks[1].fixed!) }),
    preacts_bias: () => ({ shape: [...leading, reps], values: Float32Array.from(blocks[2].fixed!) }),
    postact_weights: () => ({ shape: edges, values: new Float32Array(weight.length).fill(1) }),
    postact_bias: () => ({ shape: edges, values: new Float32Array(weight.length) }),
    base_weight: () => ({ shape: edges, values: base }),
    mask: () => ({ shape: edges, values: new Float32Array(weight.length).fill(1) }),
  };
  return Object.fromEntries(
    paperNames.map((name) => {
      const tensor = own(name)?.read();
      const found = tensor && { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) };
      return [prefix + name, found ?? constants[name]()];
    }),
  );
}
