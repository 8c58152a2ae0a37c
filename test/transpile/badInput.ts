import { circuit, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { gridCoupling, lineCoupling, ringCoupling } from '../../src/transpile/coupling.js';
import { transpile } from '../../src/transpile/transpile.js';

const any = (value: unknown) => value as never;
const two = circuit({ numQubits: 2, operations: [op('rzz', [0, 1], 0.3)] });
const three = circuit({ numQubits: 3, operations: [op('rzz', [0, 2], 0.3)] });
const mine: Gate = { ...gates.h, name: 'mine', decomposition: undefined };
const iqm = { target: 'iqm' } as const;
const islands = { numQubits: 4, edges: [[0, 1] as const, [2, 3] as const] };

/** Bad input of what turns circuits into native gates. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'transpile: no circuit',
    run: () => transpile(any(undefined), iqm),
    message: 'transpile: expected a circuit, got undefined.',
  },
  {
    name: 'transpile: no target',
    run: () => transpile(two, any({})),
    message: /^transpile: expected a target by name, got undefined\. Choose one of ibm-eagle, /,
  },
  {
    name: 'transpile: a target that does not exist',
    run: () => transpile(two, { target: any('ibm-falcon') }),
    message: /^transpile: expected a target by name, got "ibm-falcon"\. Choose one of ibm-eagle, ibm-heron, .*, iqm\.$/,
  },
  {
    name: 'transpile: too few qubits',
    run: () => transpile(three, { ...iqm, coupling: lineCoupling(2) }),
    message: 'transpile: the circuit has 3 qubits, the device 2. Use a larger coupling map.',
  },
  {
    name: 'transpile: islands',
    run: () => transpile(three, { ...iqm, coupling: islands }),
    message: 'transpile: coupling: no 3 qubits of the device are connected. Add edges',
  },
  {
    name: 'transpile: an initial layout across islands',
    run: () => transpile(two, { ...iqm, coupling: islands, initialLayout: [0, 2] }),
    message: 'transpile: no couplings lead from qubit 0 to qubit 2 of initialLayout. Choose qubits that are connected.',
  },
  {
    name: 'transpile: an initial layout that repeats a qubit',
    run: () => transpile(two, { ...iqm, coupling: lineCoupling(3), initialLayout: [1, 1] }),
    message: 'transpile: expected initialLayout to name 2 different qubits in 0 … 2, got [1, 1].',
  },
  {
    name: 'transpile: an initial layout without a coupling map',
    run: () => transpile(two, { ...iqm, initialLayout: [0, 1] }),
    message: 'transpile: initialLayout without a coupling map. Pass coupling too',
  },
  {
    name: 'transpile: an edge from a qubit to itself',
    run: () => transpile(two, { ...iqm, coupling: { numQubits: 2, edges: [[1, 1]] } }),
    message: 'transpile: coupling: expected pairs of different qubits in 0 … 1, got [1, 1]. Qubits count from 0.',
  },
  {
    name: 'transpile: an error of 1',
    run: () => transpile(two, { ...iqm, coupling: lineCoupling(2), errors: { twoQubit: [[0, 1, 1]] } }),
    message: 'transpile: errors: expected that of qubits 0 and 1 to be a probability below 1, got 1.',
  },
  {
    name: 'transpile: an error of a pair without coupling',
    run: () => transpile(two, { ...iqm, coupling: lineCoupling(3), errors: { twoQubit: [[0, 2, 0.1]] } }),
    message: 'transpile: errors: qubits 0 and 2 have an error but no coupling. Add the pair to the coupling map.',
  },
  {
    name: 'transpile: readout errors of too few qubits',
    run: () => transpile(two, { ...iqm, coupling: lineCoupling(3), errors: { readout: [0.1] } }),
    message: 'transpile: errors: expected readout of shape [3], got 1.',
  },
  {
    name: 'transpile: no trial',
    run: () => transpile(two, { ...iqm, trials: 0 }),
    message: 'transpile: expected trials to be an integer ≥ 1, got 0.',
  },
  {
    name: 'transpile: a gate of three qubits that says nothing of itself',
    run: () =>
      transpile(
        circuit({
          numQubits: 3,
          operations: [
            {
              ...op(mine, [0]),
              controls: [
                { qubit: 1, value: 1 },
                { qubit: 2, value: 1 },
              ],
            },
          ],
        }),
        iqm,
      ),
    message: 'lower: gate "mine" has neither a generator nor a decomposition.',
  },
  { name: 'lineCoupling: no qubit', run: () => lineCoupling(0), message: 'lineCoupling: expected numQubits to be' },
  { name: 'ringCoupling: no ring', run: () => ringCoupling(2), message: 'ringCoupling: expected numQubits to be' },
  { name: 'gridCoupling: no row', run: () => gridCoupling(0, 2), message: 'gridCoupling: expected rows to be' },
];
