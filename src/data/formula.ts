import { type SyntaxNode, syntaxTree } from '../../circuits/angle/grammar.js';
import { DaruanError, expected } from '../foundation/errors.js';

/** A function of several numbers. */
export type Formula = (x: ArrayLike<number>) => number;

/** Functions of one number, and of two: names of JavaScript's Math. */
const unary = [
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'] as const),
  ...(['exp', 'log', 'log2', 'log10', 'sqrt', 'cbrt', 'abs', 'sign', 'floor', 'ceil', 'round'] as const),
];
const binary = ['atan2', 'pow', 'min', 'max', 'hypot'] as const;
type Known = readonly [name: string, { readonly apply: (...values: number[]) => number; readonly count: number }];
const functions = new Map<string, Known[1]>([
  ...unary.map((name): Known => [name, { apply: Math[name] as Known[1]['apply'], count: 1 }]),
  ...binary.map((name): Known => [name, { apply: Math[name] as Known[1]['apply'], count: 2 }]),
]);

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '%': (a, b) => a - b * Math.floor(a / b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
};

const constants: Readonly<Record<string, number>> = { pi: Math.PI, tau: 2 * Math.PI, e: Math.E };

const EXAMPLE = 'Write for example "exp(sin(pi*x1) + x2^2)".';

/**
 * A function from text in mathjs's grammar: + - * / ^ %, comparisons and `condition ? a : b`, pi, tau, e, and the usual
 * functions of one number, and of two: atan2, pow, min, max, hypot. Angles in radians, `log` natural.
 *
 * @param numInputs  n: the variables are x1 … xn, and x for n = 1
 * @throws if the text does not parse, or uses another name
 * @example parseFormula('exp(sin(pi*x1) + x2^2)', 2)([0.5, 0]) // e
 */
export function parseFormula(text: string, numInputs: number): Formula {
  return build(parseText(text), text, numInputs);
}

/** The number of inputs that a formula speaks of: n of the highest xn, and 1 for x alone, or for no variable. */
export function countInputs(text: string): number {
  let count = 1;
  const visit = (node: SyntaxNode | undefined): void => {
    if (!node) return;
    const match = node.type === 'SymbolNode' && /^x([1-9]\d{0,3})$/.exec(node.name!);
    if (match) count = Math.max(count, Number(match[1]));
    for (const child of [...(node.args ?? []), node.content, node.condition, node.trueExpr, node.falseExpr])
      visit(child);
  };
  visit(parseText(text));
  return count;
}

function parseText(text: string): SyntaxNode {
  if (typeof text !== 'string' || text.trim() === '') throw expected('formula', 'an expression as text', text, EXAMPLE);
  try {
    return syntaxTree(text);
  } catch (cause) {
    throw new DaruanError('formula', `"${text}" is no expression: ${(cause as Error).message}`, EXAMPLE, { cause });
  }
}

function build(node: SyntaxNode, text: string, numInputs: number): Formula {
  const visit = (child: SyntaxNode): Formula => build(child, text, numInputs);
  const args = node.args ?? [];
  if (node.type === 'ConstantNode' && typeof node.value === 'number') {
    const { value } = node;
    return () => value;
  }
  if (node.type === 'ParenthesisNode') return visit(node.content!);
  if (node.type === 'SymbolNode') return variable(node.name!, text, numInputs);
  if (node.type === 'OperatorNode' && args.length === 1 && (node.op === '-' || node.op === '+')) {
    const operand = visit(args[0]);
    return node.op === '+' ? operand : (x) => -operand(x);
  }
  if (node.type === 'OperatorNode' && args.length === 2 && Object.hasOwn(operators, node.op!)) {
    const [operator, left, right] = [operators[node.op!], visit(args[0]), visit(args[1])];
    return (x) => operator(left(x), right(x));
  }
  if (node.type === 'ConditionalNode') {
    const [condition, yes, no] = [visit(node.condition!), visit(node.trueExpr!), visit(node.falseExpr!)];
    return (x) => (condition(x) !== 0 ? yes(x) : no(x));
  }
  const name = node.fn?.name;
  const known = node.type === 'FunctionNode' ? functions.get(name!) : undefined;
  if (known) {
    if (args.length !== known.count) throw expected('formula', `${known.count} argument(s) of ${name}`, args.length);
    const values = args.map(visit);
    return (x) => known.apply(...values.map((value) => value(x)));
  }
  throw new DaruanError(
    'formula',
    `"${text}" uses ${name ?? node.op ?? node.type}, which a formula cannot contain`,
    `Use ${Object.keys(operators).join(' ')} and ?:, numbers, and ${[...functions.keys()].join(', ')}.`,
  );
}

function variable(name: string, text: string, numInputs: number): Formula {
  const match = /^x([1-9]\d*)$/.exec(name);
  const index = name === 'x' && numInputs === 1 ? 1 : Number(match?.[1] ?? 0);
  if (index >= 1 && index <= numInputs) return (x) => x[index - 1];
  if (Object.hasOwn(constants, name)) return () => constants[name];
  const inputs = numInputs === 1 ? 'The input is x' : `The inputs are x1${numInputs > 2 ? ' …' : ','} x${numInputs}`;
  throw new DaruanError('formula', `"${text}" speaks of ${name}, which is not defined`, `${inputs}.`);
}
