import { circuit, op } from '../../circuits/circuit.js';

export const BATCH = 4096;
export const LAYERS = 5;

/** Data, one number a circuit, shape [BATCH]; written out alike in python/measure.py. */
export const x = Float64Array.from({ length: BATCH }, (_, b) => 3 * Math.sin(1.7 * b + 0.4));
/** Trained angles, shared by all circuits, shape [LAYERS]. */
export const theta = Float64Array.from({ length: LAYERS }, (_, l) => Math.cos(2.3 * l));

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
