import { expected } from '../foundation/errors.js';
import type { BaseFunction } from './baseFunctions.js';
import type { Basis, BasisBlock, BasisTensors } from './basis.js';

/** Keeps the quotient of the layer normalisation finite. */
const FLOOR = 1e-5;

/**
 * Joins the K functions of every input to one by global attention over the inputs of a row,
 *
 *   s = n·softmax_i(w·Φ(x_i)/T),   z_i = s_i Σ_k Φ_k(x_i),   feature_i = act(g_i·(z_i − mean z)/√(variance z + 10⁻⁵) + h_i),
 *
 * n the number of inputs, so that equal shares are 1. Trained are w, shape [1, K], T, which counts as 1 where it is less, g and
 * h, shape [in]. A layer then has `in·units` coefficients in place of `in·units·K`.
 *
 * @param name  of the basis, for errors
 * @throws for three inputs or fewer, of which the normalisation would leave next to nothing
 * @see arXiv:2503.06112
 */
export function withAttention(
  name: string,
  inner: Basis,
  act: BaseFunction,
): Pick<Basis, 'size' | 'base' | 'bias' | 'deviation' | 'blocks' | 'features' | 'backward'> {
  const { size } = inner;

  /** One row: shares s and sums Σ_k Φ_k, z normalised to u, and what act is taken of. */
  function attend({ inDim, parameters }: BasisTensors, features: Float64Array, row: number) {
    const [weights, temperature, gain, shift] = parameters.slice(-4);
    const heat = Math.max(1, temperature[0]);
    const [scores, sums] = [new Float64Array(inDim), new Float64Array(inDim)];
    for (let i = 0; i < inDim; i++) {
      const at = (row * inDim + i) * size;
      for (let k = 0; k < size; k++) {
        scores[i] += (weights[k] * features[at + k]) / heat;
        sums[i] += features[at + k];
      }
    }
    const highest = scores.reduce((a, b) => Math.max(a, b));
    const powers = scores.map((score) => Math.exp(score - highest));
    const whole = sum(powers) / inDim;
    const shares = powers.map((power) => power / whole);
    const z = shares.map((share, i) => share * sums[i]);
    const mean = sum(z) / inDim;
    const deviation = Math.sqrt(z.reduce((total, value) => total + (value - mean) ** 2, 0) / inDim + FLOOR);
    const u = z.map((value) => (value - mean) / deviation);
    return { scores, sums, shares, u, deviation, heat, before: u.map((value, i) => gain[i] * value + shift[i]) };
  }

  const innerTensors = (tensors: BasisTensors): BasisTensors => ({
    ...tensors,
    parameters: tensors.parameters.slice(0, -4),
  });
  const innerFeatures = (tensors: BasisTensors): Float64Array => {
    const features = new Float64Array(tensors.batch * tensors.inDim * size);
    inner.features(innerTensors(tensors), features, size);
    return features;
  };

  return {
    size: 1,
    base: 'none',
    bias: false,
    deviation: (inDim) => Math.sqrt(1 / inDim),
    blocks(inDim): readonly BasisBlock[] {
      if (!(inDim > 3)) throw expected(name, 'at least 4 inputs for attention, which normalises over them', inDim);
      return [
        ...inner.blocks(inDim),
        block('attention', [1, size], 0),
        block('temperature', [1], Math.sqrt(inDim)),
        block('gain', [inDim], 1),
        block('shift', [inDim], 0),
      ];
    },
    features(tensors, out, stride) {
      const { batch, inDim } = tensors;
      const features = innerFeatures(tensors);
      for (let row = 0; row < batch; row++) {
        attend(tensors, features, row).before.forEach((value, i) => {
          out[(row * inDim + i) * stride] = act.value(value);
        });
      }
    },
    backward(tensors, upstream, stride, gradient) {
      const { batch, inDim, parameters } = tensors;
      const [weights, temperature, gain] = parameters.slice(-4);
      const [onWeights, onTemperature, onGain, onShift] = gradient.parameters.slice(-4);
      const features = innerFeatures(tensors);
      const onFeatures = new Float64Array(features.length);
      for (let row = 0; row < batch; row++) {
        const { scores, sums, shares, u, deviation, heat, before } = attend(tensors, features, row);
        const onU = before.map((value, i) => {
          const slope = upstream[(row * inDim + i) * stride] * act.derivative(value);
          onGain[i] += slope * u[i];
          onShift[i] += slope;
          return slope * gain[i];
        });
        const level = sum(onU) / inDim;
        const along = dot(onU, u) / inDim;
        const onZ = onU.map((slope, i) => (slope - level - u[i] * along) / deviation);
        const pull = onZ.reduce((total, slope, i) => total + slope * sums[i] * shares[i], 0) / inDim;
        const onScores = onZ.map((slope, i) => shares[i] * (slope * sums[i] - pull));
        if (temperature[0] > 1) onTemperature[0] -= dot(onScores, scores) / heat;
        for (let i = 0; i < inDim; i++) {
          const at = (row * inDim + i) * size;
          for (let k = 0; k < size; k++) {
            onWeights[k] += (onScores[i] * features[at + k]) / heat;
            onFeatures[at + k] = onZ[i] * shares[i] + (onScores[i] * weights[k]) / heat;
          }
        }
      }
      const onInner = { x: gradient.x, parameters: gradient.parameters.slice(0, -4) };
      inner.backward(innerTensors(tensors), onFeatures, size, onInner);
    },
  };
}

const block = (name: string, shape: readonly number[], value: number): BasisBlock => ({
  name,
  shape,
  values: new Float64Array(shape[shape.length - 1]).fill(value),
  trainable: true,
});
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((total, value, i) => total + value * b[i], 0);
const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
