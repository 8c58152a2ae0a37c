import { countNodes, sumsOfNodes } from '../network/multiplication.js';
import { checkNetwork, checkNumEdges } from './checkNetwork.js';
import { element, label, round } from './markup.js';
import { drawNames, namesHeight, namesOverhang, widthOf } from './names.js';
import { drawEdge, drawLine, type Edge, isRemoved } from './networkEdge.js';
import { layOut, type NetworkLayout, type Place } from './networkLayout.js';
import { type NetworkOptions, type NetworkPicture, type PlotLayer, productNodes } from './networkPicture.js';
import { extent, range, subscript } from './numbers.js';
import { type Colour, NUM_SERIES, seriesColour, svgDocument } from './theme.js';

/**
 * A Kolmogorov-Arnold network as SVG: inputs at the bottom, outputs at the top, on every edge a box with its learned
 * activation, and lines the wider and the more opaque, the more important the edge is relative to its layer's first.
 *
 * The boxes below a node are the terms of its sum, in the order of the nodes below. A product stands above its factors, with a cross.
 * Colours tell the inputs of a layer apart, where it has at most six. Ranges of x and y stand beside nodes and boxes, where there is
 * room, and in tooltips.
 *
 * @returns a whole SVG document; the same input gives the same text
 * @throws if curves or importances do not fit the layers, are not finite, or if there are too many edges to be read
 * @example networkSvg({ layers: [{ inDim: 1, outDim: 1, curves: [{ x: [-1, 0, 1], y: [1, 0, 1] }], importance: [0.5] }] });
 */
export function networkSvg(network: NetworkPicture, options: NetworkOptions = {}): string {
  checkNetwork(network, options);
  const { layers } = network;
  checkNumEdges(
    layers.reduce((sum, { curves }) => sum + curves.length, 0),
    options,
  );
  const widths = [layers[0].inDim, ...layers.map((layer) => countNodes(productNodes(layer)))];
  const names = {
    inputs: network.inputNames ?? defaultNames('x', widths[0]),
    outputs: network.outputNames ?? defaultNames('y', widths[widths.length - 1]),
  };
  const titleHeight = network.title ? 34 : 0;
  const withBoxes = (options.edges ?? 'boxes') === 'boxes';
  // Names need the width of a cell, and the cells come from the layout: so it is asked twice.
  const width = Math.max(240, widthOf(network.title ?? '', 17) + 48);
  const { cells } = layOut(layers, withBoxes, { width, above: 0, below: 0, sides: 0 });
  const layout = layOut(layers, withBoxes, {
    width,
    above: titleHeight + namesHeight(names.outputs, cells[1]) + 26,
    below: namesHeight(names.inputs, cells[0], true) + 16,
    sides: Math.max(namesOverhang(names.inputs, cells[0]), namesOverhang(names.outputs, cells[1])),
  });
  const colours = layers.map(({ inDim }) => Array.from({ length: inDim }, (_, i) => colourOf(i, inDim)));
  const content = [
    ...(network.title
      ? [label(24, 32, network.title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })]
      : []),
    ...layers.map((_, l) => drawLayer(network, l, layout, colours[l], names, options)),
    ...layers.flatMap((layer, l) => drawFactors(layer, l, layout)),
    drawNodes(layers, layout, colours),
    drawNames(names.inputs, layout.nodes[0], cells[0], 'below', inputRanges(layers[0])),
    drawNames(names.outputs, layout.nodes[layers.length], cells[1], 'above'),
  ];
  const { width: across, height } = layout;
  const title = network.title ?? `Kolmogorov-Arnold network ${widths.join(' – ')}`;
  return svgDocument({ width: across, height, title, description: describe(network, widths, names), content }, options);
}

const defaultNames = (name: string, count: number): string[] =>
  count === 1 && name === 'y' ? ['y'] : Array.from({ length: count }, (_, i) => subscript(name, i + 1));

const colourOf = (i: number, inDim: number): Colour => (inDim > 1 && inDim <= NUM_SERIES ? seriesColour(i) : 'ink');

interface Names {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What node i at a level is called: by name at the ends, by the layer and its number between. */
function nodeName(network: NetworkPicture, level: number, i: number, names: Names): string {
  if (level === 0) return names.inputs[i];
  return level === network.layers.length ? names.outputs[i] : `node ${i + 1} of layer ${level}`;
}

function drawLayer(
  network: NetworkPicture,
  l: number,
  layout: NetworkLayout,
  colours: readonly Colour[],
  names: Names,
  options: NetworkOptions,
): string {
  const { inDim, curves, importance } = network.layers[l];
  const nodes = sumsOfNodes(productNodes(network.layers[l]));
  const above = (o: number): string => {
    const n = nodes.findIndex((parts) => parts.includes(o));
    const name = nodeName(network, l + 1, n, names);
    return nodes[n].length === 1 ? name : `factor ${nodes[n].indexOf(o) + 1} of ${name}`;
  };
  const strongest = extent(importance)[1];
  const shared = options.verticalScale === 'layer' ? extent(curves.flatMap(({ y }) => extent(y))) : undefined;
  const edges = curves.map((curve, e): Edge => {
    const [o, i] = [Math.floor(e / inDim), e % inDim];
    return {
      curve,
      importance: importance[e],
      strength: strongest === 0 ? 0 : importance[e] / strongest,
      name: `${nodeName(network, l, i, names)} → ${above(o)}`,
      colour: colours[i],
      from: layout.nodes[l][i],
      to: layout.sums[l][o],
      box: layout.boxes[l][e],
    };
  });
  const drawn = edges.filter((edge) => options.removed !== 'absent' || !isRemoved(edge.curve));
  const draw = (edge: Edge): string =>
    edge.box ? drawEdge(edge, layout, shared ?? extent(edge.curve.y)) : drawLine(edge);
  // The strongest last, on top of the others; equal ones stay in order.
  const ordered = drawn.sort((a, b) => a.strength - b.strength);
  return element('g', { class: 'layer', fill: 'none' }, `\n${ordered.map(draw).join('\n')}\n`);
}

/** The factors of products: circles with a plus sign below, and lines that lead from them up to the product. */
function drawFactors(layer: PlotLayer, l: number, layout: NetworkLayout): string[] {
  const products = sumsOfNodes(productNodes(layer)).flatMap((parts, n) =>
    parts.length === 1 ? [] : parts.map((o) => ({ from: layout.sums[l][o], to: layout.nodes[l + 1][n] })),
  );
  if (products.length === 0) return [];
  const lines = products.map(({ from, to }) => `M${round(from.x)},${round(from.y)}L${round(to.x)},${round(to.y)}`);
  const path = element('path', { class: 'stroke-ink', fill: 'none', 'stroke-width': 1.5, d: lines.join('') });
  const circles = products.map(({ from }) => node(from, 'ink', 'sum'));
  return [element('g', { class: 'factors' }, `\n${[path, ...circles].join('\n')}\n`)];
}

/** A circle with the sign of what a node does. */
function node({ x, y }: Place, colour: Colour, kind: 'sum' | 'product'): string {
  const arm = kind === 'sum' ? 3.2 : 2.4;
  const sign =
    kind === 'sum'
      ? `M${round(x - arm)},${round(y)}h${2 * arm}M${round(x)},${round(y - arm)}v${2 * arm}`
      : `M${round(x - arm)},${round(y - arm)}l${2 * arm},${2 * arm}M${round(x - arm)},${round(y + arm)}l${2 * arm},${-2 * arm}`;
  return [
    element('circle', { class: `fill-background stroke-${colour}`, cx: x, cy: y, r: 7, 'stroke-width': 1.5 }),
    element('path', { class: `stroke-${colour}`, d: sign, 'stroke-width': 1.5 }),
  ].join('');
}

/**
 * Inputs as dots, sums as circles with a plus sign, products with a cross, and beside them the range of their values where there is room.
 */
function drawNodes(
  layers: readonly PlotLayer[],
  layout: NetworkLayout,
  colours: readonly (readonly Colour[])[],
): string {
  const nodes = layout.nodes.flatMap((row, level) => {
    const parts = level === 0 ? [] : sumsOfNodes(productNodes(layers[level - 1]));
    const notes = layout.labelled && layers[level] ? inputRanges(layers[level]) : [];
    return row.map((place, i) => {
      const { x, y } = place;
      const colour = colours[level]?.[i] ?? 'ink';
      if (level === 0) return element('circle', { class: `fill-${colour}`, cx: x, cy: y, r: 4.5 });
      const kind = parts[i].length === 1 ? 'sum' : 'product';
      const baseline = kind === 'sum' ? y + 3 : y - 4; // above the lines to its factors
      const note = notes[i] ? label(x + 12, baseline, notes[i], { 'font-size': 8.5, class: 'fill-muted' }) : '';
      return node(place, colour, kind) + note;
    });
  });
  return element('g', { class: 'nodes' }, `\n${nodes.join('\n')}\n`);
}

/** The range of each input of a layer, where all edges that leave it show the same one. */
function inputRanges({ inDim, outDim, curves }: PlotLayer): string[] {
  return Array.from({ length: inDim }, (_, i) => {
    const ranges = Array.from({ length: outDim }, (_, o) => {
      const { x } = curves[o * inDim + i];
      return range(x[0], x[x.length - 1], 2);
    });
    return ranges.every((text) => text === ranges[0]) ? ranges[0] : '';
  });
}

function describe({ layers }: NetworkPicture, widths: readonly number[], names: Names): string {
  const curves = layers.flatMap((layer) => layer.curves);
  const numRemoved = curves.filter(isRemoved).length;
  const numProducts = layers.reduce((sum, { arities = [] }) => sum + arities.length, 0);
  const list = (entries: readonly string[]): string =>
    entries.length > 12 ? `${entries.slice(0, 11).join(', ')} and ${entries.length - 11} more` : entries.join(', ');
  return [
    `A Kolmogorov-Arnold network of widths ${widths.join(', ')}: ${curves.length} edges, ${numRemoved} of them removed.`,
    ...(numProducts > 0 ? [`Nodes with a cross multiply what leads to them: ${numProducts}.`] : []),
    `Inputs at the bottom: ${list(names.inputs)}. Outputs at the top: ${list(names.outputs)}.`,
    'A box on an edge shows the activation that was learned, over the values that reach it.',
    'The wider and the more opaque its lines, the more important the edge is within its layer.',
  ].join(' ');
}
