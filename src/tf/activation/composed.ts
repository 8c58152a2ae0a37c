import * as tf from '@tensorflow/tfjs-core';
import type { Angle } from '../../../circuits/angle/expression.js';
import type { Rotation } from '../../activation/bloch.js';
import type { ElementwiseActivation } from '../../activation/elementwise.js';
import type { ActivationLayer } from '../../activation/layer.js';
import type { Segment } from '../../activation/plan.js';
import { evaluateAngle } from './angle.js';
import { sineOf, withinDomain } from './domain.js';

type Vector = readonly [x: tf.Tensor, y: tf.Tensor, z: tf.Tensor];

/**
 * y_o = Σ_i scale_oi · f_oi(x_i) composed of tfjs ops on Bloch vectors of shape [batch, out, in]: differentiable to any
 * order in everything, on any tfjs backend, but the slowest route and the only one that stores such tensors.
 *
 * @param x, parameters, scale  as in `chainActivation`
 */
export function composedActivation(
  layer: ActivationLayer,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor2D,
): tf.Tensor2D {
  const { inDim, outDim } = layer;
  const columns = tf.unstack(tf.reshape(tf.transpose(parameters), [-1, 1, outDim, inDim])); // each [1, out, in]
  const edges = composedEdges(layer, tf.reshape(x, [x.shape[0], 1, inDim]), columns); // [batch, out, in]
  return tf.sum(tf.mul(edges, scale), 2) as tf.Tensor2D;
}

/**
 * f(x) for activations of any arrangement.
 *
 * @param x        data
 * @param columns  one tensor a parameter, of a shape that broadcasts with x
 */
export function composedEdges(
  { plan, measurement, outsideDomain }: ElementwiseActivation,
  x: tf.Tensor,
  columns: readonly tf.Tensor[],
): tf.Tensor {
  const value = (angle: Angle) => evaluateAngle(angle, (name) => columns[plan.parameters.indexOf(name)]);
  let v: Vector = [tf.scalar(0), tf.scalar(0), tf.scalar(1)];
  v = applySegment(plan.segments[0], v, value);
  for (let l = 0; l < plan.reps; l++) {
    const encoded = tf.add(tf.mul(value(plan.slopes[l].source), x), value(plan.intercepts[l].source));
    if (plan.encoding === 'acos') {
      const cosine = withinDomain(encoded, outsideDomain);
      v = rotateZ(v, cosine, sineOf(cosine));
    } else {
      v = rotateZ(v, tf.cos(encoded), tf.sin(encoded));
    }
    v = applySegment(plan.segments[l + 1], v, value);
  }
  const read = combine(v, plan.readout);
  return tf.add(measurement === 'amplitude' ? amplitude(read) : read, plan.offset);
}

function applySegment(segment: Segment, start: Vector, value: (angle: Angle) => tf.Tensor): Vector {
  let v = rotateFixed(segment.fixed[0], start);
  segment.turns.forEach(({ source }, j) => {
    const angle = value(source);
    v = rotateFixed(segment.fixed[j + 1], rotateZ(v, tf.cos(angle), tf.sin(angle)));
  });
  return v;
}

const rotateZ = ([x, y, z]: Vector, cosine: tf.Tensor, sine: tf.Tensor): Vector => [
  tf.sub(tf.mul(cosine, x), tf.mul(sine, y)),
  tf.add(tf.mul(sine, x), tf.mul(cosine, y)),
  z,
];

const rotateFixed = (r: Rotation, v: Vector): Vector => [
  combine(v, r.subarray(0, 3)),
  combine(v, r.subarray(3, 6)),
  combine(v, r.subarray(6, 9)),
];

/** Σ weight·component, leaving out zero weights and factors 1: most fixed rotations are signed permutations. */
function combine(v: Vector, weights: ArrayLike<number>): tf.Tensor {
  const terms = v.flatMap((component, k) => {
    if (Math.abs(weights[k]) < 1e-15) return [];
    return [weights[k] === 1 ? component : tf.mul(component, weights[k])];
  });
  return terms.length === 0 ? tf.scalar(0) : terms.reduce((sum, term) => tf.add(sum, term));
}

/** |α| − |β| = z/√(1 + √(1 − z²)). Its slope diverges at z = ±1. */
const amplitude = (z: tf.Tensor): tf.Tensor => tf.div(z, tf.sqrt(tf.add(1, tf.sqrt(tf.relu(tf.sub(1, tf.square(z)))))));
