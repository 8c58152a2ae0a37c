// The coefficients, [2d + 1, out, in], as panels. The order of the derivative goes into them: d^k/dt^k of
// C cos mt + S sin mt is C' cos mt + S' sin mt, with (C', S') = m^k times (C, S) turned by k quarter turns.

import { field } from '../job';
import { BASELINE, COEFFICIENTS, DEGREE, FLAG_SILU, FLAGS, IN, ORDER, OUT, PANEL_ROW, PANELS } from '../../nodes/layout';

/** m^k. */
export function power(m: i32, order: i32): f32 {
  let result: f64 = 1;
  for (let k = 0; k < order; k++) result *= m;
  return <f32>result;
}

/** Where the coefficients lie from which feature `index` (0: cos, 1: sin) of pair m takes its own, and its sign there. */
// @ts-ignore: decorator
@inline
function sourceRow(m: i32, sine: i32, order: i32, degree: i32): i32 {
  return (order & 1) == sine ? m : degree + m;
}

/** Where the coefficients of the last feature lie: of the constant, or of silu. */
// @ts-ignore: decorator
@inline
export function lastRow(degree: i32): i32 {
  return field(FLAGS) & FLAG_SILU ? 2 * degree + 1 : 0;
}

/** cos: C, S, −C, −S; sin: S, −C, −S, C for k = 0, 1, 2, 3. */
// @ts-ignore: decorator
@inline
function signAt(sine: i32, order: i32): f32 {
  const k = order & 3;
  if (sine == 0) return k < 2 ? 1 : -1;
  return k == 0 || k == 3 ? 1 : -1;
}

/** Panels of 8 outputs: [panel][input group][feature][4 inputs][8 outputs], and what all samples share. */
export function packOutputs(features: i32): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const degree = field(DEGREE);
  const order = field(ORDER);
  const matrix = <usize>inDim * outDim * 4;
  const from: usize = field(COEFFICIENTS);
  let to: usize = field(PANELS);
  const panels = (outDim + 7) / 8;
  const groups = (inDim + 3) / 4;
  memory.fill(to, 0, <usize>panels * groups * features * (4 * PANEL_ROW));
  for (let panel = 0; panel < panels; panel++) {
    const outputs = min(8, outDim - 8 * panel);
    for (let group = 0; group < groups; group++) {
      const inputs = min(4, inDim - 4 * group);
      for (let feature = 0; feature < features; feature++, to += 4 * PANEL_ROW) {
        const m = (feature >> 1) + 1;
        const sine = feature & 1;
        const row = m > degree ? lastRow(degree) : sourceRow(m, sine, order, degree);
        const factor = m > degree ? <f32>1 : signAt(sine, order) * power(m, order);
        let source = from + row * matrix + (8 * panel * inDim + 4 * group) * 4;
        for (let o = 0; o < outputs; o++, source += inDim * 4) {
          if (inputs == 4) {
            const values = f32x4.mul(v128.load(source), f32x4.splat(factor));
            v128.store_lane<f32>(to + 4 * o, values, 0);
            v128.store_lane<f32>(to + 4 * o, values, 1, 32);
            v128.store_lane<f32>(to + 4 * o, values, 2, 64);
            v128.store_lane<f32>(to + 4 * o, values, 3, 96);
          } else {
            for (let i = 0; i < inputs; i++) store<f32>(to + 4 * o + PANEL_ROW * i, load<f32>(source + 4 * i) * factor);
          }
        }
      }
    }
  }
  const shared = order == 0 && (features == 2 * degree || lastRow(degree) > 0);
  for (let o = 0; o < 8 * panels; o++) {
    let sum: f64 = 0;
    if (shared && o < outDim) {
      for (let i = 0; i < inDim; i++) sum += <f64>load<f32>(from + (o * inDim + i) * 4);
    }
    store<f32>(field(BASELINE) + 4 * o, <f32>sum);
  }
}

/** Panels of 4 inputs' cos and sin: [input group][pair][output, filled up to fours][cos: 4 inputs, sin: 4 inputs]. */
export function packInputs(pairs: i32): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const degree = field(DEGREE);
  const order = field(ORDER);
  const matrix = <usize>inDim * outDim * 4;
  const from: usize = field(COEFFICIENTS);
  let to: usize = field(PANELS);
  const groups = (inDim + 3) / 4;
  const filled = (outDim + 3) & ~3;
  memory.fill(to, 0, <usize>groups * pairs * filled * PANEL_ROW);
  for (let group = 0; group < groups; group++) {
    const inputs = min(4, inDim - 4 * group);
    for (let m = 1; m <= pairs; m++, to += filled * PANEL_ROW) {
      const last = m > degree;
      const cosines = from + (last ? lastRow(degree) : sourceRow(m, 0, order, degree)) * matrix + 16 * group;
      const sines = from + (last ? lastRow(degree) : sourceRow(m, 1, order, degree)) * matrix + 16 * group;
      const size = last ? <f32>1 : power(m, order);
      const cosineFactor = last ? <f32>1 : signAt(0, order) * size;
      const sineFactor = last ? <f32>0 : signAt(1, order) * size;
      for (let o = 0; o < outDim; o++) {
        const at: usize = o * inDim * 4;
        const target = to + o * PANEL_ROW;
        if (inputs == 4) {
          v128.store(target, f32x4.mul(v128.load(cosines + at), f32x4.splat(cosineFactor)));
          if (!last) v128.store(target, f32x4.mul(v128.load(sines + at), f32x4.splat(sineFactor)), 16);
          continue;
        }
        for (let i = 0; i < inputs; i++) {
          store<f32>(target + 4 * i, load<f32>(cosines + at + 4 * i) * cosineFactor);
          if (!last) store<f32>(target + 16 + 4 * i, load<f32>(sines + at + 4 * i) * sineFactor);
        }
      }
    }
  }
}
