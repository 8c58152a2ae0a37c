import { describe, expect, it } from 'vitest';
import {
  conjugateTranspose,
  dimension,
  distance,
  distanceUpToPhase,
  identity,
  kronecker,
  type Matrix,
  matrix,
  product,
  scale,
  sum,
} from '../../circuits/matrix.js';
import { Random } from '../../src/foundation/random.js';

const random = new Random(3);
const any = (size: number): Matrix => Float64Array.from({ length: 2 * size * size }, () => random.normal());
/** A few roundings of sums of eight products of order 1. */
const TOLERANCE = 64 * Number.EPSILON;

describe('matrix algebra', () => {
  it('is associative and distributes', () => {
    const [a, b, c] = [any(4), any(4), any(4)];
    expect(distance(product(product(a, b), c), product(a, product(b, c)))).toBeLessThan(4 * TOLERANCE);
    expect(distance(product(a, sum(b, c)), sum(product(a, b), product(a, c)))).toBeLessThan(TOLERANCE);
  });

  it('has the product of i with itself right', () => {
    const i = matrix([[[0, 1]]]);
    expect([...product(i, i)]).toEqual([-1, 0]);
    expect([...scale(i, [0, 1])]).toEqual([-1, 0]);
  });

  it('mixes Kronecker products and products: (A ⊗ B)(C ⊗ D) = AC ⊗ BD', () => {
    const [a, b, c, d] = [any(2), any(4), any(2), any(4)];
    const left = product(kronecker(a, b), kronecker(c, d));
    expect(dimension(left)).toBe(8);
    expect(distance(left, kronecker(product(a, c), product(b, d)))).toBeLessThan(TOLERANCE);
  });

  it('reverses products under the conjugate transpose', () => {
    const [a, b] = [any(3), any(3)];
    expect(
      distance(conjugateTranspose(product(a, b)), product(conjugateTranspose(b), conjugateTranspose(a))),
    ).toBeLessThan(TOLERANCE);
    expect(distance(conjugateTranspose(conjugateTranspose(a)), a)).toBe(0);
  });

  it('sees a global phase only in distance, not in distanceUpToPhase', () => {
    const unit = identity(4);
    const turned = scale(unit, [Math.cos(2), Math.sin(2)]);
    expect(distance(unit, turned)).toBeCloseTo(2 * Math.sin(1), 14);
    expect(distanceUpToPhase(unit, turned)).toBeLessThan(TOLERANCE);
  });
});
