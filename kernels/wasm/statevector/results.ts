import type { StatevectorEngine } from './engine.js';
import type { Job } from './job.js';
import type { Sums } from './run.js';
import type { Words } from './words.js';

/** ⟨O_k⟩, shape [batch, observables], from the sums of words. */
export function readValues(
  job: Job,
  words: Words,
  numObservables: number,
  batch: number,
  collected?: Sums,
): Float64Array {
  const { geometry, wordStride, factors } = job;
  const { indices, owners, coefficients, count } = words;
  const isBatchMinor = geometry.laneQubits === 0;
  const sums = collected?.words ?? job.sums;
  const values = new Float64Array(batch * numObservables);
  for (let term = 0; term < indices.length; term++) {
    const index = indices[term];
    const factor = coefficients[term] * factors[index];
    const owner = owners[term];
    if (isBatchMinor) {
      const first = index * wordStride;
      for (let b = 0; b < batch; b++) values[b * numObservables + owner] += factor * sums[first + b];
    } else {
      for (let b = 0; b < batch; b++) {
        const from = 2 * (b * count + index);
        values[b * numObservables + owner] += factor * (sums[from] + sums[from + 1]);
      }
    }
  }
  return values;
}

/** The weights of words in the costate: Σ_k upstream_k · coefficient, sample by sample. */
export function writeWeights(
  engine: StatevectorEngine,
  { geometry, at, wordStride }: Job,
  { indices, owners, coefficients, count }: Words,
  numObservables: number,
  batch: number,
  upstream: Float64Array,
): void {
  const isBatchMinor = geometry.laneQubits === 0;
  const weights = engine.view(at.weights, count * (isBatchMinor ? wordStride : batch)).fill(0);
  const [perWord, perSample] = isBatchMinor ? [wordStride, 1] : [1, count];
  for (let term = 0; term < indices.length; term++) {
    const first = indices[term] * perWord;
    for (let b = 0, from = owners[term]; b < batch; b++, from += numObservables) {
      weights[first + b * perSample] += upstream[from] * coefficients[term];
    }
  }
}

/** The slopes of all slots, one array of length batch a slot. */
export function readGradients(
  engine: StatevectorEngine,
  { geometry, at, slotStride }: Job,
  numSlots: number,
  batch: number,
  collected?: Sums,
): Float64Array[] {
  const isBatchMinor = geometry.laneQubits === 0;
  const slopes = isBatchMinor
    ? engine.view(at.gradients, numSlots * slotStride)
    : (collected?.slopes ?? new Float64Array(engine.memory.buffer, at.gradients, numSlots * batch));
  return Array.from({ length: numSlots }, (_, slot) => {
    const own = new Float64Array(batch);
    if (isBatchMinor) own.set(slopes.subarray(slot * slotStride, slot * slotStride + batch));
    else for (let b = 0; b < batch; b++) own[b] = slopes[b * numSlots + slot];
    return own;
  });
}
