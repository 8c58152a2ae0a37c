import type { Circuit } from '../../circuits/circuit.js';
import type { CompiledCircuit } from '../compile/compile.js';
import type { Values } from '../compile/values.js';
import { checkAllFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { fubiniStudy } from '../gradient/fubiniStudy.js';
import { singularValues } from '../gradient/leastSquares.js';
import type { GradientOptions } from '../gradient/method.js';

export interface QuantumFisher {
  /** The symbols in the order of the matrix's rows. */
  readonly symbols: readonly string[];
  /** F = 4 · Fubini-Study metric, averaged over the samples, shape [symbols, symbols]. */
  readonly matrix: Float64Array;
  /** Descending. */
  readonly eigenvalues: Float64Array;
  /** Eigenvalues that are not 0: directions in which the state of some sample moves. */
  readonly rank: number;
}

/**
 * The quantum Fisher information of the states that a circuit prepares, averaged over samples (of the data): how fast the state
 * moves with the parameters, whatever is measured. Its rank bounds the number of independent parameters for every observable.
 *
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @param options  `wrt`: the symbols to differentiate by, the circuit's parameters by default
 * @throws as `fubiniStudy`
 * Cost: as `fubiniStudy`, and the eigenvalues of a matrix of symbols².
 * Source: Meyer, Quantum 5, 539 (2021); Haug, Bharti, Kim, PRX Quantum 2, 040309 (2021).
 * @example quantumFisher(circuit({ numQubits: 1, operations: [op('ry', [0], 'a'), op('ry', [0], 'b')] }), { a: 1, b: 2 }).rank; // 1
 */
export function quantumFisher(
  source: Circuit | CompiledCircuit,
  values: Values = {},
  options: GradientOptions = {},
): QuantumFisher {
  const wrt = options.wrt ?? ('parameters' in source ? source.parameters : undefined);
  const { symbols, metric } = fubiniStudy(source, values, { ...options, ...(wrt && { wrt }) });
  const size = symbols.length * symbols.length;
  const samples = metric.length / Math.max(1, size);
  const matrix = new Float64Array(size);
  metric.forEach((entry, at) => {
    matrix[at % size] += (4 * entry) / samples;
  });
  // A positive matrix has its singular values as eigenvalues.
  const columns = symbols.map((_, k) => matrix.slice(k * symbols.length, (k + 1) * symbols.length));
  const eigenvalues = singularValues(columns);
  const tolerance = (eigenvalues[0] ?? 0) * Number.EPSILON * 64 * symbols.length;
  return { symbols, matrix, eigenvalues, rank: eigenvalues.filter((value) => value > tolerance).length };
}

/**
 * The effective dimension of a model from Fisher matrices at random parameters: how many parameters n samples of data can tell
 * apart.
 *
 * d = 2 log( mean √det(1 + κ F̂) ) / log κ, κ = γn/(2π log n), F̂ the matrices divided by their mean trace, times the number of parameters.
 *
 * @param matrices  shape [draws, parameters, parameters], symmetric and positive
 * @param samples   n, large enough that κ > 1
 * @param gamma     in (0, 1]
 * @returns between 0 and the number of parameters, which it approaches for many samples where F has full rank
 * @throws if the arrays do not fit together, are not finite, or κ ≤ 1
 * Cost: draws · parameters³.
 * Source: Abbas et al., Nature Computational Science 1, 403 (2021), with their classical or with the quantum Fisher matrix.
 * @example effectiveDimension(Float64Array.of(1, 0, 0, 1), 2, 1e6); // 2, nearly: both parameters count
 */
export function effectiveDimension(matrices: Float64Array, parameters: number, samples: number, gamma = 1): number {
  const where = 'effectiveDimension';
  checkInteger(where, 'parameters', parameters, 1);
  checkInteger(where, 'samples', samples, 2);
  if (!(gamma > 0 && gamma <= 1)) throw expected(where, 'gamma in (0, 1]', gamma);
  const size = parameters * parameters;
  const draws = matrices?.length / size;
  checkInteger(where, `matrices / ${parameters}²`, draws, 1);
  checkLength(where, 'matrices', matrices, draws * size, `[draws ${draws}, parameters ${parameters}, ${parameters}]`);
  checkAllFinite(where, 'matrices', matrices);
  const kappa = (gamma * samples) / (2 * Math.PI * Math.log(samples));
  if (!(kappa > 1)) throw expected(where, 'γn/(2π log n) > 1', kappa, 'Ask for more samples.');
  let trace = 0;
  for (let b = 0; b < draws; b++)
    for (let i = 0; i < parameters; i++) trace += matrices[b * size + i * (parameters + 1)];
  if (!(trace > 0)) return 0; // nothing moves with any parameter
  const scale = (parameters * draws) / trace;
  const halfLogs = Array.from({ length: draws }, (_, b) => {
    const columns = Array.from({ length: parameters }, (_, k) =>
      matrices.slice(b * size + k * parameters, b * size + (k + 1) * parameters),
    );
    return singularValues(columns).reduce((sum, value) => sum + 0.5 * Math.log1p(kappa * scale * value), 0);
  });
  const largest = Math.max(...halfLogs); // the mean of exponentials, without overflow
  const mean = halfLogs.reduce((sum, value) => sum + Math.exp(value - largest), 0) / draws;
  return (2 * (largest + Math.log(mean))) / Math.log(kappa);
}
