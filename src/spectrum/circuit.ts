import { type Circuit, circuit } from '../../circuits/circuit.js';
import type { ObservableLike } from '../../circuits/pauli.js';
import { planActivation } from '../activation/plan.js';
import { type CompiledCircuit, compile } from '../compile/compile.js';
import { compileObservables } from '../compile/observables.js';
import { type BoundValues, bindValues, expanded, type Values } from '../compile/values.js';
import { DaruanError } from '../foundation/errors.js';
import { reachable } from '../gradient/frequencies.js';
import { prepare, type SimulationOptions } from '../simulate/run.js';
import { activationSpectrum } from './activation.js';
import { fundamental } from './fundamental.js';
import { gridCoefficients, gridNodes, halfLattice, sizeOf } from './grid.js';
import { fitNodes, fitSeries } from './leastSquaresSeries.js';
import { sampleAt } from './nodes.js';
import { reachableFrequencies } from './reachable.js';
import type { Spectrum } from './spectrum.js';
import { chosenVariables } from './variables.js';

export interface CircuitSpectrumOptions extends SimulationOptions {
  /** The variables of the series; all data of the circuit by default. All other symbols need values. */
  readonly variables?: readonly string[];
}

/** A spectrum, and how it was computed. */
export interface CircuitSpectrum extends Spectrum {
  /** Exact propagation of one qubit; exact transform of a grid over one period; a fit of incommensurate frequencies. */
  readonly method: 'propagation' | 'transform' | 'leastSquares';
  /** How much rounding errors of the expectation values can grow: 1 but for a fit. */
  readonly conditionNumber: number;
}

const MAX_NODES = 2 ** 22;

/**
 * The Fourier coefficients of an expectation value in the data, for one sample of the other symbols or a batch of them:
 * f_b(t) = ⟨O⟩ = Σ_ω c_bω exp(i ω·t), exact up to rounding times the condition number.
 *
 * A circuit of one qubit and one variable is propagated as a Laurent polynomial, for any weights (in acos x, if that is how
 * data enter). Others are simulated: on a grid of 2d + 1 nodes a variable over one period, where the frequencies are
 * multiples of one number; else at four times as many nodes as there are coefficients, by least squares.
 *
 * @param values  one number (shared) or [batch] numbers for each other symbol, radians
 * @throws if an angle is not affine in a variable, if weights differ between samples, or if the series is too large
 * Cost: batch · r · frequencies for one qubit; else batch · Π(2d_v + 1) simulations, a transform of each.
 * Source: Schuld, Sweke, Meyer, Phys. Rev. A 103, 032430 (2021).
 * @example
 * const two = circuit({ numQubits: 2, data: ['x', 'y'], operations: [op('ry', [0], 'x'), op('ry', [1], 'y')] });
 * circuitSpectrum(two, 'ZZ').frequencies; // (0, 0), (0, 1), (1, −1), (1, 0), (1, 1): cos x · cos y
 */
export function circuitSpectrum(
  source: Circuit | CompiledCircuit,
  observable: ObservableLike,
  values: Values = {},
  options: CircuitSpectrumOptions = {},
): CircuitSpectrum {
  const where = 'circuitSpectrum';
  const compiled = compile(source, where);
  const variables = chosenVariables(where, source, compiled, options.variables);
  const given = variables.find((name) => Object.hasOwn(values ?? {}, name));
  if (given !== undefined) {
    throw new DaruanError(where, `"${given}" has a value, but the series is in "${given}"`, 'Leave it out.');
  }
  const zeros = Object.fromEntries(variables.map((name) => [name, 0]));
  const bound = bindValues(where, compiled.symbols, { ...values, ...zeros });
  const places = variables.map((name) => compiled.symbols.indexOf(name));
  const isUsed = compiled.slots.some(({ angle }) => places.some((place) => angle.symbols.includes(place)));
  if ('operations' in source && source.numQubits === 1 && variables.length === 1 && isUsed) {
    return propagated(source, observable, compiled.symbols, bound, variables[0]);
  }
  const run = prepare(where, compiled, { ...values, ...zeros }, options);
  const [sum] = compileObservables(where, [observable], compiled.numQubits);
  const sample = (points: Float64Array) => sampleAt(where, run, sum, places, points);
  const reached = places.map((place) => reachable(where, compiled, bound, place));
  const steps = reached.map((frequencies) => fundamental(frequencies));
  const { batch } = bound;
  if (steps.every((step) => step !== undefined)) {
    const degrees = reached.map((frequencies, v) => Math.round((frequencies.at(-1) ?? 0) / steps[v]!));
    const shape = degrees.map((degree) => 2 * degree + 1);
    checkSize(where, sizeOf(shape));
    const list = halfLattice(degrees);
    const f = sample(
      gridNodes(
        shape,
        steps.map((step) => (2 * Math.PI) / step!),
      ),
    );
    const coefficients = gridCoefficients(f, batch, shape, list);
    const frequencies = Float64Array.from(list, (k, at) => k * steps[at % variables.length]!);
    return { variables, frequencies, batch, coefficients, method: 'transform', conditionNumber: 1 };
  }
  const first = Object.fromEntries(compiled.symbols.map((name, symbol) => [name, bound.columns[symbol][0]]));
  for (const name of variables) delete first[name];
  const lattice = reachableFrequencies(compiled, { variables, values: first }).frequencies;
  const frequencies = Float64Array.from(lattice.flatMap(({ frequency }) => frequency as number[]));
  const nodes = fitNodes(where, frequencies, variables.length);
  const fit = fitSeries(frequencies, variables.length, nodes, sample(nodes), batch);
  const { coefficients, conditionNumber } = fit;
  return { variables, frequencies, batch, coefficients, method: 'leastSquares', conditionNumber };
}

/** One qubit, one variable: all other symbols are parameters. */
function propagated(
  source: Circuit,
  observable: ObservableLike,
  symbols: readonly string[],
  bound: BoundValues,
  variable: string,
): CircuitSpectrum {
  const { name, numQubits, operations } = source;
  const alone = circuit({ name, numQubits, data: [variable], operations });
  const parameters = alone.parameters.map((parameter) => expanded(bound, symbols.indexOf(parameter)));
  const rows = new Float64Array(bound.batch * parameters.length);
  parameters.forEach((column, p) => {
    column.forEach((value, b) => {
      rows[b * parameters.length + p] = value;
    });
  });
  const plan = planActivation(alone, observable);
  const series = activationSpectrum(plan, rows, bound.batch);
  const variables = [plan.encoding === 'acos' ? `acos ${variable}` : variable];
  return { ...series, variables, method: 'propagation', conditionNumber: 1 };
}

function checkSize(where: string, nodes: number): void {
  if (nodes <= MAX_NODES) return;
  throw new DaruanError(
    where,
    `the grid needs ${nodes} nodes, more than ${MAX_NODES}`,
    'Analyse fewer variables at once: give the others values.',
  );
}
