import { type Circuit, circuit, type Operation, op } from '../../circuits/circuit.js';
import type { Gate } from '../../circuits/gates.js';
import { identity } from '../../circuits/matrix.js';
import { checkChoice } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type NoiseModel, type NoiseRule, placeNoise } from './model.js';
import { type DeviceProfile, readProfile } from './profile.js';
import { noiseOf, relaxation } from './profileNoise.js';

export interface ScheduleOptions {
  /** The device's qubit that each qubit of the circuit is; by default 0, 1, …. */
  readonly layout?: readonly number[];
  /** When operations happen: `late` (default), as devices do, so that qubits stay in |0⟩ as long as they can; or `early`. */
  readonly start?: 'late' | 'early';
}

/** A circuit in time on a device. */
export interface Scheduled {
  /** The circuit, with a gate `idle <t>ns` that does nothing wherever a qubit waits in a state that can decay. */
  readonly circuit: Circuit;
  /** The noise of the device, with relaxation for as long as qubits wait. */
  readonly noise: NoiseModel;
  /** From the first operation to the last, nanoseconds. */
  readonly duration: number;
}

/**
 * A circuit in time on a device, so that qubits decay while they wait for others: by e^(−t/T1), and in their coherences by
 * e^(−t/T2). Virtual gates take no time; all qubits are measured at the end together.
 *
 * @throws if an operation acts on three qubits or more or on a pair without a coupling; if the profile does not say how long
 *   it takes; if the layout does not fit
 * Cost: O(operations).
 * @example
 * const bell = circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] });
 * const timed = scheduleOn(exampleProfiles['typical-transmon'], bell); // of timed.duration 95 ns
 * noisyExpectation(timed.circuit, 'ZZ', {}, { noise: timed.noise });
 */
export function scheduleOn(profile: DeviceProfile, source: Circuit, options: ScheduleOptions = {}): Scheduled {
  const { start = 'late', layout = Array.from({ length: source.numQubits }, (_, qubit) => qubit) } = options;
  const device = readProfile(profile);
  checkChoice(WHERE, 'start', start, ['late', 'early']);
  checkLayout(layout, source.numQubits, device);
  const spans = spansOf(source, start, (operation, index) => durationOf(device, layout, operation, index));
  const duration = endOf(spans);
  const reached = new Map<number, number>();
  const rules = new Map<string, NoiseRule>();
  const operations: Operation[] = [];
  const wait = (qubit: number, until: number): void => {
    const from = reached.get(qubit);
    reached.set(qubit, until);
    if (from === undefined || until - from <= 1e-9 * duration) return; // still in |0⟩, or no more than rounding
    const time = Number((until - from).toPrecision(12)); // equal times have equal names
    const channel = relaxation(device.qubits[layout[qubit]], time);
    if (!channel) return;
    const gate = idle(time);
    operations.push(op(gate, [qubit]));
    rules.set(`${gate.name} ${qubit}`, { channel, gates: [gate.name], qubits: [qubit] });
  };
  spans.forEach(({ operation, qubits, from, to }) => {
    for (const qubit of qubits) {
      wait(qubit, from);
      reached.set(qubit, to);
    }
    operations.push(operation);
  });
  for (const qubit of [...reached.keys()].sort((a, b) => a - b)) wait(qubit, duration);
  const waits = new Set([...rules.values()].flatMap(({ gates = [] }) => gates));
  const ofGates = placeNoise(noiseOf(device), layout);
  const noise: NoiseModel = {
    ...ofGates,
    rules: [
      ...ofGates.rules!.map((rule) => ({ ...rule, except: [...(rule.except ?? []), ...waits] })),
      ...rules.values(),
    ],
  };
  return { circuit: circuit({ ...source, operations }), noise, duration };
}

const WHERE = 'scheduleOn';

interface Span {
  readonly operation: Operation;
  readonly qubits: readonly number[];
  /** Nanoseconds. */
  readonly from: number;
  readonly to: number;
}

/** When each operation happens; `late` is `early` seen from the end. */
function spansOf(
  { operations }: Circuit,
  start: 'late' | 'early',
  durationAt: (operation: Operation, index: number) => number,
): Span[] {
  const free = new Map<number, number>();
  const place = (operation: Operation, index: number): Span => {
    const qubits = qubitsOf(operation);
    const from = Math.max(0, ...qubits.map((qubit) => free.get(qubit) ?? 0));
    const to = from + durationAt(operation, index);
    for (const qubit of qubits) free.set(qubit, to);
    return { operation, qubits, from, to };
  };
  if (start === 'early') return operations.map(place);
  const backwards = operations.map((_, k) => operations.length - 1 - k).map((k) => place(operations[k], k));
  const end = endOf(backwards);
  return backwards.reverse().map((span) => ({ ...span, from: end - span.to, to: end - span.from }));
}

const endOf = (spans: readonly Span[]): number => spans.reduce((end, { to }) => Math.max(end, to), 0);

const qubitsOf = ({ targets, controls }: Operation): number[] => [...targets, ...controls.map(({ qubit }) => qubit)];

/** Nanoseconds. A global phase takes none. */
function durationOf(
  { name, qubits, couplings, virtualGates = [] }: DeviceProfile,
  layout: readonly number[],
  operation: Operation,
  index: number,
): number {
  const on = qubitsOf(operation).map((qubit) => layout[qubit]);
  const label = `operation ${index} ("${operation.gate.name}")`;
  if (on.length === 0 || (on.length === 1 && virtualGates.includes(operation.gate.name))) return 0;
  const pair = couplings.find((coupling) => on.length === 2 && coupling.qubits.every((qubit) => on.includes(qubit)));
  if (on.length > 1 && !pair) {
    throw new DaruanError(
      WHERE,
      `the device "${name}" has no gate for ${label} on qubits ${on.join(', ')}`,
      'Transpile the circuit for its couplings.',
    );
  }
  const { gateDuration } = pair ?? qubits[on[0]];
  if (gateDuration !== undefined) return gateDuration;
  const problem = `the device "${name}" does not say how long ${label} takes on ${on.join(', ')}`;
  throw new DaruanError(WHERE, problem, 'Give it a gateDuration in nanoseconds, or use noiseOf().');
}

function checkLayout(layout: readonly number[], numQubits: number, { qubits }: DeviceProfile): void {
  const isQubit = (qubit: number): boolean => Number.isInteger(qubit) && qubits[qubit] !== undefined;
  const fits = Array.isArray(layout) && layout.length === numQubits && new Set(layout).size === numQubits;
  if (fits && layout.every(isQubit)) return;
  throw expected(WHERE, `a layout of ${numQubits} different qubits of the device's ${qubits.length}`, layout);
}

/** A gate that does nothing for a time; exported circuits leave it out. */
function idle(nanoseconds: number): Gate {
  return {
    name: `idle ${nanoseconds}ns`,
    numTargets: 1,
    parameters: [],
    matrix: () => identity(2),
    inverse: () => [{ gate: 'id', targets: [0], angles: [] }],
    decomposition: () => [],
    symbol: 'idle',
  };
}
