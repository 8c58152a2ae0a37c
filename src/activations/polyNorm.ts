import { type Activation, type ActivationTensors, zeroGradient } from './activation.js';
import { type PolynomialOptions, polynomialBlock } from './polynomialBlock.js';

/** Added to the mean square of each power. */
export const POWER_FLOOR = 1e-6;

/**
 * PolyNorm, a_0 + Σ_i a_i x^i / rms(x^i) for i = 1 … r with trained a, the root mean square over the features of a row with 10⁻⁶ within
 * the root; block `coefficients` [r + 1].
 *
 * @see arXiv:2411.03884
 */
export function polyNorm({ degree = 3 }: PolynomialOptions = {}): Activation {
  const block = polynomialBlock('polyNorm', degree);

  /** x^i of one row and 1/rms(x^i). */
  const normalised = ({ x, features }: ActivationTensors, row: number, i: number): [Float64Array, number] => {
    const powers = Float64Array.from({ length: features }, (_, k) => x[row + k] ** i);
    const square = powers.reduce((sum, p) => sum + p * p, 0) / features;
    return [powers, 1 / Math.sqrt(square + POWER_FLOOR)];
  };

  return {
    name: 'polyNorm',
    options: { degree },
    batchDependent: false,
    blocks: () => [block],
    forward(tensors) {
      const { x, features, parameters } = tensors;
      const [a] = parameters;
      const y = new Float64Array(x.length).fill(a[0]);
      for (let row = 0; row < x.length; row += features) {
        for (let i = 1; i <= degree; i++) {
          const [powers, inverse] = normalised(tensors, row, i);
          for (let k = 0; k < features; k++) y[row + k] += a[i] * powers[k] * inverse;
        }
      }
      return y;
    },
    backward(tensors, upstream) {
      const { x, features, parameters } = tensors;
      const [a] = parameters;
      const gradient = zeroGradient(x, parameters);
      const [into] = gradient.parameters;
      for (let at = 0; at < x.length; at++) into[0] += upstream[at];
      for (let row = 0; row < x.length; row += features) {
        for (let i = 1; i <= degree; i++) {
          const [powers, inverse] = normalised(tensors, row, i);
          let along = 0;
          for (let k = 0; k < features; k++) along += upstream[row + k] * powers[k];
          into[i] += along * inverse;
          const share = (along * inverse * inverse) / features;
          for (let k = 0; k < features; k++) {
            const byPower = a[i] * inverse * (upstream[row + k] - powers[k] * share);
            gradient.x[row + k] += byPower * i * x[row + k] ** (i - 1);
          }
        }
      }
      return gradient;
    },
  };
}
