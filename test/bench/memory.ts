/**
 * Peak memory of training steps of a QKAN layer 64 → 64, pz, r = 3, batch 1024, with all gradients: what the process takes
 * beyond tfjs at work on tensors of the same shapes. Linux only: it reads /proc.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../src/tf/backend.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';
import { printTable, say } from './turns.js';

const STEPS = 30;

/** The most memory that this process ever had, in MB. */
const peak = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

async function measure(trained: boolean): Promise<number> {
  tf.enableProdMode();
  await selectBackend('wasm');
  const x = tf.variable(tf.randomUniform([1024, 64], -1, 1));
  const upstream = tf.randomUniform([1024, 64]);
  const step = (output: () => tf.Tensor, variables: tf.Variable[]): void => {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(output(), upstream)) as tf.Scalar, variables);
      for (const gradient of Object.values(grads)) gradient.dataSync();
    });
  };
  for (let k = 0; k < STEPS; k++) step(() => tf.matMul(x as unknown as tf.Tensor2D, tf.ones([64, 64])), [x]);
  const before = peak();
  const layer = new QKANLayer({ units: 64, reps: 3, preactivationTrainable: trained });
  layer.apply(x);
  const variables = [...layer.trainableWeights.map((weight) => weight.read() as tf.Variable), x];
  for (let k = 0; k < STEPS; k++) step(() => layer.apply(x) as tf.Tensor, variables);
  return peak() - before;
}

const [, program, role] = process.argv;
if (role) {
  say(String(await measure(role === 'trained')));
} else {
  const rows = ['fixed', 'trained'].map((weights) => {
    // A process each: the peak of a process never falls.
    const runs = [1, 2, 3].map(() => Number(execFileSync(process.execPath, [program, weights], { encoding: 'utf8' })));
    return [weights, runs.map((run) => run.toFixed(0)).join(', ')];
  });
  say(`After ${STEPS} steps, three processes each.\n`);
  printTable(['encoding weights', 'peak beyond tfjs, MB'], rows);
}
