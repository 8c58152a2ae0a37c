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
  const tree = angle as Expression;
  if (tree.kind === 'symbol') return { slope: 1, intercept: 0 };
  if (tree.kind === 'negate') {
    const operand = affineIn(tree.operand, name);
    return operand && { slope: negate(operand.slope), intercept: negate(operand.intercept) };
  }
  if (tree.kind !== 'binary') return undefined;
  const left = affineIn(simple(tree.left), name);
  const right = affineIn(simple(tree.right), name);
  if (!left || !right) return undefined;
  switch (tree.operator) {
    case '+':
      return { slope: add(left.slope, right.slope), intercept: add(left.intercept, right.intercept) };
    case '-':
      return { slope: add(left.slope, negate(right.slope)), intercept: add(left.intercept, negate(right.intercept)) };
    case '*':
      if (left.slope === 0) return scale(right, left.intercept);
      return right.slope === 0 ? scale(left, right.intercept) : undefined;
    case '/':
      return right.slope === 0
        ? { slope: divide(left.slope, right.intercept), intercept: divide(left.intercept, right.intercept) }
        : undefined;
    default:
      return undefined;
  }
}

const simple = (tree: Expression): Angle => (tree.kind === 'number' ? tree.value : tree);
const node = (angle: Angle): Expression => (typeof angle === 'number' ? { kind: 'number', value: angle } : angle);

const scale = ({ slope, intercept }: Affine, factor: Angle): Affine => ({
  slope: multiply(factor, slope),
  intercept: multiply(factor, intercept),
});

function divide(a: Angle, b: Angle): Angle {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  if (a === 0 || b === 1) return a;
  return { kind: 'binary', operator: '/', left: node(a), right: node(b) };
}
