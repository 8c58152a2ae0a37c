import { checkLength } from '../../src/foundation/checks.js';
import type { ChainGradient, ChainKernel, ChainLayer, Floats } from '../chain.js';
import { checkChain } from '../validate.js';

/**
 * Below this s, slopes are taken as if s were it: 2⁻²⁶, the s of the float64 number next to a pole. It keeps the slope
 * √(1+s)/(2s) of the amplitude measurement (s = √(1−z²)) and the slope −1/s of acos (s = √(1−e²)), both infinite at
 * s = 0, at most 2²⁶, and changes them nowhere else.
 */
const SMALLEST_S = 2 ** -26;

/** A layer in float64, with scratch for one sample of one edge. */
interface Walk {
  readonly layer: ChainLayer & Record<'start' | 'blocks' | 'end' | 'weights' | 'biases' | 'scale', Float64Array>;
  /** cos φ_l, sin φ_l and dφ_l/de_l. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  readonly slopes: Float64Array;
  /** The Bloch vector and the costate. */
  readonly v: Float64Array;
  readonly costate: Float64Array;
}

const inFloat64 = (values: Floats): Float64Array =>
  values instanceof Float64Array ? values : Float64Array.from(values);

function prepare(layer: ChainLayer): Walk {
  const { start, blocks, end, weights, biases, scale, reps } = layer;
  return {
    layer: {
      ...layer,
      start: inFloat64(start),
      blocks: inFloat64(blocks),
      end: inFloat64(end),
      weights: inFloat64(weights),
      biases: inFloat64(biases),
      scale: inFloat64(scale),
    },
    cosines: new Float64Array(reps),
    sines: new Float64Array(reps),
    slopes: new Float64Array(reps),
    v: new Float64Array(3),
    costate: new Float64Array(3),
  };
}

/** Encodes x and carries v from the start of the edge to its end. Returns f = c·v. */
function walkForward(walk: Walk, edge: number, x: number): number {
  const { layer, cosines, sines, slopes, v } = walk;
  const { reps, weights, biases, blocks, start, end } = layer;
  const linear = layer.encoding === 'linear';
  let vx = start[3 * edge];
  let vy = start[3 * edge + 1];
  let vz = start[3 * edge + 2];
  for (let l = 0; l < reps; l++) {
    const encoded = weights[edge * reps + l] * x + biases[edge * reps + l];
    let cosine = encoded;
    let sine = 0;
    if (linear) {
      cosine = Math.cos(encoded);
      sine = Math.sin(encoded);
      slopes[l] = 1;
    } else {
      cosine = Math.min(1, Math.max(-1, encoded));
      sine = Math.sqrt((1 - cosine) * (1 + cosine));
      slopes[l] = cosine === encoded ? -1 / Math.max(sine, SMALLEST_S) : 0;
    }
    cosines[l] = cosine;
    sines[l] = sine;
    const rotated = cosine * vx - sine * vy;
    vy = sine * vx + cosine * vy;
    vx = rotated;
    if (l === reps - 1) break;
    const m = 9 * (edge * (reps - 1) + l);
    const nextX = blocks[m] * vx + blocks[m + 1] * vy + blocks[m + 2] * vz;
    const nextY = blocks[m + 3] * vx + blocks[m + 4] * vy + blocks[m + 5] * vz;
    vz = blocks[m + 6] * vx + blocks[m + 7] * vy + blocks[m + 8] * vz;
    vx = nextX;
    vy = nextY;
  }
  v[0] = vx;
  v[1] = vy;
  v[2] = vz;
  return end[3 * edge] * vx + end[3 * edge + 1] * vy + end[3 * edge + 2] * vz;
}

/** u ← Rz(−φ_l) u. */
function rotateBack(u: Float64Array, cosine: number, sine: number): void {
  const x = cosine * u[0] + sine * u[1];
  u[1] = cosine * u[1] - sine * u[0];
  u[0] = x;
}

/** u ← Mᵀ u, with M at `blocks[m]`. */
function applyTranspose(u: Float64Array, blocks: Float64Array, m: number): void {
  const x = u[0];
  const y = u[1];
  const z = u[2];
  u[0] = blocks[m] * x + blocks[m + 3] * y + blocks[m + 6] * z;
  u[1] = blocks[m + 1] * x + blocks[m + 4] * y + blocks[m + 7] * z;
  u[2] = blocks[m + 2] * x + blocks[m + 5] * y + blocks[m + 8] * z;
}

/** √(1 − z²); 0 where rounding took z past a pole. */
const sineOf = (z: number): number => Math.sqrt(Math.max(0, (1 - z) * (1 + z)));

/** g(z). */
function measure(layer: ChainLayer, z: number): number {
  return layer.measurement === 'expectation' ? z : z / Math.sqrt(1 + sineOf(z));
}

/** dg/dz: 1, or √(1+s)/(2s). */
function measurementSlope(layer: ChainLayer, z: number): number {
  if (layer.measurement === 'expectation') return 1;
  const s = Math.max(sineOf(z), SMALLEST_S);
  return Math.sqrt(1 + s) / (2 * s);
}

/** Cost: O(batch · in · out · reps), a sine and a cosine each; allocates nothing a sample. */
function forward(layer: ChainLayer, x: Floats, batch: number): Floats {
  checkChain('reference chain forward', layer, x, batch);
  const { inDim, outDim } = layer;
  const walk = prepare(layer);
  const { scale } = walk.layer;
  const data = inFloat64(x);
  const y = new Float64Array(batch * outDim);
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      for (let b = 0; b < batch; b++) {
        y[b * outDim + o] += scale[edge] * measure(layer, walkForward(walk, edge, data[b * inDim + i]));
      }
    }
  }
  return y;
}

/**
 * Per edge and sample, v is carried to the end and the costate c back beside it by the inverse rotations. Each block M_l must
 * be orthogonal: it is undone by its transpose. Cost: about three times that of `forward`.
 */
function backward(layer: ChainLayer, x: Floats, batch: number, upstream: Floats): ChainGradient {
  const where = 'reference chain backward';
  checkChain(where, layer, x, batch);
  checkLength(where, 'upstream', upstream, batch * layer.outDim, '[batch, out]');
  const { inDim, outDim, reps } = layer;
  const walk = prepare(layer);
  const data = inFloat64(x);
  const incoming = inFloat64(upstream);
  const edges = inDim * outDim;
  const gradient = {
    x: new Float64Array(batch * inDim),
    torque: new Float64Array(edges * (reps + 1) * 3),
    weights: new Float64Array(edges * reps),
    biases: new Float64Array(edges * reps),
    scale: new Float64Array(edges),
  };
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) {
      const edge = o * inDim + i;
      for (let b = 0; b < batch; b++) {
        const at = b * inDim + i;
        const f = walkForward(walk, edge, data[at]);
        const up = incoming[b * outDim + o];
        gradient.scale[edge] += up * measure(layer, f);
        const toF = up * walk.layer.scale[edge] * measurementSlope(layer, f);
        gradient.x[at] += walkBack(walk, edge, data[at], toF, gradient);
      }
    }
  }
  return gradient;
}

/**
 * Walks v and the costate back to the start, adding what each point contributes to torque, weights and biases.
 *
 * @param toF ∂L/∂f of this sample
 * @returns this edge's part of ∂L/∂x
 */
function walkBack(
  walk: Walk,
  edge: number,
  x: number,
  toF: number,
  gradient: Record<'torque' | 'weights' | 'biases', Float64Array>,
): number {
  const { layer, cosines, sines, slopes, v, costate } = walk;
  const { reps, weights, blocks, end } = layer;
  for (let k = 0; k < 3; k++) costate[k] = end[3 * edge + k];
  let toX = 0;
  for (let l = reps; l >= 1; l--) {
    if (l < reps) {
      const m = 9 * (edge * (reps - 1) + l - 1);
      applyTranspose(v, blocks, m);
      applyTranspose(costate, blocks, m);
    }
    addTorque(gradient.torque, 3 * (edge * (reps + 1) + l), toF, v, costate);
    // a data rotation is a rotation about z: ∂f/∂φ is the z component of the torque
    const toEncoded = toF * (v[0] * costate[1] - v[1] * costate[0]) * slopes[l - 1];
    const at = edge * reps + l - 1;
    gradient.weights[at] += toEncoded * x;
    gradient.biases[at] += toEncoded;
    toX += toEncoded * weights[at];
    rotateBack(v, cosines[l - 1], sines[l - 1]);
    rotateBack(costate, cosines[l - 1], sines[l - 1]);
  }
  addTorque(gradient.torque, 3 * edge * (reps + 1), toF, v, costate);
  return toX;
}

/** torque += factor · v × λ. */
function addTorque(torque: Float64Array, at: number, factor: number, v: Float64Array, costate: Float64Array): void {
  torque[at] += factor * (v[1] * costate[2] - v[2] * costate[1]);
  torque[at + 1] += factor * (v[2] * costate[0] - v[0] * costate[2]);
  torque[at + 2] += factor * (v[0] * costate[1] - v[1] * costate[0]);
}

/** The oracle: float64, one edge and one sample after the other. */
export const referenceChainKernel: ChainKernel = { name: 'reference', precision: 'float64', forward, backward };
