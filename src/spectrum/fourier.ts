import type { Circuit } from '../../circuits/circuit.js';
import type { ObservableLike } from '../../circuits/pauli.js';
import { type CompiledCircuit, compile } from '../compile/compile.js';
import { compileObservables } from '../compile/observables.js';
import { bindValues, type Values } from '../compile/values.js';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { reachable } from '../gradient/frequencies.js';
import { positions } from '../gradient/method.js';
import { prepare, type SimulationOptions } from '../simulate/run.js';
import { gridCoefficients, gridNodes, halfLattice } from './grid.js';
import { sampleAt } from './nodes.js';

export interface FourierOptions extends SimulationOptions {
  /** The symbol x of the series; by default the circuit's only data symbol. */
  readonly symbol?: string;
  /** The highest k; by default, and at least, the highest frequency that the circuit can reach in x. */
  readonly degree?: number;
}

export interface FourierSeries {
  readonly degree: number;
  /** c_k for k = 0 … degree, shape [batch, degree + 1, 2] (re, im); c_−k is the conjugate of c_k. */
  readonly coefficients: Float64Array;
}

/**
 * The Fourier series of ⟨O⟩ in one symbol: f(x) = Σ_{k=−d}^{d} c_k exp(ikx), exact up to rounding.
 *
 * c_k = (1/N) Σ_j f(2πj/N) exp(−2πijk/N) with N = 2d + 1 nodes, which determine a trigonometric polynomial of degree d.
 *
 * @param values  one number (shared) or [batch] numbers for each of the other symbols, radians
 * @throws if an angle is not affine in x; if a reachable frequency is no integer; if `degree` is below the highest
 *         reachable frequency, where coefficients would be aliased
 * Cost: batch · (2d + 1) simulations, then O(batch · d log d).
 * Source: Schuld, Sweke, Meyer, Phys. Rev. A 103, 032430 (2021).
 * @example fourierCoefficients(circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'x')] }), 'Z')
 *          // degree 1, coefficients [[0, 0], [0.5, 0]]: cos x
 */
export function fourierCoefficients(
  source: Circuit | CompiledCircuit,
  observable: ObservableLike,
  values: Values = {},
  options: FourierOptions = {},
): FourierSeries {
  const where = 'fourierCoefficients';
  const compiled = compile(source, where);
  const symbol = options.symbol ?? onlyData(source, where);
  const [position] = positions(where, compiled.symbols, [symbol]);
  if (Object.hasOwn(values ?? {}, symbol)) {
    throw new DaruanError(where, `"${symbol}" has a value, but the series is in "${symbol}"`, 'Leave it out.');
  }
  const { batch, columns } = bindValues(where, compiled.symbols, { ...values, [symbol]: 0 });
  const degree = degreeOf(where, compiled, { batch, columns }, position, symbol, options.degree);
  const nodes = 2 * degree + 1;
  const run = prepare(where, compiled, { ...values, [symbol]: 0 }, options);
  const [sum] = compileObservables(where, [observable], compiled.numQubits);
  const f = sampleAt(where, run, sum, [position], gridNodes([nodes], [2 * Math.PI]));
  return { degree, coefficients: gridCoefficients(f, batch, [nodes], halfLattice([degree])) };
}

function onlyData(source: Circuit | CompiledCircuit, where: string): string {
  const data = 'data' in source ? source.data : [];
  if (data.length !== 1) {
    throw new DaruanError(
      where,
      `the circuit has ${data.length} data symbols (${data.join(', ') || 'none'})`,
      'Name one symbol in the option "symbol".',
    );
  }
  return data[0];
}

function degreeOf(
  where: string,
  compiled: CompiledCircuit,
  bound: ReturnType<typeof bindValues>,
  position: number,
  symbol: string,
  asked?: number,
): number {
  const frequencies = reachable(where, compiled, bound, position);
  const fraction = frequencies.find((frequency) => Math.abs(frequency - Math.round(frequency)) > 1e-12 * frequency);
  if (fraction !== undefined) {
    throw expected(where, `integer frequencies in "${symbol}"`, fraction, 'Encode with integer slopes, uncontrolled.');
  }
  const highest = Math.round(frequencies.at(-1) ?? 0);
  if (asked === undefined) return highest;
  checkInteger(where, 'degree', asked, 0);
  if (asked < highest) {
    throw expected(where, `degree ≥ ${highest}, the highest frequency in "${symbol}"`, asked, 'Or leave it out.');
  }
  return asked;
}
