import { field } from '../job';
import {
  BASELINE,
  BATCH,
  BLOCK,
  FEATURES,
  GROUP,
  IN,
  OUT,
  PANEL_ROW,
  PANELS,
  RANGE,
  SCRATCH_RESULT,
  TILE,
  Y,
} from '../../nodes/layout';
import { features } from './features';
import { product } from './product';

/** Task: `GROUP` panels of outputs of one block of samples, summed over the inputs in their order. */
export function outputsTask(task: i32, scratch: usize): void {
  const inDim = field(IN);
  const outDim = field(OUT);
  const perInput = field(FEATURES);
  const range = field(RANGE);
  const panels = (outDim + 7) / 8;
  const group = field(GROUP);
  const shares = (panels + group - 1) / group;
  const block = task / shares;
  const firstPanel = (task % shares) * group;
  const lastPanel = min(firstPanel + group, panels);
  const groups = (inDim + 3) / 4;
  const samples = min(BLOCK, field(BATCH) - block * BLOCK);
  const rows = (samples + 3) / 4;
  const result = scratch + field(SCRATCH_RESULT);
  const stride: usize = (lastPanel - firstPanel) * PANEL_ROW;
  const baseline: usize = field(BASELINE) + firstPanel * PANEL_ROW;
  for (let b = 0; b < 4 * rows; b++) memory.copy(result + b * stride, baseline, stride);
  const panelBytes: usize = groups * perInput * (4 * PANEL_ROW);
  for (let from = 0; from < groups && perInput > 0; from += range) {
    const to = min(from + range, groups);
    features(block, from, to, scratch);
    const count = (to - from) * perInput;
    const rowBytes: usize = count * TILE;
    for (let p = firstPanel; p < lastPanel; p++) {
      const panel = field(PANELS) + p * panelBytes + from * perInput * (4 * PANEL_ROW);
      let target = result + (p - firstPanel) * PANEL_ROW;
      for (let row = 0; row < rows; row++, target += 4 * stride) {
        product<u8>(scratch + row * rowBytes, TILE, panel, count, target, stride);
      }
    }
  }
  const width = (min(8 * lastPanel, outDim) - 8 * firstPanel) * 4;
  let y: usize = field(Y) + (<usize>block * BLOCK * outDim + 8 * firstPanel) * 4;
  for (let b = 0; b < samples; b++, y += 4 * outDim) memory.copy(y, result + b * stride, width);
}
