import { entanglingAnsatze } from '../../../circuits/ansatz/table.js';
import type { Circuit } from '../../../circuits/circuit.js';
import { expected } from '../../foundation/errors.js';
import { frequencyGrowthSvg, type Growth } from '../../plot/spectrum/growth.js';
import { reachableFrequencies } from '../../spectrum/reachable.js';
import { redundancy } from '../../spectrum/redundancy.js';
import { withoutMeasurements } from '../readCircuit.js';
import { ansatzNames, circuitOf } from '../source.js';
import type { PlotOptions } from './command.js';

/**
 * How many frequencies an ansatz can reach, and how many parameters are independent, with more and more repetitions. Not of px,
 * whose angles are not affine in its data.
 */
export async function plotGrowth(source: string, options: PlotOptions): Promise<string> {
  if (!ansatzNames.includes(source)) {
    throw expected('plot', `an ansatz (${ansatzNames.join(', ')})`, source, 'No other circuit has repetitions to add.');
  }
  const isEntangling = Object.hasOwn(entanglingAnsatze, source);
  const { reps: most = isEntangling ? 4 : 6, qubits, title, width, height, theme } = options;
  const reps = Array.from({ length: most }, (_, k) => k + 1);
  const circuits = await Promise.all(
    reps.map(async (r) => withoutMeasurements(await circuitOf(source, { reps: r, qubits }))),
  );
  const bases = isEntangling ? [1] : [1, 2, 3];
  const frequencies = bases.map((base): Growth => {
    const weighted = circuits.some(({ parameters }) => parameters.some(isWeight));
    const suffix = weighted ? `, w = ${base === 1 ? '1' : `${base}^l`}` : '';
    return { name: `frequencies${suffix}`, reps, counts: circuits.map((circuit) => numFrequencies(circuit, base)) };
  });
  const independent = { name: 'independent parameters', reps, counts: circuits.map((found) => rank(found, source)) };
  return frequencyGrowthSvg([...frequencies, independent], {
    title: title ?? `What ${source} can reach, and what it can set`,
    yName: 'number of frequencies ω ≥ 0, or of parameters',
    width,
    height,
    theme,
  });
}

const isWeight = (name: string): boolean => name.startsWith('w_');

/** Weight l is base^l; every weight 1 for the base 1. */
function numFrequencies(source: Circuit, base: number): number {
  const weights = source.parameters.filter(isWeight);
  const values = Object.fromEntries(weights.map((name, l) => [name, base ** l]));
  return reachableFrequencies(source, { values }).frequencies.length;
}

const rank = (source: Circuit, name: string): number => {
  const family = Object.hasOwn(entanglingAnsatze, name) && entanglingAnsatze[name as keyof typeof entanglingAnsatze];
  return redundancy(source, family ? family.observable : 'Z').rank;
};
