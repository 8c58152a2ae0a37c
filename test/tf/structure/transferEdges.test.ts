import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/foundation/random.js';
import { kan } from '../../../src/tf/KAN.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { transferEdges } from '../../../src/tf/structure/transferEdges.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(4);
const x = tf.tensor2d(
  Float32Array.from({ length: 60 }, () => random.uniform(-1, 1)),
  [30, 2],
);
const spline = () => kan({ width: [2, 2, 1], basis: { name: 'bspline', grid: 8 }, seed: 2 });
const quantum = (seed: number) => qkan({ width: [2, 2, 1], reps: 2, seed, postactivationWeightTrainable: true });
const outputs = (model: tfl.LayersModel) => [...(model.predict(x) as tf.Tensor).dataSync()];
const furthest = (a: number[], b: number[]) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));

describe('transfer of edges', { timeout: 60_000 }, () => {
  it.each([
    ['QKAN to KAN', quantum(1), spline()],
    ['QKAN to another QKAN', quantum(1), quantum(5)],
  ] as const)('%s: the new network computes the same, edge by edge', (_, from, to) => {
    const before = outputs(from);
    const numTensors = tf.memory().numTensors;
    const missed = transferEdges(from, to, x, 4);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(missed.length).toBe(2);
    for (const rms of missed) expect(rms).toBeLessThan(0.01);
    expect(furthest(outputs(to), before)).toBeLessThan(0.05);
    expect(outputs(from)).toEqual(before);
  });

  it('KAN to QKAN: what is missed is what it says, and training may start there', () => {
    const [from, to] = [spline(), quantum(3)];
    const start = furthest(outputs(to), outputs(from));
    const [first] = transferEdges(from, to, x, 4);
    const [wanted, got] = [from, to].map((model) =>
      (model.layers[0] as never as { edges: (x: tf.Tensor2D) => tf.Tensor3D }).edges(x),
    );
    expect(Math.sqrt(tf.mean(tf.squaredDifference(wanted, got)).dataSync()[0])).toBeCloseTo(first, 5);
    expect(furthest(outputs(to), outputs(from))).toBeLessThan(0.2 * start);
  });

  it('says what it cannot transfer', () => {
    expect(() => transferEdges(spline(), kan({ width: [2, 3, 1] }), x)).toThrow(
      /transferEdges: expected a model of width \[2,2,1\], got \[2, 3, 1\]/,
    );
    expect(() => transferEdges(spline(), qkan({ width: [2, 2, 1], batchNormalization: true }), x)).toThrow(
      /transferEdges: the layer ".*" \(BatchNormalization\) has no edges/,
    );
  });
});
