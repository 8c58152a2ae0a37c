import { type Angle, type BinaryOperator, binaryValue, type Expression } from '../../circuits/angle/expression.js';
import { type AngleFunction, functions } from '../../circuits/angle/functions.js';

/** ∂²/∂t² of the functions that an angle may use. */
const curvatures: Readonly<Record<AngleFunction, (t: number) => number>> = {
  sin: (t) => -Math.sin(t),
  cos: (t) => -Math.cos(t),
  tan: (t) => (2 * Math.tan(t)) / Math.cos(t) ** 2,
  asin: (t) => t / (1 - t * t) ** 1.5,
  acos: (t) => -t / (1 - t * t) ** 1.5,
  atan: (t) => (-2 * t) / (1 + t * t) ** 2,
  tanh: (t) => -2 * Math.tanh(t) * (1 - Math.tanh(t) ** 2),
  exp: Math.exp,
  log: (t) => -1 / (t * t),
  sqrt: (t) => -0.25 / t ** 1.5,
};

/** First and second partial derivatives of a ∘ b: by a, by b, by aa, ab, bb. */
type Partials = readonly [a: number, b: number, aa: number, ab: number, bb: number];
const partials: Readonly<Record<BinaryOperator, (a: number, b: number) => Partials>> = {
  '+': () => [1, 1, 0, 0, 0],
  '-': () => [1, -1, 0, 0, 0],
  '*': (a, b) => [b, a, 0, 1, 0],
  '/': (a, b) => [1 / b, -a / (b * b), 0, -1 / (b * b), (2 * a) / b ** 3],
  '^': (a, b) => {
    const [value, log] = [a ** b, Math.log(a)];
    // 0 · 0⁻¹ counts as 0: the derivatives of x⁰ and the second derivative of x¹ at x = 0.
    const times = (factor: number, exponent: number): number => (factor === 0 ? 0 : factor * a ** exponent);
    const mixed = a ** (b - 1) * (1 + b * log);
    return [times(b, b - 1), value * log, times(b * (b - 1), b - 2), mixed, value * log * log];
  },
};

/** A value with its gradient and Hessian by the symbols; undefined derivatives are zero. */
interface Jet {
  readonly value: number;
  readonly slope?: Float64Array;
  readonly curvature?: Float64Array;
}

/**
 * The second derivatives of an angle by some symbols: shape [symbols, symbols], symmetric; undefined if all are zero
 * by structure. By forward propagation of (value, gradient, Hessian) through the expression.
 *
 * @param names   the symbols to differentiate by
 * @param valueAt the value of any symbol of the angle
 */
export function angleCurvature(
  angle: Angle,
  names: readonly string[],
  valueAt: (name: string) => number,
): Float64Array | undefined {
  const size = names.length;
  const visit = (node: Expression): Jet => {
    switch (node.kind) {
      case 'number':
        return { value: node.value };
      case 'symbol': {
        const value = valueAt(node.name);
        return names.includes(node.name)
          ? { value, slope: Float64Array.from(names, (name) => (name === node.name ? 1 : 0)) }
          : { value };
      }
      case 'negate':
        return compose(
          visit(node.operand),
          { value: 0 },
          (a) => -a,
          () => [-1, 0, 0, 0, 0],
        );
      case 'call': {
        const { value, derivative } = functions[node.function];
        const second = curvatures[node.function];
        return compose(visit(node.argument), { value: 0 }, value, (t) => [derivative(t), 0, second(t), 0, 0]);
      }
      case 'binary': {
        const { operator } = node;
        return compose(visit(node.left), visit(node.right), (a, b) => binaryValue(operator, a, b), partials[operator]);
      }
    }
  };
  return typeof angle === 'number' ? undefined : visit(angle).curvature;

  /** The second-order chain rule for g(a, b). A partial is looked at only where its argument varies: log(a) of aᵇ may not exist. */
  function compose(
    a: Jet,
    b: Jet,
    g: (a: number, b: number) => number,
    derivatives: (a: number, b: number) => Partials,
  ): Jet {
    const value = g(a.value, b.value);
    if (!a.slope && !b.slope) return { value };
    const [ga, gb, gaa, gab, gbb] = derivatives(a.value, b.value);
    const slope = new Float64Array(size);
    addScaled(slope, ga, a.slope);
    addScaled(slope, gb, b.slope);
    const curvature = new Float64Array(size * size);
    addScaled(curvature, ga, a.curvature);
    addScaled(curvature, gb, b.curvature);
    addOuter(curvature, gaa, a.slope, a.slope);
    addOuter(curvature, gab, a.slope, b.slope);
    addOuter(curvature, gab, b.slope, a.slope);
    addOuter(curvature, gbb, b.slope, b.slope);
    return { value, slope, curvature: curvature.some((entry) => entry !== 0) ? curvature : undefined };
  }
}

function addScaled(into: Float64Array, factor: number, source?: Float64Array): void {
  source?.forEach((entry, i) => {
    into[i] += factor * entry;
  });
}

function addOuter(into: Float64Array, factor: number, left?: Float64Array, right?: Float64Array): void {
  if (!left || !right || factor === 0) return;
  left.forEach((l, i) => {
    right.forEach((r, j) => {
      into[i * right.length + j] += factor * l * r;
    });
  });
}
