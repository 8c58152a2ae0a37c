import { DaruanError } from '../../../src/foundation/errors.js';
import { symbol } from '../../angle/expression.js';
import type { DynamicCircuit, DynamicStep, Register } from '../../dynamicCircuit.js';
import type { InputRole } from '../remark.js';
import { asciiName } from './asciiName.js';
import { type CallContext, callGate, defineGate } from './calls.js';
import type { Cursor } from './cursor.js';
import { conditionOf, evaluateNode, integerOf, integersOf, outside } from './evaluate.js';
import { builtIn, type Qelib1, qelib1, stdgates } from './library.js';
import { type Binding, Scope, type Value } from './scope.js';
import type { ExpressionNode, Operand, Statement, StatementOf } from './syntax.js';
import type { Position } from './tokens.js';

/** A program does at most so many things, and one more for each token, once loops, gates and registers are spelt out. */
const MAX_STEPS = 1_000_000;

/** More qubits or bits than any program has. */
const MAX_SIZE = 100_000;

export interface ElaborateOptions {
  readonly name: string;
  readonly variant?: Qelib1;
  /** The hardware qubits of the program, such as `$3`: they need no declaration. */
  readonly physical?: readonly string[];
}

/** Says of statements what they do, one instruction after the other. */
export function elaborate(
  cursor: Cursor,
  statements: Iterable<Statement>,
  { name, variant = 'qiskit', physical = [] }: ElaborateOptions,
): DynamicCircuit {
  const { reader, version } = cursor;
  const library = new Scope();
  const global = new Scope(library);
  const registers: Record<'qubits' | 'bits', Register[]> = { qubits: [], bits: [] };
  const warnings = new Set<string>();
  const symbols = new Map<string, InputRole>();
  let spent = 0;

  const spend = (at: Position, amount = 1): void => {
    spent += amount;
    if (spent > MAX_STEPS + cursor.taken) {
      throw cursor.fault(at, `the program does more than ${MAX_STEPS} things`, 'Shorten its loops and gates.');
    }
  };
  const include = (gates: Readonly<Record<string, (Binding & { kind: 'gate' })['gate']>>): void => {
    for (const [word, gate] of Object.entries(gates)) library.set(word, { kind: 'gate', gate });
  };
  include(builtIn[version]);

  const contextOf = (scope: Scope): CallContext => ({
    reader,
    version,
    scope,
    spend,
    limit: MAX_STEPS,
    warnings,
  });

  const declare = (scope: Scope, at: Position, word: string, binding: Binding): void => {
    if (scope.has(word)) throw cursor.fault(at, `"${word}" is declared twice`, 'Give it another name.');
    scope.set(word, binding);
  };

  const size = (of: 'qubits' | 'bits'): number => registers[of].reduce((sum, register) => sum + register.size, 0);

  /** The qubits or bits of an operand; a single one is repeated where others are registers. */
  const select = (operand: Operand, scope: Scope, kind: 'qubits' | 'bits'): Binding & { kind: 'qubits' | 'bits' } => {
    const found = scope.find(operand.name);
    const wanted = kind === 'qubits' ? 'quantum' : 'classical';
    if (found?.kind !== kind) {
      const got = found ? `is no ${wanted} register` : 'is declared nowhere';
      throw cursor.fault(operand.at, `"${operand.name}" ${got}`, `Declare it as a ${wanted} register.`);
    }
    if (!operand.selection) return found;
    const chosen = integersOf(contextOf(scope), operand.selection, MAX_SIZE).map((index) => {
      const at = index < 0 && version === 3 ? index + found.indices.length : index;
      if (found.indices[at] === undefined) {
        throw outside(reader, operand.at, operand.name, index, found.indices.length);
      }
      return found.indices[at];
    });
    const [only] = operand.selection;
    return { kind, indices: chosen, isRegister: operand.selection.length > 1 || only.kind === 'range' };
  };

  const run = (body: Iterable<Statement>, scope: Scope, out: DynamicStep[]): void => {
    for (const statement of body) execute(statement, scope, out);
  };

  const execute = (statement: Statement, scope: Scope, out: DynamicStep[]): void => {
    spend(statement.at);
    (acts[statement.kind] as (s: Statement, scope: Scope, out: DynamicStep[]) => void)(statement, scope, out);
  };

  const acts: { readonly [K in Statement['kind']]: (s: StatementOf<K>, scope: Scope, out: DynamicStep[]) => void } = {
    include({ file: path, at }) {
      const file = path.split(/[\\/]/).pop()!; // wherever it lies: it is built in
      if (file === 'qelib1.inc') include(qelib1[variant]);
      else if (version === 3 && file === 'stdgates.inc') include(stdgates);
      else {
        const known = version === 2 ? 'qelib1.inc' : 'stdgates.inc';
        throw cursor.fault(at, `the file "${path}" cannot be included`, `Only "${known}" is built in.`);
      }
    },

    register({ of, name: word, size: written, at }, scope) {
      if (scope !== global) throw cursor.fault(at, 'a register inside a block', 'Declare registers first.');
      const count = written ? integerOf(contextOf(scope), written) : 1;
      const start = size(of);
      if (count < 1 || start + count > MAX_SIZE) {
        throw cursor.fault(at, `expected a register of 1 … ${MAX_SIZE - start} ${of}, got ${count}`);
      }
      const indices = Array.from({ length: count }, (_, k) => start + k);
      declare(scope, at, word, { kind: of, indices, isRegister: written !== undefined });
      registers[of].push({ name: word, start, size: count });
    },

    input({ name: word, remark, at }, scope) {
      declare(scope, at, word, { kind: 'value', value: inputNamed(remark?.name ?? word, at, remark?.role) });
    },

    array({ name: word, isInteger, size: written, values, remark, at }, scope) {
      const count = integerOf(contextOf(scope), written);
      if (count < 1 || count > MAX_SIZE) throw cursor.fault(at, `expected 1 … ${MAX_SIZE} elements, got ${count}`);
      spend(at, count);
      if (values && values.length !== count) {
        throw cursor.fault(at, `an array of ${count} with ${values.length} value(s)`, 'Sizes must agree.');
      }
      const elements =
        values?.map((node) => constantOf(node, isInteger, node.at, scope)) ??
        Array.from({ length: count }, (_, k) => inputNamed(`${remark?.name ?? word}_${k}`, at, remark?.role));
      declare(scope, at, word, { kind: 'array', values: elements });
    },

    block({ body }, scope, out) {
      run(body, new Scope(scope), out);
    },

    pass({ word }) {
      warnings.add(`${word} has no effect here`);
    },

    value({ name: word, isInteger, value, at }, scope) {
      declare(scope, at, word, { kind: 'value', value: constantOf(value, isInteger, at, scope) });
    },

    alias({ name: word, operands, at }, scope) {
      const kind = scope.find(operands[0].name)?.kind === 'bits' ? 'bits' : 'qubits';
      const indices = operands.flatMap((operand) => [...select(operand, scope, kind).indices]);
      spend(at, indices.length);
      declare(scope, at, word, { kind, indices, isRegister: true });
    },

    gate(statement, scope) {
      const { name: word, at } = statement;
      if (scope !== global) throw cursor.fault(at, 'a gate defined inside a block', 'Define gates first.');
      declare(scope, at, word, { kind: 'gate', gate: defineGate(contextOf(scope), statement) });
    },

    call(statement, scope, out) {
      const operands = statement.operands.map((operand) => select(operand, scope, 'qubits'));
      const count = broadcast(statement.at, operands);
      for (let k = 0; k < count; k++) {
        const qubits = operands.map(({ indices, isRegister }) => indices[isRegister ? k : 0]);
        for (const operation of callGate(contextOf(scope), statement, qubits)) out.push({ kind: 'gate', operation });
      }
    },

    measure({ qubits, bits: into, at }, scope, out) {
      const { indices } = select(qubits, scope, 'qubits');
      const bits = into && select(into, scope, 'bits').indices;
      if (bits && bits.length !== indices.length) {
        throw cursor.fault(at, `${indices.length} qubit(s) measured into ${bits.length} bit(s)`, 'Sizes must agree.');
      }
      spend(at, indices.length);
      for (const [k, qubit] of indices.entries()) {
        out.push({ kind: 'measure', qubit, ...(bits && { bit: bits[k] }) });
      }
    },

    reset({ operands, at }, scope, out) {
      for (const { indices } of operands.map((operand) => select(operand, scope, 'qubits'))) {
        spend(at, indices.length);
        for (const qubit of indices) out.push({ kind: 'reset', qubit });
      }
    },

    barrier({ operands }, scope) {
      for (const operand of operands) select(operand, scope, 'qubits');
    },

    if({ condition: written, body, otherwise }, scope, out) {
      const condition = conditionOf(contextOf(scope), written);
      const [first, second] = [body, otherwise].map((branch) => {
        const inner: DynamicStep[] = [];
        run(branch, new Scope(scope), inner);
        return inner;
      });
      if (typeof condition !== 'boolean') out.push({ kind: 'if', condition, body: first, otherwise: second });
      else for (const chosen of condition ? first : second) out.push(chosen);
    },

    for({ variable, values, body, at }, scope, out) {
      for (const angle of integersOf(contextOf(scope), values, MAX_STEPS)) {
        const inner = new Scope(scope);
        inner.set(variable, { kind: 'value', value: { angle, isInteger: true } });
        spend(at);
        run(body, inner, out);
      }
    },
  };

  const constantOf = (node: ExpressionNode, isInteger: boolean, at: Position, scope: Scope): Value => {
    const { angle } = evaluateNode(contextOf(scope), node);
    if (isInteger && typeof angle !== 'number') {
      throw cursor.fault(at, 'an integer that depends on an input', 'Make it a float.');
    }
    return { angle: isInteger ? Math.trunc(angle as number) : angle, isInteger };
  };

  /** An input as a symbol of its name, in ASCII. */
  const inputNamed = (word: string, at: Position, role: InputRole = 'parameter'): Value => {
    let free = asciiName(word);
    while (symbols.has(free)) free += '_';
    if (free !== word) warnings.add(`the input "${word}" is read as ${free}`);
    symbols.set(free, role);
    return { angle: locate(at, () => symbol(free)), isInteger: false };
  };

  /** How often a gate on these operands acts: once, or once for each element of registers of one size. */
  const broadcast = (at: Position, operands: readonly (Binding & { kind: 'qubits' | 'bits' })[]): number => {
    const sizes = operands.filter(({ isRegister }) => isRegister).map(({ indices }) => indices.length);
    const [first = 1] = sizes;
    if (sizes.some((found) => found !== first)) {
      throw cursor.fault(at, `registers of different sizes, ${sizes.join(' and ')}`, 'Their sizes must agree.');
    }
    return first;
  };

  /** An error of another function gets the place in the program. */
  const locate = <T>(at: Position, make: () => T): T => {
    try {
      return make();
    } catch (cause) {
      if (!(cause instanceof DaruanError)) throw cause;
      throw cursor.fault(at, cause.problem, cause.remedy);
    }
  };

  for (const word of physical) {
    global.set(word, { kind: 'qubits', indices: [size('qubits')], isRegister: false });
    registers.qubits.push({ name: word, start: size('qubits'), size: 1 });
  }
  const steps: DynamicStep[] = [];
  run(statements, global, steps);
  const [numQubits, numBits] = [size('qubits'), size('bits')];
  if (numQubits === 0) throw cursor.fault(cursor.peek(), 'a program without qubits', 'Declare a quantum register.');
  return {
    name,
    numQubits,
    numBits,
    qubitRegisters: registers.qubits,
    bitRegisters: registers.bits,
    data: [...symbols].filter(([, role]) => role === 'data').map(([symbol]) => symbol),
    steps,
    warnings: [...warnings],
  };
}
