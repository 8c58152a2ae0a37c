import type { CombinationName } from '../../basis/af.js';
import type { BaseFunctionName } from '../../basis/baseFunctions.js';
import type { BasisName, BasisSpec } from '../../basis/table.js';
import type { WaveletName } from '../../basis/wavelet.js';
import { DaruanError } from '../../foundation/errors.js';
import { attendedFeatures } from './attention.js';
import { onnxFunctions } from './functions.js';
import type { OnnxGraph, Value } from './graph.js';
import { rationalValue } from './rational.js';
import { splines } from './splines.js';

/** Where features are computed: on x of shape [batch, in, 1], with the numbers of the basis's blocks by name. */
export interface Place {
  readonly x: Value;
  readonly inDim: number;
  readonly blocks: Readonly<Record<string, ArrayLike<number>>>;
}

/** The options of a basis, all of them. */
export type OptionsOf<N extends BasisName> = Required<Omit<BasisSpec & { readonly name: N }, 'name'>>;

/** Makes the functions of a basis, shape [batch, in, K]. */
type Features<N extends BasisName> = (graph: OnnxGraph, place: Place, options: OptionsOf<N>) => Value;

/** One number an input and function. */
const perFunction = (graph: OnnxGraph, values: ArrayLike<number>, inDim: number): Value =>
  graph.tensor(values, [inDim, values.length / inDim]);
const square = (graph: OnnxGraph, x: Value): Value => graph.multiply(x, x);
/** exp(scale·u²). */
const bell = (graph: OnnxGraph, u: Value, scale: number): Value =>
  graph.apply('Exp', [graph.multiply(square(graph, u), graph.scalar(scale))]);

/** How each basis is written: one row a basis. */
const features: { readonly [N in BasisName]: Features<N> } = {
  bspline: splines,
  fourier(graph, { x }, { frequencies }) {
    const multiples = (first: number) =>
      graph.multiply(
        x,
        graph.row(frequencies + 1 - first, (k) => first + k),
      );
    const parts = [graph.apply('Cos', [multiples(0)]), graph.apply('Sin', [multiples(1)])];
    return graph.apply('Concat', parts, { axis: 2 });
  },
  radial(graph, { x }, { centres, range: [low, high] }) {
    const width = (high - low) / (centres - 1);
    const distance = graph.subtract(
      x,
      graph.row(centres, (k) => low + k * width),
    );
    return bell(graph, graph.multiply(distance, graph.scalar(1 / width)), -1);
  },
  chebyshev(graph, { x }, { degree }) {
    const t = graph.apply('Tanh', [x]);
    const twice = graph.add(t, t);
    const one = graph.add(graph.multiply(t, graph.scalar(0)), graph.scalar(1));
    const all = [one, t];
    for (let n = 2; n <= degree; n++) all.push(graph.subtract(graph.multiply(twice, all[n - 1]), all[n - 2]));
    return graph.apply('Concat', all, { axis: 2 });
  },
  wavelet(graph, { x, inDim, blocks: { translation, dilation } }, { wavelet }) {
    const distance = graph.subtract(x, perFunction(graph, translation, inDim));
    return mothers[wavelet](graph, graph.multiply(distance, perFunction(graph, dilation, inDim)));
  },
  relu(graph, place, { grid, degree, range: [low, high] }) {
    const [left, right] = sides(graph, place);
    const within = graph.multiply(graph.apply('Relu', [left]), graph.apply('Relu', [right]));
    const width = ((degree + 1) * (high - low)) / grid;
    return graph.multiply(square(graph, within), graph.scalar(16 / width ** 4));
  },
  af(graph, place, { activation, combination, normalise, attention }) {
    const act = onnxFunctions[activation as BaseFunctionName];
    const [left, right] = sides(graph, place);
    const raw = combine[combination](graph, act(graph, left), act(graph, right));
    const joined = (all: Value): Value => (attention ? act(graph, attendedFeatures(graph, all, place)) : all);
    if (!normalise) return joined(raw);
    const count = place.blocks.start.length; // in·K
    const squares = graph.apply('ReduceSum', [square(graph, raw), graph.integers([1, 2])], { keepdims: 1 });
    const mean = graph.multiply(squares, graph.scalar(1 / count));
    return joined(graph.apply('Div', [raw, graph.apply('Sqrt', [graph.add(mean, graph.scalar(1e-12))])]));
  },
  rational: rationalValue,
};

/**
 * The functions Φ_k of a basis at every input, shape [batch, in, K].
 *
 * @throws with splines that are told to throw outside their grid, which a graph cannot
 */
export function basisFeatures(graph: OnnxGraph, spec: BasisSpec, place: Place, where: string): Value {
  const { name, ...options } = spec;
  if ('outside' in options && options.outside === 'throw') {
    const problem = `${where} throws outside its grid (outside: "throw"), which a graph cannot`;
    throw new DaruanError('exportOnnx', problem, 'Use "clamp", "extend" or "update".');
  }
  return (features[name] as (graph: OnnxGraph, place: Place, options: object) => Value)(graph, place, options);
}

/** x − s and e − x of windows [s, e]. */
const sides = (graph: OnnxGraph, { x, inDim, blocks: { start, end } }: Place): [left: Value, right: Value] => [
  graph.subtract(x, perFunction(graph, start, inDim)),
  graph.subtract(perFunction(graph, end, inDim), x),
];

const combine: Readonly<Record<CombinationName, (graph: OnnxGraph, a: Value, b: Value) => Value>> = {
  quad1: (graph, a, b) => square(graph, graph.multiply(a, b)),
  quad2: (graph, a, b) => graph.add(graph.multiply(a, b), graph.add(square(graph, a), square(graph, b))),
  sum: (graph, a, b) => graph.add(a, b),
  prod: (graph, a, b) => graph.multiply(a, b),
  sumProd: (graph, a, b) => graph.add(graph.add(a, b), graph.multiply(a, b)),
  cubic1: (graph, a, b) => graph.multiply(graph.add(a, b), graph.add(square(graph, a), square(graph, b))),
  cubic2: (graph, a, b) => {
    const product = graph.multiply(a, b);
    return graph.multiply(product, square(graph, product));
  },
};

/** sin πu/(πu), by its series where that is 0/0. */
function sinc(graph: OnnxGraph, u: Value): Value {
  const turn = graph.multiply(u, graph.scalar(Math.PI));
  const small = graph.apply('Less', [graph.apply('Abs', [u]), graph.scalar(1e-4)]);
  const series = graph.subtract(graph.scalar(1), graph.multiply(square(graph, turn), graph.scalar(1 / 6)));
  const safe = graph.apply('Where', [small, graph.scalar(1), turn]);
  return graph.apply('Where', [small, series, graph.apply('Div', [graph.apply('Sin', [turn]), safe])]);
}

const HAT = 2 / (Math.sqrt(3) * Math.PI ** 0.25);

/** Mother wavelets ψ(u). */
const mothers: Readonly<Record<WaveletName, (graph: OnnxGraph, u: Value) => Value>> = {
  mexicanHat: (graph, u) => {
    const cap = graph.multiply(graph.scalar(HAT), graph.subtract(graph.scalar(1), square(graph, u)));
    return graph.multiply(cap, bell(graph, u, -0.5));
  },
  morlet: (graph, u) => graph.multiply(graph.apply('Cos', [graph.multiply(u, graph.scalar(5))]), bell(graph, u, -0.5)),
  gaussianSlope: (graph, u) => graph.multiply(graph.apply('Neg', [u]), bell(graph, u, -0.5)),
  shannon: (graph, u) => {
    const half = sinc(graph, graph.add(u, u));
    return graph.subtract(graph.add(half, half), sinc(graph, u));
  },
};
