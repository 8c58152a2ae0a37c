/**
 * A classical Kolmogorov-Arnold layer 64 → 64, batch 1024, float32 in tfjs: forward, and forward with all gradients (inputs
 * too), for every basis, which take turns in one process.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type BasisSpec, basisNames } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { selectBackend } from '../../src/tf/backend.js';
import { KANLayer } from '../../src/tf/layers/KANLayer.js';

const IN = 64;
const OUT = 64;
const BATCH = 1024;
const ROUNDS = 30;

const random = new Random(1);
const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));

tf.enableProdMode();
const backend = await selectBackend();
const x = tf.variable(tf.tensor2d(draw(BATCH * IN), [BATCH, IN])); // a variable: its gradient is asked for too
const upstream = tf.tensor2d(draw(BATCH * OUT), [BATCH, OUT]);

function prepare(basis: BasisSpec) {
  const layer = new KANLayer({ units: OUT, basis });
  layer.apply(x);
  const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const forward = () => tf.dispose(layer.apply(x) as tf.Tensor);
  const both = () => {
    const { value, grads } = tf.engine().gradients(() => layer.apply(x) as tf.Tensor, [...variables, x], upstream);
    tf.dispose([value, ...grads]);
  };
  return { name: basis.name, size: layer.basis.size, forward, both };
}

const time = (call: () => unknown): number => {
  const start = performance.now();
  call();
  return performance.now() - start;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
const shown = (values: number[]): string => `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)})`;

const candidates = basisNames.map((name) => ({
  ...prepare({ name }),
  forwards: [] as number[],
  boths: [] as number[],
}));
for (let round = -3; round < ROUNDS; round++) {
  for (const { forward, both, forwards, boths } of candidates) {
    const [first, second] = [time(forward), time(both)];
    if (round < 0) continue; // warm
    forwards.push(first);
    boths.push(second);
  }
}
process.stdout.write(`tfjs backend ${backend.name}; medians (least) of ${ROUNDS} rounds in turn, ms.\n\n`);
process.stdout.write(
  '| basis | functions | forward | with gradients | least beside B-splines |\n| --- | --- | --- | --- | --- |\n',
);
const reference = Math.min(...candidates[0].boths);
for (const { name, size, forwards, boths } of candidates) {
  const ratio = (Math.min(...boths) / reference).toFixed(2);
  process.stdout.write(`| ${name} | ${size} | ${shown(forwards)} | ${shown(boths)} | ${ratio} |\n`);
}
