import { checkAllFinite, checkLength } from '../../src/foundation/checks.js';
import { DaruanError } from '../../src/foundation/errors.js';
import type { Angles, Backend, PauliSum, Program, Rotate } from '../backend.js';
import { checkInitial, checkMemory, checkObservables, checkRun, checkUnitary } from '../validate.js';
import { applyMatrix, type PreparedMatrix, prepareMatrix } from './matrix.js';
import { addObservable, expectationOf } from './pauli.js';
import { rotate, rotationSlope } from './rotate.js';

/** The most that the states of one call may take: what one typed array holds in every engine. */
const LIMIT_BYTES = 2 ** 32;

type Prepared = Rotate | PreparedMatrix;

const prepare = (program: Program): Prepared[] =>
  program.instructions.map((instruction) => (instruction.kind === 'matrix' ? prepareMatrix(instruction) : instruction));

/** θ of a rotation in one sample. */
function angleOf({ angle }: Rotate, angles: Angles, sample: number): number {
  if (!('slot' in angle)) return angle.constant;
  const values = angles[angle.slot];
  return values[values.length === 1 ? 0 : sample];
}

/** Runs the instructions on one state, in place. */
function evolve(state: Float64Array, instructions: readonly Prepared[], angles: Angles, sample: number): void {
  for (const instruction of instructions) {
    if (instruction.kind === 'rotate') rotate(state, instruction, angleOf(instruction, angles, sample));
    else applyMatrix(state, instruction, instruction.entries);
  }
}

/** Zeroed memory for `batch` states. */
function allocate(where: string, numQubits: number, batch: number): Float64Array {
  checkMemory(where, numQubits, batch, 16, LIMIT_BYTES);
  try {
    return new Float64Array(batch * 2 * 2 ** numQubits);
  } catch (cause) {
    const problem = `no memory is left for ${numQubits} qubits × batch ${batch} in float64`;
    throw new DaruanError(where, problem, 'Use fewer qubits or a smaller batch.', { cause });
  }
}

function setZero(state: Float64Array): void {
  state.fill(0);
  state[0] = 1;
}

/** Cost: O(batch · instructions · 2ⁿ · 2^targets); memory batch · 2ⁿ · 16 bytes. */
function statevector(program: Program, angles: Angles, batch: number, initial?: Float64Array): Float64Array {
  const where = 'reference statevector';
  checkRun(where, program, angles, batch);
  checkInitial(where, program.numQubits, batch, initial);
  const length = 2 * 2 ** program.numQubits;
  const states = allocate(where, program.numQubits, batch);
  const instructions = prepare(program);
  for (let sample = 0; sample < batch; sample++) {
    const state = states.subarray(sample * length, (sample + 1) * length);
    if (initial === undefined) setZero(state);
    else state.set(initial.length === length ? initial : initial.subarray(sample * length, (sample + 1) * length));
    evolve(state, instructions, angles, sample);
  }
  return states;
}

/** Cost: that of `statevector`, and O(batch · terms · 2ⁿ); memory 2ⁿ · 16 bytes. */
function expectation(program: Program, angles: Angles, batch: number, observables: readonly PauliSum[]): Float64Array {
  const where = 'reference expectation';
  checkRun(where, program, angles, batch);
  checkObservables(where, program.numQubits, observables);
  const values = new Float64Array(batch * observables.length);
  const state = allocate(where, program.numQubits, 1);
  const instructions = prepare(program);
  for (let sample = 0; sample < batch; sample++) {
    setZero(state);
    evolve(state, instructions, angles, sample);
    observables.forEach((observable, k) => {
      values[sample * observables.length + k] = expectationOf(observable, state);
    });
  }
  return values;
}

/**
 * One sweep back from the end with two states a sample, whatever the number of slots (Jones & Gacon, arXiv:2009.02823).
 * A slot that several rotations share collects the sum. Cost: three times that of `expectation`; memory 2 · 2ⁿ · 16 bytes.
 */
function adjoint(
  program: Program,
  angles: Angles,
  batch: number,
  observables: readonly PauliSum[],
  upstream: Float64Array,
): { readonly values: Float64Array; readonly gradients: Float64Array[] } {
  const where = 'reference adjoint';
  checkRun(where, program, angles, batch);
  checkObservables(where, program.numQubits, observables);
  checkUnitary(where, program);
  checkLength(where, 'upstream', upstream, batch * observables.length, '[batch, observables]');
  checkAllFinite(where, 'upstream', upstream);
  const values = new Float64Array(batch * observables.length);
  const gradients = Array.from({ length: program.numSlots }, () => new Float64Array(batch));
  const state = allocate(where, program.numQubits, 1);
  const costate = allocate(where, program.numQubits, 1);
  const instructions = prepare(program);
  for (let sample = 0; sample < batch; sample++) {
    setZero(state);
    evolve(state, instructions, angles, sample);
    costate.fill(0);
    observables.forEach((observable, k) => {
      const at = sample * observables.length + k;
      values[at] = expectationOf(observable, state);
      addObservable(costate, upstream[at], observable, state);
    });
    for (let index = instructions.length - 1; index >= 0; index--) {
      const instruction = instructions[index];
      if (instruction.kind === 'rotate') {
        const { angle } = instruction;
        if ('slot' in angle) gradients[angle.slot][sample] += rotationSlope(costate, instruction, state);
        const theta = angleOf(instruction, angles, sample);
        rotate(state, instruction, -theta);
        rotate(costate, instruction, -theta);
      } else {
        applyMatrix(state, instruction, instruction.adjoint);
        applyMatrix(costate, instruction, instruction.adjoint);
      }
    }
  }
  return { values, gradients };
}

/** The oracle: float64, plain loops, one sample after the other. */
export const referenceBackend: Backend = { name: 'reference', precision: 'float64', statevector, expectation, adjoint };
