import { type Circuit, circuit, op } from '../../circuits/circuit.js';
import { toJson } from '../../circuits/json.js';
import { checkAllFinite, checkChoice, checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type DeviceProfile, readProfile } from '../noise/profile.js';
import { layerCircuit } from './edges.js';
import { type JobFormatName, jobFormats } from './formats.js';
import { goodQubits, rankQubits } from './layout.js';
import type { DeploySettings, Job, LayerDocument, Manifest, Task } from './manifest.js';
import { checkNetwork, type MeasuredLayer, type MeasuredNetwork } from './network.js';
import { circuitsOf, inGatesOf, sideBySide, tasksOf } from './tasks.js';

export interface DeployOptions extends Partial<Omit<DeploySettings, 'packing'>> {
  /** The device: its best qubits are used, and its readout errors can be undone. */
  readonly profile?: DeviceProfile;
  /** Circuits side by side in a job; by default all good qubits of the profile, at most 16, and 1 without a profile. */
  readonly packing?: number;
}

/** One round of jobs: what belongs in files, by path. The manifest is among them. */
export interface Deployment {
  readonly manifest: Manifest;
  readonly files: Readonly<Record<string, string>>;
}

/** The widest job: bit strings stay integers, and circuits within what can be written. */
const MAX_PACKING = 30;

/**
 * The jobs that evaluate a trained network on a quantum computer. Layer l + 1 needs what layer l measured, so there is a round
 * of jobs for each layer: this is the first, `collect` makes the next from its counts.
 *
 * Each activation of each sample is a circuit of one qubit; circuits stand side by side on the device's best qubits, by
 * readout and gate errors. With `gradients` each comes with the circuits that shift its rotations, from which follow the
 * derivatives by all parameters (θ, w, b) and by x. Defaults: `format` qasm3, `shots` 4096, no gradients, `readout` profile
 * (none without one), no extrapolation, gates of the table.
 *
 * @param inputs  shape [samples, in]
 * @throws if the network, inputs or an option are malformed; if an angle has no finite value
 * Cost: O(circuits · gates); circuits = samples · edges · scales · (1 + 2 · rotations with `gradients`).
 */
export function deploy(network: MeasuredNetwork, inputs: ArrayLike<number>, options: DeployOptions = {}): Deployment {
  const where = 'deploy';
  checkNetwork(where, network);
  const { inDim } = network[0];
  const samples = Math.floor(inputs?.length / inDim);
  if (!(samples >= 1)) throw expected(where, `inputs of shape [samples, ${inDim}]`, inputs?.length);
  checkLength(where, 'inputs', inputs, samples * inDim, `[samples, ${inDim}]`);
  checkAllFinite(where, 'inputs', inputs);
  const profile = options.profile && readProfile(options.profile);
  const settings = checkSettings(where, options, profile, network);
  return round(
    {
      format: 'daruan.deployment',
      version: 1,
      network: network.map(layerToJson),
      settings,
      ...(profile && { profile }),
      round: 1,
      rounds: network.length,
      samples,
      inputs: Array.from(inputs),
      covariance: new Array(samples * inDim * inDim).fill(0),
      jobs: [],
    },
    network,
  );
}

/** The jobs of a manifest that has none yet. */
export function round(start: Manifest, network: MeasuredNetwork): Deployment {
  const { settings, profile, samples } = start;
  const layer = network[start.round - 1];
  const parts = layerCircuit(layer);
  const tasks = tasksOf(layer, parts, samples, settings);
  const circuits = circuitsOf('deploy', layer, parts, Float64Array.from(start.inputs), tasks, settings);
  const ranked = profile ? rankQubits(profile, gatesOf(circuits, profile)) : undefined;
  const layout = Array.from({ length: settings.packing }, (_, k) => ranked?.[k] ?? k);
  const files: Record<string, string> = {};
  const jobs: Job[] = [];
  const { suffix, write } = jobFormats[settings.format];
  const add = (name: string, source: Circuit, rest: Pick<Job, 'tasks' | 'calibration'>): void => {
    const path = `round-${start.round}/${name}`;
    const job = {
      name: path,
      file: `${path}.${suffix}`,
      counts: `${path}.counts.json`,
      shots: settings.shots,
      deviceQubits: layout.slice(0, source.numQubits),
      ...rest,
    };
    const title = `${path}, on device qubits ${job.deviceQubits.join(', ')}`;
    files[job.file] = write({ ...source, name: title }, settings.shots);
    jobs.push(job);
  };
  for (let from = 0; from < tasks.length; from += settings.packing) {
    const some: Task[] = tasks.slice(from, from + settings.packing);
    const name = `job-${String(jobs.length + 1).padStart(4, '0')}`;
    add(name, sideBySide(name, circuits.slice(from, from + settings.packing)), { tasks: some });
  }
  if (settings.readout === 'calibration' && jobs.length > 0) {
    const width = Math.min(settings.packing, tasks.length);
    for (const state of [0, 1] as const) {
      const name = `calibration-${state}`;
      const one = inGatesOf(circuit({ numQubits: 1, operations: [op(state === 1 ? 'x' : 'id', [0])] }), settings);
      add(name, sideBySide(name, new Array<Circuit>(width).fill(one)), { tasks: [], calibration: state });
    }
  }
  const manifest = { ...start, jobs };
  return { manifest, files: { ...files, 'manifest.json': `${JSON.stringify(manifest, null, 1)}\n` } };
}

/** Gates of the longest circuit that are not virtual on the device. */
const gatesOf = (circuits: readonly Circuit[], { virtualGates = [] }: DeviceProfile): number =>
  circuits.reduce(
    (most, { operations }) => Math.max(most, operations.filter(({ gate }) => !virtualGates.includes(gate.name)).length),
    0,
  );

function checkSettings(
  where: string,
  options: DeployOptions,
  profile: DeviceProfile | undefined,
  network: MeasuredNetwork,
): DeploySettings {
  const { format = 'qasm3', shots = 4096, gradients = false, target, zne } = options;
  const { readout = profile ? 'profile' : 'none' } = options;
  checkChoice(where, 'format', format, Object.keys(jobFormats) as JobFormatName[]);
  const { targets } = jobFormats[format];
  if (targets && !targets.some((name) => name === target)) {
    const hint = `It holds native gates alone: choose ${targets.join(' or ')}.`;
    throw expected(where, `a target of the format "${format}"`, target, hint);
  }
  checkInteger(where, 'shots', shots, 2);
  checkChoice(where, 'readout', readout, ['none', 'profile', 'calibration']);
  if (readout === 'profile' && !profile) {
    throw new DaruanError(
      where,
      'readout "profile" needs a profile',
      'Pass one, or let jobs measure it: "calibration".',
    );
  }
  if (zne !== undefined) {
    checkChoice(where, 'zne.method', zne.method, ['linear', 'richardson', 'exponential']);
    checkChoice(where, 'zne.fold', zne.fold, ['global', 'local']);
    const { scales } = zne;
    const sound = Array.isArray(scales) && scales.length >= 2 && new Set(scales).size === scales.length;
    if (!sound || scales.some((scale) => !(scale >= 1) || !Number.isFinite(scale))) {
      throw expected(where, 'zne.scales: two or more distinct numbers ≥ 1', scales, 'Write [1, 3, 5].');
    }
  }
  const available = profile ? Math.min(profile.qubits.length, MAX_PACKING) : MAX_PACKING;
  const good = profile ? goodQubits(profile, longest(network)).length : 1;
  const packing = options.packing ?? Math.min(16, good, available);
  checkInteger(where, 'packing', packing, 1, available);
  return { format, shots, packing, gradients, readout, ...(target && { target }), ...(zne && { zne }) };
}

const longest = (network: MeasuredNetwork): number =>
  Math.max(...network.map(({ circuit: { operations } }) => operations.length));

function layerToJson(layer: MeasuredLayer): LayerDocument {
  const { inDim, outDim, parameters, weight, bias, base, baseActivation, observable } = layer;
  return {
    inDim,
    outDim,
    circuit: toJson(layer.circuit),
    observable: observable.terms.map(({ word, coefficient }) => [word, coefficient]),
    parameters: Array.from(parameters),
    weight: Array.from(weight),
    bias: Array.from(bias),
    base: Array.from(base),
    baseActivation,
  };
}
