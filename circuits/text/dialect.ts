import { DaruanError } from '../../src/foundation/errors.js';
import { type Angle, evaluate } from '../angle/expression.js';
import { shortest } from '../angle/format.js';
import { type Circuit, type Operation, op } from '../circuit.js';
import { type Gate, type GateName, gates } from '../gates.js';
import { lowerOperation } from '../lower.js';

/** What a format calls a row of the gate table under so many controls on |1⟩; undefined where it has no word. */
export type Words = (gate: GateName, controls: number) => string | undefined;

/** Words as a table: `table[gate][k]` is the gate under k controls. */
export type WordTable = Readonly<Partial<Record<GateName, readonly (string | undefined)[]>>>;

export const wordsOf =
  (table: WordTable): Words =>
  (gate, controls) =>
    table[gate]?.[controls];

/** One statement of a program: a word of its format on qubits, controls first. */
export interface Instruction {
  readonly word: string;
  readonly gate: Gate;
  readonly controls: number;
  readonly qubits: readonly number[];
  readonly angles: readonly Angle[];
}

const rows: readonly Gate[] = Object.values(gates);

/**
 * Operations in the words of a format: those that have one as they stand, all others lowered until they have.
 * A format needs words for h, s, sdg, x, x under one control and rz. A global phase without a word is left out.
 *
 * @throws if a gate of the user has neither generator nor decomposition
 */
export function spell(operations: readonly Operation[], words: Words): Instruction[] {
  return operations
    .flatMap((operation) => lowerOperation(operation, (candidate) => wordFor(candidate, words) !== undefined))
    .flatMap((operation): Instruction[] => {
      const word = wordFor(operation, words);
      if (word === undefined) return []; // a global phase
      const { gate, targets, angles, controls } = phaseOnQubit(operation);
      const qubits = [...controls.map(({ qubit }) => qubit), ...targets];
      return [{ word, gate, controls: controls.length, qubits, angles }];
    });
}

function wordFor(operation: Operation, words: Words): string | undefined {
  const { gate, controls } = phaseOnQubit(operation);
  if (!rows.includes(gate) || controls.some(({ value }) => value === 0)) return undefined;
  return words(gate.name as GateName, controls.length);
}

/** A phase under controls, the first one on |1⟩, is `p` on that qubit under the others. */
function phaseOnQubit(operation: Operation): Operation {
  const { gate, angles, controls } = operation;
  if (gate !== gates.gphase || controls.length === 0 || controls[0].value === 0) return operation;
  return { gate: gates.p, targets: [controls[0].qubit], angles, controls: controls.slice(1) };
}

/** The circuit's operations and then the identity on each qubit that has none: some readers drop idle qubits. */
export function withIdleQubits({ operations, numQubits }: Pick<Circuit, 'operations' | 'numQubits'>): Operation[] {
  const used = new Set(operations.flatMap(({ targets, controls }) => [...targets, ...controls.map((c) => c.qubit)]));
  const idle = Array.from({ length: numQubits }, (_, qubit) => qubit).filter((qubit) => !used.has(qubit));
  return [...operations, ...idle.map((qubit) => op('id', [qubit]))];
}

/** Throws, naming the symbols, unless all angles are numbers. */
export function checkBound(where: string, { data, parameters }: Pick<Circuit, 'data' | 'parameters'>): void {
  const unbound = [...data, ...parameters];
  if (unbound.length === 0) return;
  throw new DaruanError(
    where,
    `the format holds numbers alone, and ${unbound.join(', ')} ${unbound.length === 1 ? 'has' : 'have'} none`,
    'Give values with bind(), or write OpenQASM 3.',
  );
}

/** The value of an angle without symbols, in radians. */
export const numericValue = (angle: Angle): number => evaluate(angle, {});

/** A double in its shortest text that reads back to the same bits, and reads as no integer. */
export function floatLiteral(value: number): string {
  const text = shortest(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Each symbol's name in the program: its own, or with `_` at its end where `taken` holds it. */
export function freeNames(
  symbols: readonly string[],
  isTaken: (name: string) => boolean,
  draft: (name: string) => string = (name) => name,
): ReadonlyMap<string, string> {
  const used = new Set(symbols);
  return new Map(
    symbols.map((name) => {
      let free = draft(name);
      if (free === name && !isTaken(name)) return [name, name];
      while (isTaken(free) || used.has(free)) free += '_';
      used.add(free);
      return [name, free];
    }),
  );
}
