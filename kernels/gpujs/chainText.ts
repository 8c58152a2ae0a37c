import { sincosConstants } from '../wasm/sincosConstants.js';

/**
 * The chain kernel's forward pass and derivatives, as text that gpu.js parses.
 *
 * An edge is one record of `stride` = 11·reps − 2 numbers: start 3, end 3, scale, weights r, biases r, blocks 9(r − 1). Sine and
 * cosine are the compiled kernels' own: those of GPUs are good to 2⁻¹¹ only. What may exceed 2²⁴ stays within an integer expression:
 * variables are float32. No variable shadows another: in gpu.js's WebAssembly, it would overwrite it.
 */
export const recordLength = (reps: number): number => 11 * reps - 2;

/** The s = √(1 − z²) of the float32 number next to a pole: slopes, infinite at s = 0, are taken as there. */
const SMALLEST_S = 2 ** -11.5;

const [perTurn, , head, rest, s0, s1, s2, s3, c0, c1, c2, c3, c4, c5] = sincosConstants.float32;

/** Entry `at` of the record of edge (o, i). */
const edge = (at: string | number): string => `table[(o * inDim + i) * stride + ${at}]`;
const entry = (l: string, k: number): string => edge(`(7 + 2 * reps + 9 * ${l} + ${k})`);

/** Sets `cosine`, `sine` and `slope` = dφ/de of data rotation l. A sample that is NaN stays NaN. */
const encode = (l: string): string => `
    const encoded = ${edge(`(7 + ${l})`)} * value + ${edge(`(7 + reps + ${l})`)};
    let cosine = encoded;
    let sine = 0;
    let slope = 1;
    if (acos === 1) {
      if (encoded > 1) cosine = 1;
      if (encoded < -1) cosine = -1;
      sine = Math.sqrt((1 - cosine) * (1 + cosine));
      slope = -1 / Math.max(sine, ${SMALLEST_S});
      if (encoded > 1) slope = 0;
      if (encoded < -1) slope = 0;
    } else {
      const turns = Math.floor(encoded * ${perTurn} + 0.5);
      const angle = (encoded - turns * ${head}) - turns * ${rest};
      const squared = angle * angle;
      const sign = 1 - 2 * (turns - 2 * Math.floor(0.5 * turns));
      sine = sign * (angle + angle * squared * (((${s0} * squared + ${s1}) * squared + ${s2}) * squared + ${s3}));
      cosine = sign * (((((${c0} * squared + ${c1}) * squared + ${c2}) * squared + ${c3}) * squared + ${c4}) * squared + ${c5});
    }`;

/** Block l times a vector, or its transpose times it. */
const block = (l: string, v: string, transposed: boolean): string => {
  const row = (k: number) =>
    ['x', 'y', 'z'].map((axis, j) => `${entry(l, transposed ? 3 * j + k : 3 * k + j)} * ${v}${axis}`).join(' + ');
  return `
      const ${v}u = ${row(0)};
      const ${v}w = ${row(1)};
      ${v}z = ${row(2)};
      ${v}x = ${v}u;
      ${v}y = ${v}w;`;
};

/** Carries v from the start of the edge through the data rotations and the blocks between them. */
const walk = `
    let vx = ${edge(0)};
    let vy = ${edge(1)};
    let vz = ${edge(2)};
    for (let l = 0; l < reps; l++) {
      if (l > 0) {${block('(l - 1)', 'v', false)}
      }
      ${encode('l')}
      const turned = cosine * vx - sine * vy;
      vy = sine * vx + cosine * vy;
      vx = turned;
    }`;

/** Sets `f`, `measured` = g(f) and `toF` = g′(f). */
const measure = `
    const f = ${edge(3)} * vx + ${edge(4)} * vy + ${edge(5)} * vz;
    let measured = f;
    let toF = 1;
    if (amplitude === 1) {
      let rest = (1 - f) * (1 + f);
      if (rest < 0) rest = 0;
      const root = Math.sqrt(rest);
      const s = Math.max(root, ${SMALLEST_S});
      measured = f / Math.sqrt(1 + root);
      toF = Math.sqrt(1 + s) / (2 * s);
    }`;

/** The costate at the end of the edge, and its way back by one data rotation. */
const costate = `
    let nx = ${edge(3)};
    let ny = ${edge(4)};
    let nz = ${edge(5)};`;
const rotateBack = (v: string): string => `
      const ${v}t = cosine * ${v}x + sine * ${v}y;
      ${v}y = cosine * ${v}y - sine * ${v}x;
      ${v}x = ${v}t;`;

const shape = 'inDim, reps, stride, acos, amplitude';

/** y, one thread a number: x the output, y the sample. */
export const forwardText = `function forward(x, table, ${shape}) {
  let total = 0;
  for (let i = 0; i < inDim; i++) {
    const value = x[this.thread.y * inDim + i];
    ${walk}
    ${measure}
    total += ${edge(6)} * measured;
  }
  return total;
}`.replaceAll('(o * ', '(this.thread.x * ');

/** ∂L/∂x, one thread a number: x the input, y the sample. */
export const inputsText = `function inputs(x, table, upstream, outDim, ${shape}) {
  const value = x[this.thread.y * inDim + this.thread.x];
  let toX = 0;
  for (let o = 0; o < outDim; o++) {
    ${walk}
    ${measure}
    ${costate}
    let toEdge = 0;
    for (let back = 0; back < reps; back++) {
      if (back > 0) {${block('(reps - 1 - back)', 'v', true)}${block('(reps - 1 - back)', 'n', true)}
      }
      ${encode('(reps - 1 - back)')}
      toEdge += (vx * ny - vy * nx) * slope * ${edge('(7 + reps - 1 - back)')};
      ${rotateBack('v')}${rotateBack('n')}
    }
    toX += upstream[this.thread.y * outDim + o] * ${edge(6)} * toF * toEdge;
  }
  return toX;
}`.replaceAll('inDim + i)', 'inDim + this.thread.x)');

/**
 * Sums over the samples chunk, chunk + chunks, …: x the input, y the output, z = chunk·count + number. Of an edge's numbers, 4p, 4p + 1
 * and 4p + 2 are the torque at point p of the chain, 4p + 3 is ∂L/∂w_p, or ∂L/∂scale for p = 0, and 4(r + 1) + l is ∂L/∂b_l: in a
 * linear encoding the torque's z component, and not among the `count`.
 */
export const numbersOf = (reps: number, encoding: 'linear' | 'acos'): number =>
  4 * (reps + 1) + (encoding === 'acos' ? reps : 0);

export const parametersText = `function parameters(x, table, upstream, batch, outDim, chunks, rounds, count, ${shape}) {
  const chunk = Math.floor((this.thread.z + 0.5) / count);
  const number = this.thread.z - chunk * count;
  let point = Math.floor(number / 4);
  const part = number - 4 * point;
  let bias = 0;
  if (point > reps) {
    point = number - 4 * (reps + 1) + 1;
    bias = 1;
  }
  let sum = 0;
  for (let k = 0; k < rounds; k++) {
    if (k * chunks + (chunk | 0) < batch) {
    const value = x[(k * chunks + (chunk | 0)) * inDim + this.thread.x];
    ${walk}
    ${measure}
    const up = upstream[(k * chunks + (chunk | 0)) * outDim + this.thread.y];
    if (bias === 0 && part === 3 && point === 0) {
      sum += up * measured;
    } else {
      ${costate}
      let slopeAt = 1;
      for (let back = 0; back < reps - (point | 0); back++) {
        if (back > 0) {${block('(reps - 1 - back)', 'v', true)}${block('(reps - 1 - back)', 'n', true)}
        }
        ${encode('(reps - 1 - back)')}
        ${rotateBack('v')}${rotateBack('n')}
      }
      if (point > 0 && point < reps) {${block('((point | 0) - 1)', 'v', true)}${block('((point | 0) - 1)', 'n', true)}
      }
      if (point > 0) {
        ${encode('((point | 0) - 1)')}
        slopeAt = slope;
      }
      let torque = vx * ny - vy * nx;
      if (bias === 1) {
        torque *= slopeAt;
      } else {
        if (part === 0) torque = vy * nz - vz * ny;
        if (part === 1) torque = vz * nx - vx * nz;
        if (part === 3) torque *= slopeAt * value;
      }
      sum += up * ${edge(6)} * toF * torque;
    }
    }
  }
  return sum;
}`.replaceAll('(o * inDim + i)', '(this.thread.y * inDim + this.thread.x)');
