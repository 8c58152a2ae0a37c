import { layers } from '../../../circuits/text/layers.js';
import { runsWidth } from './angleText.js';
import type { Block } from './repeats.js';
import type { DrawnStep, Mark } from './steps.js';

/** Steps above each other, and where their frame begins or ends, if they stand in one. */
export interface Column {
  readonly steps: readonly DrawnStep[];
  /** Pixels, the space beside the boxes included. */
  readonly width: number;
  /** The block of a repetition; undefined outside of one. */
  readonly block?: Block;
  readonly begins: boolean;
  readonly ends: boolean;
}

/** Sizes of what is drawn, pixels. */
export const sizes = {
  /** Between wires. */
  pitch: 52,
  boxHeight: 38,
  plainHeight: 30,
  gap: 12,
  /** Between a frame and what it holds. */
  inset: 8,
  name: 14,
  angles: 11,
  bits: 10,
} as const;

const markWidth = (mark: Mark): number => {
  if (mark.kind !== 'box') return mark.kind === 'measure' || mark.kind === 'reset' ? 34 : 20;
  const name = [...mark.name].length * 0.62 * sizes.name + 14;
  return Math.max(34, name, mark.angles.length > 0 ? runsWidth(mark.angles, sizes.angles) + 14 : 0);
};

/** The width of a step's widest box. */
export const boxWidth = ({ marks }: DrawnStep): number => Math.max(...[...marks.values()].map(markWidth));

const stepWidth = (step: DrawnStep): number =>
  Math.max(boxWidth(step), step.bits ? 0.58 * sizes.bits * [...step.bits.text].length : 0);

/** Each block's steps side by side, as far left as their lines are free. */
export function columnsOf(
  blocks: readonly Block[],
  draw: (block: Block) => readonly DrawnStep[],
  numLines: number,
): Column[] {
  return blocks.flatMap((block) => {
    const framed = block.count > 1;
    const found = layers(draw(block), numLines);
    return found.map((steps, k): Column => {
      const [begins, ends] = [framed && k === 0, framed && k === found.length - 1];
      const width = Math.max(...steps.map(stepWidth)) + sizes.gap + sizes.inset * (Number(begins) + Number(ends));
      return { steps, width, block: framed ? block : undefined, begins, ends };
    });
  });
}

/** The columns in rows of at most `width` pixels, at least one column each. */
export function wrapColumns(columns: readonly Column[], width: number): Column[][] {
  const rows: Column[][] = [[]];
  let used = 0;
  for (const column of columns) {
    if (used > 0 && used + column.width > width) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(column);
    used += column.width;
  }
  return rows;
}
