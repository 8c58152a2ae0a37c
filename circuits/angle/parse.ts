import { DaruanError, expected } from '../../src/foundation/errors.js';
import { type Angle, type BinaryOperator, checkAngle, constants, type Expression, symbol } from './expression.js';
import { type AngleFunction, functions } from './functions.js';
import { type SyntaxNode, syntaxTree } from './grammar.js';

/**
 * An angle from text in mathjs's grammar, in radians: `+ - * / ^`, parentheses, `pi`, `tau`, `euler`, and the functions
 * sin, cos, tan, asin, acos, atan, tanh, exp, log, sqrt. Every other name is a symbol.
 *
 * @throws if the text does not parse, or uses anything else; the error quotes the text
 * @example parseAngle('2*theta + pi/2')
 */
export function parseAngle(text: string): Angle {
  if (typeof text !== 'string' || text.trim() === '') {
    throw expected('parseAngle', 'an expression as text', text, 'Write for example "2*theta + pi/2".');
  }
  let root: SyntaxNode;
  try {
    root = syntaxTree(text);
  } catch (cause) {
    throw new DaruanError(
      'parseAngle',
      `"${text}" is no expression: ${(cause as Error).message}`,
      'Write for example "2*theta + pi/2".',
      { cause },
    );
  }
  const result = convert(root, text);
  const angle = result.kind === 'number' ? result.value : result;
  if (typeof angle !== 'number' || !Number.isFinite(angle)) checkAngle(`parseAngle "${text}"`, angle);
  return angle;
}

function convert(node: SyntaxNode, text: string): Expression {
  const args = node.args ?? [];
  if (node.type === 'ConstantNode' && typeof node.value === 'number') return { kind: 'number', value: node.value };
  if (node.type === 'ParenthesisNode') return convert(node.content!, text);
  if (node.type === 'SymbolNode') {
    const value = constants.get(node.name!);
    return value === undefined ? symbol(node.name!) : { kind: 'number', value };
  }
  if (node.type === 'OperatorNode' && args.length === 1 && (node.op === '-' || node.op === '+')) {
    const operand = convert(args[0], text);
    if (node.op === '+') return operand;
    return operand.kind === 'number' ? { kind: 'number', value: -operand.value } : { kind: 'negate', operand };
  }
  if (node.type === 'OperatorNode' && args.length === 2 && '+-*/^'.includes(node.op!)) {
    return numeric({
      kind: 'binary',
      operator: node.op as BinaryOperator,
      left: convert(args[0], text),
      right: convert(args[1], text),
    });
  }
  if (node.type === 'FunctionNode' && args.length === 1 && Object.hasOwn(functions, node.fn?.name ?? '')) {
    return { kind: 'call', function: node.fn!.name as AngleFunction, argument: convert(args[0], text) };
  }
  throw new DaruanError(
    'parseAngle',
    `"${text}" uses ${node.fn?.name ?? node.op ?? node.type}, which an angle cannot contain`,
    `Use + - * / ^ and ${Object.keys(functions).join(', ')} of one argument.`,
  );
}

/** Folds a quotient or product of two numbers, so that `pi/2` is the number it says. */
function numeric(node: Extract<Expression, { kind: 'binary' }>): Expression {
  const { left, right, operator } = node;
  if (left.kind !== 'number' || right.kind !== 'number') return node;
  const values = { '+': left.value + right.value, '-': left.value - right.value, '*': left.value * right.value };
  const value = { ...values, '/': left.value / right.value, '^': left.value ** right.value }[operator];
  return { kind: 'number', value };
}
