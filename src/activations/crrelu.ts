import { checkFinite } from '../foundation/checks.js';
import { type Activation, constantBlock, pointwise } from './activation.js';

export interface CRReLUOptions {
  /** ε at the start. Default 0.01. */
  readonly epsilon?: number;
}

/**
 * CRReLU, max(0, x) + ε·x·e^(−x²/2), with one trained ε; block `epsilon` [1].
 *
 * @see arXiv:2405.12954
 */
export function crrelu({ epsilon = 0.01 }: CRReLUOptions = {}): Activation {
  checkFinite('crrelu', 'epsilon', epsilon);
  return {
    name: 'crrelu',
    options: { epsilon },
    blocks: () => [constantBlock('epsilon', 1, epsilon)],
    ...pointwise({
      value: (x, _, [e]) => Math.max(0, x) + e[0] * x * Math.exp((-x * x) / 2),
      slope(x, _, [e], upstream, [into]) {
        const bell = Math.exp((-x * x) / 2);
        into[0] += upstream * x * bell;
        return (x > 0 ? 1 : 0) + e[0] * (1 - x * x) * bell;
      },
    }),
  };
}
