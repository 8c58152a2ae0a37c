/**
 * The exact Fourier coefficients of many random draws of a circuit's parameters, on one thread: pz by propagation of Laurent
 * polynomials, and an entangled circuit of two qubits by a transform of its values.
 */
import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { planActivation } from '../../src/activation/plan.js';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { circuitSpectrum } from '../../src/spectrum/circuit.js';
import { drawParameters } from '../../src/spectrum/draws.js';
import { digits, printTable, takeTurns } from './turns.js';

const DRAWS = 10_000;
const pz = (reps: number, base: number) => {
  const plan = planActivation(ansatze.pz.circuit(reps));
  const weights = Object.fromEntries(Array.from({ length: reps }, (_, l) => [`w_${l}`, base ** l]));
  const rows = drawParameters(plan.parameters, DRAWS, 1, weights);
  let draw = 0;
  return {
    label: `pz, r = ${reps}, weights ${base}^l: ${DRAWS} draws`,
    run() {
      rows[0] = draw++; // what was folded last is kept
      return activationSpectrum(plan, rows, DRAWS);
    },
  };
};
const ring = (draws: number) => {
  const source = entanglingAnsatze.ring.circuit(2, 3);
  const rows = drawParameters(source.parameters, draws, 1);
  const width = source.parameters.length;
  const values = Object.fromEntries(
    source.parameters.map((name, p) => [name, rows.filter((_, at) => at % width === p)]),
  );
  return {
    label: `ring of 2 qubits, 3 layers: ${draws} draws, reference backend`,
    run: () => circuitSpectrum(source, entanglingAnsatze.ring.observable, values),
  };
};

const timings = takeTurns([pz(10, 1), pz(5, 2), pz(5, 3), ring(1000)], { budget: 2000, rounds: 15 });
printTable(
  ['coefficients of', 'median, ms', 'least, ms'],
  timings.map(({ label, median, least }) => [label, digits(median), digits(least)]),
);
