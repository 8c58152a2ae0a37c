/**
 * One QKAN layer 64 → 64, pz, r = 3, batch 1024, float32 in tfjs: forward, and forward with all gradients (inputs too).
 * Results stay where they are computed, in tfjs's memory; its backends on the CPU are done when a call returns. Both sides take turns in one process. The anchors are the paper's package (PyTorch, solver exact, 2 threads) on the same
 * kind of machine.
 */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/foundation/random.js';
import type { Route } from '../../src/tf/activation/route.js';
import { selectBackend } from '../../src/tf/backend.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';

const IN = 64;
const OUT = 64;
const BATCH = 1024;
const ROUNDS = 60;

const random = new Random(1);
const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));

interface Candidate {
  readonly weights: 'fixed' | 'trained';
  readonly route: Route;
  readonly rounds: number;
}
const candidates: readonly Candidate[] = [
  { weights: 'fixed', route: 'auto', rounds: ROUNDS },
  { weights: 'fixed', route: 'chain', rounds: ROUNDS },
  { weights: 'fixed', route: 'composed', rounds: 1 },
  { weights: 'trained', route: 'chain', rounds: ROUNDS },
  { weights: 'trained', route: 'composed', rounds: 1 },
];
/** Milliseconds of the paper's package: forward, forward with gradients. */
const anchors = { fixed: [563, 2447], trained: [787, 3400] } as const;

tf.enableProdMode();
const backend = await selectBackend();
const x = tf.variable(tf.tensor2d(draw(BATCH * IN), [BATCH, IN])); // a variable: its gradient is asked for too
const upstream = tf.tensor2d(draw(BATCH * OUT), [BATCH, OUT]);

function prepare({ weights, route }: Candidate) {
  const layer = new QKANLayer({ units: OUT, reps: 3, route, preactivationTrainable: weights === 'trained' });
  layer.apply(x);
  const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const forward = () => tf.dispose(layer.apply(x) as tf.Tensor);
  const both = () => {
    const { value, grads } = tf.engine().gradients(() => layer.apply(x) as tf.Tensor, [...variables, x], upstream);
    tf.dispose([value, ...grads]);
  };
  return { forward, both };
}

const time = (call: () => unknown): number => {
  const start = performance.now();
  call();
  return performance.now() - start;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
const both = (values: number[]): string => `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)})`;

const prepared = candidates.map((candidate) => ({
  ...candidate,
  ...prepare(candidate),
  forwards: [] as number[],
  boths: [] as number[],
}));
for (let round = 0; round < ROUNDS; round++) {
  for (const candidate of prepared) {
    if (round >= candidate.rounds) continue;
    if (round === 0 && candidate.rounds > 1) candidate.both(); // warm
    candidate.forwards.push(time(candidate.forward));
    candidate.boths.push(time(candidate.both));
  }
}
process.stdout.write(
  `tfjs backend ${backend.name}; medians (least) of ${ROUNDS} rounds in turn (composed: 1), ms.\n\n`,
);
process.stdout.write(
  "| encoding weights | route | forward | with gradients | the package's | ratios |\n| --- | --- | --- | --- | --- | --- |\n",
);
for (const { weights, route, forwards, boths } of prepared) {
  const [forward, gradients] = [median(forwards), median(boths)];
  const [f, b] = anchors[weights];
  process.stdout.write(
    `| ${weights} | ${route} | ${both(forwards)} | ${both(boths)} | ${f}, ${b} | ${(f / forward).toFixed(0)}, ${(b / gradients).toFixed(0)} |\n`,
  );
}
