import { type Activation, pointwise } from './activation.js';
import { type PolynomialOptions, polynomialBlock } from './polynomialBlock.js';

/**
 * PolyReLU, Σ_i a_i relu(x)^i for i = 0 … r with trained a; block `coefficients` [r + 1]. With a = (0, 1, 0, …) it is ReLU.
 *
 * @see arXiv:2411.03884
 */
export function polyReLU({ degree = 3 }: PolynomialOptions = {}): Activation {
  const block = polynomialBlock('polyReLU', degree);
  return {
    name: 'polyReLU',
    options: { degree },
    blocks: () => [block],
    ...pointwise({
      value(x, _, [a]) {
        let sum = 0;
        for (let i = degree; i >= 0; i--) sum = sum * Math.max(0, x) + a[i];
        return sum;
      },
      slope(x, _, [a], upstream, [into]) {
        const t = Math.max(0, x);
        let [power, slope] = [1, 0];
        for (let i = 0; i <= degree; i++) {
          into[i] += upstream * power;
          if (i < degree) slope += (i + 1) * a[i + 1] * power;
          power *= t;
        }
        return x > 0 ? slope : 0;
      },
    }),
  };
}
