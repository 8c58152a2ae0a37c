import { beforeAll, describe, expect, it } from 'vitest';
import { describeLayers } from '../../src/tf/describe.js';
import { fetchPrediction, predictArray } from '../../src/tf/plainArrays.js';
import { qkan } from '../../src/tf/QKAN.js';
import { readOnHost } from '../../src/tf/readOnHost.js';
import { useBackend } from './environment.js';

describe('A model on the host', () => {
  beforeAll(() => useBackend('cpu'));
  const model = () => qkan({ width: [2, 1], reps: 1, seed: 3 });

  it('is read at once or by promise alike, in parts', async () => {
    const x = Float64Array.from({ length: 2 * 5000 }, (_, k) => Math.sin(k));
    const network = model();
    const y = predictArray(network, x);
    expect(y.length).toBe(5000);
    expect(await fetchPrediction(network, x)).toEqual(y);
    expect(predictArray(network, x.subarray(2 * 4999))).toEqual(y.subarray(4999));
  });

  it('is what a reader gets, and its answer comes back, awaited', async () => {
    const network = model();
    expect((await readOnHost(network, describeLayers))[0].parameters).toEqual(describeLayers(network)[0].parameters);
    expect(await readOnHost(network, async (found) => found)).toBe(network);
  });
});
