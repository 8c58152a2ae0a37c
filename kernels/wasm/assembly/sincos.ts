// Sine and cosine: φ = kπ + y with |y| ≤ π/2, so that both take the sign (−1)^k and a polynomial in y². Adding 1.5·2²³ (2⁵²)
// rounds to an integer and leaves its parity in bit 0. The constants lie in memory (`../sincosConstants.ts`): engines build
// a literal vector anew, from integers, wherever it is used.

import { CONSTANTS_32, CONSTANTS_64 } from '../layout';

/** Constant number `index`, in every lane. Inside of loops it is to be a local. */
// @ts-ignore: decorator
@inline
export function constantOf<T>(index: i32): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(CONSTANTS_32 + 4 * index);
  return v128.load64_splat(CONSTANTS_64 + 8 * index);
}

/** The sign (−1)^k as a mask of the sign bit, from k + rounder. */
// @ts-ignore: decorator
@inline
export function signOf<T>(rounded: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.shl(rounded, 31);
  return i64x2.shl(rounded, 63);
}
