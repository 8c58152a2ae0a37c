import * as tfl from '@tensorflow/tfjs-layers';
import type { BasisSpec } from '../../../src/basis/table.js';
import { Random } from '../../../src/foundation/random.js';
import { KANLayer } from '../../../src/tf/layers/KANLayer.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { QKANLayer, type QKANLayerArgs } from '../../../src/tf/layers/QKANLayer.js';
import { type PoolMember, SKANLayer } from '../../../src/tf/layers/SKANLayer.js';
import { type MLPArgs, mlp } from '../../../src/tf/MLP.js';
import { countParameters } from '../../../src/tf/plainArrays.js';
import { selectBases } from '../../../src/tf/training/select.js';
import type { Family } from './matched.js';

type MakeLayer = (units: number, own: { readonly seed: number; readonly inputShape?: number[] }) => tfl.layers.Layer;

/** Layers one after the other, each from its own stream of the seed. */
function inSequence(inputs: number, seed: number, layers: readonly (readonly [units: number, make: MakeLayer])[]) {
  const random = new Random(seed);
  const model = tfl.sequential();
  layers.forEach(([units, make], k) => {
    model.add(make(units, { seed: random.bits(), ...(k === 0 && { inputShape: [inputs] }) }));
  });
  return model;
}

const linear: MakeLayer = (units, own) => new Linear({ ...own, units, deviation: 'lecun' });
const classical = (basis: BasisSpec): MakeLayer => {
  return (units, own) => new KANLayer({ ...own, units, basis });
};
const trainedFully = { preactivationTrainable: true, postactivationWeightTrainable: true };
const quantum = (options: Omit<QKANLayerArgs, 'units'>): MakeLayer => {
  return (units, own) => new QKANLayer({ ...trainedFully, ...options, ...own, units });
};

/** [inputs, hidden, outputs], both layers alike. */
const shallow = (make: MakeLayer): Family => ({
  build: (inputs, outputs, hidden, seed) =>
    inSequence(inputs, seed, [
      [hidden, make],
      [outputs, make],
    ]),
});

/** [inputs, hidden, hidden, outputs]: for layers with one number an edge. */
const deep = (first: MakeLayer, then: MakeLayer): Family => ({
  build: (inputs, outputs, hidden, seed) =>
    inSequence(inputs, seed, [
      [hidden, first],
      [hidden, then],
      [outputs, then],
    ]),
});

/** [inputs, hidden, hidden, outputs] of linear layers with an activation on the nodes between them. */
const nodes = (activation: NonNullable<MLPArgs['activation']>): Family => ({
  build: (inputs, outputs, hidden, seed) => mlp({ width: [inputs, hidden, hidden, outputs], activation, seed }),
});

/** Linear, QKAN, linear: a HQKAN as its three layers. */
const hybrid = (options: Omit<QKANLayerArgs, 'units'>): Family => ({
  build: (inputs, outputs, latent, seed) =>
    inSequence(inputs, seed, [
      [latent, linear],
      [latent, quantum({ postactivationWeightTrainable: false, ...options })],
      [outputs, linear],
    ]),
});

/** Temperatures of the selection, before what is selected is trained alone. */
const temperatures = [1, 0.3, 0.1];

/** The numbers of the members that each output keeps; of one of them, on average, while it has a choice. */
function selectedParameters(model: tfl.LayersModel): number {
  let sum = 0;
  for (const layer of model.layers as SKANLayer[]) {
    const shares = layer.shares();
    for (const row of shares.arraySync()) {
      const sizes = layer.members.flatMap((member, m) => (row[m] > 0 ? [countParameters(member) / layer.units] : []));
      sum += sizes.reduce((total, size) => total + size, 0) / sizes.length;
    }
    shares.dispose();
  }
  return Math.round(sum);
}

/** [inputs, hidden, outputs] of layers whose outputs select their functions from a pool. */
const selecting = (pool: readonly PoolMember[]): Family => ({
  ...shallow((units, own) => new SKANLayer({ ...own, units, pool })),
  parameters: selectedParameters,
  async train(model, data, { steps, maxIterations }) {
    const share = Math.ceil(maxIterations / (temperatures.length + 1));
    await selectBases(model, data, { temperatures, schedule: [{ method: 'lbfgs', steps, maxIterations: share }] });
  },
});

/** What is compared, by the name that tables give it. */
export const families = {
  MLP: nodes({ name: 'fixed', function: 'silu' }),
  'MLP CRReLU': nodes({ name: 'crrelu' }),
  'MLP PolyReLU': nodes({ name: 'polyReLU' }),
  'MLP PolyNorm': nodes({ name: 'polyNorm' }),
  'MLP bspline': nodes({ name: 'nodewise', basis: { name: 'bspline', range: [-2, 2] } }),
  'MLP rational': nodes({ name: 'nodewise', basis: { name: 'rational', sharedNumerator: false, groups: 512 } }),
  'MLP DARUAN': nodes({ name: 'daruan', ansatz: 'rpz', preactivationTrainable: true }),
  'MLP DARUAN wide': nodes({
    name: 'daruan',
    ansatz: 'rpz',
    preactivationTrainable: true,
    weightInitializer: 'powersOfThree',
  }),
  'KAN bspline': shallow(classical({ name: 'bspline', outside: 'update' })),
  'KAN fourier': shallow(classical({ name: 'fourier' })),
  'KAN chebyshev': shallow(classical({ name: 'chebyshev' })),
  'KAN radial': shallow(classical({ name: 'radial' })),
  'KAN wavelet': shallow(classical({ name: 'wavelet' })),
  'KAN relu': shallow(classical({ name: 'relu' })),
  'KAN af': shallow(classical({ name: 'af' })),
  'S-KAN': selecting(['bspline', 'fourier', { name: 'daruan', ansatz: 'rpz', ...trainedFully }]),
  'GR-KAN': deep(classical({ name: 'rational', start: 'identity' }), classical({ name: 'rational', start: 'silu' })),
  'QKAN pz': shallow(quantum({ ansatz: 'pz' })),
  'QKAN rpz': shallow(quantum({ ansatz: 'rpz' })),
  'QKAN wide': shallow(quantum({ ansatz: 'rpz', weightInitializer: 'powersOfThree' })),
  HQKAN: hybrid({ ansatz: 'rpz' }),
  'HQKAN wide': hybrid({ ansatz: 'rpz', weightInitializer: 'powersOfThree' }),
} as const satisfies Record<string, Family>;

/** What is compared where edges are many: beside usual resolutions coarse ones, which leave more nodes. */
export const classifiers = {
  MLP: families.MLP,
  'MLP DARUAN': families['MLP DARUAN'],
  'KAN bspline': families['KAN bspline'],
  'KAN bspline, 2 cells': shallow(classical({ name: 'bspline', outside: 'update', grid: 2 })),
  'KAN fourier': families['KAN fourier'],
  'KAN fourier, 1 frequency': shallow(classical({ name: 'fourier', frequencies: 1 })),
  'GR-KAN': families['GR-KAN'],
  'QKAN rpz': families['QKAN rpz'],
  'QKAN rpz, r = 1': shallow(quantum({ ansatz: 'rpz', reps: 1 })),
  HQKAN: families.HQKAN,
} as const satisfies Record<string, Family>;

/** One edge of a network, by the size of its activation: repetitions, cells of a grid, frequencies, a degree. */
const edge = (make: (size: number) => MakeLayer): Family => ({
  build: (inputs, outputs, size, seed) => inSequence(inputs, seed, [[outputs, make(size)]]),
});

/** Single activations, by the name that tables give them. */
export const activations = {
  'B-splines': edge((grid) => classical({ name: 'bspline', grid })),
  'Fourier series': edge((frequencies) => classical({ name: 'fourier', frequencies })),
  'Chebyshev polynomials': edge((degree) => classical({ name: 'chebyshev', degree })),
  Gaussians: edge((centres) => classical({ name: 'radial', centres: centres + 1 })),
  DARUAN: edge((reps) => quantum({ ansatz: 'rpz', reps })),
  'DARUAN wide': edge((reps) => quantum({ ansatz: 'rpz', reps, weightInitializer: 'powersOfTwo' })),
} as const satisfies Record<string, Family>;
