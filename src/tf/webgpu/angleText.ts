import type { CompiledAngle } from '../../../circuits/angle/differentiate.js';
import type { BinaryOperator, Expression } from '../../../circuits/angle/expression.js';
import type { AngleFunction } from '../../../circuits/angle/functions.js';

/** Where expressions read their symbols, and add to their gradients. */
export interface SymbolNames {
  readonly value: (name: string) => string;
  readonly gradient: (name: string) => string;
}

const literal = (value: number): string => `f32(${value})`;

/** Functions that the language computes too coarsely, by `sincosText`. */
const ownFunctions: Readonly<Partial<Record<AngleFunction, (t: string) => string>>> = {
  sin: (t) => `turnBy(${t}).s`,
  cos: (t) => `turnBy(${t}).c`,
  tan: (t) => `(turnBy(${t}).s / turnBy(${t}).c)`,
};

/** Derivatives of the functions at t. */
const slopes: Readonly<Record<AngleFunction, (t: string) => string>> = {
  sin: (t) => `turnBy(${t}).c`,
  cos: (t) => `-turnBy(${t}).s`,
  tan: (t) => `1.0 / (turnBy(${t}).c * turnBy(${t}).c)`,
  asin: (t) => `inverseSqrt(1.0 - ${t} * ${t})`,
  acos: (t) => `-inverseSqrt(1.0 - ${t} * ${t})`,
  atan: (t) => `1.0 / (1.0 + ${t} * ${t})`,
  tanh: (t) => `(1.0 - tanh(${t}) * tanh(${t}))`,
  exp: (t) => `exp(${t})`,
  log: (t) => `1.0 / ${t}`,
  sqrt: (t) => `0.5 * inverseSqrt(${t})`,
};

/** WGSL for powers of any base: `pow` is undefined for negative ones. */
export const powerText = `
fn power(a : f32, b : f32) -> f32 {
  if (b == 0.0) { return 1.0; }
  if (b == 1.0) { return a; }
  if (b == 2.0) { return a * a; }
  if (b == 3.0) { return a * a * a; }
  if (a == 0.0 && b > 0.0) { return 0.0; }
  let size = pow(abs(a), b);
  if (a >= 0.0) { return size; }
  if (round(b) != b) { return uniforms.NAN; }
  return select(size, -size, b - 2.0 * floor(0.5 * b) == 1.0);
}
`;

const binarySlopes: Readonly<Record<BinaryOperator, readonly [Slope, Slope]>> = {
  '+': [() => '1.0', () => '1.0'],
  '-': [() => '1.0', () => '-1.0'],
  '*': [(_, b) => b, (a) => a],
  '/': [(_, b) => `1.0 / ${b}`, (a, b) => `-${a} / (${b} * ${b})`],
  '^': [(a, b) => `${b} * power(${a}, ${b} - 1.0)`, (a, b) => `power(${a}, ${b}) * log(${a})`],
};
type Slope = (a: string, b: string) => string;

function textOf(node: Expression, names: SymbolNames): string {
  switch (node.kind) {
    case 'number':
      return literal(node.value);
    case 'symbol':
      return names.value(node.name);
    case 'negate':
      return `(-${textOf(node.operand, names)})`;
    case 'call':
      return (ownFunctions[node.function] ?? ((t) => `${node.function}(${t})`))(textOf(node.argument, names));
    case 'binary': {
      const [a, b] = [textOf(node.left, names), textOf(node.right, names)];
      return node.operator === '^' ? `power(${a}, ${b})` : `(${a} ${node.operator} ${b})`;
    }
  }
}

function gradientOf(node: Expression, upstream: string, names: SymbolNames): string {
  switch (node.kind) {
    case 'number':
      return '';
    case 'symbol':
      return `${names.gradient(node.name)} += ${upstream};\n`;
    case 'negate':
      return gradientOf(node.operand, `(-${upstream})`, names);
    case 'call':
      return gradientOf(
        node.argument,
        `(${upstream} * (${slopes[node.function](textOf(node.argument, names))}))`,
        names,
      );
    case 'binary': {
      const [a, b] = [textOf(node.left, names), textOf(node.right, names)];
      const [left, right] = binarySlopes[node.operator];
      return [
        gradientOf(node.left, `(${upstream} * (${left(a, b)}))`, names),
        gradientOf(node.right, `(${upstream} * (${right(a, b)}))`, names),
      ].join('');
    }
  }
}

/** WGSL for the value of an angle, f32. */
export const angleText = ({ source }: CompiledAngle, names: SymbolNames): string =>
  typeof source === 'number' ? literal(source) : textOf(source, names);

/** WGSL statements that add upstream · ∂angle/∂symbol to the gradient of every symbol. */
export const angleGradientText = ({ source }: CompiledAngle, upstream: string, names: SymbolNames): string =>
  typeof source === 'number' ? '' : gradientOf(source, upstream, names);
