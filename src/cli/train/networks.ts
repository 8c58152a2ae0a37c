import { baseFunctions } from '../../basis/baseFunctions.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { hqkan } from '../../tf/HQKAN.js';
import { kan } from '../../tf/KAN.js';
import { mlp } from '../../tf/MLP.js';
import { type QKANArgs, qkan } from '../../tf/QKAN.js';
import type { NodeCount } from '../../tf/width.js';
import type { TrainingData } from './data.js';
import { type LayerName, layerKinds } from './layers.js';
import type { TrainSettings } from './settings.js';

export type Model = ReturnType<typeof qkan>;

type SettingsOf<L extends LayerName> = TrainSettings & { readonly layer: L };
interface Shape {
  readonly width: readonly NodeCount[];
  readonly seed: number;
}

/** How each kind of network is made. */
const makers: { readonly [L in LayerName]: (settings: SettingsOf<L>, shape: Shape) => Model } = {
  qkan: (settings, shape) => qkan({ ...circuitOptions(settings), ...shape }),
  kan: ({ basis, base }, shape) => kan({ basis, ...baseOf(base), ...shape }),
  hqkan: (settings, { width, seed }) => {
    const nodes = width.map(countOf);
    return hqkan({ ...circuitOptions(settings), latent: settings.latent ?? 2 * nodes[0] + 1, width: nodes, seed });
  },
  mlp: ({ activation: name }, { width, seed }) => {
    const activation = isFixed(name) ? { name: 'fixed' as const, function: name } : name;
    return mlp({ width: width.map(countOf), activation, seed });
  },
};

/** How many nodes the next layer reads. */
const countOf = (nodes: NodeCount): number => {
  if (typeof nodes === 'number') return nodes;
  const [sums, products] = nodes;
  return sums + (typeof products === 'number' ? products : products.length);
};

/** The network that the settings describe, for the samples that they describe. */
export function createModel(settings: TrainSettings, { train: { inputs, targets } }: TrainingData): Model {
  const { layer, seed } = settings;
  const width = settings.width ?? layerKinds[layer].width(inputs.length, targets.length);
  for (const [end, names, nodes] of [
    ['begin', inputs, countOf(width[0])],
    ['end', targets, countOf(width[width.length - 1])],
  ] as const) {
    if (nodes !== names.length) {
      throw expected('--width', `to ${end} with ${names.length}, one node for each of ${names.join(', ')}`, nodes);
    }
  }
  const make = makers[layer] as (settings: TrainSettings, shape: Shape) => Model;
  return make(settings, { width, seed: new Random(seed).bits() });
}

type BaseName = NonNullable<QKANArgs['baseActivation']>;
const baseOf = (base: BaseName | undefined) => base !== undefined && { baseActivation: base };

const circuitOptions = (settings: SettingsOf<'qkan' | 'hqkan'>) => {
  const { ansatz, reps, measurement, outsideDomain, fixedEncoding, base } = settings;
  return {
    ...{ ansatz, reps, measurement, outsideDomain, ...baseOf(base) },
    preactivationTrainable: !fixedEncoding,
    postactivationWeightTrainable: true,
    postactivationBiasTrainable: true,
  };
};

const isFixed = (name: string): name is keyof typeof baseFunctions => Object.hasOwn(baseFunctions, name);
