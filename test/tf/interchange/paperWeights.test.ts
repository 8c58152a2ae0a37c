import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { AnsatzName } from '../../../circuits/ansatz/table.js';
import { Random } from '../../../src/foundation/random.js';
import { type PlainTensor, readSafetensors, writeSafetensors } from '../../../src/interchange/safetensors.js';
import { readPaperWeights, writePaperWeights } from '../../../src/tf/interchange/paperWeights.js';
import type { QKANLayer } from '../../../src/tf/layers/QKANLayer.js';
import { type QKANArgs, qkan } from '../../../src/tf/QKAN.js';
import { relativeError, useBackend } from '../environment.js';

await useBackend('wasm');

type Nested = number | readonly Nested[];
const flat = (nested: Nested): number[] => (typeof nested === 'number' ? [nested] : nested.flatMap(flat));
const shapeOf = (nested: Nested): number[] =>
  typeof nested === 'number' ? [] : [nested.length, ...(nested.length ? shapeOf(nested[0]) : [])];

interface LayerCase {
  readonly ansatz: AnsatzName;
  readonly in_dim: number;
  readonly out_dim: number;
  readonly reps: number;
  readonly measurement: 'expectation' | 'amplitude';
  readonly [values: string]: unknown;
}
const { layers } = JSON.parse(readFileSync(new URL('../../fixtures/daruan-cases.json', import.meta.url), 'utf8')) as {
  layers: LayerCase[];
};

/** The case as the package's state_dict, in four dimensions an edge or, with `flattened`, in two. */
function stateOf(l: LayerCase, flattened: boolean): Uint8Array {
  const tensor = (nested: Nested): PlainTensor => {
    const shape = shapeOf(nested);
    const [edges, rest] = [shape.slice(0, 2), shape.slice(2)];
    const size = (list: number[]) => list.reduce((product, n) => product * n, 1);
    return {
      shape: flattened && rest.length > 0 ? [size(edges), size(rest)] : shape,
      values: Float64Array.from(flat(nested)),
    };
  };
  const mask: PlainTensor = { shape: [l.out_dim, l.in_dim], values: new Float32Array(l.out_dim * l.in_dim).fill(1) };
  const tensors = {
    'layers.0.theta': tensor(l.theta as Nested),
    'layers.0.preacts_weight': tensor(l.w as Nested),
    'layers.0.preacts_bias': tensor(l.b as Nested),
    'layers.0.postact_weights': tensor(l.post_weight as Nested),
    'layers.0.postact_bias': tensor(l.post_bias as Nested),
    'layers.0.base_weight': tensor(l.base_weight as Nested),
    'layers.0.mask': mask,
  };
  return writeSafetensors({ tensors, metadata: {} });
}

const random = new Random(5);
const x = tf.tensor2d(
  Float32Array.from({ length: 60 }, () => random.uniform(-0.9, 0.9)),
  [30, 2],
);
const outputs = (model: tfl.LayersModel) => [...(model.predict(x) as tf.Tensor).dataSync()];

/** A network none of whose trained numbers is where it started. */
function trained(args: Partial<QKANArgs>): tfl.Sequential {
  const model = qkan({ width: [2, 3, 2], reps: 2, seed: 1, ...args });
  for (const weight of model.trainableWeights) {
    const noise = Float32Array.from({ length: weight.read().size }, () => random.uniform(-0.3, 0.3));
    weight.write(tf.add(weight.read(), tf.tensor(noise, weight.read().shape)));
  }
  return model;
}

describe('weights of the paper’s package', () => {
  it.each(layers.flatMap((l) => [[l, false] as const, [l, true] as const]))(
    'give the outputs that the package gives: %o, flattened %s',
    (l, flattened) => {
      const model = readPaperWeights(stateOf(l, flattened), { ansatz: l.ansatz, measurement: l.measurement });
      const y = model.predict(tf.tensor2d(l.x as number[][])) as tf.Tensor;
      expect(relativeError(y.dataSync(), flat(l.y as Nested))).toBeLessThan(3e-6);
    },
  );

  it.each([
    [{}],
    [{ ansatz: 'rpz', preactivationTrainable: true }],
    [{ ansatz: 'mix', measurement: 'amplitude', postactivationWeightTrainable: true }],
    [{ ansatz: 'real', preactivationTrainable: true, postactivationBiasTrainable: true, baseActivation: 'none' }],
    [{ group: 2, preactivationTrainable: true }],
    [{ baseTrainable: false }],
    [{ batchNormalization: true, postactivationBiasTrainable: true }],
  ] as const)('are read back as they were written: %j', (args: Partial<QKANArgs>) => {
    const model = trained(args);
    (model.layers[args.batchNormalization ? 1 : 0] as QKANLayer).setMask([1, 1, 0, 1, 1, 1]);
    const { ansatz = 'pz', measurement = 'expectation' } = args;
    const options = { ansatz: ansatz as AnsatzName, measurement };
    const read = readPaperWeights(writePaperWeights(model), options);
    // tfjs and PyTorch add different numbers to the variance: 1e-3 and 1e-5, beside 1
    expect(relativeError(outputs(read), outputs(model))).toBeLessThan(args.batchNormalization ? 2e-3 : 1e-6);
    const again = readSafetensors(writePaperWeights(read)).tensors;
    expect(again).toEqual(readSafetensors(writePaperWeights(model)).tensors);
  });

  it('name what is missing or does not fit', () => {
    const options = { ansatz: 'pz', measurement: 'expectation' } as const;
    const { tensors } = readSafetensors(writePaperWeights(trained({})));
    const without = Object.fromEntries(Object.entries(tensors).filter(([name]) => name !== 'layers.1.mask'));
    const file = (entries: Record<string, PlainTensor>) => writeSafetensors({ tensors: entries, metadata: {} });
    expect(() => readPaperWeights(file(without), options)).toThrow(
      '"layers.1.mask" is missing. Save the whole state_dict.',
    );
    expect(() => readPaperWeights(file({}), options)).toThrow('tensors named "….theta"');
    expect(() => readPaperWeights(file(tensors), { ...options, ansatz: 'rpz' })).toThrow('Is "rpz" the ansatz?');
    expect(() => readPaperWeights(file(tensors), { ...options, measurement: 'fast' as never })).toThrow(/measurement/);
    const dense = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [1] })] });
    expect(() => writePaperWeights(dense)).toThrow(/layers of the five named ansätze/);
  });
});
