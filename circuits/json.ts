import { documentReader } from '../src/foundation/document.js';
import { DaruanError } from '../src/foundation/errors.js';
import { type Angle, symbol } from './angle/expression.js';
import { formatAngle } from './angle/format.js';
import { parseAngle } from './angle/parse.js';
import { type Circuit, type Control, circuit, MAX_QUBITS, type Operation, op } from './circuit.js';
import { type Gate, gates } from './gates.js';

/** A circuit as a file `*.circuit.json` holds it; `circuit.schema.json` is its JSON Schema. */
export interface CircuitDocument {
  readonly $schema?: string;
  readonly format: 'daruan.circuit';
  readonly version: 1;
  readonly name?: string;
  readonly numQubits: number;
  readonly data?: readonly string[];
  readonly operations: readonly OperationDocument[];
}

export interface OperationDocument {
  /** A row of the gate table. */
  readonly gate: string;
  readonly targets: readonly number[];
  /** Radians: numbers, or expressions as text. Absent for gates without angles. */
  readonly angles?: readonly (number | string)[];
  /** A qubit number controls on |1⟩, `{ qubit, value: 0 }` on |0⟩. */
  readonly controls?: readonly (number | Control)[];
}

/**
 * The circuit as a plain value for `JSON.stringify`. Reading it back gives the same angles bit for bit.
 *
 * @throws if an operation's gate is not a row of the gate table: a file can only name it
 */
export function toJson(source: Circuit): CircuitDocument {
  const { name, numQubits, data, operations } = source;
  return {
    format: 'daruan.circuit',
    version: 1,
    name,
    numQubits,
    data,
    operations: operations.map((operation, index): OperationDocument => {
      const { gate, targets, angles, controls } = operation;
      if ((gates as Readonly<Record<string, Gate>>)[gate.name] !== gate) {
        throw new DaruanError(
          'toJson',
          `operation ${index} has a gate of your own, "${gate.name}", which a file cannot hold`,
          'Replace it by its decomposition.',
        );
      }
      return {
        gate: gate.name,
        targets,
        ...(angles.length > 0 && { angles: angles.map(encodeAngle) }),
        ...(controls.length > 0 && { controls: controls.map((c) => (c.value === 1 ? c.qubit : c)) }),
      };
    }),
  };
}

/** JSON has no −0, so it travels as text. */
const encodeAngle = (angle: Angle): number | string =>
  typeof angle === 'number' && !Object.is(angle, -0) ? angle : formatAngle(angle);

const { fault, parse, record, list, text, integer, unique, locate } = documentReader('fromJson');

/**
 * The circuit of a document, given as text or as a parsed value.
 *
 * @throws one error that names the place in the document, such as `operations[3].angles[0]`
 */
export function fromJson(source: unknown): Circuit {
  const document = record('', typeof source === 'string' ? parse(source) : source, {
    required: ['format', 'version', 'numQubits', 'operations'],
    optional: ['$schema', 'name', 'data'],
  });
  if (document.format !== 'daruan.circuit') throw fault('format', '"daruan.circuit"', document.format);
  if (document.version !== 1) throw fault('version', '1', document.version, 'A newer version of daruan may read it.');
  if (document.$schema !== undefined) text('$schema', document.$schema);
  const numQubits = integer('numQubits', document.numQubits, 1, MAX_QUBITS);
  const data = list('data', present(document.data, []), decodeSymbol);
  unique('data', data);
  const operations = list('operations', document.operations, (path, value) => decodeOperation(path, value, numQubits));
  return circuit({ name: text('name', present(document.name, 'circuit')), numQubits, data, operations });
}

function decodeOperation(path: string, value: unknown, numQubits: number): Operation {
  const fields = record(path, value, { required: ['gate', 'targets'], optional: ['angles', 'controls'] });
  const name = text(`${path}.gate`, fields.gate);
  if (!Object.hasOwn(gates, name)) throw fault(`${path}.gate`, `one of ${Object.keys(gates).join(' ')}`, name);
  const gate: Gate = gates[name as keyof typeof gates];
  const qubit = (at: string, found: unknown): number => integer(at, found, 0, numQubits - 1);
  const targets = list(`${path}.targets`, fields.targets, qubit);
  count(`${path}.targets`, 'target', targets, gate.numTargets);
  const angles = list(`${path}.angles`, present(fields.angles, []), decodeAngle);
  count(`${path}.angles`, 'angle', angles, gate.parameters.length);
  const controls = list(`${path}.controls`, present(fields.controls, []), (at, found): Control => {
    if (typeof found === 'number') return { qubit: qubit(at, found), value: 1 };
    const control = record(at, found, { required: ['qubit', 'value'], optional: [] });
    return { qubit: qubit(`${at}.qubit`, control.qubit), value: integer(`${at}.value`, control.value, 0, 1) as 0 | 1 };
  });
  unique(path, [...targets, ...controls.map((control) => control.qubit)]);
  return { ...op(gate, targets, ...angles), controls };
}

function decodeAngle(path: string, value: unknown): Angle {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') throw fault(path, 'a finite number in radians, or an expression as text', value);
  return locate(path, () => parseAngle(value));
}

function decodeSymbol(path: string, value: unknown): string {
  locate(path, () => symbol(value as string));
  return value as string;
}

/** The default stands for an absent key alone: `null` is a value, and a wrong one. */
const present = (value: unknown, otherwise: unknown): unknown => (value === undefined ? otherwise : value);

function count(path: string, what: string, found: readonly unknown[], wanted: number): void {
  if (found.length !== wanted) throw fault(path, `${wanted} ${what}(s)`, found.length);
}
