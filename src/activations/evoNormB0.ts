import { type Activation, type ActivationTensors, constantBlock, zeroGradient } from './activation.js';
import { addVarianceGradient, column, type Entries, momentsOf } from './moments.js';

/** Added to the variances. */
export const EVONORM_FLOOR = 1e-5;

/**
 * EvoNorm-B0, γ·x/max(s_batch, v·x + s_instance) + β: deviations s of each feature over batch and positions, and over the positions of each
 * sample. On rows (one position) s_instance = √ε, and the denominator is max(s_batch, v·x). Batch-dependent while training; blocks
 * `gain`, `shift`, `slope` and the moving `variance`, each [features].
 *
 * @see arXiv:2004.02967
 */
export function evoNormB0(): Activation {
  /** For each feature: the deviation over the batch, and for each sample the entries and their deviation. */
  const deviations = ({ x, batch, positions, features, parameters, training }: ActivationTensors, d: number) => {
    const all = column(d, features, x.length);
    const whole = training ? momentsOf(x, all) : { mean: 0, variance: parameters[3][d] };
    const samples = Array.from({ length: batch }, (_, b) => {
      const entries: Entries = (visit) => {
        for (let p = 0; p < positions; p++) visit((b * positions + p) * features + d);
      };
      const { mean, variance } = momentsOf(x, entries);
      return { entries, mean, deviation: Math.sqrt(variance + EVONORM_FLOOR) };
    });
    return { all, mean: whole.mean, deviation: Math.sqrt(whole.variance + EVONORM_FLOOR), samples };
  };

  return {
    name: 'evoNormB0',
    options: {},
    batchDependent: true,
    blocks: (features) => [
      constantBlock('gain', features, 1),
      constantBlock('shift', features, 0),
      constantBlock('slope', features, 1),
      constantBlock('variance', features, 1, false),
    ],
    forward(tensors) {
      const { x, features, parameters } = tensors;
      const [gain, shift, slope] = parameters;
      const y = new Float64Array(x.length);
      for (let d = 0; d < features; d++) {
        const { deviation, samples } = deviations(tensors, d);
        for (const sample of samples) {
          sample.entries((at) => {
            const denominator = Math.max(deviation, slope[d] * x[at] + sample.deviation);
            y[at] = (gain[d] * x[at]) / denominator + shift[d];
          });
        }
      }
      return y;
    },
    backward(tensors, upstream) {
      const { x, batch, positions, features, parameters, training } = tensors;
      const [gain, , slope] = parameters;
      const gradient = zeroGradient(x, parameters);
      const [byGain, byShift, bySlope] = gradient.parameters;
      for (let d = 0; d < features; d++) {
        const { all, mean, deviation, samples } = deviations(tensors, d);
        let byBatch = 0;
        for (const sample of samples) {
          let byInstance = 0;
          sample.entries((at) => {
            const own = slope[d] * x[at] + sample.deviation;
            const denominator = Math.max(deviation, own);
            byGain[d] += (upstream[at] * x[at]) / denominator;
            byShift[d] += upstream[at];
            gradient.x[at] += (gain[d] * upstream[at]) / denominator;
            const byDenominator = (-gain[d] * upstream[at] * x[at]) / denominator ** 2;
            if (deviation >= own) {
              byBatch += byDenominator;
              return;
            }
            bySlope[d] += byDenominator * x[at];
            gradient.x[at] += byDenominator * slope[d];
            byInstance += byDenominator;
          });
          const upstreamOf = byInstance / (2 * sample.deviation);
          addVarianceGradient(x, sample.entries, sample.mean, positions, upstreamOf, gradient.x);
        }
        const upstreamOf = byBatch / (2 * deviation);
        if (training) addVarianceGradient(x, all, mean, batch * positions, upstreamOf, gradient.x);
      }
      return gradient;
    },
    moments: ({ x, features }) => [
      Float64Array.from({ length: features }, (_, d) => momentsOf(x, column(d, features, x.length)).variance),
    ],
  };
}
