// A program of turns, run on four edges at a time, at all nodes; its values there, transformed, are the coefficients.
// Backward nothing but the torque v × λ runs, as in the chain kernel.

import { fma } from '../products';
import { constantOf, signOf } from '../sincos';
import { field } from '../job';
import {
  ANGLES,
  COEFFICIENTS,
  COLUMNS,
  DEGREE,
  EDGE_STRIDE,
  EDGES,
  FOURIER,
  GRADIENT,
  GROUP,
  READOUT,
  STEP,
  STEP_COUNT,
  STEP_ENCODE,
  STEP_TURN,
  STEPS,
  TERMS,
  TURNS,
} from '../../nodes/layout';

/** Bytes of a node's vector: x, y, z of four edges. */
// @ts-ignore: decorator
@inline const NODE: usize = 48;

/** Task: `GROUP` quads of edges. */
export function compileTask(task: i32, scratch: usize, backward: bool): void {
  const quads = field(EDGE_STRIDE) >> 2;
  const from = task * field(GROUP);
  const to = min(from + field(GROUP), quads);
  const circle = scratch;
  const state = circle + field(TURNS) * 32;
  for (let quad = from; quad < to; quad++) {
    circles(quad, circle);
    forward(circle, state);
    if (backward) backwardQuad(quad, circle, state);
    else transform(quad, state);
  }
}

/** Row of edge `lane` of a quad; beyond the last edge, the last one's. */
// @ts-ignore: decorator
@inline
function rowOf(array: usize, quad: i32, lane: i32): usize {
  return array + <usize>min(4 * quad + lane, field(EDGES) - 1) * field(COLUMNS) * 4;
}

/** cos and sin of the angles of one quad, one pair a turn. */
function circles(quad: i32, to: usize): void {
  const end = to + field(TURNS) * 32;
  const row0 = rowOf(field(ANGLES), quad, 0);
  const row1 = rowOf(field(ANGLES), quad, 1);
  const row2 = rowOf(field(ANGLES), quad, 2);
  const row3 = rowOf(field(ANGLES), quad, 3);
  const perTurn = constantOf<f32>(0);
  const rounder = constantOf<f32>(1);
  let term: usize = field(TERMS);
  for (; to < end; to += 32) {
    let x = f32x4.splat(0);
    let left = load<i32>(term);
    for (term += 4; left > 0; left--, term += 8) {
      const at: usize = load<i32>(term) * 4;
      let value = v128.load32_zero(row0 + at);
      value = v128.load_lane<f32>(row1 + at, value, 1);
      value = v128.load_lane<f32>(row2 + at, value, 2);
      value = v128.load_lane<f32>(row3 + at, value, 3);
      x = f32x4.add(x, f32x4.mul(value, v128.load32_splat(term, 4)));
    }
    const rounded = fma<f32>(x, perTurn, rounder);
    const k = f32x4.sub(rounded, rounder);
    const y = f32x4.sub(f32x4.sub(x, f32x4.mul(k, constantOf<f32>(2))), f32x4.mul(k, constantOf<f32>(3)));
    const z = f32x4.mul(y, y);
    const sign = signOf<f32>(rounded);
    let s = fma<f32>(constantOf<f32>(4), z, constantOf<f32>(5));
    let c = fma<f32>(constantOf<f32>(8), z, constantOf<f32>(9));
    s = fma<f32>(s, z, constantOf<f32>(6));
    c = fma<f32>(c, z, constantOf<f32>(10));
    s = fma<f32>(s, z, constantOf<f32>(7));
    c = fma<f32>(c, z, constantOf<f32>(11));
    s = fma<f32>(f32x4.mul(s, z), y, y);
    c = fma<f32>(c, z, constantOf<f32>(12));
    c = fma<f32>(c, z, constantOf<f32>(13));
    v128.store(to, v128.xor(c, sign));
    v128.store(to, v128.xor(s, sign), 16);
  }
}

/** The other two axes, in the order in which a turn about `axis` goes. */
// @ts-ignore: decorator
@inline
function after(axis: i32): usize {
  return axis == 2 ? 0 : 16 * (axis + 1);
}

// @ts-ignore: decorator
@inline
function before(axis: i32): usize {
  return axis == 0 ? 32 : 16 * (axis - 1);
}

/** Turns the vectors of all nodes by one angle. */
function turn(state: usize, end: usize, axis: i32, c: v128, s: v128): void {
  const p = after(axis);
  const q = before(axis);
  for (; state < end; state += NODE) {
    const a = v128.load(state + p);
    const b = v128.load(state + q);
    v128.store(state + p, f32x4.sub(f32x4.mul(c, a), f32x4.mul(s, b)));
    v128.store(state + q, f32x4.add(f32x4.mul(s, a), f32x4.mul(c, b)));
  }
}

/** Turns the vector of each node by its own angle, whose cosines and sines `table` holds; `sign` turns back if negative. */
function encode(state: usize, end: usize, axis: i32, table: usize, sign: f32): void {
  const p = after(axis);
  const q = before(axis);
  const direction = f32x4.splat(sign);
  for (; state < end; state += NODE, table += 8) {
    const c = v128.load32_splat(table);
    const s = f32x4.mul(v128.load32_splat(table, 4), direction);
    const a = v128.load(state + p);
    const b = v128.load(state + q);
    v128.store(state + p, f32x4.sub(f32x4.mul(c, a), f32x4.mul(s, b)));
    v128.store(state + q, f32x4.add(f32x4.mul(s, a), f32x4.mul(c, b)));
  }
}

/** Applies a fixed matrix, or its transpose. */
function rotate(state: usize, end: usize, matrix: usize, transposed: bool): void {
  const row: usize = transposed ? 4 : 12;
  const column: usize = transposed ? 12 : 4;
  for (; state < end; state += NODE) {
    const x = v128.load(state);
    const y = v128.load(state, 16);
    const z = v128.load(state, 32);
    for (let i: usize = 0; i < 3; i++) {
      const at = matrix + i * row;
      const first = f32x4.mul(v128.load32_splat(at), x);
      const second = f32x4.mul(v128.load32_splat(at + column), y);
      const third = f32x4.mul(v128.load32_splat(at + 2 * column), z);
      v128.store(state + 16 * i, f32x4.add(f32x4.add(first, second), third));
    }
  }
}

function forward(circle: usize, state: usize): void {
  const end = state + (2 * field(DEGREE) + 1) * NODE;
  const zero = f32x4.splat(0);
  for (let at = state; at < end; at += NODE) {
    v128.store(at, zero);
    v128.store(at, zero, 16);
    v128.store(at, f32x4.splat(1), 32);
  }
  let step: usize = field(STEPS);
  for (let count = field(STEP_COUNT); count > 0; count--, step += STEP) {
    const kind = load<i32>(step);
    const axis = load<i32>(step, 4);
    const detail = load<i32>(step, 8);
    if (kind == STEP_TURN) {
      const at = circle + detail * 32;
      turn(state, end, axis, v128.load(at), v128.load(at, 16));
    } else if (kind == STEP_ENCODE) encode(state, end, axis, detail, 1);
    else rotate(state, end, detail, false);
  }
}

/** Coefficient m of the quad: Σ_j F_mj (readout · v_j). */
function transform(quad: i32, state: usize): void {
  const count = 2 * field(DEGREE) + 1;
  const end = state + count * NODE;
  const readout: usize = field(READOUT);
  const rx = v128.load32_splat(readout);
  const ry = v128.load32_splat(readout, 4);
  const rz = v128.load32_splat(readout, 8);
  for (let at = state; at < end; at += NODE) {
    const plane = f32x4.add(f32x4.mul(rx, v128.load(at)), f32x4.mul(ry, v128.load(at, 16)));
    v128.store(at, f32x4.add(plane, f32x4.mul(rz, v128.load(at, 32))));
  }
  let weight: usize = field(FOURIER);
  let to: usize = field(COEFFICIENTS) + quad * 16;
  for (let m = 0; m < count; m++, to += field(EDGE_STRIDE) * 4) {
    let sum = f32x4.splat(0);
    for (let at = state; at < end; at += NODE, weight += 4) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weight), v128.load(at)));
    }
    v128.store(to, sum);
  }
}

/** From ∂L/∂coefficients to ∂L/∂angles. */
function backwardQuad(quad: i32, circle: usize, state: usize): void {
  const count = 2 * field(DEGREE) + 1;
  const end = state + count * NODE;
  const stride: usize = field(EDGE_STRIDE) * 4;
  const readout: usize = field(READOUT);
  const rx = v128.load32_splat(readout);
  const ry = v128.load32_splat(readout, 4);
  const rz = v128.load32_splat(readout, 8);
  let weights: usize = field(FOURIER);
  for (let at = state; at < end; at += NODE, weights += 4) {
    let toValue = f32x4.splat(0);
    let weight = weights;
    let from: usize = field(COEFFICIENTS) + quad * 16;
    for (let m = 0; m < count; m++, weight += count * 4, from += stride) {
      toValue = f32x4.add(toValue, f32x4.mul(v128.load32_splat(weight), v128.load(from)));
    }
    const x = v128.load(at);
    const y = v128.load(at, 16);
    const z = v128.load(at, 32);
    v128.store(at, f32x4.mul(toValue, f32x4.sub(f32x4.mul(y, rz), f32x4.mul(z, ry))));
    v128.store(at, f32x4.mul(toValue, f32x4.sub(f32x4.mul(z, rx), f32x4.mul(x, rz))), 16);
    v128.store(at, f32x4.mul(toValue, f32x4.sub(f32x4.mul(x, ry), f32x4.mul(y, rx))), 32);
  }
  let step: usize = field(STEPS) + (field(STEP_COUNT) - 1) * STEP;
  for (let left = field(STEP_COUNT); left > 0; left--, step -= STEP) {
    const kind = load<i32>(step);
    const axis = load<i32>(step, 4);
    const detail = load<i32>(step, 8);
    if (kind == STEP_TURN) {
      const at = circle + detail * 32;
      const c = v128.load(at);
      const s = v128.load(at, 16);
      let sum = f32x4.splat(0);
      for (let vector = state + 16 * axis; vector < end; vector += NODE) sum = f32x4.add(sum, v128.load(vector));
      v128.store(at, sum); // in the place of the cosine
      turn(state, end, axis, c, f32x4.neg(s));
    } else if (kind == STEP_ENCODE) encode(state, end, axis, detail, -1);
    else rotate(state, end, detail, true);
  }
  for (let lane = 0; lane < min(4, field(EDGES) - 4 * quad); lane++) addTerms(circle + 4 * lane, quad, lane);
}

/** From ∂L/∂angles of one edge's turns, 32 bytes apart, to the columns that the angles are sums of. */
function addTerms(from: usize, quad: i32, lane: i32): void {
  const row = rowOf(field(GRADIENT), quad, lane);
  memory.fill(row, 0, field(COLUMNS) * 4);
  let term: usize = field(TERMS);
  for (let turns = field(TURNS); turns > 0; turns--, from += 32) {
    const value = load<f32>(from);
    let left = load<i32>(term);
    for (term += 4; left > 0; left--, term += 8) {
      const to = row + load<i32>(term) * 4;
      store<f32>(to, load<f32>(to) + value * load<f32>(term, 4));
    }
  }
}
