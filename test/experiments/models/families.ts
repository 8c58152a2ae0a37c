import * as tfl from '@tensorflow/tfjs-layers';
import { type BaseFunctionName, baseFunctions } from '../../../src/basis/baseFunctions.js';
import { type Basis, elementwise } from '../../../src/basis/basis.js';
import type { BasisSpec } from '../../../src/basis/table.js';
import { Random } from '../../../src/foundation/random.js';
import { KANLayer } from '../../../src/tf/layers/KANLayer.js';
import { QKANLayer, type QKANLayerArgs } from '../../../src/tf/layers/QKANLayer.js';
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

/** A function without parameters as a basis of one: with a bias, its layer is W·f(x) + b. */
const single = (name: BaseFunctionName): Basis => ({
  name,
  options: {},
  size: 1,
  base: 'none',
  bias: true,
  deviation: (inDim) => Math.sqrt(1 / inDim),
  blocks: () => [],
  ...elementwise({
    value: (x, _i, _tensors, out, at) => {
      out[at] = baseFunctions[name].value(x);
    },
    slope: (x, _i, _tensors, upstream, at) => upstream[at] * baseFunctions[name].derivative(x),
  }),
});

/** So that all models train alike, in float64: the layer of an MLP is a Kolmogorov-Arnold layer with one fixed function. */
const after = (name: BaseFunctionName): MakeLayer => {
  return (units, own) => new KANLayer({ ...own, units, basis: single(name) });
};

const linear = after('identity');
const classical = (basis: BasisSpec): MakeLayer => {
  return (units, own) => new KANLayer({ ...own, units, basis });
};
const quantum = (options: Omit<QKANLayerArgs, 'units'>): MakeLayer => {
  const trained = { preactivationTrainable: true, postactivationWeightTrainable: true };
  return (units, own) => new QKANLayer({ ...trained, ...options, ...own, units });
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

/** Linear, QKAN, linear: a HQKAN as its three layers. */
const hybrid = (options: Omit<QKANLayerArgs, 'units'>): Family => ({
  build: (inputs, outputs, latent, seed) =>
    inSequence(inputs, seed, [
      [latent, linear],
      [latent, quantum({ postactivationWeightTrainable: false, ...options })],
      [outputs, linear],
    ]),
});

/** What is compared, by the name that tables give it. */
export const families = {
  MLP: deep(linear, after('silu')),
  'KAN bspline': shallow(classical({ name: 'bspline', outside: 'update' })),
  'KAN fourier': shallow(classical({ name: 'fourier' })),
  'KAN chebyshev': shallow(classical({ name: 'chebyshev' })),
  'KAN radial': shallow(classical({ name: 'radial' })),
  'KAN wavelet': shallow(classical({ name: 'wavelet' })),
  'KAN relu': shallow(classical({ name: 'relu' })),
  'KAN af': shallow(classical({ name: 'af' })),
  'GR-KAN': deep(classical({ name: 'rational', start: 'identity' }), classical({ name: 'rational', start: 'silu' })),
  'QKAN pz': shallow(quantum({ ansatz: 'pz' })),
  'QKAN rpz': shallow(quantum({ ansatz: 'rpz' })),
  'QKAN wide': shallow(quantum({ ansatz: 'rpz', weightInitializer: 'powersOfThree' })),
  HQKAN: hybrid({ ansatz: 'rpz' }),
  'HQKAN wide': hybrid({ ansatz: 'rpz', weightInitializer: 'powersOfThree' }),
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
