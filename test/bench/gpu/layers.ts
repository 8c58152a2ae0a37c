import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/foundation/random.js';
import { QKANLayer } from '../../../src/tf/layers/QKANLayer.js';
import { type ClockOptions, clock, type GpuTiming, type TooSlow } from './clock.js';

export interface LayerTask {
  readonly name: string;
  readonly sizes: readonly [inDim: number, outDim: number];
  readonly batch: number;
}

/** Layers with r = 3 whose training steps are timed. */
export const layerTasks: readonly LayerTask[] = [
  { name: '64 → 64, batch 1024', sizes: [64, 64], batch: 1024 },
  { name: '[100, 100], batch 1000', sizes: [100, 100], batch: 1000 },
  { name: '768 → 768, 8192 rows', sizes: [768, 768], batch: 8192 },
];
export const quickLayerTasks: readonly LayerTask[] = [{ name: '16 → 16, batch 64', sizes: [16, 16], batch: 64 }];

/** Milliseconds of the paper's package for [100, 100], batch 1000, on an RTX 5090: its own publication. */
export const published = { flash: 64.1, cutn: 51.7, exact: 78.0 } as const;

/** A step of training, forward with all gradients and a step of gradient descent, on whatever backend tfjs uses now. */
export async function timeStep(
  { sizes: [inDim, outDim], batch }: LayerTask,
  weights: 'fixed' | 'trained',
  options: ClockOptions,
): Promise<GpuTiming | TooSlow> {
  const random = new Random(1);
  const draw = (rows: number, columns: number) =>
    tf.tensor2d(
      Float32Array.from({ length: rows * columns }, () => random.uniform(-1, 1)),
      [rows, columns],
    );
  const layer = new QKANLayer({ units: outDim, reps: 3, preactivationTrainable: weights === 'trained' });
  const [x, y] = [draw(batch, inDim), draw(batch, outDim)];
  tf.dispose(layer.apply(x) as tf.Tensor);
  const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const step = (): tf.Scalar =>
    tf.tidy(() => {
      const loss = () => tf.mean(tf.squaredDifference(layer.apply(x) as tf.Tensor, y)) as tf.Scalar;
      const { value, grads } = tf.variableGrads(loss, variables);
      for (const variable of variables) variable.assign(tf.sub(variable, tf.mul(grads[variable.name], 1e-3)));
      return value;
    });
  const timing = await clock(async (times) => {
    for (let k = 1; k < times; k++) step().dispose();
    const last = step();
    // each step begins with the parameters of the one before: the last loss is there when all are done but the last update
    const done = variables.map((variable) => tf.tidy(() => tf.sum(variable)));
    await Promise.all([last, ...done].map((tensor) => tensor.data()));
    tf.dispose([last, ...done]);
  }, options);
  tf.dispose([x, y]);
  layer.dispose();
  return timing;
}
