import { readFileSync } from 'node:fs';
import { symbol } from '../../circuits/angle/expression.js';
import { type Circuit, circuit, controlled, gateNamed, op } from '../../circuits/circuit.js';
import { gates } from '../../circuits/gates.js';
import type { ObservableLike } from '../../circuits/pauli.js';

interface CircuitCase {
  readonly num_qubits: number;
  readonly operations: readonly { gate: string; qubits: number[]; params: number[] }[];
  readonly params: readonly number[];
  readonly state: readonly [number, number][];
  readonly observable: readonly [string, number][];
  readonly expectation: number;
  readonly gradient: readonly number[];
}

interface SpectrumCase {
  readonly num_qubits: number;
  readonly layers: number;
  readonly degree: number;
  readonly theta: readonly (readonly (readonly [number, number, number])[])[];
  readonly coefficients: readonly [k: number, re: number, im: number][];
}

const file = JSON.parse(readFileSync(new URL('../fixtures/circuit-cases.json', import.meta.url), 'utf8')) as {
  circuits: CircuitCase[];
  spectra: SpectrumCase[];
};

export const spectrumCases = file.spectra;

/** The recorded circuits, parameter k under the name `p_k`; `hasU` where the state is right up to a global phase only. */
export const circuitCases = file.circuits.map((recorded, index) => ({
  label: `circuit ${index} (${recorded.num_qubits} qubits, ${recorded.operations.length} operations)`,
  circuit: build(recorded),
  values: Object.fromEntries(recorded.params.map((value, k) => [`p_${k}`, value])),
  observable: recorded.observable as ObservableLike,
  hasU: recorded.operations.some(({ gate }) => gate === 'u'),
  state: Float64Array.from(recorded.state.flat()),
  expectation: recorded.expectation,
  gradient: recorded.gradient,
}));

function build({ num_qubits, operations }: CircuitCase): Circuit {
  return circuit({
    numQubits: num_qubits,
    operations: operations.map(({ gate, qubits, params }) => {
      let count = 0;
      while (!(gate.slice(count) in gates)) count++;
      const base = gateNamed(gate.slice(count));
      const operation = op(base, qubits.slice(count), ...params.map((k) => symbol(`p_${k}`)));
      return controlled(operation, ...qubits.slice(0, count));
    }),
  });
}
