import type { Floats } from '../chain.js';
import type { NodeKernel, NodeLayer, NodeShape } from '../nodes.js';
import { checkNodes } from '../validateNodes.js';
import { compile, compileGradient } from './compile.js';

/** Φ⁽ᵏ⁾_m(t) for m = 0 … 2d: cos⁽ᵏ⁾ is a cosine shifted by k quarter turns, and so is sin. */
function feature(m: number, t: number, { degree, order }: NodeShape): number {
  if (m === 0) return order === 0 ? 1 : 0;
  const multiple = m <= degree ? m : m - degree;
  const [cosine, sine] = [Math.cos(multiple * t), Math.sin(multiple * t)];
  const quarter = (order + (m <= degree ? 0 : 3)) % 4; // sin = cos a quarter turn back
  return multiple ** order * [cosine, -sine, -cosine, sine][quarter];
}

type Visit = (b: number, o: number, i: number, m: number, feature: number) => void;

function each(shape: NodeShape, x: Floats, batch: number, visit: Visit): void {
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < shape.inDim; i++) {
      for (let m = 0; m <= 2 * shape.degree; m++) {
        const value = feature(m, x[b * shape.inDim + i], shape);
        for (let o = 0; o < shape.outDim; o++) visit(b, o, i, m, value);
      }
    }
  }
}

/** The oracle: float64, one term of the trilinear form after the other. */
export const referenceNodeKernel: NodeKernel = {
  name: 'reference',
  precision: 'float64',

  outputs(shape, x, coefficients, batch, gain) {
    checkNodes('reference node outputs', shape, batch, { x, coefficients, gain });
    const { inDim, outDim } = shape;
    const y = new Float64Array(batch * outDim);
    each(shape, x, batch, (b, o, i, m, value) => {
      y[b * outDim + o] += (gain ? gain[b * inDim + i] : 1) * value * coefficients[(m * outDim + o) * inDim + i];
    });
    return y;
  },

  inputs(shape, x, coefficients, upstream, batch) {
    checkNodes('reference node inputs', shape, batch, { x, coefficients, upstream });
    const { inDim, outDim } = shape;
    const result = new Float64Array(batch * inDim);
    each(shape, x, batch, (b, o, i, m, value) => {
      result[b * inDim + i] += upstream[b * outDim + o] * value * coefficients[(m * outDim + o) * inDim + i];
    });
    return result;
  },

  coefficients(shape, x, upstream, batch, gain) {
    checkNodes('reference node coefficients', shape, batch, { x, upstream, gain });
    const { inDim, outDim, degree } = shape;
    const result = new Float64Array((2 * degree + 1) * outDim * inDim);
    each(shape, x, batch, (b, o, i, m, value) => {
      const factor = gain ? gain[b * inDim + i] : 1;
      result[(m * outDim + o) * inDim + i] += factor * value * upstream[b * outDim + o];
    });
    return result;
  },

  forward(layer, x, batch) {
    const { coefficients, siluWeights } = layer;
    checkNodes('reference node forward', plain(layer), batch, { x, coefficients, siluWeights });
    const y = referenceNodeKernel.outputs(plain(layer), x, coefficients, batch);
    const beside = referenceNodeKernel.outputs(constant(layer), x, siluWeights, batch, Float64Array.from(x, silu));
    return y.map((value, k) => value + beside[k]);
  },

  backward(layer, x, batch, upstream, byInputs) {
    const { coefficients, siluWeights } = layer;
    checkNodes('reference node backward', plain(layer), batch, { x, coefficients, siluWeights, upstream });
    const bySeries = referenceNodeKernel.inputs({ ...plain(layer), order: 1 }, x, coefficients, upstream, batch);
    const bySilu = referenceNodeKernel.inputs(constant(layer), x, siluWeights, upstream, batch);
    return {
      coefficients: referenceNodeKernel.coefficients(plain(layer), x, upstream, batch),
      siluWeights: referenceNodeKernel.coefficients(constant(layer), x, upstream, batch, Float64Array.from(x, silu)),
      ...(byInputs ? { x: bySeries.map((value, k) => value + siluSlope(x[k]) * bySilu[k]) } : {}),
    };
  },

  compile,
  compileGradient,
};

const plain = ({ inDim, outDim, degree }: NodeLayer): NodeShape => ({ inDim, outDim, degree, order: 0 });
/** silu is the gain of a constant. */
const constant = ({ inDim, outDim }: NodeLayer): NodeShape => ({ inDim, outDim, degree: 0, order: 0 });

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const silu = (x: number): number => x * sigmoid(x);
const siluSlope = (x: number): number => sigmoid(x) * (1 + x * (1 - sigmoid(x)));
