// A tile's rows times a panel: 4 × 8 sums that stay in registers.

import { PANEL_ROW, TILE } from '../../nodes/layout';
import { fma } from '../products';

/** Bytes between the rows of a tile and between the numbers of a row; the other way round if the tile is transposed. */
// @ts-ignore: decorator
@inline
function at<MODE>(row: i32, lane: i32): usize {
  return sizeof<MODE>() == 1 ? 16 * row + 4 * lane : 4 * row + 16 * lane;
}

/**
 * to[4][8] += Σ over `count` tiles, `step` bytes apart, of tile · (4 rows of the panel), the rows of `to` being `stride`
 * bytes apart. MODE u8 takes tiles as they are, u16 transposed.
 */
export function product<MODE>(a: usize, step: usize, panel: usize, count: i32, to: usize, stride: usize): void {
  let sum00 = f32x4.splat(0);
  let sum01 = sum00;
  let sum10 = sum00;
  let sum11 = sum00;
  let sum20 = sum00;
  let sum21 = sum00;
  let sum30 = sum00;
  let sum31 = sum00;
  // One row of the panel a block, each left by a branch that might leave the loop: without them the compiler would load all
  // rows first, and have no registers left for the sums.
  const end = panel + <usize>count * (4 * PANEL_ROW);
  while (panel < end) {
    let left = v128.load(panel, 0);
    let right = v128.load(panel, 16);
    let factor = v128.load32_splat(a + at<MODE>(0, 0));
    sum00 = fma<f32>(factor, left, sum00);
    sum01 = fma<f32>(factor, right, sum01);
    factor = v128.load32_splat(a + at<MODE>(1, 0));
    sum10 = fma<f32>(factor, left, sum10);
    sum11 = fma<f32>(factor, right, sum11);
    factor = v128.load32_splat(a + at<MODE>(2, 0));
    sum20 = fma<f32>(factor, left, sum20);
    sum21 = fma<f32>(factor, right, sum21);
    factor = v128.load32_splat(a + at<MODE>(3, 0));
    sum30 = fma<f32>(factor, left, sum30);
    sum31 = fma<f32>(factor, right, sum31);
    panel += PANEL_ROW;
    if (panel == end) break;

    left = v128.load(panel, 0);
    right = v128.load(panel, 16);
    factor = v128.load32_splat(a + at<MODE>(0, 1));
    sum00 = fma<f32>(factor, left, sum00);
    sum01 = fma<f32>(factor, right, sum01);
    factor = v128.load32_splat(a + at<MODE>(1, 1));
    sum10 = fma<f32>(factor, left, sum10);
    sum11 = fma<f32>(factor, right, sum11);
    factor = v128.load32_splat(a + at<MODE>(2, 1));
    sum20 = fma<f32>(factor, left, sum20);
    sum21 = fma<f32>(factor, right, sum21);
    factor = v128.load32_splat(a + at<MODE>(3, 1));
    sum30 = fma<f32>(factor, left, sum30);
    sum31 = fma<f32>(factor, right, sum31);
    panel += PANEL_ROW;
    if (panel == end) break;

    left = v128.load(panel, 0);
    right = v128.load(panel, 16);
    factor = v128.load32_splat(a + at<MODE>(0, 2));
    sum00 = fma<f32>(factor, left, sum00);
    sum01 = fma<f32>(factor, right, sum01);
    factor = v128.load32_splat(a + at<MODE>(1, 2));
    sum10 = fma<f32>(factor, left, sum10);
    sum11 = fma<f32>(factor, right, sum11);
    factor = v128.load32_splat(a + at<MODE>(2, 2));
    sum20 = fma<f32>(factor, left, sum20);
    sum21 = fma<f32>(factor, right, sum21);
    factor = v128.load32_splat(a + at<MODE>(3, 2));
    sum30 = fma<f32>(factor, left, sum30);
    sum31 = fma<f32>(factor, right, sum31);
    panel += PANEL_ROW;
    if (panel == end) break;

    left = v128.load(panel, 0);
    right = v128.load(panel, 16);
    factor = v128.load32_splat(a + at<MODE>(0, 3));
    sum00 = fma<f32>(factor, left, sum00);
    sum01 = fma<f32>(factor, right, sum01);
    factor = v128.load32_splat(a + at<MODE>(1, 3));
    sum10 = fma<f32>(factor, left, sum10);
    sum11 = fma<f32>(factor, right, sum11);
    factor = v128.load32_splat(a + at<MODE>(2, 3));
    sum20 = fma<f32>(factor, left, sum20);
    sum21 = fma<f32>(factor, right, sum21);
    factor = v128.load32_splat(a + at<MODE>(3, 3));
    sum30 = fma<f32>(factor, left, sum30);
    sum31 = fma<f32>(factor, right, sum31);
    panel += PANEL_ROW;
    a += step;
  }
  v128.store(to, f32x4.add(v128.load(to), sum00), 0);
  v128.store(to, f32x4.add(v128.load(to, 16), sum01), 16);
  to += stride;
  v128.store(to, f32x4.add(v128.load(to), sum10), 0);
  v128.store(to, f32x4.add(v128.load(to, 16), sum11), 16);
  to += stride;
  v128.store(to, f32x4.add(v128.load(to), sum20), 0);
  v128.store(to, f32x4.add(v128.load(to, 16), sum21), 16);
  to += stride;
  v128.store(to, f32x4.add(v128.load(to), sum30), 0);
  v128.store(to, f32x4.add(v128.load(to, 16), sum31), 16);
}

/** Bytes of `tiles` tiles. */
// @ts-ignore: decorator
@inline
export function tiles(count: i32): usize {
  return <usize>count * TILE;
}
