import type { Activation } from '../../activations/activation.js';
import { type CRReLUOptions, crrelu } from '../../activations/crrelu.js';
import { dice } from '../../activations/dice.js';
import { evoNormB0 } from '../../activations/evoNormB0.js';
import { type EvoNormS0Options, evoNormS0 } from '../../activations/evoNormS0.js';
import { polyNorm } from '../../activations/polyNorm.js';
import type { PolynomialOptions } from '../../activations/polynomialBlock.js';
import { polyReLU } from '../../activations/polyReLU.js';
import { selu } from '../../activations/selu.js';
import { type WideDeepOptions, wideDeep } from '../../activations/wideDeep.js';
import { type ActivationLayerArgs, NodeActivation } from './NodeActivation.js';

/** The class of layers of one activation, whose options are the layer's. */
export interface ActivationLayerClass<Options extends object> {
  new (
    ...args: object extends Options ? [args?: ActivationLayerArgs & Options] : [args: ActivationLayerArgs & Options]
  ): NodeActivation;
  readonly className: string;
  /** Whether, while training, the output of a row depends on the rows beside it. */
  readonly batchDependent: boolean;
  readonly fromConfig: typeof NodeActivation.fromConfig;
}

function layerOf<Options extends object>(
  name: string,
  make: (options: Options) => Activation,
  batchDependent = false,
): ActivationLayerClass<Options> {
  return class extends NodeActivation {
    static override readonly className = name;
    static readonly batchDependent = batchDependent;

    constructor(args?: ActivationLayerArgs & Options) {
      super({ ...args, activation: make(args ?? ({} as Options)) });
    }

    override getConfig() {
      const { activation, ...config } = super.getConfig() as Record<string, unknown>;
      return { ...config, ...this.activation.options } as never;
    }
  };
}

/** SELU, for networks that keep mean 0 and variance 1: weights of variance 1/in (`deviation: 'lecun'`), `AlphaDropout`. @see arXiv:1706.02515 */
export const Selu = layerOf('Selu', selu);

/** max(0, x) + ε·x·e^(−x²/2), ε trained. @see arXiv:2405.12954 */
export const CRReLU = layerOf<CRReLUOptions>('CRReLU', crrelu);

/** Σ_i a_i relu(x)^i, a trained. @see arXiv:2411.03884 */
export const PolyReLU = layerOf<PolynomialOptions>('PolyReLU', polyReLU);

/** a_0 + Σ_i a_i x^i/rms(x^i) over the features, a trained. @see arXiv:2411.03884 */
export const PolyNorm = layerOf<PolynomialOptions>('PolyNorm', polyNorm);

/** γ·x/max(s_batch, v·x + s_instance) + β. Batch-dependent. @see arXiv:2004.02967 */
export const EvoNormB0 = layerOf('EvoNormB0', evoNormB0, true);

/** γ·x·σ(v·x)/s_group + β. @see arXiv:2004.02967 */
export const EvoNormS0 = layerOf<EvoNormS0Options>('EvoNormS0', evoNormS0);

/** p·x + (1 − p)·α·x with p = σ of the standardised x, α trained. Batch-dependent. @see arXiv:1706.06978 */
export const Dice = layerOf<{ readonly alpha?: number }>('Dice', dice, true);

/** φ_d, optimal in wide and deep classifiers of d-dimensional data on the sphere. @see arXiv:2204.14126 */
export const WideDeep = layerOf<WideDeepOptions>('WideDeep', wideDeep);
