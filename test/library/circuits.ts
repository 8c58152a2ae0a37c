import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { type Circuit, circuit, compose, controlled, type Operation, op } from '../../circuits/circuit.js';

/** A circuit of the library, and what its table says. */
export interface LibraryRow {
  readonly circuit: Circuit;
  readonly description: string;
  /** Where it comes from. */
  readonly source: string;
  /** Pauli word that is read out, for the frequencies. */
  readonly observable: string;
  /** What stands for the frequencies where they are no numbers. */
  readonly frequencies?: string;
}

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);
const cx = (control: number, target: number): Operation => controlled(op('x', [target]), control);
const daruan = 'Jiang et al., arXiv:2509.14026';
const fourier = 'Schuld, Sweke, Meyer, arXiv:2008.08605';

/** Named, the rest as it is. */
const named = (name: string, source: Circuit): Circuit => circuit({ ...source, name });

/** RZ RY RZ on a qubit: any one-qubit gate, up to a phase. */
const rotation = (qubit: number, name: string): Operation[] => [
  op('rz', [qubit], `${name}_0`),
  op('ry', [qubit], `${name}_1`),
  op('rz', [qubit], `${name}_2`),
];

const ansatzDescriptions = {
  pz: 'The default activation: RZ RY before each RZ(w·x + b)',
  rpz: 'One trained RY before each RZ(w·x + b), bias always trained',
  px: 'Quantum signal processing: data enter as RX(acos(w·x + b))',
  real: 'Real amplitudes: all rotations about Y, so one cosine whatever r is',
  mix: 'RZ RX before each RY(w·x + b): not flat where all angles vanish',
} as const;

const oneQubit = Object.entries(ansatzDescriptions).map(
  ([name, description]): LibraryRow => ({
    circuit: ansatze[name as keyof typeof ansatze].circuit(3),
    description: `${description}; r = 3`,
    source: daruan,
    observable: 'Z',
  }),
);

const entangled: LibraryRow[] = [
  {
    circuit: entanglingAnsatze.ring.circuit(3, 2),
    description: 'Strongly entangling layers with a ring of CNOTs, RX(x) on each qubit after each',
    source: fourier,
    observable: 'Z',
  },
  {
    circuit: entanglingAnsatze.brick.circuit(4, 2),
    description: 'Brickwork of RZZ on neighbours, RX(w·x) with a weight of its own on each qubit',
    source: 'brickwork circuits, as in Brandão, Harrow, Horodecki, arXiv:1208.0692',
    observable: 'Z',
  },
  {
    circuit: entanglingAnsatze.ising.circuit(3, 2),
    description: 'A function of three variables as longitudinal fields of an Ising chain',
    source: 'Trotter steps of the transverse-field Ising model',
    observable: 'IZ',
  },
];

/** exp(i(π − x_i)(π − x_j) Z_i Z_j) and exp(i x_i Z_i), up to phases, as rotations. */
const iqpDiagonal: Operation[] = [
  op('rz', [0], '-2*x_0'),
  op('rz', [1], '-2*x_1'),
  op('rzz', [0, 1], '-2*(pi - x_0)*(pi - x_1)'),
];

const reuploading: LibraryRow[] = [
  {
    circuit: circuit({
      name: 'universal_classifier',
      numQubits: 1,
      data: ['x_0', 'x_1'],
      operations: range(3).flatMap((l) => [
        op('rz', [0], `theta_${l}_0`),
        op('ry', [0], `theta_${l}_1 + w_${l}_0*x_0`),
        op('rz', [0], `theta_${l}_2 + w_${l}_1*x_1`),
      ]),
    }),
    description: 'One-qubit classifier of points in the plane, weights times data added to the angles of three layers',
    source: 'Pérez-Salinas et al., arXiv:1907.02085',
    observable: 'Z',
  },
  {
    circuit: circuit({
      name: 'serial_encoding',
      numQubits: 1,
      data: ['x'],
      operations: [
        ...range(3).flatMap((l) => [...rotation(0, `theta_${l}`), op('rx', [0], 'x')]),
        ...rotation(0, 'theta_3'),
      ],
    }),
    description: 'Three times the same encoding RX(x) one after the other, any rotation between',
    source: fourier,
    observable: 'Z',
  },
  {
    circuit: named('parallel_encoding', entanglingAnsatze.ring.circuit(3, 1)),
    description: 'Three times the same encoding RX(x) side by side, entangling layers before and after',
    source: fourier,
    observable: 'Z',
  },
  {
    circuit: circuit({
      name: 'exponential_encoding',
      numQubits: 3,
      data: ['x'],
      operations: entanglingAnsatze.ring
        .circuit(3, 1)
        .operations.map((operation) =>
          operation.gate.name === 'rx' ? op('rx', operation.targets, `${3 ** operation.targets[0]}*x`) : operation,
        ),
    }),
    description: 'RX(3^q·x) on qubit q: every whole frequency up to (3ⁿ − 1)/2',
    source: 'Shin, Teo, Jeong, arXiv:2206.12105',
    observable: 'Z',
  },
  {
    circuit: circuit({
      name: 'angle_encoding',
      numQubits: 3,
      data: ['x_0', 'x_1', 'x_2'],
      operations: [
        ...range(3).map((q) => op('ry', [q], `x_${q}`)),
        cx(0, 1),
        cx(1, 2),
        ...range(3).map((q) => op('ry', [q], `theta_${q}`)),
      ],
    }),
    description: 'One variable a qubit as RY(x_q), then CNOTs and trained RY',
    source: 'Schuld, Petruccione, doi:10.1007/978-3-030-83098-4',
    observable: 'IIZ',
  },
  {
    circuit: circuit({
      name: 'iqp_feature_map',
      numQubits: 2,
      data: ['x_0', 'x_1'],
      operations: range(2).flatMap(() => [op('h', [0]), op('h', [1]), ...iqpDiagonal]),
    }),
    description: 'Twice Hadamard gates and diagonal gates of data and of their products',
    source: 'Havlíček et al., arXiv:1804.11326',
    frequencies: 'those in one variable depend on the other',
    observable: 'Z',
  },
];

const swapControlled = controlled(op('swap', [1, 2]), 0);

const textbook: LibraryRow[] = [
  {
    circuit: circuit({
      name: 'hardware_efficient',
      numQubits: 4,
      operations: range(3).flatMap((l) => [
        ...range(4).flatMap((q) => [op('ry', [q], `theta_${l}_${q}_0`), op('rz', [q], `theta_${l}_${q}_1`)]),
        ...(l < 2 ? range(3).map((q) => controlled(op('z', [q + 1]), q)) : []),
      ]),
    }),
    description: 'RY RZ on each qubit and controlled Z along a line, for variational algorithms',
    source: 'Kandala et al., arXiv:1704.05050',
    observable: 'Z',
  },
  {
    circuit: circuit({
      name: 'qaoa_ring',
      numQubits: 4,
      operations: [
        ...range(4).map((q) => op('h', [q])),
        ...range(2).flatMap((l) => [
          ...range(4).map((q) => op('rzz', [q, (q + 1) % 4], `2*gamma_${l}`)),
          ...range(4).map((q) => op('rx', [q], `2*beta_${l}`)),
        ]),
      ],
    }),
    description: 'Approximate optimisation of the largest cut of a ring of four, two rounds',
    source: 'Farhi, Goldstone, Gutmann, arXiv:1411.4028',
    observable: 'ZZ',
  },
  {
    circuit: circuit({ name: 'ghz', numQubits: 4, operations: [op('h', [0]), cx(0, 1), cx(1, 2), cx(2, 3)] }),
    description: '(|0000⟩ + |1111⟩)/√2',
    source: 'Greenberger, Horne, Zeilinger, arXiv:0712.0921',
    observable: 'Z',
  },
  {
    circuit: circuit({
      name: 'qft',
      numQubits: 4,
      operations: [
        ...[3, 2, 1, 0].flatMap((q) => [
          op('h', [q]),
          ...range(q).map((k) => controlled(op('p', [q], Math.PI / 2 ** (k + 1)), q - 1 - k)),
        ]),
        op('swap', [0, 3]),
        op('swap', [1, 2]),
      ],
    }),
    description: 'The Fourier transform |j⟩ → Σ_k exp(2πijk/16)|k⟩/4',
    source: 'Coppersmith, arXiv:quant-ph/0201067',
    observable: 'Z',
  },
  {
    circuit: named(
      'grover',
      range(2).reduce(
        (before) =>
          compose(
            before,
            circuit({
              numQubits: 3,
              operations: [
                controlled(op('z', [2]), 0, { qubit: 1, value: 0 }),
                ...range(3).map((q) => op('h', [q])),
                controlled(
                  { ...op('gphase', [], Math.PI) },
                  ...range(3).map((qubit) => ({ qubit, value: 0 as const })),
                ),
                ...range(3).map((q) => op('h', [q])),
              ],
            }),
          ),
        circuit({ numQubits: 3, operations: range(3).map((q) => op('h', [q])) }),
      ),
    ),
    description: 'Two rounds of search for |101⟩, found with probability 121/128',
    source: 'Grover, arXiv:quant-ph/9605043',
    observable: 'Z',
  },
  {
    circuit: circuit({
      name: 'swap_test',
      numQubits: 3,
      data: ['x', 'y'],
      operations: [op('ry', [1], 'x'), op('ry', [2], 'y'), op('h', [0]), swapControlled, op('h', [0])],
    }),
    description: '⟨Z⟩ of qubit 0 is the overlap |⟨ψ(x)|ψ(y)⟩|² of two one-qubit states',
    source: 'Buhrman et al., arXiv:quant-ph/0102001',
    observable: 'Z',
  },
];

/** All circuits of the library, in the order of its table. */
export const library: readonly LibraryRow[] = [...oneQubit, ...entangled, ...reuploading, ...textbook];
