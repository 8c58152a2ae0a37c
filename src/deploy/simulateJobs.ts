import type { Circuit } from '../../circuits/circuit.js';
import type { Backend } from '../../kernels/backend.js';
import { DaruanError } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { type NoiseModel, placeNoise } from '../noise/model.js';
import type { DeviceProfile } from '../noise/profile.js';
import { noiseOf } from '../noise/profileNoise.js';
import { sampleNoisy } from '../noise/sampleNoisy.js';
import { type CountsShape, writeCounts } from './counts.js';
import { jobFormats } from './formats.js';
import type { Job } from './manifest.js';
import { readManifest } from './readManifest.js';

export interface SimulateJobsOptions {
  /** A seed, or a generator. */
  readonly seed: number | Random;
  /** The device; by default that of the manifest. */
  readonly profile?: DeviceProfile;
  /** The shape of the counts; by default that of the format of the jobs. */
  readonly shape?: CountsShape;
  readonly backend?: Backend;
}

/**
 * A device to try things on: reads the job files of a round, runs each on the noisy simulator, and returns counts as the
 * provider would.
 *
 * @param manifest  the file manifest.json: its text or its value
 * @param files     the texts of the job files, by path
 * @returns counts by the name of the job, as `collect` takes them
 * @throws if the manifest or a file is malformed or missing; if a job asks for what the device does not have
 * Cost: that of `sampleNoisy` for each job.
 */
export function simulateJobs(
  manifest: unknown,
  files: Readonly<Record<string, string>>,
  { seed, profile, shape, backend }: SimulateJobsOptions,
): Record<string, unknown> {
  const { manifest: current } = readManifest(manifest);
  const random = randomFrom(seed);
  const device = profile ?? current.profile;
  const noise = device ? noiseOf(device) : {};
  const { read, counts } = jobFormats[current.settings.format];
  return Object.fromEntries(
    current.jobs.map((job) => {
      if (!Object.hasOwn(files, job.file)) {
        throw new DaruanError('simulateJobs', `there is no file ${job.file}`, 'Deploy again.');
      }
      const circuit = read(files[job.file]);
      checkJob(job, circuit, device);
      return [job.name, writeCounts(run(job, circuit, noise, random, backend), shape ?? counts, circuit.numQubits)];
    }),
  );
}

function run(job: Job, circuit: Circuit, noise: NoiseModel, random: Random, backend?: Backend): Map<number, number> {
  const options = { noise: placeNoise(noise, job.deviceQubits), ...(backend && { backend }) };
  const tally = new Map<number, number>();
  for (const index of sampleNoisy(circuit, job.shots, random, {}, options)) {
    tally.set(index, (tally.get(index) ?? 0) + 1);
  }
  return tally;
}

/** Throws unless the device has the qubits, and the pairs, that the job uses. */
function checkJob({ name, deviceQubits }: Job, { numQubits, operations }: Circuit, device?: DeviceProfile): void {
  const where = `simulateJobs: ${name}`;
  if (deviceQubits.length !== numQubits) {
    const problem = `the file has ${numQubits} qubits, the manifest ${deviceQubits.length}`;
    throw new DaruanError(where, problem, 'Deploy again.');
  }
  if (!device) return;
  const missing = deviceQubits.find((qubit) => qubit >= device.qubits.length);
  if (missing !== undefined) {
    throw new DaruanError(where, `the device "${device.name}" has no qubit ${missing}`, 'Deploy with its profile.');
  }
  for (const { targets, controls, gate } of operations) {
    const on = [...targets, ...controls.map(({ qubit }) => qubit)].map((qubit) => deviceQubits[qubit]);
    const joined = device.couplings.some(({ qubits }) => qubits.every((qubit) => on.includes(qubit)));
    if (on.length > 2 || (on.length === 2 && !joined)) {
      const problem = `the device "${device.name}" has no gate "${gate.name}" on qubits ${on.join(', ')}`;
      throw new DaruanError(where, problem, 'Transpile the circuit for its couplings.');
    }
  }
}
