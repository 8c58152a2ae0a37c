import { documentReader } from '../foundation/document.js';
import { DaruanError } from '../foundation/errors.js';
import type { ReadoutError } from './readout.js';

/** What a device is said to be: calibration data, as a file `*.device.json` holds it. */
export interface DeviceProfile {
  readonly format: 'daruan.device';
  readonly version: 1;
  readonly name: string;
  /** Where the numbers come from. */
  readonly note?: string;
  readonly qubits: readonly QubitProfile[];
  /** Pairs that have a two-qubit gate, in either direction. */
  readonly couplings: readonly CouplingProfile[];
  /** Names of gates that take neither time nor toll, since they only change the phase of later pulses. */
  readonly virtualGates?: readonly string[];
}

export interface QubitProfile {
  /** Relaxation time T1, microseconds. Absent: never decays. */
  readonly t1?: number;
  /** Coherence time T2 ≤ 2·T1, microseconds. Absent: 2·T1. */
  readonly t2?: number;
  readonly readout: ReadoutError;
  /** Of one-qubit gates: average infidelity (relaxation during the gate included), and duration in nanoseconds. */
  readonly gateError: number;
  readonly gateDuration?: number;
}

export interface CouplingProfile {
  readonly qubits: readonly [number, number];
  /** Of two-qubit gates: average infidelity (relaxation during the gate included), and duration in nanoseconds. */
  readonly gateError: number;
  readonly gateDuration?: number;
}

const MAX_DEVICE_QUBITS = 10_000;
const { fault, parse, record, list, text, integer, number } = documentReader('readProfile');
const optional = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined ? undefined : read(value);

/**
 * The device profile of a document, given as text or as a parsed value.
 *
 * @throws one error that names the place in the document, such as `qubits[3].readout.p01`
 * @example
 * const qubits = [{ readout: { p01: 0.01, p10: 0.03 }, gateError: 3e-4 }];
 * readProfile({ format: 'daruan.device', version: 1, name: 'mine', qubits, couplings: [] });
 */
export function readProfile(source: unknown): DeviceProfile {
  const document = record('', typeof source === 'string' ? parse(source) : source, {
    required: ['format', 'version', 'name', 'qubits', 'couplings'],
    optional: ['note', 'virtualGates'],
  });
  if (document.format !== 'daruan.device') throw fault('format', '"daruan.device"', document.format);
  if (document.version !== 1) throw fault('version', '1', document.version, 'A newer version of daruan may read it.');
  const qubits = list('qubits', document.qubits, readQubit);
  if (qubits.length === 0 || qubits.length > MAX_DEVICE_QUBITS) {
    throw fault('qubits', `1 … ${MAX_DEVICE_QUBITS} qubits`, qubits.length);
  }
  const couplings = list('couplings', document.couplings, (path, value) => readCoupling(path, value, qubits.length));
  const pairs = couplings.map(({ qubits: [a, b] }) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  pairs.forEach((pair, k) => {
    if (pairs.indexOf(pair) === k) return;
    throw new DaruanError(
      `readProfile: couplings[${k}]`,
      `the pair ${pair} occurs twice`,
      'Either direction is one pair.',
    );
  });
  const note = optional(document.note, (value) => text('note', value));
  const virtualGates = optional(document.virtualGates, (value) => list('virtualGates', value, text));
  return {
    format: 'daruan.device',
    version: 1,
    name: text('name', document.name),
    ...(note !== undefined && { note }),
    qubits,
    couplings,
    ...(virtualGates && { virtualGates }),
  };
}

function readQubit(path: string, value: unknown): QubitProfile {
  const keys = { required: ['readout', 'gateError'], optional: ['t1', 't2', 'gateDuration'] };
  const fields = record(path, value, keys);
  const [t1, t2] = (['t1', 't2'] as const).map((key) =>
    optional(fields[key], (time) => {
      const found = number(`${path}.${key}`, time, 0);
      if (found === 0) throw fault(`${path}.${key}`, 'a time above 0 µs', found);
      return found;
    }),
  );
  if (t2 !== undefined && t1 !== undefined && t2 > 2 * t1) {
    throw fault(`${path}.t2`, `at most 2·T1 = ${2 * t1} µs`, t2, 'Decay alone ends coherence by then.');
  }
  const readout = record(`${path}.readout`, fields.readout, { required: ['p01', 'p10'], optional: [] });
  const [p01, p10] = (['p01', 'p10'] as const).map((key) => number(`${path}.readout.${key}`, readout[key], 0, 1));
  if (p01 + p10 >= 1) {
    throw fault(`${path}.readout`, 'p01 + p10 < 1', p01 + p10, 'A reading that says nothing, or the opposite.');
  }
  const gate = readGate(path, fields, 0.5);
  return { ...(t1 !== undefined && { t1 }), ...(t2 !== undefined && { t2 }), readout: { p01, p10 }, ...gate };
}

function readCoupling(path: string, value: unknown, numQubits: number): CouplingProfile {
  const fields = record(path, value, { required: ['qubits', 'gateError'], optional: ['gateDuration'] });
  const qubits = list(`${path}.qubits`, fields.qubits, (at, found) => integer(at, found, 0, numQubits - 1));
  if (qubits.length !== 2 || qubits[0] === qubits[1]) throw fault(`${path}.qubits`, 'two different qubits', qubits);
  return { qubits: [qubits[0], qubits[1]], ...readGate(path, fields, 0.75) };
}

/** An average infidelity beyond `worst` is worse than forgetting the state. */
function readGate(path: string, fields: Record<string, unknown>, worst: number) {
  const gateError = number(`${path}.gateError`, fields.gateError, 0, worst);
  const duration = optional(fields.gateDuration, (value) => number(`${path}.gateDuration`, value, 0));
  return { gateError, ...(duration !== undefined && { gateDuration: duration }) };
}
