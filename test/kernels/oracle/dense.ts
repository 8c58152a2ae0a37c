/** Programs as dense 2ⁿ × 2ⁿ matrices, each built as a sum of Kronecker products: slow, and shares nothing with a backend. */
import {
  conjugateTranspose,
  identity,
  kronecker,
  type Matrix,
  matrix,
  product,
  scale,
  sum,
} from '../../../circuits/matrix.js';
import type {
  Angles,
  Apply,
  Controls,
  Instruction,
  PauliMasks,
  PauliSum,
  Program,
  Rotate,
} from '../../../kernels/backend.js';

const letters = {
  I: identity(2),
  X: matrix([[0, 1], [1, 0]]), // biome-ignore format: a matrix
  Y: matrix([[0, [0, -1]], [[0, 1], 0]]), // biome-ignore format: a matrix
  Z: matrix([[1, 0], [0, -1]]), // biome-ignore format: a matrix
};

/** |row⟩⟨column| of one qubit. */
function unit(row: number, column: number): Matrix {
  const result = new Float64Array(8);
  result[2 * (2 * row + column)] = 1;
  return result;
}

/** The Kronecker product with `factor(q)` on qubit q; qubit 0 is the last factor. */
const onEveryQubit = (numQubits: number, factor: (qubit: number) => Matrix): Matrix =>
  Array.from({ length: numQubits }, (_, q) => factor(q)).reduce((low, high) => kronecker(high, low), identity(1));

const bit = (mask: number, qubit: number): number => (mask >> qubit) & 1;

/** P. */
export const densePauli = (numQubits: number, { xMask, zMask }: PauliMasks): Matrix =>
  onEveryQubit(numQubits, (q) => letters[(['I', 'X', 'Z', 'Y'] as const)[bit(xMask, q) + 2 * bit(zMask, q)]]);

/** Σ coefficient · P. */
export const denseSum = (numQubits: number, { terms }: PauliSum): Matrix =>
  terms.reduce<Matrix>(
    (total, term) => sum(total, scale(densePauli(numQubits, term), term.coefficient)),
    new Float64Array(2 * 4 ** numQubits),
  );

/** The projector Π on the basis states that meet the controls. */
const projector = (numQubits: number, { controlMask, controlValue }: Controls): Matrix =>
  onEveryQubit(numQubits, (q) =>
    bit(controlMask, q) ? unit(bit(controlValue, q), bit(controlValue, q)) : identity(2),
  );

/** exp(iκθ)(cos(θ/2) − i sin(θ/2)P). */
const denseRotation = (numQubits: number, { phase, ...pauli }: Rotate, theta: number): Matrix =>
  scale(
    sum(
      scale(identity(2 ** numQubits), Math.cos(theta / 2)),
      scale(densePauli(numQubits, pauli), [0, -Math.sin(theta / 2)]),
    ),
    [Math.cos(phase * theta), Math.sin(phase * theta)],
  );

/** Σ_rc A_rc · (|r⟩⟨c| on the targets, identity elsewhere). */
function denseApply(numQubits: number, { targets, entries }: Apply): Matrix {
  const size = 2 ** targets.length;
  let total: Matrix = new Float64Array(2 * 4 ** numQubits);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const term = onEveryQubit(numQubits, (q) => {
        const t = targets.indexOf(q);
        return t < 0 ? identity(2) : unit(bit(row, t), bit(column, t));
      });
      const at = 2 * (row * size + column);
      total = sum(total, scale(term, [entries[at], entries[at + 1]]));
    }
  }
  return total;
}

const angleOf = ({ angle }: Rotate, angles: Angles, sample: number): number =>
  'slot' in angle ? angles[angle.slot][angles[angle.slot].length === 1 ? 0 : sample] : angle.constant;

/** 1 + Π(U − 1). */
export function denseInstruction(numQubits: number, step: Instruction, angles: Angles, sample: number): Matrix {
  const free =
    step.kind === 'rotate'
      ? denseRotation(numQubits, step, angleOf(step, angles, sample))
      : denseApply(numQubits, step);
  if (step.controlMask === 0) return free;
  const one = identity(2 ** numQubits);
  return sum(one, product(projector(numQubits, step), sum(free, scale(one, -1))));
}

/** ∂U/∂θ = iΠ(κ − P/2)U of a rotation. */
function denseSlope(numQubits: number, step: Rotate, unitary: Matrix): Matrix {
  const generator = sum(scale(identity(2 ** numQubits), step.phase), scale(densePauli(numQubits, step), -0.5));
  return scale(product(product(projector(numQubits, step), generator), unitary), [0, 1]);
}

/** A|ψ⟩. */
export function timesVector(a: Matrix, state: Float64Array): Float64Array {
  const result = new Float64Array(state.length);
  const size = state.length / 2;
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const at = 2 * (row * size + k);
      result[2 * row] += a[at] * state[2 * k] - a[at + 1] * state[2 * k + 1];
      result[2 * row + 1] += a[at] * state[2 * k + 1] + a[at + 1] * state[2 * k];
    }
  }
  return result;
}

/** Re⟨bra|ket⟩. */
const realOverlap = (bra: Float64Array, ket: Float64Array): number =>
  bra.reduce((total, value, i) => total + value * ket[i], 0);

const zeroState = (numQubits: number): Float64Array =>
  Float64Array.from({ length: 2 * 2 ** numQubits }, (_, i) => (i === 0 ? 1 : 0));

/** The final state of one sample. */
export function denseState(program: Program, angles: Angles, sample: number, initial?: Float64Array): Float64Array {
  const { numQubits, instructions } = program;
  return instructions.reduce(
    (state, step) => timesVector(denseInstruction(numQubits, step, angles, sample), state),
    initial ?? zeroState(numQubits),
  );
}

/** ⟨ψ|O|ψ⟩. */
export const denseExpectation = (numQubits: number, observable: PauliSum, state: Float64Array): number =>
  realOverlap(state, timesVector(denseSum(numQubits, observable), state));

/** ∂⟨O⟩/∂(each slot) of one sample: 2 Re⟨ψ|O|∂ψ⟩ by the product rule, forwards. */
export function denseGradient(program: Program, angles: Angles, sample: number, observable: PauliSum): number[] {
  const { numQubits, numSlots, instructions } = program;
  let state = zeroState(numQubits);
  let slopes: Float64Array[] = Array.from({ length: numSlots }, () => new Float64Array(state.length));
  for (const step of instructions) {
    const unitary = denseInstruction(numQubits, step, angles, sample);
    slopes = slopes.map((slope) => timesVector(unitary, slope));
    if (step.kind === 'rotate' && 'slot' in step.angle) {
      const added = timesVector(denseSlope(numQubits, step, unitary), state);
      slopes[step.angle.slot].forEach((value, i, slope) => {
        slope[i] = value + added[i];
      });
    }
    state = timesVector(unitary, state);
  }
  const observed = timesVector(denseSum(numQubits, observable), state);
  return slopes.map((slope) => 2 * realOverlap(observed, slope));
}

/** The program run backwards: θ ↦ −θ, A ↦ A†, in reverse order. Negate the angles of the slots too. */
export const inverseProgram = (program: Program): Program => ({
  ...program,
  instructions: [...program.instructions]
    .reverse()
    .map(
      (step): Instruction =>
        step.kind === 'matrix'
          ? { ...step, entries: conjugateTranspose(step.entries) }
          : 'slot' in step.angle
            ? step
            : { ...step, angle: { constant: -step.angle.constant } },
    ),
});
