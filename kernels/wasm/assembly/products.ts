// Sums of products: each rounded twice, or once where the module may use fused instructions.

/** a·b + c. */
// @ts-ignore: decorator
@inline
export function fma<T>(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<T>(a, b, c) : v128.add<T>(v128.mul<T>(a, b), c);
}

/** a·b + c·d. */
// @ts-ignore: decorator
@inline
export function sum<T>(a: v128, b: v128, c: v128, d: v128): v128 {
  return fma<T>(c, d, v128.mul<T>(a, b));
}

/** a·b − c·d. */
// @ts-ignore: decorator
@inline
export function difference<T>(a: v128, b: v128, c: v128, d: v128): v128 {
  const product = v128.mul<T>(a, b);
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_nmadd<T>(c, d, product) : v128.sub<T>(product, v128.mul<T>(c, d));
}
