import { field } from '../job';
import {
  BATCH,
  BLOCK,
  BLOCK_TILES,
  CHUNK_BLOCKS,
  CHUNKS,
  COEFFICIENTS,
  DEGREE,
  FEATURES,
  FLAG_COEFFICIENTS,
  FLAG_COLUMN_SUMS,
  FLAG_INPUTS,
  FLAG_SILU,
  FLAGS,
  GRADIENT,
  IN,
  ORDER,
  OUT,
  PAIRS,
  PANEL_ROW,
  PANELS,
  RANGE,
  SCRATCH_RESULT,
  SCRATCH_UPSTREAM,
  SUMS,
  SUMS_STRIDE,
  TILE,
  UPSTREAM,
  X,
  X_GRADIENT,
} from '../../nodes/layout';
import { features, quad } from './features';
import { lastRow, power } from './pack';
import { product } from './product';
import { siluSlope } from './silu';

/** Task: `RANGE` groups of inputs, for the blocks of one chunk in their order. */
export function gradientTask(task: i32, scratch: usize): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const perInput = field(FEATURES);
  const flags = field(FLAGS);
  const groups = (inDim + 3) / 4;
  const range = field(RANGE);
  const ranges = (groups + range - 1) / range;
  const chunk = task / ranges;
  const from = (task % ranges) * range;
  const to = min(from + range, groups);
  const panels = (outDim + 7) / 8;
  const blocks = (field(BATCH) + BLOCK - 1) / BLOCK;
  const firstBlock = chunk * field(CHUNK_BLOCKS);
  const lastBlock = min(firstBlock + field(CHUNK_BLOCKS), blocks);
  const upstreamPanels = scratch + field(SCRATCH_UPSTREAM);
  const upstreamTiles = upstreamPanels + panels * (BLOCK * PANEL_ROW);
  const sums: usize = field(SUMS) + <usize>chunk * field(SUMS_STRIDE);
  const stride: usize = panels * PANEL_ROW;
  const own = sums + <usize>from * 4 * perInput * stride;
  const columnSums = sums + <usize>groups * 4 * perInput * stride;
  const count = (to - from) * perInput;
  const rowBytes: usize = count * TILE;
  if (flags & FLAG_COEFFICIENTS) {
    memory.fill(own, 0, <usize>count * 4 * stride);
    if (from == 0) memory.fill(columnSums, 0, stride);
  }
  for (let block = firstBlock; block < lastBlock; block++) {
    const samples = min(BLOCK, field(BATCH) - block * BLOCK);
    const rows = (samples + 3) / 4;
    upstreamRows(block, samples, panels, upstreamPanels, upstreamTiles, (flags & FLAG_INPUTS) != 0);
    features(block, from, to, scratch);
    if (flags & FLAG_COEFFICIENTS) {
      for (let k = 0; k < count; k++) {
        const tile = scratch + k * TILE;
        const target = own + <usize>k * 4 * stride;
        for (let p = 0; p < panels; p++) {
          const panel = upstreamPanels + p * (BLOCK * PANEL_ROW);
          product<u16>(tile, rowBytes, panel, rows, target + p * PANEL_ROW, stride);
        }
      }
      if (from == 0 && flags & FLAG_COLUMN_SUMS) addColumns(upstreamPanels, samples, panels, columnSums);
    }
    if (flags & FLAG_INPUTS) inputsOf(block, samples, from, to, scratch, upstreamTiles);
  }
}

/** Packs the upstream of a block: panels [panel][sample][8 outputs], and tiles [row of tiles][4 outputs]. */
function upstreamRows(block: i32, samples: i32, panels: i32, toPanels: usize, toTiles: usize, asTiles: bool): void {
  const outDim = field(OUT);
  const filled = (samples + 3) & ~3;
  const quads = (outDim + 3) / 4;
  const zero = f32x4.splat(0);
  for (let b = 0; b < filled; b++) {
    const row: usize = field(UPSTREAM) + (<usize>block * BLOCK + b) * outDim * 4;
    const tile = toTiles + ((b >> 2) * quads * TILE + (b & 3) * 16);
    for (let q = 0; q < 2 * panels; q++) {
      let value = zero;
      if (b < samples) {
        if (4 * q + 4 <= outDim) value = v128.load(row + 16 * q);
        else if (4 * q < outDim) {
          value = v128.load32_zero(row + 16 * q);
          if (4 * q + 1 < outDim) value = v128.load_lane<f32>(row + 16 * q, value, 1, 4);
          if (4 * q + 2 < outDim) value = v128.load_lane<f32>(row + 16 * q, value, 2, 8);
        }
      }
      v128.store(toPanels + (q >> 1) * (BLOCK * PANEL_ROW) + b * PANEL_ROW + (q & 1) * 16, value);
      if (asTiles && q < quads) v128.store(tile + q * TILE, value);
    }
  }
}

/** to[8·panels] += Σ over samples. */
function addColumns(panel: usize, samples: i32, panels: i32, to: usize): void {
  for (let p = 0; p < panels; p++, panel += BLOCK * PANEL_ROW, to += PANEL_ROW) {
    let left = f32x4.splat(0);
    let right = left;
    for (let b = 0; b < samples; b++) {
      left = f32x4.add(left, v128.load(panel + b * PANEL_ROW));
      right = f32x4.add(right, v128.load(panel + b * PANEL_ROW, 16));
    }
    v128.store(to, f32x4.add(v128.load(to), left));
    v128.store(to, f32x4.add(v128.load(to, 16), right), 16);
  }
}

/** Σ_m Φ_m · (upstream times the panels), for the inputs of the groups from … to; of silu, times its derivative. */
function inputsOf(block: i32, samples: i32, from: i32, to: i32, tiles: usize, upstreamTiles: usize): void {
  const perInput = field(FEATURES);
  const pairs = field(PAIRS);
  const quads = (field(OUT) + 3) / 4;
  const result = upstreamTiles + quads * (BLOCK_TILES * TILE);
  const sums = result + 2 * TILE;
  const rows = (samples + 3) / 4;
  const rowBytes: usize = (to - from) * perInput * TILE;
  const siluPair = field(FLAGS) & FLAG_SILU ? pairs - 1 : pairs;
  for (let group = from; group < to; group++) {
    memory.fill(sums, 0, rows * TILE);
    for (let pair = 0; pair < pairs; pair++) {
      const panel: usize = field(PANELS) + (<usize>group * pairs + pair) * quads * (4 * PANEL_ROW);
      let tile = tiles + ((group - from) * perInput + 2 * pair) * TILE;
      let sum = sums;
      for (let row = 0; row < rows; row++, tile += rowBytes, sum += TILE) {
        memory.fill(result, 0, 2 * TILE);
        product<u8>(upstreamTiles + row * quads * TILE, TILE, panel, quads, result, PANEL_ROW);
        if (pair == siluPair) {
          for (let b = 0; b < min(4, samples - 4 * row); b++) {
            const slope = siluSlope(quad(field(X), block * BLOCK + 4 * row + b, group));
            const part = f32x4.mul(slope, v128.load(result + PANEL_ROW * b));
            v128.store(sum + 16 * b, f32x4.add(v128.load(sum + 16 * b), part));
          }
          continue;
        }
        for (let b: usize = 0; b < 4; b++) {
          let part = f32x4.mul(v128.load(tile + 16 * b), v128.load(result + PANEL_ROW * b));
          if (2 * pair + 1 < perInput) {
            part = f32x4.add(part, f32x4.mul(v128.load(tile + 16 * b, TILE), v128.load(result + PANEL_ROW * b, 16)));
          }
          v128.store(sum + 16 * b, f32x4.add(v128.load(sum + 16 * b), part));
        }
      }
    }
    storeRows(field(X_GRADIENT), block * BLOCK, samples, group, sums);
  }
}

/** Puts four inputs of some samples into an array [batch, in]. */
function storeRows(to: usize, sample: i32, count: i32, group: i32, from: usize): void {
  const inDim = field(IN);
  let target = to + (<usize>sample * inDim + 4 * group) * 4;
  const width = min(4, inDim - 4 * group) * 4;
  for (let b = 0; b < count; b++, target += 4 * inDim, from += 16) {
    if (width == 16) v128.store(target, v128.load(from));
    else for (let lane = 0; lane < width; lane += 4) store<f32>(target + lane, load<f32>(from + lane));
  }
}

/** Task: adds the chunks' sums of one group of inputs, in their order, and brings them to [2d + 1, out, in]. */
export function reduceTask(group: i32): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const perInput = field(FEATURES);
  const degree = field(DEGREE);
  const order = field(ORDER);
  const chunks = field(CHUNKS);
  const stride: usize = ((outDim + 7) / 8) * PANEL_ROW;
  const first: usize = field(SUMS);
  const chunkStride: usize = field(SUMS_STRIDE);
  const own = first + <usize>group * 4 * perInput * stride;
  for (let chunk = 1; chunk < chunks; chunk++) {
    addTo(own, own + chunk * chunkStride, own + <usize>4 * perInput * stride);
  }
  const matrix = <usize>inDim * outDim * 4;
  const to: usize = field(GRADIENT) + 16 * group;
  const inputs = min(4, inDim - 4 * group);
  for (let feature = 0; feature < perInput; feature++) {
    const m = (feature >> 1) + 1;
    const sine = feature & 1;
    // the k-th derivatives of cos, sin: cos, −sin, −cos, sin and sin, cos, −sin, −cos
    const k = order & 3;
    const toSine = (sine + k) & 1;
    const row = m > degree ? lastRow(degree) : toSine ? degree + m : m;
    const negative = sine == 0 ? k == 2 || k == 3 : k == 1 || k == 2;
    const factor = m > degree ? <f32>1 : negative ? -power(m, order) : power(m, order);
    const from = own + <usize>feature * 4 * stride;
    for (let i = 0; i < inputs; i++) {
      let target = to + row * matrix + 4 * i;
      for (let o = 0; o < outDim; o++, target += 4 * inDim) {
        store<f32>(target, load<f32>(from + i * stride + 4 * o) * factor);
      }
    }
  }
  if (perInput > 2 * degree && lastRow(degree) == 0) return;
  for (let o = 0; o < outDim; o++) {
    let sum: f32 = 0;
    if (field(FLAGS) & FLAG_COLUMN_SUMS) {
      const columnSums = first + <usize>((inDim + 3) / 4) * 4 * perInput * stride + 4 * o;
      for (let chunk = 0; chunk < chunks; chunk++) sum += load<f32>(columnSums + chunk * chunkStride);
    }
    for (let i = 0; i < inputs; i++) store<f32>(to + 4 * (o * inDim + i), sum);
  }
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, from: usize, end: usize): void {
  for (; to < end; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
}
