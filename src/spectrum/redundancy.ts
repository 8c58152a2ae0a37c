import type { Circuit } from '../../circuits/circuit.js';
import type { ObservableLike } from '../../circuits/pauli.js';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { randomFrom } from '../foundation/random.js';
import { adjoint } from '../gradient/adjoint.js';
import { singularValues } from '../gradient/leastSquares.js';
import type { SimulationOptions } from '../simulate/run.js';

export interface RedundancyOptions extends SimulationOptions {
  /** The parameters that are trained; all by default. The others keep the values that are drawn for them. */
  readonly trained?: readonly string[];
  /** Values of parameters that are not drawn. */
  readonly values?: Readonly<Record<string, number>>;
  /** The interval of the data; [−π, π] by default. [−1, 1] for circuits that take acos of them. */
  readonly range?: readonly [low: number, high: number];
  /** Points of the data; four times as many as there are parameters, and 64 at least, by default. */
  readonly points?: number;
  /** Random parameters that are tried, of which the highest rank counts: a single draw may be near a point of lower rank. 3 by default. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
}

export interface Redundancy {
  /** The parameters that are trained. */
  readonly parameters: readonly string[];
  /** Directions in which the function can move: the dimension of the family of functions, at a generic point. */
  readonly rank: number;
  /** Parameters minus rank. */
  readonly redundant: number;
  /** Of ∂f(x)/∂θ over all points x, descending; those below the tolerance count as 0. */
  readonly singularValues: Float64Array;
  readonly tolerance: number;
}

/**
 * How many of a circuit's parameters are independent: the rank of the Jacobian ∂f(x_i)/∂θ_k of the function of the data, f(x) = ⟨O⟩,
 * at random parameters, uniform in [−π, π], and many points of the data.
 *
 * @throws if a name in `trained` or `values` is no parameter, or as `adjoint.jacobian`
 * Cost: for each draw an adjoint gradient of `points` samples and a singular value decomposition of [points, parameters].
 * @example
 * const { rank } = redundancy(ansatze.pz.circuit(3), 'Z'); // 10 of 14: 3r + 1
 */
export function redundancy(source: Circuit, observable: ObservableLike, options: RedundancyOptions = {}): Redundancy {
  const where = 'redundancy';
  const { values = {}, range = [-Math.PI, Math.PI], draws = 3, seed = 0, backend } = options;
  const trained = options.trained ?? source.parameters;
  const points = options.points ?? Math.max(64, 4 * trained.length);
  checkInteger(where, 'points', points, 1);
  checkInteger(where, 'draws', draws, 1);
  if (!(range?.[0] < range?.[1])) throw expected(where, 'a range [low, high]', range);
  for (const name of [...trained, ...Object.keys(values)]) {
    if (source.parameters.includes(name)) continue;
    throw new DaruanError(
      where,
      `the circuit has no parameter "${name}"`,
      `It has: ${source.parameters.join(', ') || 'none'}.`,
    );
  }
  const random = randomFrom(seed);
  const attempt = (): Float64Array => {
    const parameters = Object.fromEntries(
      source.parameters.map((name) => [name, values[name] ?? random.uniform(-Math.PI, Math.PI)]),
    );
    const data = source.data.map((name) => [
      name,
      Float64Array.from({ length: points }, () => random.uniform(range[0], range[1])),
    ]);
    const { jacobian } = adjoint.jacobian(
      source,
      observable,
      { ...parameters, ...Object.fromEntries(data) },
      { wrt: trained, ...(backend && { backend }) },
    );
    return singularValues(trained.map((name) => expandedColumn(jacobian[name], points)));
  };
  let best: Redundancy = {
    parameters: trained,
    rank: -1,
    redundant: 0,
    singularValues: new Float64Array(0),
    tolerance: 0,
  };
  for (let draw = 0; draw < draws; draw++) {
    const sigmas = attempt();
    // The derivatives are off by some eps of the largest, and so are singular values.
    const tolerance = (sigmas[0] ?? 0) * Number.EPSILON * points * 8;
    const rank = sigmas.filter((sigma) => sigma > tolerance).length;
    if (rank <= best.rank) continue;
    best = { parameters: trained, rank, redundant: trained.length - rank, singularValues: sigmas, tolerance };
  }
  return best;
}

/** Without data all points are one. */
const expandedColumn = (column: Float64Array, points: number): Float64Array =>
  column.length === points ? column : new Float64Array(points).fill(column[0]);
