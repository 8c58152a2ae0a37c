import { beforeAll, describe, expect, it } from 'vitest';
import { toCircuit } from '../../circuits/dynamicCircuit.js';
import { fromQasm3 } from '../../circuits/text/fromQasm.js';
import type { RoundResult } from '../../src/deploy/collect.js';
import { deploy } from '../../src/deploy/deploy.js';
import { exactOutput } from '../../src/deploy/exact.js';
import { jobFormats } from '../../src/deploy/formats.js';
import { rankQubits } from '../../src/deploy/layout.js';
import type { MeasuredNetwork } from '../../src/deploy/network.js';
import { Random } from '../../src/foundation/random.js';
import { exampleProfiles } from '../../src/noise/exampleProfiles.js';
import { placeNoise } from '../../src/noise/model.js';
import { noisyExpectation } from '../../src/noise/noisy.js';
import { noiseOf } from '../../src/noise/profileNoise.js';
import { measuredNetwork } from '../../src/tf/measuredNetwork.js';
import { predictArray } from '../../src/tf/plainArrays.js';
import { targets } from '../../src/transpile/targets.js';
import { useBackend } from '../tf/environment.js';
import { idealDevice, noisyDevice, quietProfile, rms, runRounds } from './files.js';
import { randomLayer } from './randomLayer.js';
import { points, trainedModel } from './trained.js';

const early = exampleProfiles['typical-transmon-early'];

describe('A trained QKAN [2, 2, 1] on a noisy device', { timeout: 60_000 }, () => {
  let model: Awaited<ReturnType<typeof trainedModel>>;
  let network: MeasuredNetwork;
  let exact: Float64Array;
  const { x } = points(5, 12);
  beforeAll(async () => {
    await useBackend('cpu');
    model = await trainedModel();
    network = measuredNetwork(model);
    exact = exactOutput(network, x);
  });
  const errors = (results: readonly RoundResult[]) => results[results.length - 1].outputs.map((y, k) => y - exact[k]);

  it('is, on an ideal device, what the model says', () => {
    const predicted = predictArray(model, x);
    exact.forEach((y, k) => {
      expect(Math.abs(y - predicted[k])).toBeLessThan(1e-5); // float32
    });
    expect(rms(exact)).toBeGreaterThan(0.2);
    const results = runRounds(network, x, { format: 'ionq' }, idealDevice);
    expect(Math.max(...errors(results).map(Math.abs))).toBeLessThan(1e-12);
  });

  it('comes back through files within its error bars, mitigated, the error at least 3 times smaller than raw', () => {
    const common = { profile: early, shots: 4096 };
    const raw = runRounds(network, x, { ...common, readout: 'none' }, noisyDevice(early, 1));
    const mitigated = runRounds(network, x, { ...common, readout: 'calibration' }, noisyDevice(early, 2));
    const { standardErrors } = mitigated[1];
    const pulls = errors(mitigated).map((error, k) => error / standardErrors[k]);
    // The largest of 12 normal numbers exceeds 3.5 once in 180 times; their rms 1.6 once in 2000 times.
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(3.5);
    expect(rms(pulls)).toBeLessThan(1.6);
    expect(rms(errors(raw)) / rms(errors(mitigated))).toBeGreaterThan(3);
  });

  it('is biased by the noise of gates, which extrapolation removes at the price of wider bars', () => {
    const options = { profile: early, shots: 4096, readout: 'profile' } as const;
    const zne = { scales: [1, 3], method: 'exponential', fold: 'global' } as const;
    const { value, bars } = [undefined, zne].reduce(
      (seen, how) => {
        const results = runRounds(network, x, { ...options, ...(how && { zne: how }) }, noisyDevice(early, 3));
        return { value: [...seen.value, rms(errors(results))], bars: [...seen.bars, rms(results[1].standardErrors)] };
      },
      { value: [] as number[], bars: [] as number[] },
    );
    expect(bars[1]).toBeGreaterThan(1.3 * bars[0]);
    expect(value[1]).toBeLessThan(3 * bars[1]);
  });
});

describe('Jobs', () => {
  const random = new Random(3);
  const layer = randomLayer(random, 'pz', 2, 3);
  const { x } = points(7, 4);

  it('stand on the best qubits, the best first', () => {
    const { manifest } = deploy([layer], x, { profile: early, packing: 4 });
    expect(manifest.jobs.length).toBe(6);
    const { deviceQubits } = manifest.jobs[0];
    expect(deviceQubits).toEqual(rankQubits(early, 9).slice(0, 4));
    const worse = { ...early.qubits[deviceQubits[0]], readout: { p01: 0.3, p10: 0.3 } };
    const qubits = early.qubits.map((qubit, q) => (q === deviceQubits[0] ? worse : qubit));
    const again = deploy([layer], x, { profile: { ...early, qubits }, packing: 4 });
    expect(again.manifest.jobs[0].deviceQubits.slice(0, 3)).toEqual(deviceQubits.slice(1));
  });

  it('say packed what they say one by one, in every format, with noise and without', () => {
    const same = { ...early, qubits: early.qubits.map(() => early.qubits[2]) };
    for (const [format, { read, targets: [target] = [] }] of Object.entries(jobFormats)) {
      for (const profile of [same, quietProfile(7)]) {
        const values = [7, 3, 1].map((packing) => {
          const { manifest, files } = deploy([layer], x, {
            profile,
            packing,
            format: format as 'ionq',
            ...(target && { target }),
          });
          return manifest.jobs.flatMap(({ file, deviceQubits }) => {
            const words = deviceQubits.map((_, k) => `${'I'.repeat(k)}Z`);
            return [
              ...noisyExpectation(read(files[file]), words, {}, { noise: placeNoise(noiseOf(profile), deviceQubits) }),
            ];
          });
        });
        expect(values[0].length).toBe(24);
        for (const others of values.slice(1)) {
          expect(rms(others.map((value, k) => value - values[0][k]))).toBeLessThan(1e-14);
        }
      }
    }
  });

  it.each(Object.keys(targets))('in native gates of %s measure the same, folded too', (target) => {
    const native = targets[target as keyof typeof targets].oneQubit.map(({ gate }) => gate as string);
    const zne = { scales: [1, 3], method: 'linear', fold: 'local' } as const;
    const plain = deploy([layer], x, { packing: 8 });
    const { manifest, files } = deploy([layer], x, { packing: 8, zne, target: target as 'iqm' });
    const values = (of: typeof plain, file: string) => {
      const { circuit } = toCircuit(fromQasm3(of.files[file]));
      return [
        ...noisyExpectation(
          circuit,
          Array.from({ length: 8 }, (_, k) => `${'I'.repeat(k)}Z`),
        ),
      ];
    };
    const [wanted, found] = [plain, { manifest, files }].map((of) =>
      of.manifest.jobs.flatMap(({ file }) => values(of, file)),
    );
    expect(found.length).toBe(2 * wanted.length);
    expect(rms(found.map((value, k) => value - wanted[k >> 1]))).toBeLessThan(1e-13);
    const texts = Object.entries(files).filter(([path]) => path.endsWith('.qasm'));
    for (const [, text] of texts) {
      const calls = text.split('\n').filter((line) => / q\[\d+\];$/.test(line) && !line.includes('measure'));
      for (const line of calls) expect(native).toContain(line.replace(/[ (].*/, ''));
    }
  });

  it.each(jobFormats['ionq-native'].targets!)(
    'are pulses alone in the native format of %s, calibrations included',
    (target) => {
      const plain = deploy([layer], x, { packing: 8, readout: 'calibration' });
      const found = deploy([layer], x, { packing: 8, readout: 'calibration', format: 'ionq-native', target });
      expect(found.manifest.jobs.length).toBe(plain.manifest.jobs.length);
      const words = Array.from({ length: 8 }, (_, k) => `${'I'.repeat(k)}Z`);
      found.manifest.jobs.forEach(({ file }, k) => {
        const { shots, input } = JSON.parse(found.files[file]);
        expect([shots, input.gateset, input.qubits]).toEqual([4096, 'native', 8]);
        for (const { gate } of input.circuit) expect(['gpi', 'gpi2']).toContain(gate);
        const wanted = toCircuit(fromQasm3(plain.files[plain.manifest.jobs[k].file])).circuit;
        const [read, exact] = [jobFormats['ionq-native'].read(found.files[file]), wanted].map((source) =>
          noisyExpectation(source, words),
        );
        expect(rms(read.map((value, j) => value - exact[j]))).toBeLessThan(1e-14);
      });
    },
  );

  it('are none for edges that are switched off', () => {
    const weight = layer.weight.map((w, edge) => (edge % 2 === 0 ? w : 0));
    const { manifest } = deploy([{ ...layer, weight }], x, { packing: 1 });
    expect(manifest.jobs.length).toBe(12);
    const [{ outputs }] = runRounds([{ ...layer, weight }], x, { format: 'ionq' }, idealDevice);
    expect(rms(exactOutput([{ ...layer, weight }], x).map((y, k) => y - outputs[k]))).toBeLessThan(1e-13);
  });
});
