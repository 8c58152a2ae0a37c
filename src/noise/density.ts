import type { Circuit } from '../../circuits/circuit.js';
import { type Matrix, product } from '../../circuits/matrix.js';
import type { Angles, Instruction, PauliSum, Rotate } from '../../kernels/backend.js';
import { parity, popcount } from '../../kernels/reference/pauli.js';
import type { Values } from '../compile/values.js';
import { DaruanError } from '../foundation/errors.js';
import { prepare, type SimulationOptions } from '../simulate/run.js';
import { conjugate, superoperator } from './channel.js';
import { channelsAfter, checkNoise, type NoiseModel } from './model.js';

export interface NoisyOptions extends SimulationOptions {
  /** None by default. */
  readonly noise?: NoiseModel;
}

/** More than this, ρ of one sample has more numbers than one typed array holds. */
const MAX_DENSITY_QUBITS = 14;
const LIMIT_BYTES = 2 ** 32;

/**
 * The density matrix ρ of a noisy circuit started in |0…0⟩⟨0…0|: every operation U takes ρ to UρU†, then each channel that
 * follows it to Σ KρK†. Readout errors of the model do not touch states.
 *
 * It runs on the backend as a state of 2n qubits: its high n bits the row of ρ, its low n bits the column.
 *
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @returns shape [batch, 2ⁿ, 2ⁿ, 2] (row, column; re, im)
 * @throws as `statevector`; if ρ does not fit into memory
 * Cost: O(batch · (operations · 4ⁿ + channels of k qubits · 4ⁿ · 4ᵏ)).
 * @example densityMatrix(circuit({ numQubits: 1, operations: [op('h', [0])] }), {}, { noise: { rules: [{ channel: phaseFlip(0.1) }] } })
 *          // [0.5, 0, 0.4, 0, 0.4, 0, 0.5, 0]
 */
export function densityMatrix(source: Circuit, values: Values = {}, options: NoisyOptions = {}): Float64Array {
  return evolveDensity('densityMatrix', source, values, options).density;
}

/** `densityMatrix` on behalf of the public function `where`. */
export function evolveDensity(
  where: string,
  source: Circuit,
  values: Values,
  { noise = {}, ...options }: NoisyOptions,
): { readonly density: Float64Array; readonly batch: number } {
  const { compiled, bound, angles, backend } = prepare(where, source, values, options);
  const n = compiled.numQubits;
  checkNoise(where, noise, n);
  const { batch } = bound;
  if (n > MAX_DENSITY_QUBITS || 16 * 4 ** n * batch > LIMIT_BYTES) {
    const problem = `density matrices of ${n} qubits × batch ${batch} do not fit into ${LIMIT_BYTES / 2 ** 30} GiB`;
    throw new DaruanError(where, problem, 'Use trajectories, fewer qubits or a smaller batch.');
  }
  const { instructions: bare, numSlots } = compiled.program;
  const instructions: Instruction[] = [];
  let begin = 0;
  source.operations.forEach((operation, index) => {
    for (const instruction of bare.slice(begin, compiled.ends[index])) {
      instructions.push(onRow(instruction, n), onColumn(instruction, numSlots));
    }
    begin = compiled.ends[index];
    for (const { targets, matrix } of merged(channelsAfter(noise, operation))) {
      const both = [...targets, ...targets.map((qubit) => qubit + n)];
      instructions.push({ kind: 'matrix', targets: both, entries: matrix, controlMask: 0, controlValue: 0 });
    }
  });
  const program = { numQubits: 2 * n, numSlots: 2 * numSlots, instructions };
  const table: Angles = [...angles, ...angles.map((column) => column.map((angle) => -angle))];
  return { density: backend.statevector(program, table, batch), batch };
}

/** Channels that follow each other on the same qubits as one superoperator. */
function merged(channels: ReturnType<typeof channelsAfter>): { targets: readonly number[]; matrix: Matrix }[] {
  const result: { targets: readonly number[]; matrix: Matrix }[] = [];
  for (const { channel, targets } of channels) {
    const last = result.at(-1);
    if (last && last.targets.join() === targets.join()) last.matrix = product(superoperator(channel), last.matrix);
    else result.push({ targets, matrix: superoperator(channel) });
  }
  return result;
}

/** The instruction on the row of ρ. Shifts by multiplication: masks of 2n bits may fill an integer. */
function onRow(instruction: Instruction, n: number): Instruction {
  const up = (mask: number): number => mask * 2 ** n;
  const controls = { controlMask: up(instruction.controlMask), controlValue: up(instruction.controlValue) };
  if (instruction.kind === 'matrix') {
    return { ...instruction, ...controls, targets: instruction.targets.map((qubit) => qubit + n) };
  }
  return { ...instruction, ...controls, xMask: up(instruction.xMask), zMask: up(instruction.zMask) };
}

/**
 * Its complex conjugate on the column. P* = (−1)^y P with y the number of Ys, so that the conjugate of e^(iκθ)·exp(−iθP/2) is
 * the rotation by −(−1)^y θ with phase (−1)^y κ. Angles of the other sign stand in the second half of the table.
 */
function onColumn(instruction: Instruction, numSlots: number): Instruction {
  if (instruction.kind === 'matrix') return { ...instruction, entries: conjugate(instruction.entries) };
  const { xMask, zMask, angle, phase } = instruction;
  if (popcount(xMask & zMask) % 2 === 1) return { ...instruction, phase: -phase } satisfies Rotate;
  return {
    ...instruction,
    angle: 'slot' in angle ? { slot: angle.slot + numSlots } : { constant: -angle.constant },
  };
}

/** tr(ρO) of one sample. */
export function traceWith(density: Float64Array, numQubits: number, { terms }: PauliSum): number {
  const size = 2 ** numQubits;
  let total = 0;
  for (const { xMask, zMask, coefficient } of terms) {
    let sum = 0;
    const y = popcount(xMask & zMask) % 4; // tr(ρP) = Σ_z i^y (−1)^(z·zMask) ρ[z, z ⊕ xMask]; a real number
    const part = y % 2; // i·(re + i·im) has the real part −im
    for (let z = 0; z < size; z++) sum += parity(z & zMask) * density[2 * (z * size + (z ^ xMask)) + part];
    total += coefficient * (y === 1 || y === 2 ? -sum : sum);
  }
  return total;
}

/** The diagonal of ρ of one sample: probabilities of the basis states. */
export function diagonal(density: Float64Array, numQubits: number): Float64Array {
  const size = 2 ** numQubits;
  return Float64Array.from({ length: size }, (_, z) => density[2 * z * (size + 1)]);
}
