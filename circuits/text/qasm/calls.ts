import type { Angle } from '../../angle/expression.js';
import type { Operation } from '../../circuit.js';
import { type Context, evaluateNode, integerOf, integersOf } from './evaluate.js';
import { qelib1 } from './library.js';
import { inverted, raised } from './modify.js';
import { recognised } from './recognise.js';
import { type GateDefinition, Scope } from './scope.js';
import type { Modifier, Operand, Statement, StatementOf } from './syntax.js';
import { fault, type Position } from './tokens.js';

/** A context with a budget, so that no short program takes long. */
export interface CallContext extends Context {
  readonly spend: (at: Position, amount?: number) => void;
  readonly limit: number;
  readonly warnings: Set<string>;
}

/** The operations of a call, modifiers included, on qubits that are chosen. */
export function callGate(
  context: CallContext,
  call: StatementOf<'call'>,
  qubits: readonly number[],
): readonly Operation[] {
  const { reader, spend, limit } = context;
  const { at, name } = call;
  const gate = lookUp(context, call);
  const modifiers = call.modifiers.map((modifier) => ({ ...modifier, count: controlCount(context, modifier) }));
  const numControls = modifiers.reduce((sum, { count }) => sum + count, 0);
  checkCount(reader, at, name, 'qubit(s)', gate.numQubits + numControls, qubits.length);
  checkCount(reader, at, name, 'angle(s)', gate.numParameters, call.angles.length);
  const twice = qubits.find((qubit, k) => qubits.indexOf(qubit) !== k);
  if (twice !== undefined) throw fault(reader, at, `"${name}" uses one qubit twice`, 'Its qubits must all differ.');
  const angles = call.angles.map((node): Angle => evaluateNode(context, node).angle);
  if (gate.warning !== undefined) context.warnings.add(gate.warning);

  let operations = gate.expand(angles, qubits.slice(numControls), at);
  let left = numControls;
  for (const { kind, count, argument, at: place } of modifiers.reverse()) {
    if (kind === 'inv') operations = inverted(operations);
    if (kind === 'pow' && argument) {
      const result = raised(operations, evaluateNode({ ...context, dividesReals: true }, argument).angle, limit);
      if (!result) {
        throw fault(reader, place, `this power of "${name}" is not supported`, 'Use a whole number, of moderate size.');
      }
      operations = result;
    }
    if (count > 0) {
      const value = kind === 'ctrl' ? 1 : 0;
      const added = qubits.slice(left - count, left).map((qubit) => ({ qubit, value }) as const);
      operations = operations.map((operation) => ({ ...operation, controls: [...added, ...operation.controls] }));
      left -= count;
    }
  }
  spend(at, operations.length);
  return operations;
}

function lookUp({ reader, version, scope }: Context, { name, at }: StatementOf<'call'>): GateDefinition {
  const found = scope.findGate(name);
  if (found) return found;
  if (version === 2 && Object.hasOwn(qelib1.qiskit, name)) return notIncluded(name);
  const file = version === 2 ? 'qelib1.inc' : 'stdgates.inc';
  throw fault(reader, at, `no gate "${name}" is defined here`, `Include "${file}" or define it before.`);
}

/** A gate of the library in a program that does not include it. */
const notIncluded = (name: string): GateDefinition => ({
  ...qelib1.qiskit[name],
  warning: 'qelib1.inc is not included; its gates are known all the same',
});

function checkCount(reader: string, at: Position, name: string, what: string, wanted: number, got: number): void {
  if (wanted !== got) throw fault(reader, at, `"${name}" takes ${wanted} ${what}, got ${got}`);
}

function controlCount(context: Context, { kind, argument, at }: Modifier): number {
  if (kind !== 'ctrl' && kind !== 'negctrl') return 0;
  const count = argument ? integerOf(context, argument) : 1;
  if (count < 1) throw fault(context.reader, at, `expected at least one control, got ${count}`);
  return count;
}

/** How deeply definitions may call each other. */
const MAX_LEVELS = 200;

/** The gate that a definition makes: its body is checked now, and spelt out at each call. */
export function defineGate(context: CallContext, definition: StatementOf<'gate'>): GateDefinition {
  const { reader, scope, spend, version } = context;
  const { name, parameters, qubits, body, at } = definition;
  const gate = { numParameters: parameters.length, numQubits: qubits.length };
  if (body === undefined) {
    return {
      ...gate,
      expand: (_angles, _qubits, place) => {
        throw fault(reader, place, `the gate "${name}" is opaque`, 'Replace it by a gate with a body.');
      },
    };
  }
  const expand: GateDefinition['expand'] = (angles, on, place) => {
    spend(place);
    const inner = new Scope(scope);
    parameters.forEach((parameter, k) => {
      inner.set(parameter, { kind: 'value', value: { angle: angles[k], isInteger: false } });
    });
    qubits.forEach((qubit, k) => {
      inner.set(qubit, { kind: 'qubits', indices: [on[k]], isRegister: false });
    });
    const operations: Operation[] = [];
    runBody({ ...context, scope: inner }, body, operations);
    return operations;
  };
  const level = 1 + checkBody(context, definition, body);
  const whole = { ...gate, expand, level };
  if (level > MAX_LEVELS) {
    throw fault(
      reader,
      at,
      `gates that call each other more than ${MAX_LEVELS} levels deep`,
      'Write out the inner ones.',
    );
  }
  return recognised(name, whole, version === 2) ?? whole;
}

/** Checks what can be checked before a call: names and counts. Gives the deepest level among the gates called. */
function checkBody(context: CallContext, definition: StatementOf<'gate'>, body: readonly Statement[]): number {
  const scope = new Scope(context.scope);
  for (const name of definition.parameters) {
    scope.set(name, { kind: 'value', value: { angle: { kind: 'symbol', name }, isInteger: false } });
  }
  for (const name of definition.qubits) scope.set(name, { kind: 'qubits', indices: [0], isRegister: false });
  const inner = { ...context, scope };
  const levels = body.map((statement): number => {
    if (statement.kind === 'for') return checkBody(context, definition, statement.body);
    if (statement.kind === 'barrier') for (const operand of statement.operands) formalQubit(inner, operand);
    if (statement.kind !== 'call') return 0;
    const gate = lookUp(inner, statement);
    for (const operand of statement.operands) formalQubit(inner, operand);
    if (statement.modifiers.length === 0) {
      checkCount(context.reader, statement.at, statement.name, 'qubit(s)', gate.numQubits, statement.operands.length);
    }
    checkCount(context.reader, statement.at, statement.name, 'angle(s)', gate.numParameters, statement.angles.length);
    if (body === definition.body) for (const node of statement.angles) evaluateNode(inner, node);
    return gate.level ?? 0;
  });
  return levels.reduce((deepest, level) => Math.max(deepest, level), 0);
}

function runBody(context: CallContext, body: readonly Statement[], out: Operation[]): void {
  for (const statement of body) {
    context.spend(statement.at);
    if (statement.kind === 'call') {
      const on = statement.operands.map((operand) => formalQubit(context, operand));
      for (const operation of callGate(context, statement, on)) out.push(operation);
    }
    if (statement.kind === 'for') {
      for (const angle of integersOf(context, statement.values, context.limit)) {
        const scope = new Scope(context.scope);
        scope.set(statement.variable, { kind: 'value', value: { angle, isInteger: true } });
        context.spend(statement.at);
        runBody({ ...context, scope }, statement.body, out);
      }
    }
  }
}

function formalQubit({ reader, scope }: Context, { name, selection, at }: Operand): number {
  const found = scope.find(name);
  if (found?.kind !== 'qubits' || found.isRegister) {
    throw fault(reader, at, `"${name}" is no qubit of this gate`, 'A gate acts on its own qubits alone.');
  }
  if (selection) throw fault(reader, at, `"${name}" is one qubit and has no elements`);
  return found.indices[0];
}
