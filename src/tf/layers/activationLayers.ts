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

/** A layer of one activation, whose options are the layer's. */
abstract class NamedActivation extends NodeActivation {
  constructor(args: ActivationLayerArgs, activation: Activation) {
    super({ ...args, activation });
  }

  override getConfig() {
    const { activation, ...config } = super.getConfig() as Record<string, unknown>;
    return { ...config, ...this.activation.options } as never;
  }
}

/** SELU, for networks that keep mean 0 and variance 1: weights of variance 1/in (`deviation: 'lecun'`), `AlphaDropout`. @see arXiv:1706.02515 */
export class Selu extends NamedActivation {
  static override readonly className = 'Selu';
  static readonly batchDependent = false;
  constructor(args: ActivationLayerArgs = {}) {
    super(args, selu());
  }
}

/** max(0, x) + ε·x·e^(−x²/2), ε trained. @see arXiv:2405.12954 */
export class CRReLU extends NamedActivation {
  static override readonly className = 'CRReLU';
  static readonly batchDependent = false;
  constructor(args: ActivationLayerArgs & CRReLUOptions = {}) {
    super(args, crrelu(args));
  }
}

/** Σ_i a_i relu(x)^i, a trained. @see arXiv:2411.03884 */
export class PolyReLU extends NamedActivation {
  static override readonly className = 'PolyReLU';
  static readonly batchDependent = false;
  constructor(args: ActivationLayerArgs & PolynomialOptions = {}) {
    super(args, polyReLU(args));
  }
}

/** a_0 + Σ_i a_i x^i/rms(x^i) over the features, a trained. @see arXiv:2411.03884 */
export class PolyNorm extends NamedActivation {
  static override readonly className = 'PolyNorm';
  static readonly batchDependent = false;
  constructor(args: ActivationLayerArgs & PolynomialOptions = {}) {
    super(args, polyNorm(args));
  }
}

/** γ·x/max(s_batch, v·x + s_instance) + β. Batch-dependent. @see arXiv:2004.02967 */
export class EvoNormB0 extends NamedActivation {
  static override readonly className = 'EvoNormB0';
  static readonly batchDependent = true;
  constructor(args: ActivationLayerArgs = {}) {
    super(args, evoNormB0());
  }
}

/** γ·x·σ(v·x)/s_group + β. @see arXiv:2004.02967 */
export class EvoNormS0 extends NamedActivation {
  static override readonly className = 'EvoNormS0';
  static readonly batchDependent = false;
  constructor(args: ActivationLayerArgs & EvoNormS0Options = {}) {
    super(args, evoNormS0(args));
  }
}

/** p·x + (1 − p)·α·x with p = σ of the standardised x, α trained. Batch-dependent. @see arXiv:1706.06978 */
export class Dice extends NamedActivation {
  static override readonly className = 'Dice';
  static readonly batchDependent = true;
  constructor(args: ActivationLayerArgs & { readonly alpha?: number } = {}) {
    super(args, dice(args));
  }
}

/** φ_d, optimal in wide and deep classifiers of d-dimensional data on the sphere. @see arXiv:2204.14126 */
export class WideDeep extends NamedActivation {
  static override readonly className = 'WideDeep';
  static readonly batchDependent = false;
  constructor(args: ActivationLayerArgs & WideDeepOptions) {
    super(args, wideDeep(args ?? {}));
  }
}
