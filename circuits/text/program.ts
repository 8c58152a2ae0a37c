import { DaruanError } from '../../src/foundation/errors.js';
import { symbolsOf } from '../angle/expression.js';
import type { Circuit, Operation } from '../circuit.js';
import type { Condition, DynamicCircuit, DynamicStep } from '../dynamicCircuit.js';
import { freeNames } from './dialect.js';

/** What a writer writes: a circuit, or a program that measures, resets and decides in between. */
export type Source = Circuit | DynamicCircuit;

export interface Program {
  readonly name: string;
  readonly numQubits: number;
  readonly data: readonly string[];
  readonly parameters: readonly string[];
  readonly steps: readonly DynamicStep[];
  /** All gates, in order, those of branches included. */
  readonly operations: readonly Operation[];
  /** Absent for a circuit, which has no bits. */
  readonly dynamic?: DynamicCircuit;
}

/**
 * A source as a program.
 *
 * @throws if a program that measures by itself is to be measured at its end
 */
export function programOf(where: string, source: Source, measure: boolean): Program {
  if ('operations' in source) {
    return { ...source, steps: source.operations.map((operation) => ({ kind: 'gate', operation })) };
  }
  if (measure) throw new DaruanError(where, 'the program measures by itself', 'Leave out the option measure.');
  const operations: Operation[] = [];
  const visit = (step: DynamicStep): void => {
    if (step.kind === 'gate') operations.push(step.operation);
    if (step.kind === 'if') [...step.body, ...step.otherwise].forEach(visit);
  };
  source.steps.forEach(visit);
  const { name, numQubits, steps, data = [] } = source;
  const symbols = new Set(operations.flatMap(({ angles }) => angles.flatMap(symbolsOf)));
  const parameters = [...symbols].filter((symbol) => !data.includes(symbol));
  return { name, numQubits, data, parameters, steps, operations, dynamic: source };
}

/** How a format says each kind of step. */
export interface Phrases {
  readonly gate: (operation: Operation) => readonly string[];
  readonly measure: (qubit: number, bit: number | undefined) => readonly string[];
  readonly reset: (qubit: number) => readonly string[];
  readonly branch: (
    condition: Condition,
    body: readonly DynamicStep[],
    otherwise: readonly DynamicStep[],
  ) => readonly string[];
}

/** The steps in a format's words, line by line. */
export function phrased(steps: readonly DynamicStep[], phrases: Phrases): string[] {
  return steps.flatMap((step): readonly string[] => {
    if (step.kind === 'gate') return phrases.gate(step.operation);
    if (step.kind === 'measure') return phrases.measure(step.qubit, step.bit);
    return step.kind === 'reset'
      ? phrases.reset(step.qubit)
      : phrases.branch(plain(step.condition), step.body, step.otherwise);
  });
}

/** A condition without what can be said more simply: that one bit is not 0, or that something is not otherwise. */
function plain(condition: Condition): Condition {
  if (condition.kind === 'equal') return condition;
  if (condition.kind !== 'not') return { ...condition, left: plain(condition.left), right: plain(condition.right) };
  const operand = plain(condition.operand);
  if (operand.kind === 'not') return operand.operand;
  if (operand.kind !== 'equal' || operand.bits.length !== 1 || !isPossible(operand)) return { kind: 'not', operand };
  return { ...operand, value: 1 - operand.value };
}

/** The classical registers of a program, under names that a format takes. */
export interface Bits {
  readonly registers: readonly { readonly name: string; readonly size: number }[];
  readonly bit: (index: number) => string;
  /** The register that consists of exactly these bits, in this order. */
  readonly whole: (bits: readonly number[]) => string | undefined;
}

/** Registers as the program has them; one of all bits where they do not say where each bit is. */
export function bitsOf({ numBits, bitRegisters }: DynamicCircuit, isTaken: (name: string) => boolean): Bits {
  const sorted = [...bitRegisters].sort((a, b) => a.start - b.start);
  const isCovered = sorted.reduce((end, { start, size }) => (start === end ? end + size : Number.NaN), 0) === numBits;
  const known = isCovered ? sorted : [{ name: 'c', start: 0, size: numBits }];
  const plain = known.map(({ name }) => name.replace(/\W/g, '_'));
  const names = freeNames(plain, isTaken);
  const registers = known.map(({ start, size }, k) => ({ name: names.get(plain[k])!, start, size }));
  return {
    registers: registers.filter(({ size }) => size > 0),
    bit: (index) => {
      const found = registers.find(({ start, size }) => index >= start && index < start + size)!;
      return `${found.name}[${index - found.start}]`;
    },
    whole: (bits) =>
      registers.find(({ start, size }) => bits.length === size && bits.every((bit, k) => bit === start + k))?.name,
  };
}

/** Bit k of a value. */
export const bitOf = (value: number, k: number): 0 | 1 => (Math.floor(value / 2 ** k) % 2 === 1 ? 1 : 0);

/** Whether bits can have the value at all. */
export const isPossible = ({ bits, value }: Condition & { kind: 'equal' }): boolean => value < 2 ** bits.length;
