import type { BasisBlock } from '../basis/basis.js';
import { checkInteger } from '../foundation/checks.js';

export interface PolynomialOptions {
  /** r, the highest power. Default 3. */
  readonly degree?: number;
}

/** Trained a_0 … a_r of a polynomial composition: a_0 = 0, the others 1/r. */
export function polynomialBlock(where: string, degree: number): BasisBlock {
  checkInteger(where, 'degree', degree, 1, 10);
  const values = Float64Array.from({ length: degree + 1 }, (_, i) => (i === 0 ? 0 : 1 / degree));
  return { name: 'coefficients', shape: [degree + 1], values, trainable: true };
}
