import { type Angle, binaryValue, type Expression, negate } from '../../angle/expression.js';
import { type AngleFunction, functions } from '../../angle/functions.js';
import type { Condition } from '../../dynamicCircuit.js';
import type { Version } from './cursor.js';
import { casts } from './parseExpression.js';
import type { Binding, Scope, Value } from './scope.js';
import type { ExpressionNode, Selection } from './syntax.js';
import { fault, type Position } from './tokens.js';

/** Where expressions get their meaning: the reader's name and version, and what names stand for. */
export interface Context {
  readonly reader: string;
  readonly version: Version;
  readonly scope: Scope;
  /** Whether integers divide as numbers, as always in OpenQASM 2. */
  readonly dividesReals?: boolean;
}

/** Formulas beyond this many parts are refused: a gate that uses its parameter twice can double one at each level. */
const MAX_PARTS = 1000;

const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  π: Math.PI,
  tau: 2 * Math.PI,
  τ: 2 * Math.PI,
  euler: Math.E,
  ℇ: Math.E,
};

const functionNames: Readonly<Record<Version, Readonly<Record<string, AngleFunction>>>> = {
  2: {
    sin: 'sin',
    cos: 'cos',
    tan: 'tan',
    exp: 'exp',
    ln: 'log',
    sqrt: 'sqrt',
    asin: 'asin',
    acos: 'acos',
    atan: 'atan',
  },
  3: {
    sin: 'sin',
    cos: 'cos',
    tan: 'tan',
    exp: 'exp',
    log: 'log',
    sqrt: 'sqrt',
    arcsin: 'asin',
    arccos: 'acos',
    arctan: 'atan',
  },
};

/** Functions and operators of numbers alone. */
const ofNumbers: Readonly<Record<string, (a: number, b: number) => number>> = {
  '%': (a, b) => a - b * Math.floor(a / b),
  mod: (a, b) => a - b * Math.floor(a / b),
  '<<': (a, b) => a * 2 ** b,
  '>>': (a, b) => Math.floor(a / 2 ** b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  floor: (a) => Math.floor(a),
  ceiling: (a) => Math.ceil(a),
};

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** The value of an expression; what is constant is a number. */
export function evaluateNode(context: Context, node: ExpressionNode): Value {
  const value = compute(context, node);
  if (typeof value.angle === 'number') {
    if (!Number.isFinite(value.angle)) {
      throw fault(context.reader, node.at, `expected a finite value, got ${value.angle}`, 'Look for a division by 0.');
    }
  } else if (!fits(value.angle)) {
    throw fault(context.reader, node.at, `a formula of more than ${MAX_PARTS} parts`, 'Make a part of it an input.');
  }
  return value;
}

function compute(context: Context, node: ExpressionNode): Value {
  const { reader, version, scope } = context;
  const real = (angle: Angle): Value => ({ angle, isInteger: false });
  switch (node.kind) {
    case 'number':
      return { angle: node.value, isInteger: node.isInteger };
    case 'name': {
      const found = scope.find(node.name);
      if (found?.kind === 'value') return found.value;
      if (found) throw fault(reader, node.at, `expected a value, got the ${what(found)} "${node.name}"`);
      if (Object.hasOwn(constants, node.name)) return real(constants[node.name]);
      throw fault(
        reader,
        node.at,
        `"${node.name}" stands for nothing here`,
        `Declare it${version === 3 ? ' as input float' : ''}.`,
      );
    }
    case 'bits':
      throw fault(reader, node.at, 'bits in quotes where a number is expected', 'They belong in conditions.');
    case 'element':
      return elementOf(context, node);
    case 'unary': {
      if (node.operator === '!' || node.operator === '~') {
        throw fault(reader, node.at, `the operator "${node.operator}" in a number`, 'It belongs in conditions.');
      }
      const { angle, isInteger } = compute(context, node.operand);
      return { angle: node.operator === '-' ? negate(angle) : angle, isInteger };
    }
    case 'binary':
      return combine(context, node.at, node.operator, compute(context, node.left), compute(context, node.right));
    case 'call': {
      const parts = node.parts.map((part) => compute(context, part));
      if (version === 3 && casts.includes(node.name) && parts.length === 1) return castTo(context, node, parts[0]);
      const name = functionNames[version][node.name];
      if (Object.hasOwn(functionNames[version], node.name) && parts.length === 1) {
        const [{ angle }] = parts;
        if (typeof angle === 'number') return real(functions[name].value(angle));
        return real({ kind: 'call', function: name, argument: angle });
      }
      if (version === 3 && node.name === 'pow' && parts.length === 2) {
        return combine(context, node.at, '**', parts[0], parts[1]);
      }
      if (
        version === 3 &&
        ['mod', 'floor', 'ceiling'].includes(node.name) &&
        parts.length === (node.name === 'mod' ? 2 : 1)
      ) {
        return combine(context, node.at, node.name, parts[0], parts[1] ?? parts[0]);
      }
      const known = Object.keys(functionNames[version]).join(', ');
      throw fault(reader, node.at, `no function "${node.name}" of ${parts.length} argument(s)`, `There are: ${known}.`);
    }
  }
}

/** The element of an array, counted from its end if negative. */
function elementOf(context: Context, node: ExpressionNode & { kind: 'element' }): Value {
  const { reader, scope } = context;
  const found = scope.find(node.name);
  if (found?.kind !== 'array') throw fault(reader, node.at, `expected a value, got an element of "${node.name}"`);
  const index = integerOf(context, node.index);
  const value = found.values[index < 0 ? index + found.values.length : index];
  if (value === undefined) throw outside(reader, node.at, node.name, index, found.values.length, 'array');
  return value;
}

function castTo({ reader }: Context, node: ExpressionNode & { kind: 'call' }, { angle }: Value): Value {
  if (node.name === 'float' || node.name === 'angle') return { angle, isInteger: false };
  if (node.name.endsWith('int') && typeof angle === 'number') return { angle: Math.trunc(angle), isInteger: true };
  throw fault(reader, node.at, `a value that becomes "${node.name}"`, 'Use float, or int of a constant.');
}

const what = ({ kind }: Binding): string =>
  ({ array: 'array', qubits: 'quantum register', bits: 'classical register', value: 'value', gate: 'gate' })[kind];

const angleOperators: Readonly<Record<string, '+' | '-' | '*' | '/' | '^'>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '**': '^',
};

function combine(
  { reader, version, dividesReals }: Context,
  at: Position,
  operator: string,
  left: Value,
  right: Value,
): Value {
  const isInteger = left.isInteger && right.isInteger;
  const known = angleOperators[operator];
  if (typeof left.angle === 'number' && typeof right.angle === 'number') {
    if (Object.hasOwn(ofNumbers, operator)) {
      const whole = operator === 'floor' || operator === 'ceiling';
      return { angle: ofNumbers[operator](left.angle, right.angle), isInteger: isInteger || whole };
    }
    if (known !== undefined) {
      const value = binaryValue(known, left.angle, right.angle);
      if (!isInteger || version === 2 || dividesReals) return { angle: value, isInteger };
      return { angle: known === '/' ? Math.trunc(value) : value, isInteger: Number.isInteger(value) || known === '/' };
    }
  }
  if (known === undefined) throw fault(reader, at, `the operator "${operator}" where a number is expected`);
  const tree = (angle: Angle): Expression => (typeof angle === 'number' ? { kind: 'number', value: angle } : angle);
  return {
    angle: { kind: 'binary', operator: known, left: tree(left.angle), right: tree(right.angle) },
    isInteger: false,
  };
}

/** Whether a formula has at most MAX_PARTS parts; looks at no more. */
function fits(angle: Expression): boolean {
  const open: Expression[] = [angle];
  let parts = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    parts += 1;
    if (parts > MAX_PARTS) return false;
    if (node.kind === 'negate') open.push(node.operand);
    if (node.kind === 'call') open.push(node.argument);
    if (node.kind === 'binary') open.push(node.left, node.right);
  }
  return true;
}

/** The value of an expression that must be a constant integer. */
export function integerOf(context: Context, node: ExpressionNode): number {
  const { angle } = evaluateNode(context, node);
  if (typeof angle === 'number' && Number.isSafeInteger(angle)) return angle;
  const got = typeof angle === 'number' ? String(angle) : 'a formula of inputs';
  throw fault(context.reader, node.at, `expected a constant integer, got ${got}`);
}

/** The integers of a selection; a range counts both of its ends. */
export function integersOf(context: Context, selection: readonly Selection[], limit: number): number[] {
  return selection.flatMap((item) => {
    if (item.kind !== 'range') return [integerOf(context, item)];
    const [first, last] = [integerOf(context, item.first), integerOf(context, item.last)];
    const step = item.step ? integerOf(context, item.step) : 1;
    const count = Math.floor((last - first) / step) + 1;
    if (step === 0 || count > limit) throw fault(context.reader, item.at, `a range of more than ${limit} numbers`);
    return Array.from({ length: Math.max(0, count) }, (_, k) => first + k * step);
  });
}

/** An expression about bits as a condition, or its truth if it is constant. */
export function conditionOf(context: Context, node: ExpressionNode): Condition | boolean {
  const { reader, scope } = context;
  if (node.kind === 'name' && ['true', 'false'].includes(node.name)) return node.name === 'true';
  const bits = bitsOf(context, node);
  if (bits) return { kind: 'not', operand: { kind: 'equal', bits, value: 0 } };
  if (node.kind === 'unary' && ['!', '~'].includes(node.operator)) return not(conditionOf(context, node.operand));
  if (node.kind === 'binary' && ['&&', '||'].includes(node.operator)) {
    const [left, right] = [conditionOf(context, node.left), conditionOf(context, node.right)];
    const decisive = node.operator === '||';
    if (typeof left === 'boolean') return left === decisive ? decisive : right;
    if (typeof right === 'boolean') return right === decisive ? decisive : left;
    return { kind: decisive ? 'or' : 'and', left, right };
  }
  if (node.kind === 'binary' && Object.hasOwn(comparisons, node.operator)) {
    const [left, right] = [bitsOf(context, node.left), bitsOf(context, node.right)];
    if (left === undefined && right === undefined) {
      return comparisons[node.operator](integerOf(context, node.left), integerOf(context, node.right));
    }
    const value = truthOrInteger(context, left ? node.right : node.left);
    if (value !== undefined && value >= 0 && ['==', '!='].includes(node.operator)) {
      const equal: Condition = { kind: 'equal', bits: (left ?? right)!, value };
      return node.operator === '==' ? equal : { kind: 'not', operand: equal };
    }
  }
  const name = node.kind === 'name' ? scope.find(node.name) : undefined;
  throw fault(
    reader,
    node.at,
    `expected a condition on bits${name ? `, got a ${what(name)}` : ''}`,
    'Compare bits with an integer by == or !=.',
  );
}

const not = (condition: Condition | boolean): Condition | boolean =>
  typeof condition === 'boolean' ? !condition : { kind: 'not', operand: condition };

function truthOrInteger(context: Context, node: ExpressionNode): number | undefined {
  if (node.kind === 'name' && ['true', 'false'].includes(node.name)) return node.name === 'true' ? 1 : 0;
  if (node.kind === 'bits') return node.value;
  return bitsOf(context, node) ? undefined : integerOf(context, node);
}

/** The bits that a name or an element stands for; undefined if it is something else. */
function bitsOf(context: Context, node: ExpressionNode): readonly number[] | undefined {
  if (node.kind === 'call' && casts.includes(node.name) && node.parts.length === 1)
    return bitsOf(context, node.parts[0]);
  if (node.kind !== 'name' && node.kind !== 'element') return undefined;
  const found = context.scope.find(node.name);
  if (found?.kind !== 'bits') return undefined;
  if (node.kind === 'name') return found.indices;
  const index = integerOf(context, node.index);
  const at = index < 0 ? index + found.indices.length : index;
  if (found.indices[at] === undefined) throw outside(context.reader, node.at, node.name, index, found.indices.length);
  return [found.indices[at]];
}

export const outside = (reader: string, at: Position, name: string, index: number, size: number, what = 'register') =>
  fault(reader, at, `"${name}[${index}]" does not exist: the ${what} has size ${size}`, 'Indices count from 0.');
