import { field } from '../job';
import {
  ACTIVATION,
  CUBIC1,
  FIRST,
  IN,
  PROD,
  QUAD1,
  QUAD2,
  SECOND,
  SECOND_SUMS,
  SIZE,
  SUM,
  SUM_PROD,
  VARIANT,
  WIDTH,
} from '../../features/layout';
import { activation, activationAndSlope } from './activations';
import { fma } from '../products';
import { addTo, all } from './vector';

// @ts-ignore: decorator
@inline
function join(variant: i32, a: v128, b: v128): v128 {
  const product = f32x4.mul(a, b);
  if (variant == QUAD1) return f32x4.mul(product, product);
  if (variant == PROD) return product;
  const sum = f32x4.add(a, b);
  if (variant == SUM) return sum;
  if (variant == SUM_PROD) return f32x4.add(sum, product);
  const squares = fma<f32>(a, a, f32x4.mul(b, b));
  if (variant == QUAD2) return f32x4.add(product, squares);
  if (variant == CUBIC1) return f32x4.mul(sum, squares);
  return f32x4.mul(f32x4.mul(product, product), product);
}

/** Its derivative by a; by symmetry, that by b is `joinSlope(b, a)`. */
// @ts-ignore: decorator
@inline
function joinSlope(variant: i32, a: v128, b: v128): v128 {
  if (variant == QUAD1) return f32x4.mul(f32x4.mul(f32x4.add(a, a), b), b);
  if (variant == PROD) return b;
  if (variant == SUM) return all(1);
  if (variant == SUM_PROD) return f32x4.add(all(1), b);
  if (variant == QUAD2) return f32x4.add(b, f32x4.add(a, a));
  const aa = f32x4.mul(a, a);
  const bb = f32x4.mul(b, b);
  if (variant == CUBIC1) return fma<f32>(f32x4.add(a, b), f32x4.add(a, a), f32x4.add(aa, bb));
  return f32x4.mul(f32x4.mul(f32x4.mul(all(3), aa), bb), b);
}

/** Before normalisation. */
export function afValues(x: v128, i: i32, to: usize): void {
  const size = field(SIZE);
  const act = field(ACTIVATION);
  const variant = field(VARIANT);
  let start: usize = field(FIRST) + 4 * i * size;
  let end: usize = field(SECOND) + 4 * i * size;
  for (let k = 0; k < size; k++, start += 4, end += 4) {
    const a = activation(act, f32x4.sub(x, v128.load32_splat(start)));
    const b = activation(act, f32x4.sub(v128.load32_splat(end), x));
    v128.store(to + 16 * k, join(variant, a, b));
  }
}

/** Bytes of what is kept of a window: both sides, each with its slope. */
// @ts-ignore: decorator
@inline const SIDES: usize = 64;

/** As `afValues`, and keeps the sides of all windows of input i for `afSlope`. */
export function afSides(x: v128, i: i32, to: usize, sides: usize): void {
  const size = field(SIZE);
  const act = field(ACTIVATION);
  const variant = field(VARIANT);
  let start: usize = field(FIRST) + 4 * i * size;
  let end: usize = field(SECOND) + 4 * i * size;
  let own = sides + i * size * SIDES;
  for (let k = 0; k < size; k++, start += 4, end += 4, own += SIDES) {
    activationAndSlope(act, f32x4.sub(x, v128.load32_splat(start)), own);
    activationAndSlope(act, f32x4.sub(v128.load32_splat(end), x), own + 32);
    v128.store(to + 16 * k, join(variant, v128.load(own), v128.load(own, 32)));
  }
}

export function afSlope(i: i32, upstream: usize, sums: usize, sides: usize): v128 {
  const size = field(SIZE);
  const variant = field(VARIANT);
  let own = sides + i * size * SIDES;
  let onStart = sums + 16 * i * size;
  let onEnd = onStart + field(SECOND_SUMS);
  let sum = all(0);
  for (let k = 0; k < size; k++, own += SIDES, onStart += 16, onEnd += 16) {
    const a = v128.load(own);
    const b = v128.load(own, 32);
    const above = v128.load(upstream + 16 * k);
    const byLeft = f32x4.mul(f32x4.mul(above, joinSlope(variant, a, b)), v128.load(own, 16));
    const byRight = f32x4.mul(f32x4.mul(above, joinSlope(variant, b, a)), v128.load(own, 48));
    sum = f32x4.add(sum, f32x4.sub(byLeft, byRight));
    addTo(onStart, f32x4.neg(byLeft));
    addTo(onEnd, byRight);
  }
  return sum;
}

/** 1 over the root mean square of the functions of a row: the squares in float64, whose range they need. */
function scaleOf(columns: usize): v128 {
  const inDim = field(IN);
  const size = field(SIZE);
  let low = f64x2.splat(0);
  let high = low;
  for (let i = 0; i < inDim; i++) {
    const from = columns + 16 * i * field(WIDTH);
    for (let k = 0; k < size; k++) {
      const functions = v128.load(from + 16 * k);
      const first = f64x2.promote_low_f32x4(functions);
      const second = f64x2.promote_low_f32x4(v128.shuffle<i64>(functions, functions, 1, 1));
      low = f64x2.add(low, f64x2.mul(first, first));
      high = f64x2.add(high, f64x2.mul(second, second));
    }
  }
  const count = <f64>(inDim * size);
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(inverseRoot(low, count)), f32x4.demote_f64x2_zero(inverseRoot(high, count)), 0, 2);
}

/** Keeps the quotient finite where all functions of a row vanish. */
// @ts-ignore: decorator
@inline const TINY: f64 = 1e-12;

// @ts-ignore: decorator
@inline
function inverseRoot(squares: v128, count: f64): v128 {
  const mean = f64x2.div(squares, f64x2.splat(count));
  return f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(mean, f64x2.splat(TINY))));
}

export function normalise(columns: usize): void {
  const scale = scaleOf(columns);
  for (let i = 0; i < field(IN); i++) {
    const from = columns + 16 * i * field(WIDTH);
    for (let k = 0; k < field(SIZE); k++) v128.store(from + 16 * k, f32x4.mul(v128.load(from + 16 * k), scale));
  }
}

/** Turns the derivative by the normalised functions into that by the functions, whose columns are given. */
export function normaliseBackward(columns: usize, upstream: usize): void {
  const inDim = field(IN);
  const size = field(SIZE);
  const row = 16 * field(WIDTH);
  const scale = scaleOf(columns);
  let along = all(0);
  for (let i = 0; i < inDim; i++) {
    for (let k = 0; k < size; k++) {
      const at = i * row + 16 * k;
      along = fma<f32>(v128.load(columns + at), v128.load(upstream + at), along);
    }
  }
  const share = f32x4.div(f32x4.mul(along, scale), all(<f32>(inDim * size)));
  const pull = f32x4.mul(f32x4.mul(share, scale), scale);
  for (let i = 0; i < inDim; i++) {
    for (let k = 0; k < size; k++) {
      const at = i * row + 16 * k;
      const own = f32x4.mul(v128.load(upstream + at), scale);
      v128.store(upstream + at, f32x4.sub(own, f32x4.mul(pull, v128.load(columns + at))));
    }
  }
}
