import { checkFinite } from '../foundation/checks.js';
import { type Activation, type ActivationTensors, constantBlock, zeroGradient } from './activation.js';
import { column, momentsOf } from './moments.js';

/** Added to the variance. */
export const DICE_FLOOR = 1e-8;

const logistic = (u: number): number => 1 / (1 + Math.exp(-u));

/**
 * Dice, p·x + (1 − p)·α·x with p = σ((x − mean)/√(variance + 10⁻⁸)), moments of each feature over the batch, a trained α for each feature.
 * Batch-dependent while training; blocks `alpha`, and the moving `mean` and `variance`, each [features].
 *
 * @see arXiv:1706.06978
 */
export function dice(options: { readonly alpha?: number } = {}): Activation {
  const { alpha = 0 } = options;
  checkFinite('dice', 'alpha', alpha);

  const momentsIn = ({ x, features, parameters, training }: ActivationTensors, d: number) => {
    const entries = column(d, features, x.length);
    const found = training ? momentsOf(x, entries) : { mean: parameters[1][d], variance: parameters[2][d] };
    return { entries, mean: found.mean, inverse: 1 / Math.sqrt(found.variance + DICE_FLOOR) };
  };

  return {
    name: 'dice',
    options: { alpha },
    batchDependent: true,
    blocks: (features) => [
      constantBlock('alpha', features, alpha),
      constantBlock('mean', features, 0, false),
      constantBlock('variance', features, 1, false),
    ],
    forward(tensors) {
      const { x, features, parameters } = tensors;
      const y = new Float64Array(x.length);
      for (let d = 0; d < features; d++) {
        const { entries, mean, inverse } = momentsIn(tensors, d);
        entries((at) => {
          const p = logistic((x[at] - mean) * inverse);
          y[at] = x[at] * (p + (1 - p) * parameters[0][d]);
        });
      }
      return y;
    },
    backward(tensors, upstream) {
      const { x, features, parameters, training, batch, positions } = tensors;
      const gradient = zeroGradient(x, parameters);
      for (let d = 0; d < features; d++) {
        const a = parameters[0][d];
        const { entries, mean, inverse } = momentsIn(tensors, d);
        const byScore = new Float64Array(batch * positions); // ∂L/∂u of u = (x − mean)/√(variance + ε)
        let [row, sum, along] = [0, 0, 0];
        entries((at) => {
          const u = (x[at] - mean) * inverse;
          const p = logistic(u);
          const du = upstream[at] * x[at] * (1 - a) * p * (1 - p);
          gradient.parameters[0][d] += upstream[at] * x[at] * (1 - p);
          gradient.x[at] = upstream[at] * (p + (1 - p) * a);
          byScore[row++] = du;
          sum += du;
          along += du * u;
        });
        const share = training ? 1 / row : 0;
        row = 0;
        entries((at) => {
          const u = (x[at] - mean) * inverse;
          gradient.x[at] += inverse * (byScore[row++] - share * (sum + u * along));
        });
      }
      return gradient;
    },
    moments({ x, features }) {
      const all = Array.from({ length: features }, (_, d) => momentsOf(x, column(d, features, x.length)));
      return [Float64Array.from(all, ({ mean }) => mean), Float64Array.from(all, ({ variance }) => variance)];
    },
  };
}
