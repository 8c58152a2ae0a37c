import { checkInteger } from '../foundation/checks.js';
import { type BasisBlock, rowBlock } from './basis.js';
import { checkRange } from './checkRange.js';

export interface WindowOptions {
  /** G, the number of cells. */
  readonly grid?: number;
  /** k: a window is k + 1 cells wide. Default 3. */
  readonly degree?: number;
  /** Where the windows start. Default [−1, 1]. */
  readonly range?: readonly [low: number, high: number];
}

/** The G + k overlapping windows [s_k, e_k] of ReLU-KAN and AF-KAN, with both ends trained. */
export interface Windows {
  readonly options: Required<WindowOptions>;
  readonly size: number;
  /** Width with which they start. */
  readonly width: number;
  readonly blocks: (inDim: number) => readonly BasisBlock[];
}

export function windows(where: string, { grid = 5, degree = 3, range = [-1, 1] }: WindowOptions): Windows {
  checkInteger(where, 'grid', grid, 1);
  checkInteger(where, 'degree', degree, 0);
  checkRange(where, 'range', range);
  const cell = (range[1] - range[0]) / grid;
  const width = (degree + 1) * cell;
  const starts = Float64Array.from({ length: grid + degree }, (_, k) => range[0] + (k - degree) * cell);
  return {
    options: { grid, degree, range },
    size: grid + degree,
    width,
    blocks: (inDim) => [
      rowBlock('start', inDim, starts, true),
      rowBlock(
        'end',
        inDim,
        starts.map((start) => start + width),
        true,
      ),
    ],
  };
}
