/** The point nearest to `values` with entries ≥ 0 of the given sum: all entries lowered by one number, cut at 0. O(N log N). */
export function onSimplex(values: Float64Array, total: number): Float64Array {
  const descending = values.slice().sort().reverse();
  let [sum, lowered] = [0, 0];
  for (let k = 0; k < descending.length; k++) {
    sum += descending[k];
    const candidate = (sum - total) / (k + 1);
    if (candidate >= descending[k]) break;
    lowered = candidate;
  }
  return values.map((value) => Math.max(0, value - lowered));
}
