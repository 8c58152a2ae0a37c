/** Where everything of a network's picture goes: inputs at the bottom, outputs at the top. Pixels, y downwards. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  /** nodes[0] are the inputs, nodes[l + 1] the outputs of layer l. */
  readonly nodes: readonly (readonly Place[])[];
  /** boxes[l][o·inDim + i], their centres; empty lists if no boxes are drawn. */
  readonly boxes: readonly (readonly Place[])[];
  /** Side of a box, and whether there is room beside it for the ends of its axis. */
  readonly box: number;
  readonly labelled: boolean;
  /** Width that each name has, for inputs and outputs. */
  readonly cells: readonly [input: number, output: number];
}

const MARGIN = 24;
/** The row of boxes that is widest is to be about this wide, within what keeps a box readable. */
const WIDTH = 1440;
const [MIN_PITCH, MAX_PITCH] = [26, 96];
/** From this pitch on there is room beside a box for the ends of its axis. */
const LABELLED_PITCH = 80;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Lays out a network of the given widths.
 *
 * The boxes of an output stand together right below it, in the order of the inputs, since it is their sum: so the lines
 * above the boxes never cross, and those below fan out to the same place in every group.
 *
 * @param widths  nodes per layer, inputs first
 * @param spans   least width of the picture; margins at its sides; heights of what stands above and below; pixels
 */
export function layOut(
  widths: readonly number[],
  withBoxes: boolean,
  spans: { readonly width: number; readonly above: number; readonly below: number; readonly sides: number },
): NetworkLayout {
  const numLayers = widths.length - 1;
  const rows = Array.from({ length: numLayers }, (_, l) => widths[l] * widths[l + 1]);
  const most = Math.max(...(withBoxes ? rows : widths));
  const pitch = withBoxes ? clamp(WIDTH / most, MIN_PITCH, MAX_PITCH) : clamp(WIDTH / most, 16, MAX_PITCH);
  const labelled = withBoxes && pitch >= LABELLED_PITCH;
  const box = Math.round(labelled ? pitch - 36 : pitch - 6);
  const groupGap = pitch / 2;
  const across = withBoxes ? Math.max(...rows.map((row, l) => row * pitch + widths[l + 1] * groupGap)) : most * pitch;
  const left = Math.max(MARGIN, spans.sides);
  const inner = Math.max(across, spans.width - 2 * left);
  const cell = (l: number): number => inner / widths[l];
  const spread = (l: number, y: number): Place[] =>
    Array.from({ length: widths[l] }, (_, i) => ({ x: left + (i + 0.5) * cell(l), y }));

  const below = clamp(inner * 0.085, 48, 180); // nodes -> boxes
  const above = clamp(inner * 0.05, 34, 64); // boxes -> sums
  const step = withBoxes ? below + box + above : clamp(inner * 0.2, 120, 260);
  const height = spans.above + numLayers * step + spans.below;
  const level = (l: number): number => height - spans.below - l * step;

  const boxes = rows.map((_, l) => {
    if (!withBoxes) return [];
    const inDim = widths[l];
    const room = cell(l + 1) - (widths[l + 1] > 1 ? groupGap : 0);
    const centre = level(l) - below - box / 2;
    return spread(l + 1, 0).flatMap(({ x }) =>
      Array.from({ length: inDim }, (_, i) => ({ x: x + ((i + 0.5) / inDim - 0.5) * room, y: centre })),
    );
  });
  return {
    width: inner + 2 * left,
    height,
    nodes: widths.map((_, l) => spread(l, level(l))),
    boxes,
    box,
    labelled,
    cells: [cell(0), cell(numLayers)],
  };
}
