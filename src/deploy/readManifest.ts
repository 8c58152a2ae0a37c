import { fromJson } from '../../circuits/json.js';
import { observable } from '../../circuits/pauli.js';
import { baseFunctions } from '../basis/baseFunctions.js';
import { documentReader } from '../foundation/document.js';
import { readProfile } from '../noise/profile.js';
import { type JobFormatName, jobFormats } from './formats.js';
import type { DeploySettings, Job, LayerDocument, Manifest, Task } from './manifest.js';
import { checkNetwork, type MeasuredLayer, type MeasuredNetwork } from './network.js';

const { fault, parse, record, list, text, integer, number, locate } = documentReader('readManifest');
const MANY = Number.MAX_SAFE_INTEGER;
const numbers = (path: string, value: unknown): number[] => list(path, value, (at, entry) => number(at, entry));

/** A manifest with the network that it holds. */
export interface OpenDeployment {
  readonly manifest: Manifest;
  readonly network: MeasuredNetwork;
}

/**
 * The manifest of a deployment, given as text or as a parsed value, checked as far as what follows relies on it.
 *
 * @throws one error that names the place in the document
 */
export function readManifest(source: unknown): OpenDeployment {
  const document = record('', typeof source === 'string' ? parse(source) : source, {
    required: [
      'format',
      'version',
      'network',
      'settings',
      'round',
      'rounds',
      'samples',
      'inputs',
      'covariance',
      'jobs',
    ],
    optional: ['profile'],
  });
  if (document.format !== 'daruan.deployment') throw fault('format', '"daruan.deployment"', document.format);
  if (document.version !== 1) throw fault('version', '1', document.version, 'A newer version of daruan may read it.');
  const network = list('network', document.network, readLayer);
  locate('network', () => checkNetwork('network', network));
  const rounds = integer('rounds', document.rounds, network.length, network.length);
  const round = integer('round', document.round, 1, rounds);
  const samples = integer('samples', document.samples, 1, MANY);
  const { inDim, outDim } = network[round - 1];
  const inputs = numbers('inputs', document.inputs);
  const covariance = numbers('covariance', document.covariance);
  if (inputs.length !== samples * inDim) throw fault('inputs', `${samples * inDim} numbers`, inputs.length);
  if (covariance.length !== samples * inDim * inDim) {
    throw fault('covariance', `${samples * inDim * inDim} numbers`, covariance.length);
  }
  const jobs = list('jobs', document.jobs, (path, value) => readJob(path, value, [samples, outDim, inDim]));
  const settings = readSettings(document.settings);
  const profile = document.profile === undefined ? undefined : locate('profile', () => readProfile(document.profile));
  if (settings.readout === 'profile' && !profile) throw fault('profile', 'a profile for readout "profile"', undefined);
  const layers = document.network as LayerDocument[];
  const manifest: Manifest = {
    format: 'daruan.deployment',
    version: 1,
    network: layers,
    settings,
    ...(profile && { profile }),
    round,
    rounds,
    samples,
    inputs,
    covariance,
    jobs,
  };
  return { manifest, network };
}

function readLayer(path: string, value: unknown): MeasuredLayer {
  const names = ['parameters', 'weight', 'bias', 'base'] as const;
  const required = ['inDim', 'outDim', 'circuit', 'observable', ...names, 'baseActivation'];
  const fields = record(path, value, { required, optional: [] });
  const terms = list(`${path}.observable`, fields.observable, (at, pair) => {
    const [word, coefficient] = list(at, pair, (_, entry) => entry);
    return [text(`${at}[0]`, word), number(`${at}[1]`, coefficient)] as const;
  });
  const base = fields.baseActivation;
  if (base !== 'none' && !Object.hasOwn(baseFunctions, base as string)) {
    throw fault(`${path}.baseActivation`, `one of ${Object.keys(baseFunctions).join(' ')} none`, base);
  }
  const [parameters, weight, bias, factor] = names.map((key) =>
    Float64Array.from(numbers(`${path}.${key}`, fields[key])),
  );
  return {
    inDim: integer(`${path}.inDim`, fields.inDim, 1, MANY),
    outDim: integer(`${path}.outDim`, fields.outDim, 1, MANY),
    circuit: locate(`${path}.circuit`, () => fromJson(fields.circuit)),
    observable: locate(`${path}.observable`, () => observable(terms)),
    parameters,
    weight,
    bias,
    base: factor,
    baseActivation: base as MeasuredLayer['baseActivation'],
  };
}

function readSettings(value: unknown): DeploySettings {
  const required = ['format', 'shots', 'packing', 'gradients', 'readout'];
  const fields = record('settings', value, { required, optional: ['target', 'zne'] });
  if (!Object.hasOwn(jobFormats, fields.format as string)) {
    throw fault('settings.format', `one of ${Object.keys(jobFormats).join(' ')}`, fields.format);
  }
  integer('settings.shots', fields.shots, 2, MANY);
  integer('settings.packing', fields.packing, 1, 30);
  if (typeof fields.gradients !== 'boolean') throw fault('settings.gradients', 'true or false', fields.gradients);
  if (!['none', 'profile', 'calibration'].includes(fields.readout as string)) {
    throw fault('settings.readout', '"none", "profile" or "calibration"', fields.readout);
  }
  return fields as unknown as DeploySettings & { format: JobFormatName };
}

function readJob(path: string, value: unknown, [samples, outDim, inDim]: readonly number[]): Job {
  const required = ['name', 'file', 'counts', 'shots', 'deviceQubits', 'tasks'];
  const fields = record(path, value, { required, optional: ['calibration'] });
  const { calibration } = fields;
  if (![undefined, 0, 1].includes(calibration as 0)) throw fault(`${path}.calibration`, '0 or 1', calibration);
  const tasks = list(`${path}.tasks`, fields.tasks, (at, entry): Task => {
    const task = record(at, entry, { required: ['sample', 'output', 'input', 'basis', 'scale'], optional: ['shift'] });
    integer(`${at}.sample`, task.sample, 0, samples - 1);
    integer(`${at}.output`, task.output, 0, outDim - 1);
    integer(`${at}.input`, task.input, 0, inDim - 1);
    number(`${at}.scale`, task.scale, 1);
    if (task.shift !== undefined) {
      const shift = record(`${at}.shift`, task.shift, { required: ['rotation', 'angle'], optional: [] });
      integer(`${at}.shift.rotation`, shift.rotation, 0, MANY);
      number(`${at}.shift.angle`, shift.angle);
    }
    return task as unknown as Task;
  });
  const deviceQubits = list(`${path}.deviceQubits`, fields.deviceQubits, (at, qubit) => integer(at, qubit, 0, MANY));
  if (calibration === undefined && tasks.length !== deviceQubits.length) {
    throw fault(`${path}.tasks`, `${deviceQubits.length} tasks, one a qubit`, tasks.length);
  }
  return {
    name: text(`${path}.name`, fields.name),
    file: inFolder(`${path}.file`, fields.file),
    counts: inFolder(`${path}.counts`, fields.counts),
    shots: integer(`${path}.shots`, fields.shots, 1, MANY),
    deviceQubits,
    tasks,
    ...(calibration !== undefined && { calibration: calibration as 0 | 1 }),
  };
}

/** A path that stays within the deployment's folder. */
function inFolder(path: string, value: unknown): string {
  const found = text(path, value);
  if (/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(found)) return found;
  throw fault(path, 'a path within the folder, of letters, digits, "-", "_" and "."', found);
}
