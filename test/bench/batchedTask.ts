import { circuit, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';

export const BATCH = 4096;
export const LAYERS = 5;

const random = new Random(7);

/** Data, one number a circuit, shape [BATCH]. */
export const x = Float64Array.from({ length: BATCH }, () => random.uniform(-3, 3));
/** Trained angles, shared by all circuits, shape [LAYERS]. */
export const theta = Float64Array.from({ length: LAYERS }, () => random.uniform(-3, 3));

const layers = Array.from({ length: LAYERS }, (_, l) => l);

/** From |0⟩, five layers RZ(x) RY(θ_l): ten gates on one qubit. */
export const reuploadingCircuit = circuit({
  numQubits: 1,
  data: ['x'],
  operations: layers.flatMap((l) => [op('rz', [0], 'x'), op('ry', [0], `theta${l}`)]),
});

export const circuitValues: Readonly<Record<string, number | Float64Array>> = {
  x,
  ...Object.fromEntries(layers.map((l) => [`theta${l}`, theta[l]])),
};
