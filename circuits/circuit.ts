import { checkInteger } from '../src/foundation/checks.js';
import { DaruanError, expected } from '../src/foundation/errors.js';
import { type Angle, checkAngle, substitute, symbol, symbolsOf } from './angle/expression.js';
import { parseAngle } from './angle/parse.js';
import { type Gate, type GateName, gates, type Step } from './gates.js';

/** A condition on one qubit: the operation acts where the qubit is |value⟩. */
export interface Control {
  readonly qubit: number;
  readonly value: 0 | 1;
}

/** One gate on some qubits, with its angles and its controls. */
export interface Operation {
  readonly gate: Gate;
  /** `targets[0]` is the least significant bit of the gate's matrix. */
  readonly targets: readonly number[];
  readonly angles: readonly Angle[];
  readonly controls: readonly Control[];
}

/** A circuit: immutable data. Qubit 0 is the least significant bit of a basis index. */
export interface Circuit {
  readonly name: string;
  readonly numQubits: number;
  /** Symbols that are data, such as `x`. */
  readonly data: readonly string[];
  /** All other symbols of the angles, in order of first appearance: what is trained. */
  readonly parameters: readonly string[];
  readonly operations: readonly Operation[];
}

/** More qubits than this have no place in memory: 2³⁰ amplitudes are 16 GiB in float64. */
export const MAX_QUBITS = 30;

/**
 * An operation on the given targets. Angles are numbers in radians, expressions, or text such as `'w*x + b'`.
 *
 * @example op('rz', [0], '2*theta + pi/2')
 * @throws if the number of targets or angles is not the gate's, or a gate of that name does not exist
 */
export function op(gate: GateName | Gate, targets: readonly number[], ...angles: (Angle | string)[]): Operation {
  const row = typeof gate === 'string' ? gateNamed(gate) : gate;
  const where = `op "${row.name}"`;
  if (!Array.isArray(targets)) throw expected(where, 'a list of targets', targets, 'Write op("x", [0]).');
  if (targets.length !== row.numTargets) {
    throw expected(where, `${row.numTargets} target(s)`, targets.length, 'Controls are added with controlled().');
  }
  if (angles.length !== row.parameters.length) {
    const hint = row.parameters.length === 0 ? 'It has none.' : `Pass ${row.parameters.join(', ')} in radians.`;
    throw expected(where, `${row.parameters.length} angle(s)`, angles.length, hint);
  }
  const trees = angles.map((angle) => (typeof angle === 'string' ? parseAngle(angle) : angle));
  for (const angle of trees) checkAngle(where, angle);
  return { gate: row, targets: [...targets], angles: trees, controls: [] };
}

/** The row of the gate table with that name. */
export function gateNamed(name: string): Gate {
  if (!Object.hasOwn(gates, name)) {
    throw expected(
      'gate',
      `a gate of the table (${Object.keys(gates).join(' ')})`,
      name,
      'Or pass a Gate of your own.',
    );
  }
  return gates[name as GateName];
}

/** Operation(s) or circuit with further controls: a qubit number controls on |1⟩, `{ qubit, value: 0 }` on |0⟩. */
export function controlled<T extends Operation | Circuit>(source: T, ...controls: (number | Control)[]): T;
export function controlled(source: Operation | Circuit, ...controls: (number | Control)[]): Operation | Circuit {
  const added = controls.map((c): Control => (typeof c === 'number' ? { qubit: c, value: 1 } : c));
  const extend = (operation: Operation): Operation => ({ ...operation, controls: [...operation.controls, ...added] });
  if ('gate' in source) return extend(source);
  const numQubits = Math.max(source.numQubits, ...added.map(({ qubit }) => qubit + 1));
  return circuit({ ...source, numQubits, operations: source.operations.map(extend) });
}

/**
 * A circuit from its operations, checked.
 *
 * @param data names of the symbols that are data; all others are parameters
 * @example circuit({ numQubits: 1, data: ['x'], operations: [op('h', [0]), op('rz', [0], 'w*x'), op('ry', [0], 'theta')] })
 * @throws if a qubit is out of range or used twice in one operation
 */
export function circuit(source: {
  readonly numQubits: number;
  readonly operations: readonly Operation[];
  readonly data?: readonly string[];
  readonly name?: string;
}): Circuit {
  const { numQubits, operations, data = [], name = 'circuit' } = source;
  checkInteger('circuit', 'numQubits', numQubits, 1, MAX_QUBITS);
  for (const slot of data) symbol(slot);
  if (!Array.isArray(operations))
    throw expected('circuit', 'operations to be a list', operations, 'Make them with op().');
  operations.forEach((operation, index) => {
    checkOperation(operation, index, numQubits);
  });
  const symbols = new Set(operations.flatMap(({ angles }) => angles.flatMap(symbolsOf)));
  const parameters = [...symbols].filter((found) => !data.includes(found));
  return { name, numQubits, data: [...new Set(data)], parameters, operations: [...operations] };
}

function checkOperation(operation: Operation, index: number, numQubits: number): void {
  if (!Array.isArray(operation?.targets) || !Array.isArray(operation.controls) || !operation.gate) {
    throw expected('circuit', `operation ${index} to be made by op()`, operation);
  }
  const label = `operation ${index} ("${operation.gate.name}")`;
  const seen = new Set<number>();
  const visit = (qubit: number, role: string): void => {
    if (!Number.isInteger(qubit) || qubit < 0 || qubit >= numQubits) {
      throw new DaruanError(
        'circuit',
        `${label} ${role} qubit ${qubit}, but numQubits is ${numQubits}`,
        'Qubits count from 0.',
      );
    }
    if (seen.has(qubit)) {
      throw new DaruanError('circuit', `${label} uses qubit ${qubit} twice`, 'Targets and controls must all differ.');
    }
    seen.add(qubit);
  };
  for (const qubit of operation.targets) visit(qubit, 'targets');
  for (const { qubit, value } of operation.controls) {
    visit(qubit, 'is controlled by');
    if (value !== 0 && value !== 1) throw expected('circuit', `${label} with control values 0 or 1`, value);
  }
}

/** First `a`, then `b`; qubits and data of both. */
export function compose(a: Circuit, b: Circuit): Circuit {
  return circuit({
    name: a.name,
    numQubits: Math.max(a.numQubits, b.numQubits),
    data: [...a.data, ...b.data],
    operations: [...a.operations, ...b.operations],
  });
}

/** `source` with more operations at its end. */
export function append(source: Circuit, ...operations: Operation[]): Circuit {
  return circuit({ ...source, operations: [...source.operations, ...operations] });
}

/** A step of a gate's decomposition or inverse as an operation: placed on the gate's targets, under its controls. */
export function placeStep(step: Step, { targets, controls }: Operation): Operation {
  const inner = (step.controls ?? []).map((j): Control => ({ qubit: targets[j], value: 1 }));
  return {
    gate: gates[step.gate],
    targets: step.targets.map((j) => targets[j]),
    angles: step.angles,
    controls: [...controls, ...inner],
  };
}

/** The inverse circuit: inverse operations in reverse order. */
export function inverse(source: Circuit): Circuit {
  const operations = [...source.operations]
    .reverse()
    .flatMap((operation) => operation.gate.inverse(...operation.angles).map((step) => placeStep(step, operation)));
  return circuit({ ...source, operations });
}

/**
 * `source` with symbols replaced by numbers, other expressions, or text. Data that no longer occurs is dropped.
 *
 * @param data the data of the result, where new symbols are data too
 */
export function bind(
  source: Circuit,
  values: Readonly<Record<string, Angle | string>>,
  data: readonly string[] = source.data,
): Circuit {
  const unknown = Object.keys(values).find((name) => !source.parameters.includes(name) && !source.data.includes(name));
  if (unknown !== undefined) {
    const symbols = [...source.data, ...source.parameters].join(', ') || 'none';
    throw new DaruanError('bind', `the circuit has no symbol "${unknown}"`, `It has: ${symbols}.`);
  }
  const trees = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? parseAngle(value) : value]),
  );
  for (const angle of Object.values(trees)) checkAngle('bind', angle);
  const operations = source.operations.map((operation) => ({
    ...operation,
    angles: operation.angles.map((angle) => substitute(angle, trees)),
  }));
  const left = new Set(operations.flatMap(({ angles }) => angles.flatMap(symbolsOf)));
  return circuit({ ...source, operations, data: data.filter((slot) => left.has(slot)) });
}
