import { checkAllFinite, checkChoice, checkFinite, checkInteger, checkLength } from '../src/foundation/checks.js';
import { DaruanError, expected } from '../src/foundation/errors.js';
import type { Angles, Apply, Instruction, PauliSum, Program } from './backend.js';
import type { ChainLayer, Floats } from './chain.js';

/** Masks are signed 32-bit integers, and 2³⁰ amplitudes are 16 GiB in float64. */
export const MAX_QUBITS = 30;

/** Throws unless `program` is well formed and `angles` has one finite array of length `batch` or 1 a slot. O(size of both). */
export function checkRun(where: string, program: Program, angles: Angles, batch: number): void {
  checkInteger(where, 'numQubits', program.numQubits, 1, MAX_QUBITS);
  checkInteger(where, 'batch', batch, 1);
  checkInteger(where, 'numSlots', program.numSlots, 0);
  program.instructions.forEach((instruction, index) => {
    checkInstruction(`${where}: instruction ${index} (${instruction.kind})`, instruction, program);
  });
  if (angles.length !== program.numSlots) {
    throw expected(where, `${program.numSlots} arrays of angles`, angles.length, 'Pass one array a slot.');
  }
  angles.forEach((values, slot) => {
    if (values.length !== 1) checkLength(where, `angles[${slot}]`, values, batch, '[batch] or [1]');
    checkAllFinite(where, `angles[${slot}]`, values);
  });
}

function checkInstruction(where: string, instruction: Instruction, { numQubits, numSlots }: Program): void {
  const largest = 2 ** numQubits - 1;
  const { controlMask, controlValue } = instruction;
  checkInteger(where, 'controlMask', controlMask, 0, largest);
  checkInteger(where, 'controlValue', controlValue, 0, largest);
  if ((controlValue & ~controlMask) !== 0) {
    throw expected(where, 'controlValue within controlMask', controlValue, 'Bits outside the mask are never met.');
  }
  if (touchedBits(where, instruction, numQubits, numSlots) & controlMask) {
    throw expected(where, 'controls apart from targets', controlMask, 'A qubit cannot control itself.');
  }
}

/** The bits an instruction acts on, after checking all but its controls. */
function touchedBits(where: string, instruction: Instruction, numQubits: number, numSlots: number): number {
  if (instruction.kind === 'matrix') {
    let mask = 0;
    for (const target of instruction.targets) {
      checkInteger(where, 'target', target, 0, numQubits - 1);
      if (mask & (1 << target)) throw expected(where, 'distinct targets', instruction.targets);
      mask |= 1 << target;
    }
    const size = 2 ** instruction.targets.length;
    checkLength(where, 'entries', instruction.entries, 2 * size * size, `[${size}, ${size}, 2]`);
    checkAllFinite(where, 'entries', instruction.entries);
    return mask;
  }
  const { xMask, zMask, phase, angle } = instruction;
  checkInteger(where, 'xMask', xMask, 0, 2 ** numQubits - 1);
  checkInteger(where, 'zMask', zMask, 0, 2 ** numQubits - 1);
  checkFinite(where, 'phase', phase);
  if ('slot' in angle) checkInteger(where, 'slot', angle.slot, 0, numSlots - 1);
  else checkFinite(where, 'angle', angle.constant);
  return xMask | zMask;
}

/** Throws unless `initial` is absent or holds finite states of shape [batch, 2ⁿ, 2] or [1, 2ⁿ, 2]. */
export function checkInitial(where: string, numQubits: number, batch: number, initial?: Float64Array): void {
  if (initial === undefined) return;
  const length = 2 * 2 ** numQubits;
  if (initial.length !== length) checkLength(where, 'initial', initial, batch * length, '[batch, 2ⁿ, 2] or [1, 2ⁿ, 2]');
  checkAllFinite(where, 'initial', initial);
}

/** Throws unless every term of every observable fits the qubits and has a finite coefficient. */
export function checkObservables(where: string, numQubits: number, observables: readonly PauliSum[]): void {
  observables.forEach(({ terms }, k) => {
    for (const { xMask, zMask, coefficient } of terms) {
      checkInteger(where, `xMask of observable ${k}`, xMask, 0, 2 ** numQubits - 1);
      checkInteger(where, `zMask of observable ${k}`, zMask, 0, 2 ** numQubits - 1);
      checkFinite(where, `coefficient of observable ${k}`, coefficient);
    }
  });
}

/** |U†U − 1| that still counts as unitary: far above rounding, far below what a gradient would show. */
const UNITARITY = 1e-6;

/** Throws unless every matrix of `program` is unitary, as the adjoint method needs. O(8^targets) a matrix. */
export function checkUnitary(where: string, program: Program): void {
  program.instructions.forEach((instruction, index) => {
    if (instruction.kind === 'matrix' && deviationFromUnitary(instruction) > UNITARITY) {
      throw new DaruanError(
        where,
        `instruction ${index} (matrix) is not unitary`,
        'The adjoint method runs the program backwards; use finite differences instead.',
      );
    }
  });
}

/** Whether every matrix of `program` is unitary, so that it keeps norms. */
export const isUnitary = ({ instructions }: Program): boolean =>
  instructions.every((step) => step.kind === 'rotate' || deviationFromUnitary(step) <= UNITARITY);

function deviationFromUnitary({ targets, entries }: Apply): number {
  const size = 2 ** targets.length;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      let [re, im] = [i === j ? -1 : 0, 0];
      for (let row = 0; row < size; row++) {
        const a = 2 * (row * size + i);
        const b = 2 * (row * size + j);
        re += entries[a] * entries[b] + entries[a + 1] * entries[b + 1];
        im += entries[a] * entries[b + 1] - entries[a + 1] * entries[b];
      }
      largest = Math.max(largest, Math.hypot(re, im));
    }
  }
  return largest;
}

/**
 * Throws unless `batch` states of `numQubits` qubits fit in `limit` bytes.
 *
 * @param bytesPerAmplitude 16 in float64, 8 in float32
 */
export function checkMemory(
  where: string,
  numQubits: number,
  batch: number,
  bytesPerAmplitude: 8 | 16,
  limit: number,
): void {
  const bytes = bytesPerAmplitude * 2 ** numQubits * batch;
  if (bytes <= limit) return;
  const qubits = Math.floor(Math.log2(limit / (bytesPerAmplitude * batch)));
  const largestBatch = Math.floor(limit / (bytesPerAmplitude * 2 ** numQubits));
  const remedies = [
    ...(qubits >= 1 ? [`at most ${qubits} qubits`] : []),
    ...(largestBatch >= 1 ? [`a batch of at most ${largestBatch}`] : []),
  ];
  throw new DaruanError(
    where,
    `${numQubits} qubits × batch ${batch} in float${4 * bytesPerAmplitude} need ${gigabytes(bytes)}, the limit is ${gigabytes(limit)}`,
    `Use ${remedies.join(' or ') || 'fewer qubits and a smaller batch'}.`,
  );
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(2)} GB`;

/** Throws unless the arrays of `layer` and `x` have the lengths that its dimensions ask for. Values are not looked at. */
export function checkChain(where: string, layer: ChainLayer, x: Floats, batch: number): void {
  const { inDim, outDim, reps } = layer;
  checkInteger(where, 'batch', batch, 1);
  checkInteger(where, 'inDim', inDim, 1);
  checkInteger(where, 'outDim', outDim, 1);
  checkInteger(where, 'reps', reps, 1);
  checkChoice(where, 'encoding', layer.encoding, ['linear', 'acos']);
  checkChoice(where, 'measurement', layer.measurement, ['expectation', 'amplitude']);
  const edges = inDim * outDim;
  checkLength(where, 'x', x, batch * inDim, '[batch, in]');
  checkLength(where, 'start', layer.start, edges * 3, '[out, in, 3]');
  checkLength(where, 'blocks', layer.blocks, edges * (reps - 1) * 9, '[out, in, reps − 1, 3, 3]');
  checkLength(where, 'end', layer.end, edges * 3, '[out, in, 3]');
  checkLength(where, 'weights', layer.weights, edges * reps, '[out, in, reps]');
  checkLength(where, 'biases', layer.biases, edges * reps, '[out, in, reps]');
  checkLength(where, 'scale', layer.scale, edges, '[out, in]');
}
