import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { Random } from '../../src/foundation/random.js';
import { modelArtifacts, modelFromArtifacts } from '../../src/tf/storage/model.js';
import { relativeError } from './environment.js';

/** A layer and what it is tried with. */
export interface LayerCase {
  readonly construct: () => tfl.layers.Layer;
  /** Shape of one sample. */
  readonly shape: readonly number[];
  /** Inputs are drawn from −range … range; tokens in 0 … tokens − 1 have no derivative. */
  readonly range?: number;
  readonly tokens?: number;
  /** Relative difference of a derivative from finite differences. Default 1e-3. */
  readonly tolerance?: number;
}

const ROWS = 3;
const variables = (layer: tfl.layers.Layer) => layer.trainableWeights.map((weight) => weight.read() as tf.Variable);

/** What every layer must obey, as tests. */
export function itObeysTheLawsOfLayers({ construct, shape, range = 0.9, tokens, tolerance = 1e-3 }: LayerCase): void {
  const size = shape.reduce((product, length) => product * length, 1);
  const random = new Random(3);
  const values = Float32Array.from({ length: ROWS * size }, () =>
    tokens === undefined ? random.uniform(-range, range) : random.integer(tokens),
  );
  const sample = (rows = ROWS) => tf.tensor(values.slice(0, rows * size), [rows, ...shape]);
  /** The layer with its variables, which the first input creates, away from symmetric starts. */
  const make = () => {
    const layer = construct();
    layer.apply(sample(1));
    const shifts = new Random(5);
    for (const variable of variables(layer)) {
      const shifted = variable.dataSync().map((value) => value + shifts.uniform(-0.2, 0.2));
      variable.assign(tf.tensor(shifted, variable.shape));
    }
    return layer;
  };

  it('has the gradient that finite differences give, in inputs and in every variable', () => {
    const layer = make();
    const weigh = (y: tf.Tensor) =>
      tf.sum(tf.mul(y, tf.sin(tf.reshape(tf.range(1, y.size + 1), y.shape)))) as tf.Scalar;
    const x = sample();
    const loss = (input: tf.Tensor) => tf.tidy(() => weigh(layer.apply(input) as tf.Tensor));
    // Five-point rule: an error of h⁴/30 · f⁽⁵⁾, and of float32 rounding, 1e-6/h.
    const h = 2 ** -6;
    const numeric = (read: Float32Array, evaluate: (changed: Float32Array) => number) =>
      read.map((value, i) => {
        const at = (shift: number) => evaluate(read.map((other, j) => (j === i ? value + shift : other)));
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      });
    const compare = (got: ArrayLike<number>, wanted: Float32Array, name: string) => {
      const largest = Math.max(1, ...wanted.map(Math.abs));
      wanted.forEach((value, i) => {
        expect(Math.abs(got[i] - value) / largest, `${name}[${i}]`).toBeLessThan(tolerance);
      });
    };
    if (tokens === undefined) {
      const inX = numeric(values, (changed) => loss(tf.tensor(changed, x.shape)).dataSync()[0]);
      compare(tf.grad(loss)(x).dataSync(), inX, 'x');
    }
    if (variables(layer).length === 0) return;
    const { grads } = tf.variableGrads(() => loss(x), variables(layer));
    for (const variable of variables(layer)) {
      const original = Float32Array.from(variable.dataSync());
      const wanted = numeric(original, (changed) => {
        variable.assign(tf.tensor(changed, variable.shape));
        const value = loss(x).dataSync()[0];
        variable.assign(tf.tensor(original, variable.shape));
        return value;
      });
      compare(grads[variable.name].dataSync(), wanted, variable.name);
      expect(
        wanted.some((value) => value !== 0),
        variable.name,
      ).toBe(true); // none is without effect
    }
  });

  it('gives the same row the same output, whatever the batch', () => {
    const layer = make();
    const all = (layer.apply(sample()) as tf.Tensor).dataSync();
    // Another batch may take another route, so rounding may differ, nothing else.
    const alone = (layer.apply(sample(1)) as tf.Tensor).dataSync();
    expect(relativeError(alone, all.slice(0, alone.length))).toBeLessThan(1e-5);
  });

  it('says the shape of its output', () => {
    const layer = make();
    const output = (layer.apply(sample()) as tf.Tensor).shape;
    expect(layer.computeOutputShape([null, ...shape])).toEqual([null, ...output.slice(1)]);
  });

  it('saves, loads, and gives equal bits', async () => {
    const input = tfl.input({ shape: [...shape], ...(tokens !== undefined && { dtype: 'int32' as const }) });
    const model = tfl.model({ inputs: input, outputs: construct().apply(input) as tfl.SymbolicTensor });
    const loaded = await modelFromArtifacts(JSON.parse(JSON.stringify(await modelArtifacts(model), keepBytes), bytes));
    const [before, after] = [model, loaded].map((m) => (m.predict(sample()) as tf.Tensor).dataSync());
    expect([...after]).toEqual([...before]);
    expect(loaded.countParams()).toBe(model.countParams());
  });

  it('leaves no tensors behind', () => {
    const layer = make();
    const x = sample();
    const run = () =>
      tf.tidy(() => {
        const sum = (input: tf.Tensor) => tf.sum(layer.apply(input) as tf.Tensor) as tf.Scalar;
        if (variables(layer).length > 0) tf.variableGrads(() => sum(x), variables(layer));
        else tf.grad(sum)(x);
      });
    run();
    const before = tf.memory().numTensors;
    run();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('can be frozen and trained again', () => {
    const layer = make();
    const count = layer.trainableWeights.length;
    const weights = layer.weights.length;
    layer.trainable = false;
    expect([layer.trainableWeights.length, layer.weights.length]).toEqual([0, weights]);
    layer.trainable = true;
    expect([layer.trainableWeights.length, layer.weights.length]).toEqual([count, weights]);
  });
}

const keepBytes = (_: string, value: unknown) => (value instanceof Uint8Array ? { bytes: [...value] } : value);
const bytes = (_: string, value: { bytes?: number[] }) =>
  Array.isArray(value?.bytes) ? Uint8Array.from(value.bytes) : value;
