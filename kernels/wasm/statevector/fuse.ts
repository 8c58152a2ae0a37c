import type { Apply, Instruction } from '../../backend.js';
import { product, widen } from './structure.js';

/** Matrices on more targets cost more than the passes that they would save. */
const MOST_TARGETS = 2;

const isPlain = (instruction: Instruction): instruction is Apply =>
  instruction.kind === 'matrix' && instruction.controlMask === 0 && instruction.targets.length >= 1;

const touched = (instruction: Instruction): number =>
  instruction.controlMask |
  (instruction.kind === 'rotate'
    ? instruction.xMask | instruction.zMask
    : instruction.targets.reduce((mask, target) => mask | (1 << target), 0));

/**
 * Multiplies constant matrices that follow one another: runs on one qubit become one matrix, and a matrix on one qubit goes into
 * a neighbour on two. Rotations stay apart: as they are, each costs less than half of a general matrix, and diagonal ones are
 * gathered into one pass later. Only matrices are touched, so that no slope of an angle is lost.
 */
export function fuseConstants(instructions: readonly Instruction[]): Instruction[] {
  const result: (Instruction | undefined)[] = [];
  const last = new Map<number, number>();
  for (const instruction of instructions) {
    const merged = isPlain(instruction) ? merge(instruction) : instruction;
    if (merged === undefined) continue;
    const at = result.push(merged) - 1;
    for (let mask = touched(merged), qubit = 0; mask !== 0; mask >>>= 1, qubit++) if (mask & 1) last.set(qubit, at);
  }
  return result.filter((instruction) => instruction !== undefined);

  /** Nothing, if the matrix went into an earlier one; else the matrix, with what it took over from before. */
  function merge(instruction: Apply): Apply | undefined {
    if (instruction.targets.length === 1) {
      const [qubit] = instruction.targets;
      const at = last.get(qubit);
      const before = at === undefined ? undefined : result[at];
      if (at === undefined || before === undefined || !isPlain(before)) return instruction;
      if (before.targets.length > MOST_TARGETS) return instruction;
      const position = before.targets.indexOf(qubit);
      const entries = product(widen(instruction.entries, position, before.targets.length), before.entries);
      result[at] = { ...before, entries };
      return undefined;
    }
    if (instruction.targets.length > MOST_TARGETS) return instruction;
    let { entries } = instruction;
    instruction.targets.forEach((qubit, position) => {
      const at = last.get(qubit);
      const before = at === undefined ? undefined : result[at];
      if (at === undefined || before === undefined || !isPlain(before) || before.targets.length !== 1) return;
      entries = product(entries, widen(before.entries, position, instruction.targets.length));
      result[at] = undefined;
      last.delete(qubit);
    });
    return { ...instruction, entries };
  }
}
