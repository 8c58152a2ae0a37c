import { DaruanError } from '../foundation/errors.js';
import { extrapolate } from '../mitigation/extrapolate.js';
import { type CountsShape, type Histogram, onesOf, readCounts } from './counts.js';
import { jobFormats } from './formats.js';
import type { Job, Manifest, Task } from './manifest.js';

/** A number with the square of its standard error. */
export interface Measured {
  readonly value: number;
  readonly variance: number;
}

/** Returned counts by the name of the job: text, or a parsed value. */
export type CountsByJob = Readonly<Record<string, unknown>>;

/** Readout errors of a qubit as they are known. */
interface KnownReadout {
  readonly p01: Measured;
  readonly p10: Measured;
}

/** A chance from counts; its variance from (ones + ½)/(shots + 1), which is not 0 where all outcomes agree. */
function frequency(ones: number, shots: number): Measured {
  const smooth = (ones + 0.5) / (shots + 1);
  return { value: ones / shots, variance: (smooth * (1 - smooth)) / shots };
}

/**
 * Expectation values of all tasks of a round, readout errors undone: from the mean m = 1 − 2·ones/shots
 * z = (m − p10 + p01)/(1 − p01 − p10). The variance is binomial, (1 − m²)/shots, through that division; measured readout
 * errors add theirs.
 *
 * @throws if the counts of a job are missing, or malformed
 */
export function measureTasks(manifest: Manifest, counts: CountsByJob, shape?: CountsShape): Map<string, Measured> {
  const { jobs, settings } = manifest;
  const histograms = new Map(
    jobs.map((job) => [job, histogramOf(job, counts, shape ?? jobFormats[settings.format].counts)]),
  );
  const known = readoutOf(manifest, histograms);
  const result = new Map<string, Measured>();
  for (const job of jobs) {
    const histogram = histograms.get(job)!;
    job.tasks.forEach((task, qubit) => {
      const { ones, shots } = onesOf(histogram, qubit);
      const one = frequency(ones, shots);
      const { p01, p10 } = known(job.deviceQubits[qubit]);
      const scale = 1 - p01.value - p10.value;
      if (!(scale > 0)) {
        const problem = `qubit ${job.deviceQubits[qubit]} reads 0 and 1 alike: p01 + p10 = ${1 - scale}`;
        throw new DaruanError('collect', problem, 'Deploy to other qubits.');
      }
      const value = (1 - 2 * one.value - p10.value + p01.value) / scale;
      const ofReadout = (1 + value) ** 2 * p01.variance + (1 - value) ** 2 * p10.variance;
      result.set(taskKey(task), { value, variance: (4 * one.variance + ofReadout) / scale ** 2 });
    });
  }
  return result;
}

function histogramOf(job: Job, counts: CountsByJob, shape: CountsShape): Histogram {
  if (!Object.hasOwn(counts, job.name)) {
    throw new DaruanError('collect', `there are no counts of ${job.name}`, `Run ${job.file} first.`);
  }
  try {
    return readCounts(counts[job.name], shape, job.deviceQubits.length, job.shots);
  } catch (cause) {
    if (!(cause instanceof DaruanError)) throw cause;
    throw new DaruanError(`collect: ${job.name}`, cause.problem, cause.remedy, { cause });
  }
}

/** The readout errors of a device's qubit. */
function readoutOf(
  { settings, profile, jobs }: Manifest,
  histograms: ReadonlyMap<Job, Histogram>,
): (qubit: number) => KnownReadout {
  const sure = (value: number): Measured => ({ value, variance: 0 });
  if (settings.readout === 'none') return () => ({ p01: sure(0), p10: sure(0) });
  if (settings.readout === 'profile') {
    return (qubit) => {
      const { p01, p10 } = profile!.qubits[qubit].readout;
      return { p01: sure(p01), p10: sure(p10) };
    };
  }
  const [zeros, ones] = ([0, 1] as const).map((state) => {
    const job = jobs.find(({ calibration }) => calibration === state);
    if (!job) throw new DaruanError('collect', `the manifest has no calibration of state ${state}`, 'Deploy again.');
    return job;
  });
  return (qubit) => {
    const at = zeros.deviceQubits.indexOf(qubit);
    const read = (job: Job): Measured => {
      const { ones: up, shots } = onesOf(histograms.get(job)!, at);
      return frequency(up, shots);
    };
    const [p01, p11] = [read(zeros), read(ones)];
    return { p01, p10: { value: 1 - p11.value, variance: p11.variance } };
  };
}

/** Names a task within a round. */
export const taskKey = ({ sample, output, input, basis, scale, shift }: Task): string =>
  [sample, output, input, basis, scale, shift?.rotation ?? '', shift?.angle ?? ''].join(' ');

/** The value of a task at zero noise: extrapolated over its scales, or as it was measured. */
export function taskValue(
  measured: ReadonlyMap<string, Measured>,
  manifest: Manifest,
  task: Omit<Task, 'scale'>,
): Measured {
  const at = (scale: number): Measured => {
    const found = measured.get(taskKey({ ...task, scale }));
    if (!found) throw new DaruanError('collect', `no job measures ${taskKey({ ...task, scale })}`, 'Deploy again.');
    return found;
  };
  const { zne } = manifest.settings;
  if (!zne) return at(1);
  const values = zne.scales.map(at);
  const { value, standardError } = extrapolate(
    zne.scales,
    values.map((m) => m.value),
    zne.method,
    { errors: values.map((m) => Math.sqrt(m.variance)) },
  );
  return { value, variance: standardError ** 2 };
}
