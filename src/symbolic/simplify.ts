import { countNodes, sumsOfNodes } from '../network/multiplication.js';
import { fitAffine } from './fit.js';
import { type SymbolicName, symbolicFunctions, symbolicNames } from './functions.js';
import {
  productNodes,
  type SymbolicEdge,
  type SymbolicNetwork,
  symbolicLoss,
  symbolicNumbers,
  symbolicStates,
} from './network.js';
import { type Refit, refit } from './refit.js';

export interface SimplifyOptions {
  /** The functions that may be chosen. Default: all. */
  readonly library?: readonly SymbolicName[];
  /** How many times larger the error may become where the formula gets simpler. Default 1.5. */
  readonly slack?: number;
}

/** Mean squared error, as a share of the variance of y, that counts as none. */
const NOTHING = 1e-12;
/** Samples that a search looks at, L-BFGS steps of its refits, and points that curves are compared at. */
const [SAMPLES, STEPS, POINTS] = [250, 12, 60];
/** R² from which another function may stand for an edge. */
const LIKENESS = 0.99;

/**
 * Searches for a simpler formula of data around a given one. As long as one is found: an edge is dropped, or its function replaced by a
 * like one, wherever the formula refitted is simpler and as good, or better by far.
 *
 * @param x  shape [samples, inputs]
 * @param y  shape [samples, outputs]
 * @cost one refit an edge that is tried, on 250 samples; the last one is on all
 */
export function simplify(
  start: SymbolicNetwork,
  x: Float64Array,
  y: Float64Array,
  options: SimplifyOptions = {},
): Refit {
  const { library = symbolicNames, slack = 1.5 } = options;
  const [inDim, outDim] = [start[0].inDim, countNodes(productNodes(start[start.length - 1]))];
  const all = x.length / inDim;
  const samples = Math.min(all, SAMPLES);
  const rows = Array.from({ length: samples }, (_, s) => Math.floor((s * all) / samples));
  const pick = (values: Float64Array, width: number) =>
    Float64Array.from(rows.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]));
  const data: Data = { x: pick(x, inDim), y: pick(y, outDim), samples };
  const none = NOTHING * spread(data.y, outDim);
  let best = refit(start, data.x, data.y, STEPS);
  for (let found = true; found; ) {
    found = false;
    for (const candidate of candidates(best.network, data, library)) {
      const tried = refitted(candidate, data);
      if (!tried) continue;
      const isSimpler = complexity(candidate) < complexity(best.network);
      const isBetter = tried.loss < 0.1 * best.loss && best.loss > none;
      if (!(isBetter || (isSimpler && tried.loss <= Math.max(slack * best.loss, none)))) continue;
      [best, found] = [tried, true];
      break;
    }
  }
  return refit(best.network, x, y);
}

interface Data {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly samples: number;
}

/** What is asked of a reader, an edge counting for itself too. */
const complexity = (network: SymbolicNetwork): number =>
  network
    .flatMap(({ edges }) => edges)
    .reduce((sum, edge) => sum + (edge ? 1 + symbolicFunctions[edge.name].complexity : 0), 0);

/** The formula fitted; undefined where it is not finite on the data. */
function refitted(network: SymbolicNetwork, { x, y, samples }: Data): Refit | undefined {
  const { value, gradient } = symbolicLoss(network, symbolicNumbers(network), x, y, samples);
  if (![value, ...gradient].every(Number.isFinite)) return undefined;
  return refit(network, x, y, STEPS);
}

/** Formulas without one edge, then with another function in one. */
function* candidates(
  network: SymbolicNetwork,
  data: Data,
  library: readonly SymbolicName[],
): Generator<SymbolicNetwork> {
  const places = network
    .flatMap(({ edges }, l) => edges.flatMap((edge, at) => (edge ? [{ l, at, edge }] : [])))
    .reverse();
  for (const { l, at } of places) {
    const shorter = connected(replaced(network, l, at, undefined, 0));
    if (shorter.some(({ edges }) => edges.some(Boolean))) yield shorter;
  }
  const states = symbolicStates(network, data.x, data.samples);
  for (const { l, at, edge } of places) {
    for (const { d, ...other } of likes(edge, states[l], network[l].inDim, at, library)) {
      yield replaced(network, l, at, other, d);
    }
  }
}

/** Other functions like that of an edge at the values that reach it, the simplest first. */
function likes(
  edge: SymbolicEdge,
  state: Float64Array,
  inDim: number,
  at: number,
  library: readonly SymbolicName[],
): (SymbolicEdge & { readonly d: number })[] {
  const samples = state.length / inDim;
  const count = Math.min(samples, POINTS);
  const x = Float64Array.from(
    { length: count },
    (_, k) => state[Math.floor((k * samples) / count) * inDim + (at % inDim)],
  );
  const y = x.map((value) => edge.c * symbolicFunctions[edge.name].value(edge.a * value + edge.b));
  const own = symbolicFunctions[edge.name].complexity;
  return library
    .filter((name) => name !== edge.name && symbolicFunctions[name].complexity <= own)
    .sort((p, q) => symbolicFunctions[p].complexity - symbolicFunctions[q].complexity)
    .flatMap((name) => {
      const fit = fitAffine(symbolicFunctions[name], { x, y });
      return fit && fit.r2 > LIKENESS ? [{ name, a: fit.a, b: fit.b, c: fit.c, d: fit.d }] : [];
    });
}

const replaced = (
  network: SymbolicNetwork,
  l: number,
  at: number,
  edge: SymbolicEdge | undefined,
  d: number,
): SymbolicNetwork =>
  network.map((layer, k) => {
    if (k !== l) return layer;
    const output = Math.floor(at / layer.inDim);
    return {
      ...layer,
      edges: layer.edges.map((other, j) => (j === at ? edge : other)),
      bias: layer.bias.map((value, o) => (o === output ? value + d : value)),
    };
  });

/** Without edges of nodes that nothing reaches, or that reach nothing. */
function connected(network: SymbolicNetwork): SymbolicNetwork {
  const sums = network.map((layer) => sumsOfNodes(productNodes(layer)));
  let [now, changed] = [network, true];
  while (changed) {
    changed = false;
    now = now.map((layer, l) => {
      const [above, below] = [now[l + 1], now[l - 1]];
      const edges = layer.edges.map((edge, at) => {
        if (!edge) return edge;
        const [o, i] = [Math.floor(at / layer.inDim), at % layer.inDim];
        const node = sums[l].findIndex((parts) => parts.includes(o));
        const read = !above || above.edges.some((other, k) => other && k % above.inDim === node);
        const fed =
          !below || below.edges.some((other, k) => other && sums[l - 1][i].includes(Math.floor(k / below.inDim)));
        changed ||= !(read && fed);
        return read && fed ? edge : undefined;
      });
      return { ...layer, edges };
    });
  }
  return now;
}

/** Variance, as a mean over the outputs. */
function spread(y: Float64Array, width: number): number {
  const samples = y.length / width;
  let sum = 0;
  for (let o = 0; o < width; o++) {
    let [mean, square] = [0, 0];
    for (let s = 0; s < samples; s++) mean += y[s * width + o] / samples;
    for (let s = 0; s < samples; s++) square += (y[s * width + o] - mean) ** 2 / samples;
    sum += square / width;
  }
  return sum;
}
