import { beforeAll, expect, it } from 'vitest';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { recordSpectra } from '../../src/spectrum/history.js';
import { describeLayers } from '../../src/tf/describe.js';
import { datasetTensors } from '../../src/tf/plainArrays.js';
import { qkan } from '../../src/tf/QKAN.js';
import { fit } from '../../src/tf/training/fit.js';
import { useBackend } from './environment.js';

beforeAll(() => useBackend('cpu'));

it('The spectrum of an edge is recorded while a network is trained', async () => {
  const x = Float64Array.from({ length: 40 }, (_, k) => k / 20 - 1);
  const data = datasetTensors(
    40,
    x,
    x.map((t) => Math.sin(3 * t)),
  );
  const model = qkan({ width: [1, 1], reps: 2, preactivationTrainable: true, seed: 2 });
  const read = () => {
    const [{ plan, parameters }] = describeLayers(model);
    return activationSpectrum(plan, parameters);
  };
  const before = read();
  const { onStep, history } = recordSpectra(read, 2);
  await fit(model, data, { schedule: [{ method: 'lbfgs', steps: 6 }], onStep });
  expect(history.steps).toEqual([1, 2, 4, 6]);
  const after = read();
  expect(history.spectra[3]).toEqual(after);
  const highest = [before, ...history.spectra].map(({ frequencies }) => frequencies[frequencies.length - 1]);
  expect(new Set(highest).size).toBe(5); // trained weights move the frequencies
  model.dispose();
  data.x.dispose();
  data.y.dispose();
});
