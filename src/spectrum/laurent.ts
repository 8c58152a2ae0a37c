import type { FoldedEdges } from '../activation/fold.js';
import { MODE, type ModeStep, type Modes } from './modes.js';

/**
 * The coefficients of end · Rz(φ_r) M_{r−1} … M_1 Rz(φ_1) · start, φ_l = w_l·t + b_l, for every edge: the Bloch vector is
 * carried through the circuit as a Laurent polynomial in exp(it), with three complex numbers for each frequency ω ≥ 0.
 *
 * @param folded  of `batch` edges, whose weights are those of `modes`
 * @param result  where they go, shape [batch, modes.frequencies, 2] (re, im)
 */
export function propagate(
  { steps, frequencies }: Modes,
  folded: FoldedEdges,
  batch: number,
  result: Float64Array,
): void {
  const { start, blocks, end, biases } = folded;
  const reps = steps.length;
  const count = frequencies.length;
  const most = Math.max(...steps.map((step) => Math.max(step.count, step.nextCount)));
  const tables = [new Float64Array(MODE * (most + 1)), new Float64Array(MODE * (most + 1))];
  for (let edge = 0; edge < batch; edge++) {
    const at = 3 * edge;
    write(tables[0], 0, start[at], 0, start[at + 1], 0, start[at + 2], 0, biases[edge * reps]);
    for (let l = 0; l < reps - 1; l++) {
      const block = 9 * (edge * (reps - 1) + l);
      advance(steps[l], tables[l % 2], tables[(l + 1) % 2], blocks, block, biases[edge * reps + l + 1]);
    }
    readOut(steps[reps - 1], tables[(reps - 1) % 2], end, at, result, 2 * edge * count);
    result[2 * edge * count + 1] = 0; // the constant is real, but for rounding
  }
}

/** One data gate, and the block M after it, on all modes. */
function advance(
  step: ModeStep,
  modes: Float64Array,
  next: Float64Array,
  m: Float64Array,
  block: number,
  bias: number,
): void {
  const { count, nextCount, fromP, signP, fromQ, signQ, fromZ } = step;
  modes.fill(0, MODE * count, MODE * (count + 1));
  const a = m[block];
  const b = m[block + 1];
  const c = m[block + 2];
  const d = m[block + 3];
  const e = m[block + 4];
  const f = m[block + 5];
  const g = m[block + 6];
  const h = m[block + 7];
  const i = m[block + 8];
  for (let k = 0; k < nextCount; k++) {
    const p = fromP[k];
    const q = fromQ[k];
    const z = fromZ[k];
    const pr = modes[p];
    const pi = signP[k] * modes[p + 1];
    const qr = modes[q];
    const qi = signQ[k] * modes[q + 1];
    const zr = modes[z + 4];
    const zi = modes[z + 5];
    // x = P + Q and y = −i(P − Q)
    const xr = pr + qr;
    const xi = pi + qi;
    const yr = pi - qi;
    const yi = qr - pr;
    write(
      next,
      MODE * k,
      a * xr + b * yr + c * zr,
      a * xi + b * yi + c * zi,
      d * xr + e * yr + f * zr,
      d * xi + e * yi + f * zi,
      g * xr + h * yr + i * zr,
      g * xi + h * yi + i * zi,
      bias,
    );
  }
}

/** Writes a mode as P = (x + iy)/2 · e^{ib}, Q = (x − iy)/2 · e^{−ib} and z: b is the bias of the data gate that comes next. */
function write(
  modes: Float64Array,
  at: number,
  xr: number,
  xi: number,
  yr: number,
  yi: number,
  zr: number,
  zi: number,
  bias: number,
): void {
  const pr = (xr - yi) / 2;
  const pi = (xi + yr) / 2;
  const qr = (xr + yi) / 2;
  const qi = (xi - yr) / 2;
  const c = bias === 0 ? 1 : Math.cos(bias);
  const s = bias === 0 ? 0 : Math.sin(bias);
  modes[at] = c * pr - s * pi;
  modes[at + 1] = s * pr + c * pi;
  modes[at + 2] = c * qr + s * qi;
  modes[at + 3] = c * qi - s * qr;
  modes[at + 4] = zr;
  modes[at + 5] = zi;
}

/** The last data gate, and end · v, on all modes. */
function readOut(
  step: ModeStep,
  modes: Float64Array,
  end: Float64Array,
  at: number,
  result: Float64Array,
  start: number,
): void {
  const { count, nextCount, fromP, signP, fromQ, signQ, fromZ } = step;
  modes.fill(0, MODE * count, MODE * (count + 1));
  const x = end[at];
  const y = end[at + 1];
  const z = end[at + 2];
  for (let k = 0, to = start; k < nextCount; k++, to += 2) {
    const [p, q] = [fromP[k], fromQ[k]];
    const pi = signP[k] * modes[p + 1];
    const qi = signQ[k] * modes[q + 1];
    result[to] = x * (modes[p] + modes[q]) + y * (pi - qi) + z * modes[fromZ[k] + 4];
    result[to + 1] = x * (pi + qi) + y * (modes[q] - modes[p]) + z * modes[fromZ[k] + 5];
  }
}
