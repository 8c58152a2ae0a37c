import * as tf from '@tensorflow/tfjs-core';
import { sincosText } from '../../../kernels/webgpu/sincosText.js';
import { apply } from '../differentiable.js';
import { groupsFor, runProgram } from './program.js';

const WORKGROUP = 64;
/** Beyond it the angle-addition recurrence is started anew, so that its rounding stays below that of the product to come. */
const RESTART = 8;

/** One sine and cosine an input, the others by angle addition; `emit(m, cosine, sine)` is called for m = 1 … d. */
const multiples = (degree: number, emit: (m: string, cosine: string, sine: string) => string): string => `
  let first = turnBy(t);
  var c = first.c;
  var s = first.s;
  for (var m = 1; m <= ${degree}; m++) {
    if (m > 1) {
      if (m % ${RESTART} == 1) {
        let anew = turnBy(f32(m) * t);
        c = anew.c;
        s = anew.s;
      } else {
        let next = c * first.c - s * first.s;
        s = s * first.c + c * first.s;
        c = next;
      }
    }
    ${emit('m', 'c', 's')}
  }`;

/** Φ⁽ᵏ⁾: multiply by mᵏ and turn by k quarters. */
const derived = (order: number): readonly [cosine: string, sine: string] =>
  (
    [
      ['c', 's'],
      ['-s', 'c'],
      ['-c', '-s'],
      ['s', '-c'],
    ] as const
  )[order % 4].map((value) => `${'f32(m) * '.repeat(order)}(${value})`) as [string, string];

const featuresText = (degree: number, order: number): string => {
  const [cosine, sine] = derived(order);
  return `
${sincosText('f32')}
fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let at = index * ${2 * degree + 1};
  let t = x[index];
  result[at] = ${order === 0 ? '1.0 + 0.0 * t' : '0.0 * t'};
  ${multiples(degree, () => `result[at + m] = ${cosine}; result[at + ${degree} + m] = ${sine};`)}
}
`;
};

const sumsText = (degree: number, order: number): string => {
  const [cosine, sine] = derived(order);
  return `
${sincosText('f32')}
fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let at = index * ${2 * degree + 1};
  let t = x[index];
  var sum = ${order === 0 ? 'weights[at]' : '0.0 * t'};
  ${multiples(degree, () => `sum += weights[at + m] * ${cosine} + weights[at + ${degree} + m] * ${sine};`)}
  result[index] = sum;
}
`;
};

/**
 * Φ⁽ᵏ⁾(x), the k-th derivatives of [1, cos x, …, cos dx, sin x, …, sin dx], shape [batch, in, 2d + 1], in one pass of the device;
 * differentiable to any order.
 *
 * @param x  shape [batch, in]
 */
export function deviceFeatures(x: tf.Tensor2D, degree: number, order = 0): tf.Tensor3D {
  return apply<tf.Tensor3D>(
    {
      forward: (data) =>
        runProgram({
          key: `features_${degree}_${order}`,
          text: () => featuresText(degree, order),
          shape: [...x.shape, 2 * degree + 1],
          inputs: { x: data },
          uniforms: { count: x.size },
          workgroup: WORKGROUP,
          groups: groupsFor(x.size, WORKGROUP),
        }),
      gradient: (dy, data) => [() => featureSums(data as tf.Tensor2D, dy, degree, order + 1)],
    },
    x,
  );
}

/** Σ_m weights_bim Φ⁽ᵏ⁾_m(x_bi), shape [batch, in]. */
function featureSums(x: tf.Tensor2D, weights: tf.Tensor, degree: number, order: number): tf.Tensor2D {
  return apply<tf.Tensor2D>(
    {
      forward: (data, factors) =>
        runProgram({
          key: `featureSums_${degree}_${order}`,
          text: () => sumsText(degree, order),
          shape: x.shape,
          inputs: { x: data, weights: factors },
          uniforms: { count: x.size },
          workgroup: WORKGROUP,
          groups: groupsFor(x.size, WORKGROUP),
        }),
      gradient: (dy, data, factors) => [
        () => tf.mul(dy, featureSums(data as tf.Tensor2D, factors, degree, order + 1)),
        () => tf.mul(tf.expandDims(dy, 2), deviceFeatures(data as tf.Tensor2D, degree, order)),
      ],
    },
    x,
    weights,
  );
}
