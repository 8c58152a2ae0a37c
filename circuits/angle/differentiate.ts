import { type Angle, binaryValue, type Expression, symbolsOf } from './expression.js';
import { functions } from './functions.js';

/**
 * An angle compiled for repeated use: its value and its gradient, from values given in the order of `names`.
 * `gradient` adds `upstream` · ∂angle/∂values[i] to `into[i]` (reverse mode, one sweep).
 */
export interface CompiledAngle {
  readonly source: Angle;
  /** The positions in `names` of the symbols that the angle contains. */
  readonly symbols: readonly number[];
  readonly value: (values: ArrayLike<number>) => number;
  readonly gradient: (values: ArrayLike<number>, upstream: number, into: { [index: number]: number }) => void;
}

/** Compiles `angle` for values in the order of `names`, which must contain all its symbols. */
export function compileAngle(angle: Angle, names: readonly string[]): CompiledAngle {
  if (typeof angle === 'number') return { source: angle, symbols: [], value: () => angle, gradient: () => {} };
  const position = new Map(names.map((name, index) => [name, index]));
  return {
    source: angle,
    symbols: symbolsOf(angle).map((name) => position.get(name)!),
    ...compileNode(angle, position),
  };
}

function compileNode(
  node: Expression,
  position: ReadonlyMap<string, number>,
): Pick<CompiledAngle, 'value' | 'gradient'> {
  switch (node.kind) {
    case 'number':
      return { value: () => node.value, gradient: () => {} };
    case 'symbol': {
      const index = position.get(node.name)!;
      return {
        value: (values) => values[index],
        gradient: (_, upstream, into) => {
          into[index] += upstream;
        },
      };
    }
    case 'negate': {
      const operand = compileNode(node.operand, position);
      return {
        value: (values) => -operand.value(values),
        gradient: (values, upstream, into) => operand.gradient(values, -upstream, into),
      };
    }
    case 'call': {
      const argument = compileNode(node.argument, position);
      const { value, derivative } = functions[node.function];
      return {
        value: (values) => value(argument.value(values)),
        gradient: (values, upstream, into) =>
          argument.gradient(values, upstream * derivative(argument.value(values)), into),
      };
    }
    case 'binary': {
      const left = compileNode(node.left, position);
      const right = compileNode(node.right, position);
      const slopes = binarySlopes[node.operator];
      return {
        value: (values) => binaryValue(node.operator, left.value(values), right.value(values)),
        gradient: (values, upstream, into) => {
          const [a, b] = [left.value(values), right.value(values)];
          if (node.left.kind !== 'number') left.gradient(values, upstream * slopes[0](a, b), into);
          if (node.right.kind !== 'number') right.gradient(values, upstream * slopes[1](a, b), into);
        },
      };
    }
  }
}

type Slope = (a: number, b: number) => number;
/** ∂(a ∘ b)/∂a and ∂(a ∘ b)/∂b. */
const binarySlopes: Readonly<Record<string, readonly [Slope, Slope]>> = {
  '+': [() => 1, () => 1],
  '-': [() => 1, () => -1],
  '*': [(_, b) => b, (a) => a],
  '/': [(_, b) => 1 / b, (a, b) => -a / (b * b)],
  // a^0 is 1 and 0^b is 0 for b > 0, also where the general formula reads 0 · ∞
  '^': [(a, b) => (b === 0 ? 0 : b * a ** (b - 1)), (a, b) => (a === 0 && b > 0 ? 0 : a ** b * Math.log(a))],
};
