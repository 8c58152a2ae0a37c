import { DaruanError, describe, expected } from '../../src/foundation/errors.js';
import { type AngleFunction, functions } from './functions.js';

/**
 * An angle that is not yet a number: a small immutable expression tree over named symbols.
 * Symbols are parameters, or data where the circuit lists them as data.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly function: AngleFunction; readonly argument: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^';

/** A gate's angle in radians: a number, or an expression of named symbols. */
export type Angle = number | Expression;

/** Names that expressions reserve for constants, so that no symbol can hide one. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['tau', 2 * Math.PI],
  ['euler', Math.E],
]);

/** Names that are no symbols: constants, functions, and words that the grammar reads as operators or values. */
export const reservedNames: readonly string[] = [
  ...constants.keys(),
  ...Object.keys(functions),
  ...'mod to in and or xor not true false null undefined NaN Infinity end'.split(' '),
];

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A symbol: one parameter or one data slot. Throws if the name is no identifier, or is reserved. */
export function symbol(name: string): Expression {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw expected('symbol', 'a name of letters, digits and underscores', name, 'Write theta_0 rather than theta[0].');
  }
  if (reservedNames.includes(name)) {
    throw new DaruanError(
      'symbol',
      `"${name}" is the name of a constant, function or operator`,
      'Choose another name.',
    );
  }
  return { kind: 'symbol', name };
}

const literal = (value: number): Expression => ({ kind: 'number', value });
const tree = (angle: Angle): Expression => (typeof angle === 'number' ? literal(angle) : angle);

/** −a; a number stays a number, a double negation disappears. */
export function negate(a: Angle): Angle {
  if (typeof a === 'number') return -a;
  return a.kind === 'negate' ? a.operand : { kind: 'negate', operand: a };
}

/** a + b; numbers are added at once, and adding 0 gives the other one. */
export function add(a: Angle, b: Angle): Angle {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  return { kind: 'binary', operator: '+', left: tree(a), right: tree(b) };
}

/** a · b; numbers are multiplied at once, and factors 1 and 0 are folded. */
export function multiply(a: Angle, b: Angle): Angle {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  if (b === 1) return a;
  return { kind: 'binary', operator: '*', left: tree(a), right: tree(b) };
}

/** Throws unless `angle` is a finite number or an expression. */
export function checkAngle(where: string, angle: unknown): asserts angle is Angle {
  if (typeof angle === 'number') {
    if (!Number.isFinite(angle)) throw expected(where, 'a finite angle in radians', angle);
  } else if (!isExpression(angle)) {
    throw new DaruanError(
      where,
      `expected an angle, a number in radians or an expression, got ${describe(angle)}`,
      'Use symbol("theta") or parseAngle("2*theta + pi/2").',
    );
  }
}

function isExpression(node: unknown): node is Expression {
  if (typeof node !== 'object' || node === null) return false;
  const { kind, value, name, operand, operator, left, right, argument, ...rest } = node as Record<string, unknown>;
  switch (kind) {
    case 'number':
      return Number.isFinite(value);
    case 'symbol':
      return typeof name === 'string' && NAME.test(name);
    case 'negate':
      return isExpression(operand);
    case 'call':
      return Object.hasOwn(functions, String(rest.function)) && isExpression(argument);
    case 'binary':
      return typeof operator === 'string' && '+-*/^'.includes(operator) && isExpression(left) && isExpression(right);
    default:
      return false;
  }
}

/** The names of all symbols in `angle`, in order of first appearance. */
export function symbolsOf(angle: Angle): string[] {
  const found = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'symbol') found.add(node.name);
    else if (node.kind === 'negate') visit(node.operand);
    else if (node.kind === 'call') visit(node.argument);
    else if (node.kind === 'binary') {
      visit(node.left);
      visit(node.right);
    }
  };
  visit(tree(angle));
  return [...found];
}

/** `angle` with symbols replaced: by numbers, which are folded, or by other expressions. */
export function substitute(angle: Angle, values: Readonly<Record<string, Angle>>): Angle {
  if (typeof angle === 'number') return angle;
  const visit = (node: Expression): Expression => {
    switch (node.kind) {
      case 'number':
        return node;
      case 'symbol':
        return Object.hasOwn(values, node.name) ? tree(values[node.name]) : node;
      case 'negate':
        return fold({ kind: 'negate', operand: visit(node.operand) });
      case 'call':
        return fold({ ...node, argument: visit(node.argument) });
      case 'binary':
        return fold({ ...node, left: visit(node.left), right: visit(node.right) });
    }
  };
  const result = visit(angle);
  return result.kind === 'number' ? result.value : result;
}

const fold = (node: Expression): Expression => (symbolsOf(node).length === 0 ? literal(evaluate(node, {})) : node);

/** The value of `angle` in radians. Throws if a symbol has no value, or if the value is not finite. */
export function evaluate(angle: Angle, values: Readonly<Record<string, number>>): number {
  const visit = (node: Expression): number => {
    switch (node.kind) {
      case 'number':
        return node.value;
      case 'symbol':
        if (!Object.hasOwn(values, node.name)) {
          throw new DaruanError('evaluate', `symbol "${node.name}" has no value`, 'Bind every symbol to a number.');
        }
        return values[node.name];
      case 'negate':
        return -visit(node.operand);
      case 'call':
        return functions[node.function].value(visit(node.argument));
      case 'binary':
        return binaryValue(node.operator, visit(node.left), visit(node.right));
    }
  };
  const value = visit(tree(angle));
  if (!Number.isFinite(value)) {
    throw expected('evaluate', 'an angle with a finite value', value, 'Look for a division by 0 or a domain error.');
  }
  return value;
}

/** left ∘ right. */
export function binaryValue(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return left ** right;
  }
}
