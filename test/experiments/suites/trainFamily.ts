import type { Dataset } from '../../../src/data/dataset.js';
import { datasetTensors, predictArray } from '../../../src/tf/plainArrays.js';
import { fit } from '../../../src/tf/training/fit.js';
import type { Job, Settings } from '../experiment.js';
import { type Family, matchedSize, parametersOf } from '../models/matched.js';

/** How functions are learned: L-BFGS in float64 on samples. */
export const numbers = { budget: 200, steps: 5, iterations: 20, samples: 500 };

/** Few samples and steps. */
export const quickNumbers = { budget: 80, steps: 1, iterations: 10, samples: 100 };

export const aboutFamilies = ({ numbers: n }: Settings): string =>
  `Each model has the size whose number of trained parameters is nearest to ${n.budget}: networks [inputs, hidden, outputs] of
Kolmogorov-Arnold layers; [inputs, hidden, hidden, outputs] of MLP (SiLU; with one trained CRReLU, PolyReLU or PolyNorm a layer; with
B-splines on [−2, 2], a rational function or DARUAN of each node's own) and of GR-KAN; latent features of HQKAN. S-KAN selects, for each
node, B-splines, Fourier series or DARUAN, and is counted by what it keeps; it divides its iterations among three temperatures and what
is selected, in float32. DARUAN, QKAN and HQKAN have r = 3 and train everything but biases of outputs; the encoding weights of "wide"
start at 1, 3, 9, the others at 1; all but "QKAN pz" use rpz, which says the same with fewer parameters.`;

export const aboutTraining = ({ numbers: n, seeds }: Settings): string =>
  `Targets are scaled to mean 0 and deviation 1; ${n.steps * n.iterations} iterations of L-BFGS for all, in float64. Mean ± standard deviation over seeds ${seeds.join(', ')}`;

/**
 * Trains a family of matched size on one target, which it sees with mean 0 and deviation 1.
 *
 * @returns what it says at x, in the units of the target, and the deviation of the target
 */
export async function trainFamily(
  family: Family,
  { x, y, numSamples, inputs: { length: inputs } }: Dataset,
  at: Float64Array,
  { seed, settings }: Job,
): Promise<{ readonly prediction: Float64Array; readonly deviation: number; readonly parameters: number }> {
  const { budget, steps, iterations } = settings.numbers;
  const mean = y.reduce((sum, value) => sum + value, 0) / numSamples;
  const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numSamples) || 1;
  const model = family.build(inputs, 1, matchedSize(family, inputs, 1, budget), seed);
  const scaled = y.map((value) => (value - mean) / deviation);
  const data = datasetTensors(numSamples, x, scaled);
  const effort = { steps, maxIterations: iterations };
  if (family.train) await family.train(model, data, effort);
  else await fit(model, data, { schedule: [{ method: 'lbfgs', ...effort }] });
  const prediction = predictArray(model, at).map((value) => mean + deviation * value);
  const parameters = parametersOf(family, model);
  for (const tensor of [data.x, data.y]) tensor.dispose();
  model.dispose();
  return { prediction, deviation, parameters };
}
