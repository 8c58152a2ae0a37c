import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../../src/data/formula.js';
import { Random } from '../../../src/foundation/random.js';
import { kan } from '../../../src/tf/KAN.js';
import type { QKANLayer } from '../../../src/tf/layers/QKANLayer.js';
import { predictArray } from '../../../src/tf/plainArrays.js';
import { type QKANArgs, qkan } from '../../../src/tf/QKAN.js';
import { fourierFormulas } from '../../../src/tf/structure/fourierFormulas.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');
const random = new Random(6);
const x = Float64Array.from({ length: 40 }, () => random.uniform(-0.9, 0.9));

/** A network whose every number differs from where it would start. */
function moved(args: Omit<QKANArgs, 'width'>): tfl.Sequential {
  const model = qkan({ width: [2, 2, 1], reps: 2, seed: 3, ...args });
  for (const weight of model.weights.filter(({ originalName }) => !originalName.endsWith('mask'))) {
    const values = Float32Array.from(weight.read().dataSync(), (value) => value + random.uniform(0, 0.4));
    weight.write(tf.tensor(values, weight.read().shape));
  }
  return model;
}

const trained = {
  preactivationTrainable: true,
  postactivationWeightTrainable: true,
  postactivationBiasTrainable: true,
} as const;
const cases: readonly [name: string, args: Omit<QKANArgs, 'width'>][] = [
  ['fixed weights', {}],
  ['trained weights of any size', trained],
  ['another ansatz and base', { ...trained, ansatz: 'mix', baseActivation: 'tanh' }],
  ['shared circuits', { group: 2, baseActivation: 'sigmoid' }],
  ['batch normalisation', { batchNormalization: true, baseActivation: 'relu' }],
];

describe('Fourier formulas', () => {
  it.each(cases)('of networks with %s, evaluated, are the network', (_, args) => {
    const model = moved(args);
    const [text] = fourierFormulas(model);
    const formula = parseFormula(text, 2);
    // float32's rounding through two layers; the formula has none
    predictArray(model, x).forEach((value, s) => {
      expect(Math.abs(formula([x[2 * s], x[2 * s + 1]]) - value)).toBeLessThan(1e-5);
    });
  });

  it('have the variable acos x for px, and leave masked edges out', () => {
    const model = qkan({ width: [2, 1], ansatz: 'px', reps: 2, baseActivation: 'none', seed: 2 });
    (model.layers[0] as QKANLayer).setMask([1, 0]);
    const [text] = fourierFormulas(model);
    expect(text).toMatch(/cos\(acos\(x1\)\)|sin\(acos\(x1\)\)/);
    expect(text).not.toMatch(/x2/);
    predictArray(model, x).forEach((value, s) => {
      expect(Math.abs(parseFormula(text, 2)([x[2 * s], x[2 * s + 1]]) - value)).toBeLessThan(1e-6);
    });
  });

  it('are refused where there is no series', () => {
    expect(() => fourierFormulas(kan({ width: [2, 1] }))).toThrow(/layer ".*" \(KANLayer\) has no Fourier series/);
    expect(() => fourierFormulas(qkan({ width: [1, 1], measurement: 'amplitude' }))).toThrow(
      /measurement "amplitude" of the layer ".*" has no finite Fourier series/,
    );
    expect(() => fourierFormulas(qkan({ width: [1, 1] }), 0)).toThrow(/digits to be an integer in 1 … 17, got 0/);
  });
});
