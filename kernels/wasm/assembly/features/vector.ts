// Arithmetic of four float32 numbers.

// @ts-ignore: decorator
@inline
export function all(value: f32): v128 {
  return f32x4.splat(value);
}

// @ts-ignore: decorator
@inline
export function isNaN4(x: v128): v128 {
  return f32x4.ne(x, x);
}

/** Adds to a vector in memory. */
// @ts-ignore: decorator
@inline
export function addTo(to: usize, value: v128): void {
  v128.store(to, f32x4.add(v128.load(to), value));
}
