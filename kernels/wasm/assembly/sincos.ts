// Sine and cosine of a vector of angles: φ = kπ + y with |y| ≤ π/2, so that both take the sign (−1)^k and a polynomial in y².
// π is split into a head whose product with k is exact (|k| < 2¹² in f32, 2²⁰ in f64) and the rest (Cody and Waite, Software
// Manual for the Elementary Functions, 1980). Adding 1.5·2^(mantissa bits) rounds to an integer and leaves its parity in bit 0.
// Coefficients: minimax in absolute error on |y| ≤ π/2, rounded one after another, each time refitting the rest. Their
// error is 5e-9 (f32) and 3e-19 (f64), so that what is left is rounding.

// @ts-ignore: decorator
@inline const PI_INVERSE: f64 = 0.3183098861837907;
// @ts-ignore: decorator
@inline const PI_HEAD_32: f32 = 3.1416015625;
// @ts-ignore: decorator
@inline const PI_REST_32: f32 = -8.908910206761538e-6;
// @ts-ignore: decorator
@inline const PI_HEAD_64: f64 = 3.1415926534682512;
// @ts-ignore: decorator
@inline const PI_REST_64: f64 = 1.2154201013012384e-10;
// @ts-ignore: decorator
@inline const ROUNDER_32: f32 = 12582912.0;
// @ts-ignore: decorator
@inline const ROUNDER_64: f64 = 6755399441055744.0;

// @ts-ignore: decorator
@inline
export function fma<T>(a: v128, b: v128, c: v128): v128 {
  return v128.add<T>(v128.mul<T>(a, b), c);
}

// @ts-ignore: decorator
@inline
export function number<T>(value: f64): v128 {
  return v128.splat<T>(<T>value);
}

/** φ / π + rounder: its low bit is the parity of k. */
// @ts-ignore: decorator
@inline
export function halfTurns<T>(turns: v128): v128 {
  if (sizeof<T>() == 4) return v128.add<T>(turns, f32x4.splat(ROUNDER_32));
  return v128.add<T>(turns, f64x2.splat(ROUNDER_64));
}

// @ts-ignore: decorator
@inline
export function signOf<T>(rounded: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.shl(rounded, 31);
  return i64x2.shl(rounded, 63);
}

// @ts-ignore: decorator
@inline
export function inHalfTurns<T>(angle: v128): v128 {
  return v128.mul<T>(angle, number<T>(PI_INVERSE));
}

/** φ − kπ. */
// @ts-ignore: decorator
@inline
export function reduced<T>(angle: v128, rounded: v128): v128 {
  if (sizeof<T>() == 4) {
    const k = f32x4.sub(rounded, f32x4.splat(ROUNDER_32));
    const y = f32x4.sub(angle, f32x4.mul(k, f32x4.splat(PI_HEAD_32)));
    return f32x4.sub(y, f32x4.mul(k, f32x4.splat(PI_REST_32)));
  }
  const k = f64x2.sub(rounded, f64x2.splat(ROUNDER_64));
  const y = f64x2.sub(angle, f64x2.mul(k, f64x2.splat(PI_HEAD_64)));
  return f64x2.sub(y, f64x2.mul(k, f64x2.splat(PI_REST_64)));
}

// @ts-ignore: decorator
@inline
export function sinPolynomial<T>(y: v128, z: v128): v128 {
  let p: v128;
  if (sizeof<T>() == 4) {
    p = number<T>(2.5988797460740898e-6);
    p = fma<T>(p, z, number<T>(-0.0001980604138225317));
    p = fma<T>(p, z, number<T>(0.008333008736371994));
    p = fma<T>(p, z, number<T>(-0.16666656732559204));
  } else {
    p = number<T>(2.7204162243567735e-15);
    p = fma<T>(p, z, number<T>(-7.642920025627257e-13));
    p = fma<T>(p, z, number<T>(1.60589370382389e-10));
    p = fma<T>(p, z, number<T>(-2.505210682335168e-8));
    p = fma<T>(p, z, number<T>(2.7557319210680707e-6));
    p = fma<T>(p, z, number<T>(-0.00019841269841207584));
    p = fma<T>(p, z, number<T>(0.008333333333333196));
    p = fma<T>(p, z, number<T>(-0.16666666666666666));
  }
  return fma<T>(v128.mul<T>(p, z), y, y);
}

// @ts-ignore: decorator
@inline
export function cosPolynomial<T>(z: v128): v128 {
  let p: v128;
  if (sizeof<T>() == 4) {
    p = number<T>(-2.620893155835802e-7);
    p = fma<T>(p, z, number<T>(2.4770177333266474e-5));
    p = fma<T>(p, z, number<T>(-0.001388858538120985));
    p = fma<T>(p, z, number<T>(0.041666656732559204));
  } else {
    p = number<T>(-1.5132975853893845e-16);
    p = fma<T>(p, z, number<T>(4.777021837804803e-14));
    p = fma<T>(p, z, number<T>(-1.1470677362273705e-11));
    p = fma<T>(p, z, number<T>(2.0876755857017677e-9));
    p = fma<T>(p, z, number<T>(-2.7557319212665923e-7));
    p = fma<T>(p, z, number<T>(2.4801587301521467e-5));
    p = fma<T>(p, z, number<T>(-0.001388888888888869));
    p = fma<T>(p, z, number<T>(0.041666666666666664));
  }
  p = fma<T>(p, z, number<T>(-0.5));
  return fma<T>(p, z, number<T>(1));
}
