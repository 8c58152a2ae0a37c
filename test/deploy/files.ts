import { collect, type RoundResult } from '../../src/deploy/collect.js';
import { type Deployment, type DeployOptions, deploy } from '../../src/deploy/deploy.js';
import { jobFormats } from '../../src/deploy/formats.js';
import type { MeasuredNetwork } from '../../src/deploy/network.js';
import { simulateJobs } from '../../src/deploy/simulateJobs.js';
import { Random } from '../../src/foundation/random.js';
import { type DeviceProfile, readProfile } from '../../src/noise/profile.js';
import { probabilities } from '../../src/simulate/simulate.js';

type Files = Readonly<Record<string, string>>;

/** All rounds through text alone, as files would carry it; `device` makes counts, by name of the job. */
export function runRounds(
  network: MeasuredNetwork,
  x: Float64Array,
  options: DeployOptions,
  device: (manifest: string, files: Files) => Record<string, unknown>,
): RoundResult[] {
  const results: RoundResult[] = [];
  let files: Files | undefined = deploy(network, x, options).files;
  while (files) {
    const counts = Object.entries(device(files['manifest.json'], files));
    const texts = Object.fromEntries(counts.map(([name, value]) => [name, JSON.stringify(value)]));
    const { result, next } = collect(files['manifest.json'], texts);
    results.push(result);
    files = next?.files;
  }
  return results;
}

/** A noisy device, by its profile. */
export const noisyDevice = (profile: DeviceProfile, seed: number) => {
  const random = new Random(seed);
  return (manifest: string, files: Files) => simulateJobs(manifest, files, { seed: random, profile });
};

/** An ideal device that tells probabilities themselves, as IonQ's jobs can. */
export function idealDevice(manifest: string, files: Files): Record<string, unknown> {
  const { jobs } = JSON.parse(manifest) as Deployment['manifest'];
  return Object.fromEntries(
    jobs.map(({ name, file }) => [name, { ...probabilities(jobFormats.ionq.read(files[file])) }]),
  );
}

/** Qubits without any noise. */
export const quietProfile = (numQubits: number): DeviceProfile =>
  readProfile({
    format: 'daruan.device',
    version: 1,
    name: 'quiet',
    qubits: Array.from({ length: numQubits }, () => ({ readout: { p01: 0, p10: 0 }, gateError: 0 })),
    couplings: [],
  });

export const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);
