import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { kan } from '../../../src/tf/KAN.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import type { QKANLayer } from '../../../src/tf/layers/QKANLayer.js';
import { countParameters } from '../../../src/tf/plainArrays.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { type ModelHistory, remember, rewind } from '../../../src/tf/structure/history.js';
import { summary } from '../../../src/tf/structure/summary.js';
import { fit } from '../../../src/tf/training/fit.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

describe('summaries', () => {
  it('count what a formula says of QKAN: (2(r + 1) + 1) parameters an edge, and a chain of 23r + 5 operations', () => {
    const model = qkan({ width: [2, 5, 1], reps: 3, batchNormalization: true });
    (model.layers[1] as QKANLayer).setMask([1, 1, 0, 1, 1, 1, 0, 1, 1, 1]);
    const { layers, trained, fixed } = summary(model);
    expect(layers.map((layer) => layer.edges)).toEqual([undefined, 8, undefined, 5]);
    expect(layers.map((layer) => layer.trained)).toEqual([4, 90, 10, 45]);
    expect(layers[1].flops).toBe(10 * (74 + 2) + 8 + 20);
    expect(trained).toBe(countParameters(model));
    expect(trained + fixed).toBe(model.countParams());
  });

  it('count the splines of KAN: (G + k + 1) an edge', () => {
    const { layers, trained } = summary(kan({ width: [3, 2], basis: { name: 'bspline', grid: 5, degree: 3 } }));
    expect([trained, layers[0].fixed, layers[0].edges]).toEqual([6 * 9, 6 + 6, 6]);
    expect(layers[0].flops).toBe(4 * 8 * 3 + 2 * 8 * 6 + 12 + 12);
    const attended = summary(kan({ width: [4, 2], basis: { name: 'af', attention: true } }));
    expect(attended.layers[0].flops).toBe(8 * 6 * 4 + 2 * 8);
  });

  it('are tables whose columns stand under one another, and say nothing of what they do not know', () => {
    const dense = new Linear({ units: 3, inputShape: [4], name: 'first' });
    const { text } = summary(tfl.sequential({ layers: [dense, tfl.layers.dropout({ rate: 0.1, name: 'drop' })] }));
    expect(text.split('\n')).toEqual([
      'layer  kind     output  edges  trained  fixed  flops',
      'first  Linear   [3]                 15      0     24',
      'drop   Dropout  [3]                  0      0',
      '                                    15      0',
    ]);
  });
});

describe('history', () => {
  it('goes back to the bits of a state, from which training goes on as it did', async () => {
    const x = tf.tensor2d([-1, -0.6, -0.2, 0.2, 0.6, 1], [6, 1]);
    const data = { x, y: tf.cos(x) as tf.Tensor2D };
    const model = qkan({ width: [1, 1], reps: 1 });
    const stage = (steps: number) => ({ schedule: [{ method: 'adam', steps } as const] });
    const first = await fit(model, data, stage(2));
    let history: ModelHistory = await remember([], 'early', { model, training: first.state, notes: { by: 'adam' } });
    const second = await fit(model, data, { ...stage(4), resume: first.state });
    history = await remember(history, 'late', { model, training: second.state, notes: null });
    const back = await rewind(JSON.parse(JSON.stringify(history)), 'early');
    expect(back.notes).toEqual({ by: 'adam' });
    expect(back.history.map(({ label }) => label)).toEqual(['early']);
    const again = await fit(back.model, data, { ...stage(4), resume: back.training });
    expect([...again.state.parameters]).toEqual([...second.state.parameters]);
    await expect(remember(history, 'late', back)).rejects.toThrow(/remember: the label "late" is taken/);
    await expect(rewind(history, 'never')).rejects.toThrow(/one of the labels "early", "late", got "never"/);
  });
});
