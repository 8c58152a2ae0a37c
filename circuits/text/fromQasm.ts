import { expected } from '../../src/foundation/errors.js';
import type { DynamicCircuit } from '../dynamicCircuit.js';
import { Cursor } from './qasm/cursor.js';
import { elaborate } from './qasm/elaborate.js';
import type { Qelib1 } from './qasm/library.js';
import { parseProgram } from './qasm/parseStatement.js';

export interface FromQasm2Options {
  /** Name of the program; `circuit` by default. */
  readonly name?: string;
  /** Whose `cu3` is meant, Qiskit's (the default) or the specification's: they differ by a relative phase. */
  readonly qelib1?: Qelib1;
}

/**
 * The OpenQASM 2 program in `text`: all of the language, `qelib1.inc` of the specification and of Qiskit built in. Gate
 * definitions are spelt out in gates of the table; barriers have no effect. Global phases are not kept. What was decided
 * for the program, such as to know `qelib1.inc` where it is not included, is in `warnings`.
 *
 * Time is proportional to the text and to what the program does, at most a million things
 * beyond what is written out.
 *
 * @throws one error with line and column: `fromQasm2: line 3, column 7: expected …, got …. Remedy.`
 * @example toCircuit(fromQasm2('OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; h q[0];')).circuit
 * @see A. W. Cross et al., arXiv:1707.03429
 */
export function fromQasm2(
  text: string,
  { name = 'circuit', qelib1 = 'qiskit' }: FromQasm2Options = {},
): DynamicCircuit {
  checkText('fromQasm2', text);
  const cursor = new Cursor('fromQasm2', 2, text);
  return elaborate(cursor, parseProgram(cursor), { name, variant: qelib1 });
}

export interface FromQasm3Options {
  /** Name of the program; `circuit` by default. */
  readonly name?: string;
}

/**
 * The OpenQASM 3 program in `text`: registers and hardware qubits `$0`, gates with modifiers, `input float` as symbols (in
 * ASCII, with a warning where that is another name; elements of an array as `x_0`), constants and arrays of them, loops
 * with constant bounds, measurement, reset and conditions on bits, with `stdgates.inc` built in. Global phases are kept.
 * A comment behind an input, `// daruan: data x`, says that it is data, and what it is called; `toQasm3` writes them.
 * Not supported, and refused by name: subroutines, `while`, `switch`, timing, and classical variables that change.
 *
 * Time is proportional to the text and to what the program does, at most a million things
 * beyond what is written out.
 *
 * @throws one error with line and column: `fromQasm3: line 3, column 7: expected …, got …. Remedy.`
 * @example toCircuit(fromQasm3('include "stdgates.inc"; input float theta; qubit q; rx(2*theta) q;')).circuit
 * @see https://openqasm.com/versions/3.1/
 */
export function fromQasm3(text: string, { name = 'circuit' }: FromQasm3Options = {}): DynamicCircuit {
  checkText('fromQasm3', text);
  const cursor = new Cursor('fromQasm3', 3, text);
  return elaborate(cursor, parseProgram(cursor), { name, physical: physicalQubits(text) });
}

/** The hardware qubits that a program speaks of, in ascending order. */
function physicalQubits(text: string): string[] {
  if (!text.includes('$')) return [];
  const numbers = [...text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '').matchAll(/\$(\d{1,9})\b/g)].map((found) =>
    Number(found[1]),
  );
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `$${number}`);
}

function checkText(where: string, text: unknown): asserts text is string {
  if (typeof text !== 'string') throw expected(where, 'the text of a program', text, 'Pass what the file holds.');
}
