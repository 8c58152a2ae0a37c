import { field } from '../job';
import { CLAMP, DEGREE, FIRST, NUMBERS, SIZE, VARIANT } from '../../features/layout';
import { fma } from '../products';
import { all, isNaN4 } from './vector';

/**
 * The place of x on the knots of input i, in cells from the first knot: the cell to `to`, the place in it to `to` + 16. In float64,
 * since on a fine grid the place in the cell is what is left of many digits.
 */
function place(x: v128, i: i32, to: usize): void {
  const ends: usize = field(FIRST) + 8 * i;
  const low = f64x2.splat(<f64>load<f32>(ends));
  const high = f64x2.splat(<f64>load<f32>(ends, 4));
  const grid = f64x2.splat(<f64>load<f32>(<usize>field(NUMBERS)));
  const degree = f64x2.splat(<f64>field(DEGREE));
  const clamp = field(VARIANT) == CLAMP;
  let half = x;
  for (let k: usize = 0; k < 16; k += 8) {
    let inside = f64x2.promote_low_f32x4(half);
    if (clamp) inside = f64x2.min(high, f64x2.max(low, inside));
    const scaled = f64x2.div(f64x2.mul(f64x2.sub(inside, low), grid), f64x2.sub(high, low));
    const u = f64x2.add(scaled, degree);
    const cell = f64x2.floor(u);
    v128.store64_lane(to + k, f32x4.demote_f64x2_zero(cell), 0);
    v128.store64_lane(to + k, f32x4.demote_f64x2_zero(f64x2.sub(u, cell)), 0, 16);
    half = v128.shuffle<i64>(half, half, 1, 1);
  }
}

/** The degree + 1 splines that do not vanish in a cell, at place f within it. */
function weights(degree: i32, f: v128, to: usize): void {
  const one = all(1);
  const g = f32x4.sub(one, f);
  v128.store(to, one);
  for (let p = 1; p <= degree; p++) {
    const share = all(<f32>1 / <f32>p);
    const last = to + 16 * p;
    v128.store(last, f32x4.mul(f32x4.mul(f, share), v128.load(last - 16)));
    for (let r = p - 1; r > 0; r--) {
      const at = to + 16 * r;
      const left = f32x4.mul(f32x4.add(f, all(<f32>(p - r))), v128.load(at - 16));
      const right = f32x4.mul(f32x4.add(g, all(<f32>r)), v128.load(at));
      v128.store(at, f32x4.mul(f32x4.add(left, right), share));
    }
    v128.store(to, f32x4.mul(f32x4.mul(g, share), v128.load(to)));
  }
}

export function bsplineValues(x: v128, i: i32, to: usize, work: usize): void {
  const size = field(SIZE);
  const degree = field(DEGREE);
  const own = work + 32;
  place(x, i, work);
  weights(degree, v128.load(work, 16), own);
  memory.fill(to, 0, 16 * size);
  for (let lane = 0; lane < 16; lane += 4) {
    const cell = load<f32>(work + lane);
    if (!(cell >= 0 && cell < <f32>(size + degree))) continue;
    const first = <i32>cell - degree;
    for (let r = max(0, -first); r <= min(degree, size - 1 - first); r++) {
      store<f32>(to + 16 * (first + r) + lane, load<f32>(own + 16 * r + lane));
    }
  }
  v128.store(to, v128.bitselect(x, v128.load(to), isNaN4(x)));
}

export function bsplineSlope(x: v128, i: i32, upstream: usize, work: usize): v128 {
  const size = field(SIZE);
  const degree = field(DEGREE);
  const own = work + 32;
  place(x, i, work);
  weights(degree - 1, v128.load(work, 16), own);
  v128.store(own + 16 * degree, v128.load(own + 16 * (degree - 1)));
  for (let r = degree - 1; r > 0; r--) {
    v128.store(own + 16 * r, f32x4.sub(v128.load(own + 16 * (r - 1)), v128.load(own + 16 * r)));
  }
  v128.store(own, f32x4.neg(v128.load(own)));
  const ends: usize = field(FIRST) + 8 * i;
  const low = load<f32>(ends);
  const high = load<f32>(ends, 4);
  for (let lane = 0; lane < 16; lane += 4) {
    const cell = load<f32>(work + lane);
    let sum: f32 = 0;
    if (cell >= 0 && cell < <f32>(size + degree)) {
      const first = <i32>cell - degree;
      for (let r = max(0, -first); r <= min(degree, size - 1 - first); r++) {
        sum += load<f32>(upstream + 16 * (first + r) + lane) * load<f32>(own + 16 * r + lane);
      }
    }
    store<f32>(work + lane, sum);
  }
  const grid = load<f32>(<usize>field(NUMBERS));
  const slope = f32x4.mul(v128.load(work), all(grid / (high - low)));
  if (field(VARIANT) != CLAMP) return slope;
  return v128.and(slope, v128.and(f32x4.ge(x, all(low)), f32x4.le(x, all(high))));
}
