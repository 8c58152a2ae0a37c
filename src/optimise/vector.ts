/** Σ a_i b_i, in four sums side by side (additions need not wait for each other), always in the same order. */
export function dot(a: Float64Array, b: Float64Array): number {
  const whole = a.length & ~3;
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    sum0 += a[i] * b[i];
    sum1 += a[i + 1] * b[i + 1];
    sum2 += a[i + 2] * b[i + 2];
    sum3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < a.length; i++) sum0 += a[i] * b[i];
  return sum0 + sum1 + (sum2 + sum3);
}

/** a + factor·b, a new array. */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i] + factor * b[i];
  return sum;
}

/** a ← a + factor·b, in place. */
export function accumulate(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

/** Σ |a_i|. */
export function sumNorm(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]);
  return sum;
}

/** max |a_i|. */
export function maximumNorm(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  return largest;
}
