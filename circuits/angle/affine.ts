import { type Angle, add, type Expression, multiply, negate, symbolsOf } from './expression.js';

/** An angle read as slope · x + intercept, in one symbol x; slope and intercept are free of x. */
export interface Affine {
  readonly slope: Angle;
  readonly intercept: Angle;
}

/**
 * Reads `angle` as slope · `name` + intercept, by structure and not by sampling.
 * Returns undefined where the angle is not affine in that symbol (`x^2`, `sin(x)`, `1/x`).
 */
export function affineIn(angle: Angle, name: string): Affine | undefined {
  if (!symbolsOf(angle).includes(name)) return { slope: 0, intercept: angle };
  const node = angle as Expression;
  if (node.kind === 'symbol') return { slope: 1, intercept: 0 };
  if (node.kind === 'negate') {
    const operand = affineIn(node.operand, name);
    return operand && { slope: negate(operand.slope), intercept: negate(operand.intercept) };
  }
  if (node.kind !== 'binary') return undefined;
  const left = affineIn(simple(node.left), name);
  const right = affineIn(simple(node.right), name);
  if (!left || !right) return undefined;
  switch (node.operator) {
    case '+':
      return { slope: add(left.slope, right.slope), intercept: add(left.intercept, right.intercept) };
    case '-':
      return { slope: add(left.slope, negate(right.slope)), intercept: add(left.intercept, negate(right.intercept)) };
    case '*':
      if (left.slope === 0) return scale(right, left.intercept);
      return right.slope === 0 ? scale(left, right.intercept) : undefined;
    case '/':
      return right.slope === 0 ? scale(left, divide(1, right.intercept)) : undefined;
    default:
      return undefined;
  }
}

const simple = (node: Expression): Angle => (node.kind === 'number' ? node.value : node);

const scale = ({ slope, intercept }: Affine, factor: Angle): Affine => ({
  slope: multiply(slope, factor),
  intercept: multiply(intercept, factor),
});

function divide(a: number, b: Angle): Angle {
  if (typeof b === 'number') return a / b;
  return { kind: 'binary', operator: '/', left: { kind: 'number', value: a }, right: b };
}
