/** χ² of counts against probabilities, cells of small expectation joined, and the 1 − 1e-6 quantile (Wilson & Hilferty). */
export function chiSquare(counts: ArrayLike<number>, chances: ArrayLike<number>, shots: number) {
  let [chi, cells, restSeen, restExpected] = [0, 0, 0, 0];
  for (let z = 0; z < chances.length; z++) {
    const mean = shots * chances[z];
    if (mean < 5) {
      restSeen += counts[z];
      restExpected += mean;
    } else {
      chi += (counts[z] - mean) ** 2 / mean;
      cells++;
    }
  }
  if (restExpected > 0) chi += (restSeen - restExpected) ** 2 / Math.max(restExpected, 1);
  const k = Math.max(cells, 1);
  return { chi, cells, quantile: k * (1 - 2 / (9 * k) + 4.753 * Math.sqrt(2 / (9 * k))) ** 3 };
}

/** How often each index below `size` occurs. */
export function tally(indices: ArrayLike<number>, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (let i = 0; i < indices.length; i++) counts[indices[i]]++;
  return counts;
}
