/**
 * Where the routes "chain" and "nodes" cross: value and all gradients of a QKAN layer over batch, width, repetitions and
 * encoding weights (1, 1, … of degree r, or 1, 3, 9, … of degree (3ʳ − 1)/2). What `src/tf/activation/route.ts` predicts is
 * beside it.
 */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/foundation/random.js';
import { cheapestOnHost, type Route } from '../../src/tf/activation/route.js';
import { selectBackend } from '../../src/tf/backend.js';
import type { WeightInitializer } from '../../src/tf/layers/initialise.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';

const widths = [1, 4, 16, 64];
const batches = [1, 16, 128, 1024];
const circuits: readonly { readonly reps: number; readonly weights: WeightInitializer; readonly degree: number }[] = [
  { reps: 1, weights: 'ones', degree: 1 },
  { reps: 3, weights: 'ones', degree: 3 },
  { reps: 8, weights: 'ones', degree: 8 },
  { reps: 3, weights: 'powersOfThree', degree: 13 },
  { reps: 5, weights: 'powersOfThree', degree: 121 },
];
/** Milliseconds spent on a pair, at least; and calls. */
const LONG = 60;
const FEWEST = 5;

tf.enableProdMode();
const backend = await selectBackend();
const random = new Random(1);

function least(call: () => void, other: () => void): readonly [number, number] {
  const times = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const start = performance.now();
  for (let k = 0; k < FEWEST || performance.now() - start < LONG; k++) {
    [call, other].forEach((f, side) => {
      const begin = performance.now();
      f();
      times[side] = Math.min(times[side], performance.now() - begin);
    });
  }
  return [times[0], times[1]];
}

process.stdout.write(
  `tfjs backend ${backend.name}; least time of value and gradients by the chain, by the nodes, ms; * where the model errs.\n\n`,
);
process.stdout.write(`| r, degree | width | ${batches.map((batch) => `batch ${batch}`).join(' | ')} |\n`);
process.stdout.write(`| --- | --- | ${batches.map(() => '---').join(' | ')} |\n`);
let [wrong, lost] = [0, 1];
for (const { reps, weights, degree } of circuits) {
  for (const width of widths) {
    const cells = batches.map((batch) => {
      const x = tf.tensor2d(
        Float32Array.from({ length: batch * width }, () => random.uniform(-1, 1)),
        [batch, width],
      );
      const prepare = (route: Route) => {
        const layer = new QKANLayer({ units: width, reps, route, weightInitializer: weights, baseActivation: 'none' });
        layer.apply(x);
        const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
        return () =>
          tf.tidy(() => {
            tf.variableGrads(() => tf.sum(layer.apply(x) as tf.Tensor) as tf.Scalar, variables);
          });
      };
      const [chain, nodes] = least(prepare('chain'), prepare('nodes'));
      const chosen = cheapestOnHost(reps, degree, { batch, inDim: width, outDim: width });
      const right = chosen === (nodes < chain ? 'nodes' : 'chain');
      if (!right) {
        wrong++;
        lost = Math.max(lost, chosen === 'nodes' ? nodes / chain : chain / nodes);
      }
      x.dispose();
      return `${chain.toFixed(2)}, ${nodes.toFixed(2)}${right ? '' : ' *'}`;
    });
    process.stdout.write(`| ${reps}, ${degree} | ${width} | ${cells.join(' | ')} |\n`);
  }
}
process.stdout.write(
  `\nThe model errs ${wrong} times of ${circuits.length * widths.length * batches.length}, by a factor of ${lost.toFixed(1)} at most.\n`,
);
