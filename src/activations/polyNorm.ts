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

  /** Calls `visit` for i = 1 … r with x^(i−1) and x^i of one row, and 1/rms(x^i). */
  function eachPower(
    { x, features }: ActivationTensors,
    row: number,
    visit: (i: number, lower: Float64Array, powers: Float64Array, inverse: number) => void,
  ): void {
    let [lower, powers] = [new Float64Array(features).fill(1), new Float64Array(features)];
    for (let i = 1; i <= degree; i++) {
      let square = 0;
      for (let k = 0; k < features; k++) {
        powers[k] = lower[k] * x[row + k];
        square += powers[k] * powers[k];
      }
      visit(i, lower, powers, 1 / Math.sqrt(square / features + POWER_FLOOR));
      [lower, powers] = [powers, lower];
    }
  }

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
        eachPower(tensors, row, (i, _, powers, inverse) => {
          for (let k = 0; k < features; k++) y[row + k] += a[i] * powers[k] * inverse;
        });
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
        eachPower(tensors, row, (i, lower, powers, inverse) => {
          let along = 0;
          for (let k = 0; k < features; k++) along += upstream[row + k] * powers[k];
          into[i] += along * inverse;
          const share = (along * inverse * inverse) / features;
          for (let k = 0; k < features; k++) {
            const byPower = a[i] * inverse * (upstream[row + k] - powers[k] * share);
            gradient.x[row + k] += byPower * i * lower[k];
          }
        });
      }
      return gradient;
    },
  };
}
