import type { Circuit } from '../../circuits/circuit.js';
import type { PauliSum } from '../../kernels/backend.js';
import type { CompiledCircuit } from '../compile/compile.js';
import { compileObservables, type Observables } from '../compile/observables.js';
import type { Values } from '../compile/values.js';
import { checkAllFinite, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { prepare, type Run, type SimulationOptions } from '../simulate/run.js';

export interface GradientOptions extends SimulationOptions {
  /** The symbols to differentiate by, parameters or data; all of the circuit's by default. */
  readonly wrt?: readonly string[];
}

export interface Jacobian {
  /** ⟨O_k⟩, shape [batch, observables]. */
  readonly values: Float64Array;
  /** ∂⟨O_k⟩/∂symbol, shape [batch, observables] each: per sample, also where samples share the symbol's value. */
  readonly jacobian: Readonly<Record<string, Float64Array>>;
}

/** One way to differentiate expectation values. All have the same signature, so one can stand in for another. */
export interface GradientMethod<Options extends GradientOptions = GradientOptions> {
  readonly name: string;
  /** True if the result is exact up to rounding. */
  readonly exact: boolean;
  /**
   * Expectation values and their derivatives by symbols, per sample.
   *
   * @param observables  one observable or a list
   * @param values  one number (shared) or [batch] numbers for each symbol, radians
   * @throws on bad values (as `expectation`), on an unknown symbol in `wrt`, or if an angle has no finite derivative
   */
  jacobian(circuit: Circuit | CompiledCircuit, observables: Observables, values?: Values, options?: Options): Jacobian;
  /**
   * The vector-Jacobian product ∂/∂symbol Σ_k upstream_k ⟨O_k⟩, per sample.
   *
   * @param upstream  shape [batch, observables]
   * @returns shape [batch] for each symbol
   */
  vjp(
    circuit: Circuit | CompiledCircuit,
    observables: Observables,
    values: Values,
    upstream: Float64Array,
    options?: Options,
  ): Readonly<Record<string, Float64Array>>;
}

/** What a method works on: a circuit with its values, observables, and the positions of the symbols to differentiate by. */
export interface Problem extends Run {
  readonly where: string;
  readonly observables: readonly PauliSum[];
  readonly wrt: readonly number[];
}

/** The heart of a method: everything but checks and names. */
export interface GradientRule<Options> {
  /** One array for each of `wrt`, shape [batch, observables]. */
  readonly jacobian: (problem: Problem, options: Options) => { values: Float64Array; columns: Float64Array[] };
  /** One array for each of `wrt`, shape [batch]; contracted from the Jacobian where there is no cheaper way. */
  readonly vjp?: (problem: Problem, upstream: Float64Array, options: Options) => Float64Array[];
}

/** A method from its rule. */
export function gradientMethod<Options extends GradientOptions>(
  name: string,
  exact: boolean,
  rule: GradientRule<Options>,
): GradientMethod<Options> {
  const contracted: typeof rule.vjp = (problem, upstream, options) =>
    contract(rule.jacobian(problem, options).columns, upstream, problem.bound.batch);
  const vjpOf = rule.vjp ?? contracted;
  const none = {} as Options; // every option has a default, or is asked for by the rule itself
  return {
    name,
    exact,
    jacobian(circuit, observables, values = {}, options = none) {
      const problem = pose(`${name}.jacobian`, circuit, observables, values, options);
      const result = rule.jacobian(problem, options);
      return { values: result.values, jacobian: named(problem, result.columns) };
    },
    vjp(circuit, observables, values, upstream, options = none) {
      const problem = pose(`${name}.vjp`, circuit, observables, values, options);
      checkUpstream(problem, upstream);
      return named(problem, vjpOf(problem, Float64Array.from(upstream), options));
    },
  };
}

/** Throws unless `upstream` is finite and of shape [batch, observables]. */
export function checkUpstream({ where, bound: { batch }, observables }: Problem, upstream: Float64Array): void {
  const count = observables.length;
  checkLength(where, 'upstream', upstream, batch * count, `[batch ${batch}, observables ${count}]`);
  checkAllFinite(where, 'upstream', upstream);
}

/** Checks what every differentiating function takes. */
export function pose(
  where: string,
  circuit: Circuit | CompiledCircuit,
  observables: Observables,
  values: Values,
  options: GradientOptions,
): Problem {
  const run = prepare(where, circuit, values, options);
  const sums = compileObservables(where, observables, run.compiled.numQubits);
  return { ...run, where, observables: sums, wrt: positions(where, run.compiled.symbols, options.wrt) };
}

/** The positions of the named symbols; of all by default. */
export function positions(where: string, symbols: readonly string[], wrt: readonly string[] = symbols): number[] {
  if (!Array.isArray(wrt)) throw expected(where, 'wrt as a list of symbols', wrt);
  const repeated = wrt.find((name, index) => wrt.indexOf(name) !== index);
  if (repeated !== undefined) throw new DaruanError(where, `wrt names "${repeated}" twice`, 'Name each symbol once.');
  return wrt.map((name) => {
    const position = symbols.indexOf(name);
    if (position < 0) {
      throw expected(where, `wrt to name symbols of the circuit (${symbols.join(', ') || 'it has none'})`, name);
    }
    return position;
  });
}

/** Results by the names of their symbols. */
export const named = ({ compiled, wrt }: Problem, columns: readonly Float64Array[]): Record<string, Float64Array> =>
  Object.fromEntries(wrt.map((symbol, k) => [compiled.symbols[symbol], columns[k]]));

/** Σ_k upstream[b, k] · column[b, k] of each column. */
function contract(columns: readonly Float64Array[], upstream: Float64Array, batch: number): Float64Array[] {
  const width = upstream.length / batch;
  return columns.map((column) => {
    const sums = new Float64Array(batch);
    column.forEach((entry, at) => {
      sums[Math.floor(at / width)] += entry * upstream[at];
    });
    return sums;
  });
}
