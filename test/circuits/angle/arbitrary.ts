import fc from 'fast-check';
import { type Angle, type Expression, symbolsOf } from '../../../circuits/angle/expression.js';
import { type AngleFunction, functions } from '../../../circuits/angle/functions.js';

/** Doubles as angles come: any finite one, special ones included. */
export const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

const number = finite.map((value): Expression => ({ kind: 'number', value }));
const name = fc.constantFrom('x', 'theta_0', 'w', 'b', '_y1');
const leaf = fc.oneof(
  number,
  name.map((text): Expression => ({ kind: 'symbol', name: text })),
);

/**
 * Expression trees as `parseAngle` makes them: where two numbers meet in an operator they are one number, and the
 * negative of a number is a number.
 */
const { node } = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('node')
      .filter(({ kind }) => kind !== 'number')
      .map((operand): Expression => ({ kind: 'negate', operand })),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('node'), tie('node'))
      .filter(([, left, right]) => left.kind !== 'number' || right.kind !== 'number')
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right }) as Expression),
    fc
      .tuple(fc.constantFrom(...(Object.keys(functions) as AngleFunction[])), tie('node'))
      .map(([name, argument]): Expression => ({ kind: 'call', function: name, argument })),
  ),
}));

/** Angles in canonical form: numbers, or trees that are not a bare number. */
export const anyAngle: fc.Arbitrary<Angle> = node.map((tree) => (tree.kind === 'number' ? tree.value : tree));

/** Angles with at least one symbol. */
export const symbolicAngle = anyAngle.filter((angle) => symbolsOf(angle).length > 0);
