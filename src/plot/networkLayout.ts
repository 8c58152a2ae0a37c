/** Where everything of a network's picture goes: inputs at the bottom, outputs at the top. Pixels, y downwards. */
import { countNodes, sumsOfNodes } from '../network/multiplication.js';
import { type PlotLayer, productNodes } from './networkPicture.js';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  /** nodes[0] are the inputs, nodes[l + 1] the nodes behind layer l. */
  readonly nodes: readonly (readonly Place[])[];
  /** sums[l] are where the edges of layer l end: its nodes, or the factors below them. */
  readonly sums: readonly (readonly Place[])[];
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

/** How far a product stands above its factors. */
const RISE = 30;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Lays out a network.
 *
 * The boxes of an output stand together right below it, in the order of the inputs, since it is their sum: so the lines
 * above the boxes never cross, and those below fan out to the same place in every group. A product stands above its factors.
 *
 * @param spans   least width of the picture; margins at its sides; heights of what stands above and below; pixels
 */
export function layOut(
  layers: readonly Pick<PlotLayer, 'inDim' | 'outDim' | 'arities'>[],
  withBoxes: boolean,
  spans: { readonly width: number; readonly above: number; readonly below: number; readonly sides: number },
): NetworkLayout {
  const numLayers = layers.length;
  const rows = layers.map(({ inDim, outDim }) => inDim * outDim);
  const widths = [layers[0].inDim, ...layers.map(({ outDim }) => outDim)];
  const most = Math.max(...(withBoxes ? rows : widths));
  const pitch = withBoxes ? clamp(WIDTH / most, MIN_PITCH, MAX_PITCH) : clamp(WIDTH / most, 16, MAX_PITCH);
  const labelled = withBoxes && pitch >= LABELLED_PITCH;
  const box = Math.round(labelled ? pitch - 36 : pitch - 6);
  const groupGap = pitch / 2;
  const across = withBoxes
    ? Math.max(...layers.map(({ outDim }, l) => rows[l] * pitch + outDim * groupGap))
    : most * pitch;
  const left = Math.max(MARGIN, spans.sides);
  const inner = Math.max(across, spans.width - 2 * left);
  const spread = (count: number, y: number): Place[] =>
    Array.from({ length: count }, (_, i) => ({ x: left + ((i + 0.5) * inner) / count, y }));

  const below = clamp(inner * 0.085, 48, 180); // nodes -> boxes
  const above = clamp(inner * 0.05, 34, 64); // boxes -> sums
  const step = withBoxes ? below + box + above : clamp(inner * 0.2, 120, 260);
  const rises = layers.map((layer): number => (multiplies(layer) ? RISE : 0));
  const bottom = spans.above + numLayers * step + rises.reduce((sum, rise) => sum + rise, 0);
  /** Of nodes, inputs first; factors stand lower. */
  const levels = [bottom];
  for (const rise of rises) levels.push(levels[levels.length - 1] - step - rise);
  const sums = layers.map(({ outDim }, l) => spread(outDim, levels[l] - step));
  const nodes = layers.map((layer, l) =>
    sumsOfNodes(productNodes(layer)).map((parts): Place => {
      if (parts.length === 1) return sums[l][parts[0]];
      return { x: parts.reduce((sum, o) => sum + sums[l][o].x, 0) / parts.length, y: levels[l + 1] };
    }),
  );

  const boxes = layers.map(({ inDim, outDim }, l) => {
    if (!withBoxes) return [];
    const room = inner / outDim - (outDim > 1 ? groupGap : 0);
    const centre = levels[l] - below - box / 2;
    return sums[l].flatMap(({ x }) =>
      Array.from({ length: inDim }, (_, i) => ({ x: x + ((i + 0.5) / inDim - 0.5) * room, y: centre })),
    );
  });
  return {
    width: inner + 2 * left,
    height: bottom + spans.below,
    nodes: [spread(widths[0], bottom), ...nodes],
    sums,
    boxes,
    box,
    labelled,
    cells: [inner / widths[0], inner / widths[numLayers]],
  };
}

/** Whether some of a layer's sums are factors. */
const multiplies = (layer: Pick<PlotLayer, 'inDim' | 'outDim' | 'arities'>): boolean =>
  countNodes(productNodes(layer)) < layer.outDim;
