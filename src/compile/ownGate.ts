import { type Gate, gates } from '../../circuits/gates.js';
import { conjugateTranspose, distance, identity, type Matrix, product, scale, sum } from '../../circuits/matrix.js';
import { checkWord, pauliMatrix } from '../../circuits/pauli.js';
import { DaruanError } from '../foundation/errors.js';

/** How far a unitary may be from U†U = 1: typed-in matrices carry about 10 digits. */
const TOLERANCE = 1e-9;

/**
 * Throws if a gate that is not a row of the table has no unitary matrix, or a generator that contradicts its matrix.
 * Rows of the table are right by test. The matrix is tried at one generic set of angles.
 */
export function checkGate(where: string, label: string, gate: Gate): void {
  if (Object.values<Gate>(gates).includes(gate)) return;
  const angles = gate.parameters.map((_, k) => 0.7 + 0.4 * k);
  const size = 1 << gate.numTargets;
  const fault = (problem: string, remedy: string) => new DaruanError(where, `${label}: ${problem}`, remedy);
  const matrix = gate.matrix(...angles);
  if (matrix.length !== 2 * size * size) {
    throw fault(`its matrix has ${matrix.length} numbers, not ${2 * size * size}`, 'Rows × columns × (re, im).');
  }
  if (!(distance(product(conjugateTranspose(matrix), matrix), identity(size)) < TOLERANCE)) {
    throw fault('its matrix is not unitary', 'A gate must satisfy U†U = 1.');
  }
  if (!gate.generator) return;
  const { word, phase } = gate.generator;
  checkWord(where, word);
  if (gate.parameters.length !== 1 || word.length !== gate.numTargets) {
    throw fault('a generator needs one angle and a word with one letter a target', 'Or leave the generator out.');
  }
  if (!(distance(matrix, rotation(word, phase, angles[0])) < TOLERANCE)) {
    throw fault('its matrix differs from its generator', 'The generator says U(θ) = exp(iκθ)·exp(−iθP/2).');
  }
}

function rotation(word: string, phase: number, theta: number): Matrix {
  const cosine = scale(identity(1 << word.length), Math.cos(theta / 2));
  const sine = scale(pauliMatrix(word), [0, -Math.sin(theta / 2)]);
  return scale(sum(cosine, sine), [Math.cos(phase * theta), Math.sin(phase * theta)]);
}
