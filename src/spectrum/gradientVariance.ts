import type { Circuit } from '../../circuits/circuit.js';
import type { ObservableLike } from '../../circuits/pauli.js';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { randomFrom } from '../foundation/random.js';
import { adjoint } from '../gradient/adjoint.js';
import type { SimulationOptions } from '../simulate/run.js';

/** A circuit of a given size, what is measured, and the parameter whose derivative is watched. */
export interface ScannedCircuit {
  readonly circuit: Circuit;
  readonly observable: ObservableLike;
  /** The circuit's first parameter by default. */
  readonly parameter?: string;
}

export interface GradientVarianceOptions extends SimulationOptions {
  /** Random draws of all symbols, uniform in [0, 2π); 200 by default. */
  readonly samples?: number;
  /** Default 0. */
  readonly seed?: number;
}

export interface GradientVarianceScan {
  readonly sizes: readonly number[];
  /** Mean and variance of ∂⟨O⟩/∂θ over the draws, one number a size. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** b of the fit log₂ variance = a + b·size: −1 and below is a barren plateau, if sizes are numbers of qubits. */
  readonly slope: number;
}

/**
 * How the variance of a derivative changes with the size of a circuit: whether gradients vanish exponentially.
 *
 * @param family  the circuit for each size (qubits, layers)
 * @param sizes   ascending integers ≥ 1
 * @throws if a circuit has no parameter of that name, or as `adjoint.jacobian`
 * Cost: for each size one adjoint gradient of `samples` samples.
 * Source: McClean et al., Nature Communications 9, 4812 (2018).
 * @example gradientVariance((n) => ({ circuit: entanglingAnsatze.ring.circuit(n, 2), observable: 'Z' }), [2, 3, 4], { samples: 20 }).slope
 */
export function gradientVariance(
  family: (size: number) => ScannedCircuit,
  sizes: readonly number[],
  options: GradientVarianceOptions = {},
): GradientVarianceScan {
  const where = 'gradientVariance';
  const { samples = 200, seed = 0, ...simulation } = options;
  checkInteger(where, 'samples', samples, 2);
  if (!Array.isArray(sizes) || sizes.length === 0) throw expected(where, 'a list of sizes', sizes);
  sizes.forEach((size, k) => {
    checkInteger(where, `sizes[${k}]`, size, k === 0 ? 1 : sizes[k - 1] + 1);
  });
  const random = randomFrom(seed);
  const mean = new Float64Array(sizes.length);
  const variance = new Float64Array(sizes.length);
  sizes.forEach((size, k) => {
    const { circuit, observable, parameter = circuit.parameters[0] } = family(size);
    if (parameter === undefined) {
      throw new DaruanError(where, `the circuit of size ${size} has no parameters`, 'Give it at least one.');
    }
    if (!circuit.parameters.includes(parameter)) {
      throw new DaruanError(
        where,
        `the circuit of size ${size} has no parameter "${parameter}"`,
        'Name one that it has.',
      );
    }
    const draw = () => Float64Array.from({ length: samples }, () => random.uniform(0, 2 * Math.PI));
    const values = Object.fromEntries([...circuit.parameters, ...circuit.data].map((name) => [name, draw()]));
    const slopes = adjoint.jacobian(circuit, observable, values, { ...simulation, wrt: [parameter] }).jacobian[
      parameter
    ];
    mean[k] = slopes.reduce((sum, slope) => sum + slope, 0) / samples;
    variance[k] = slopes.reduce((sum, slope) => sum + (slope - mean[k]) ** 2, 0) / (samples - 1);
  });
  return { sizes, mean, variance, slope: slopeOf(sizes, variance.map(Math.log2)) };
}

/** Of the straight line through points, by least squares; 0 for one point. */
function slopeOf(x: readonly number[], y: Float64Array): number {
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  const squares = x.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return squares === 0 ? 0 : x.reduce((sum, value, k) => sum + (value - centre) * y[k], 0) / squares;
}
