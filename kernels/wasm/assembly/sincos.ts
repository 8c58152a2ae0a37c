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

/** a·b + c: rounded twice, or once where the module may use fused instructions. */
// @ts-ignore: decorator
@inline
export function fma<T>(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<T>(a, b, c) : v128.add<T>(v128.mul<T>(a, b), c);
}

/** c − a·b, as `fma`. */
// @ts-ignore: decorator
@inline
export function minusProduct<T>(c: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_nmadd<T>(a, b, c) : v128.sub<T>(c, v128.mul<T>(a, b));
}

/** The sign (−1)^k as a mask of the sign bit, from k + rounder. */
// @ts-ignore: decorator
@inline
export function signOf<T>(rounded: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.shl(rounded, 31);
  return i64x2.shl(rounded, 63);
}
