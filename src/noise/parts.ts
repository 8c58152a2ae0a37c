import { type Circuit, circuit } from '../../circuits/circuit.js';
import { compile } from '../compile/compile.js';
import { bindValues, type Values } from '../compile/values.js';
import { evolveDensity, type NoisyOptions } from './density.js';
import { checkNoise, placeNoise } from './model.js';

/** Qubits that no operation joins with others, and what happens on them. */
export interface Part {
  /** In the circuit; qubit k of the part is `qubits[k]`. */
  readonly qubits: readonly number[];
  readonly circuit: Circuit;
}

/**
 * The circuit as a product: the smallest sets of qubits between which no operation acts. Circuits packed side by side come
 * apart again, so that simulating them takes memory for one at a time. Operations without a qubit are left out.
 */
export function independentParts({ numQubits, operations, name }: Circuit): Part[] {
  const leader = Array.from({ length: numQubits }, (_, qubit) => qubit);
  const find = (qubit: number): number => (leader[qubit] === qubit ? qubit : find(leader[qubit]));
  const touched = operations.map(({ targets, controls }) => [...targets, ...controls.map(({ qubit }) => qubit)]);
  for (const [first, ...rest] of touched) for (const qubit of rest) leader[find(qubit)] = find(first);
  const groups = new Map<number, { qubits: number[]; operations: (typeof operations)[number][] }>();
  for (let qubit = 0; qubit < numQubits; qubit++) {
    const group = groups.get(find(qubit)) ?? { qubits: [], operations: [] };
    group.qubits.push(qubit);
    groups.set(find(qubit), group);
  }
  operations.forEach((operation, index) => {
    const [first] = touched[index];
    if (first === undefined) return;
    const { qubits, operations: own } = groups.get(find(first))!;
    own.push({
      ...operation,
      targets: operation.targets.map((qubit) => qubits.indexOf(qubit)),
      controls: operation.controls.map((control) => ({ ...control, qubit: qubits.indexOf(control.qubit) })),
    });
  });
  return [...groups.values()].map(({ qubits, operations: own }) => ({
    qubits,
    circuit: circuit({ name, numQubits: qubits.length, operations: own }),
  }));
}

/** A part with its density matrix. */
export interface PartState {
  readonly qubits: readonly number[];
  /** ρ of one sample of the whole circuit's batch, shape [2ᵏ, 2ᵏ, 2]. */
  readonly densityOf: (sample: number) => Float64Array;
}

/** The density matrices of all parts, on behalf of the public function `where`. */
export function partStates(
  where: string,
  source: Circuit,
  values: Values,
  { noise = {}, ...options }: NoisyOptions,
): { readonly batch: number; readonly parts: readonly PartState[] } {
  const { symbols } = compile(source, where);
  checkNoise(where, noise, source.numQubits);
  const bound = bindValues(where, symbols, values);
  const parts = independentParts(source).map((part): PartState => {
    const own = part.circuit.parameters;
    const columns = own.map((name) => [name, bound.columns[symbols.indexOf(name)]] as const);
    const result = evolveDensity(where, part.circuit, Object.fromEntries(columns), {
      ...options,
      noise: placeNoise(noise, part.qubits),
    });
    const length = result.density.length / result.batch;
    return {
      qubits: part.qubits,
      densityOf: (sample) => {
        const row = result.batch === 1 ? 0 : sample;
        return result.density.subarray(row * length, (row + 1) * length);
      },
    };
  });
  return { batch: bound.batch, parts };
}
