import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/foundation/random.js';
import type { Route } from '../../src/tf/activation/route.js';
import { QKANLayer } from '../../src/tf/layers/QKANLayer.js';
import type { Contender } from './turns.js';

export const IN = 64;
export const OUT = 64;

export interface LayerSide {
  readonly weights: 'fixed' | 'trained';
  readonly route: Route;
  readonly forward: Contender['run'];
  /** Forward with the gradients of everything trained and of the inputs. */
  readonly gradients: Contender['run'];
}

const cases: readonly (readonly [weights: LayerSide['weights'], route: Route])[] = [
  ['fixed', 'auto'],
  ['fixed', 'chain'],
  ['fixed', 'composed'],
  ['trained', 'chain'],
  ['trained', 'composed'],
];

/** The same layer, pz with r = 3, by our kernels and composed of plain tfjs operations. */
export function layerSides(batch: number): readonly LayerSide[] {
  const random = new Random(3);
  const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));
  const x = tf.variable(tf.tensor2d(draw(batch * IN), [batch, IN]));
  const upstream = tf.tensor2d(draw(batch * OUT), [batch, OUT]);
  return cases.map(([weights, route]) => {
    const layer = new QKANLayer({ units: OUT, reps: 3, route, seed: 1, preactivationTrainable: weights === 'trained' });
    layer.apply(x);
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const loss = () => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, upstream)) as tf.Scalar;
    return {
      weights,
      route,
      forward: () => tf.tidy(() => (layer.apply(x) as tf.Tensor).dataSync()),
      gradients: () =>
        tf.tidy(() => Object.values(tf.variableGrads(loss, [...variables, x]).grads).map((grad) => grad.dataSync())),
    };
  });
}

/** Throws if the routes of one kind of weights give different values. */
export function checkRoutes(sides: readonly LayerSide[]): void {
  for (const weights of ['fixed', 'trained']) {
    const [first, ...others] = sides
      .filter((side) => side.weights === weights)
      .map(({ forward }) => forward() as Float32Array);
    for (const other of others) {
      const worst = Math.max(...Array.from(other, (value, k) => Math.abs(value - first[k])));
      if (!(worst < 64 * 5e-6)) throw new Error(`routes with ${weights} weights differ by ${worst}`);
    }
  }
}
