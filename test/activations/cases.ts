import type { Activation, ActivationTensors } from '../../src/activations/activation.js';
import { type ActivationSpec, activationFrom } from '../../src/activations/table.js';
import { Random } from '../../src/foundation/random.js';

/** Every activation with every option that changes what it computes. */
export const specs: ActivationSpec[] = [
  ...(['silu', 'gelu', 'relu', 'tanh', 'sigmoid', 'identity'] as const).map(
    (name) => ({ name: 'fixed', function: name }) as const,
  ),
  { name: 'selu' },
  { name: 'crrelu', epsilon: 0.3 },
  { name: 'polyReLU' },
  { name: 'polyReLU', degree: 2 },
  { name: 'polyNorm' },
  { name: 'polyNorm', degree: 4 },
  { name: 'evoNormB0' },
  { name: 'evoNormS0' },
  { name: 'evoNormS0', groups: 2 },
  { name: 'dice', alpha: 0.25 },
  { name: 'wideDeep', dimension: 4 },
  { name: 'nodewise' },
  { name: 'nodewise', basis: { name: 'bspline', grid: 3, outside: 'clamp' }, base: 'none' },
  { name: 'nodewise', basis: 'fourier' },
  { name: 'nodewise', basis: 'chebyshev', base: 'tanh' },
  { name: 'nodewise', basis: 'rational' },
  { name: 'nodewise', basis: { name: 'rational', groups: 4, sharedNumerator: false, start: 'gelu' } },
];

export const BATCH = 3;
export const POSITIONS = 2;
export const FEATURES = 4;

/** An activation on random numbers, away from kinks at 0, and from parameters that would hide others. */
export function tensorsOf(activation: Activation, training: boolean, batch = BATCH): ActivationTensors {
  const random = new Random(7);
  const draw = (length: number) => Float64Array.from({ length }, () => random.sign() * random.uniform(0.05, 1.2));
  const x = draw(BATCH * POSITIONS * FEATURES).subarray(0, batch * POSITIONS * FEATURES);
  const parameters = activation
    .blocks(FEATURES)
    .map(({ values, trainable }) =>
      values.map((value) => (trainable ? value + random.sign() * random.uniform(0.05, 0.2) : value)),
    );
  return { x, batch, positions: POSITIONS, features: FEATURES, parameters, training };
}

export const activationOf = (spec: ActivationSpec): Activation => activationFrom('test', spec);
