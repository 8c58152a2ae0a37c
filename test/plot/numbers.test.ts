import { expect, it } from 'vitest';
import { powerOfTen, range, shortNumber, subscript } from '../../src/plot/numbers.js';

it.each([
  [0, '0'],
  [-0, '0'],
  [1, '1'],
  [-2.34567, '−2.35'],
  [0.0012345, '0.00123'],
  [0.00012345, '1.23e−4'],
  [-1e-7, '−1e−7'],
  [12345, '12345'],
  [12345.6, '12346'],
  [99999.9, '100000'],
  [1234567, '1.23e6'],
  [2e100, '2e100'],
])('%d is written %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

it('Ranges, powers of ten and subscripts are written as in print', () => {
  expect(range(-1, 1.25)).toBe('−1 … 1.25');
  expect(range(0.5, 0.5)).toBe('0.5');
  expect([1e-3, 2e-3, 1, 5e12].map(powerOfTen)).toEqual(['10⁻³', '2×10⁻³', '10⁰', '5×10¹²']);
  expect(subscript('x', 120)).toBe('x₁₂₀');
});
