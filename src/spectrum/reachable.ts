import { affineIn } from '../../circuits/angle/affine.js';
import { type Angle, substitute, symbolsOf } from '../../circuits/angle/expression.js';
import { formatAngle } from '../../circuits/angle/format.js';
import type { Circuit } from '../../circuits/circuit.js';
import type { Rotate } from '../../kernels/backend.js';
import { type CompiledCircuit, compile } from '../compile/compile.js';
import { checkFinite } from '../foundation/checks.js';
import { DaruanError } from '../foundation/errors.js';
import { rotationEigenvalues } from '../gradient/frequencies.js';
import { distinct } from './distinct.js';
import { type Choice, sums } from './lattice.js';
import { combine, linearForm } from './linear.js';
import { chosenVariables } from './variables.js';

/** One frequency of one pair ±ω, and in how many ways the circuit makes it. */
export interface ReachableFrequency {
  /** ω, one component a variable: numbers, or expressions in the weights that were left open. */
  readonly frequency: readonly Angle[];
  /**
   * Choices of one difference of eigenvalues for each data gate that add up to ω: of s ∈ {−1, 0, 1}ⁿ with Σ s_l w_l = ω for
   * n Pauli rotations.
   */
  readonly signVectors: number;
  /**
   * Pairs (j, k) of eigenvalues of the sum of all generators with λ_j − λ_k = ω, each gate's distinct eigenvalues counted once:
   * the binomial coefficient (2n over n + k) for n Pauli rotations of weight 1.
   */
  readonly eigenvaluePairs: number;
}

export interface ReachableOptions {
  /** Names of the data to analyse; all of the circuit's by default. */
  readonly variables?: readonly string[];
  /** Numbers for weights; those that have none stay symbols, and count as incommensurate. */
  readonly values?: Readonly<Record<string, number>>;
}

export interface ReachableFrequencies {
  readonly variables: readonly string[];
  /** ω = 0, then one of each pair ±ω. */
  readonly frequencies: readonly ReachableFrequency[];
  /** Data gates that depend on a variable. */
  readonly dataGates: number;
}

/**
 * The frequencies that an expectation value can have in the data, read off the generators of the gates: every sum over the
 * data gates of weight · difference of eigenvalues. An upper bound, since coefficients may vanish: `vanishingFrequencies`
 * tells which do.
 *
 * @returns one of each pair ±ω in lexicographic order (of the factors of the symbols, where weights are open), with both counts
 *          that are called degeneracy, for all the choices of ω; −ω has the same
 * @throws if an angle is not affine in a variable, or if there are more than 200,000 frequencies
 * Cost: O(data gates · frequencies · log). Counts are exact up to 2⁵³.
 * Source: Schuld, Sweke, Meyer, Phys. Rev. A 103, 032430 (2021); Peters, Schuld, arXiv:2209.05523 (degeneracy).
 * @example
 * reachableFrequencies(ansatze.pz.circuit(2), { values: { w_0: 1, w_1: 1 } }).frequencies.map((f) => f.signVectors); // 3, 2, 1
 */
export function reachableFrequencies(
  source: Circuit | CompiledCircuit,
  { variables, values = {} }: ReachableOptions = {},
): ReachableFrequencies {
  const where = 'reachableFrequencies';
  const compiled = compile(source, where);
  const names = chosenVariables(where, source, compiled, variables);
  for (const [name, value] of Object.entries(values)) {
    checkFinite(where, `"${name}"`, value);
    if (compiled.symbols.includes(name)) continue;
    throw new DaruanError(
      where,
      `the circuit has no symbol "${name}"`,
      `Its symbols are: ${compiled.symbols.join(', ')}.`,
    );
  }
  const gates = encodings(where, compiled, names, values);
  const forms = gates.map(({ slopes }) => slopes.map(linearForm));
  const units = new Map(
    forms.flatMap((row) => row.flatMap((form) => [...form].map(([name, { unit }]) => [name, unit] as const))),
  );
  const unitNames = [...units.keys()];
  const width = unitNames.length;
  const choices = gates.map(({ rotation }, g): Choice => {
    const parts = forms[g].flatMap((form) => unitNames.map((name) => form.get(name)?.factor ?? 0));
    return { vector: Float64Array.from(parts), ...differences(rotation) };
  });
  const dimension = Math.max(1, names.length * width);
  const { points, counts } = sums(where, dimension, 2, choices);
  const all = counts[0].length;
  // Points are ordered and symmetric about 0, which is in the middle.
  const kept = Array.from({ length: (all + 1) / 2 }, (_, k) => (all - 1) / 2 + k);
  return {
    variables: names,
    dataGates: gates.length,
    frequencies: kept.map((k) => ({
      frequency: names.map((_, v) =>
        combine([...units.values()], points.subarray(k * dimension + v * width, k * dimension + (v + 1) * width)),
      ),
      signVectors: counts[0][k],
      eigenvaluePairs: counts[1][k],
    })),
  };
}

interface Encoding {
  readonly rotation: Rotate;
  /** One slope a variable. */
  readonly slopes: readonly Angle[];
}

/** The rotations whose angles depend on a variable, with their slopes. */
function encodings(
  where: string,
  { slots }: CompiledCircuit,
  variables: readonly string[],
  values: Readonly<Record<string, number>>,
): Encoding[] {
  return slots
    .filter(({ expression }) => symbolsOf(expression).some((name) => variables.includes(name)))
    .map(({ rotation, expression, label }) => {
      const slopes = variables.map((variable) => {
        const affine = affineIn(expression, variable);
        if (affine && !symbolsOf(affine.slope).some((name) => variables.includes(name))) {
          return substitute(affine.slope, values);
        }
        throw new DaruanError(
          where,
          `the angle ${formatAngle(expression)} of ${label} is not affine in "${variable}"`,
          'Only slope·variable + intercept gives a finite set of frequencies.',
        );
      });
      return { rotation, slopes };
    });
}

/** The differences of the eigenvalues of a generator: in one way each, or in as many ways as there are pairs. */
function differences(rotation: Rotate): Pick<Choice, 'multiples' | 'ways'> {
  const eigenvalues = rotationEigenvalues(rotation);
  const { numbers, positions } = distinct(eigenvalues.flatMap((a) => eigenvalues.map((b) => a - b)));
  const pairs = Array.from(numbers, (_, d) => positions.filter((position) => position === d).length);
  return { multiples: Array.from(numbers), ways: [pairs.map(() => 1), pairs] };
}
