import type { Apply, Instruction } from '../backend.js';

/** Something to be done to a state: an instruction, or several on one qubit that become one matrix. */
export interface Step {
  /** Instructions in order; more than one only without controls, on one qubit. */
  readonly instructions: readonly Instruction[];
  /** The bits by which amplitudes that it combines differ. */
  readonly mixes: number;
  /** All bits that it looks at. */
  readonly touches: number;
}

/** Steps that are done while a tile of the state is in workgroup memory. */
export interface Pass {
  readonly steps: readonly Step[];
  /** The bits whose 2^tile amplitudes lie in one tile, lowest first. */
  readonly locals: readonly number[];
}

/** Lowest bits that every tile has, where it can, so that memory is read in rows of 128 bytes. */
const ROW = 4;

const bitsOf = (mask: number): number[] =>
  Array.from({ length: 31 }, (_, bit) => bit).filter((bit) => mask & (1 << bit));
const count = (mask: number): number => bitsOf(mask).length;
const targetMask = ({ targets }: Apply): number => targets.reduce((mask, target) => mask | (1 << target), 0);

export function stepOf(...instructions: Instruction[]): Step {
  const [first] = instructions;
  if (instructions.length > 1) {
    const touches = first.kind === 'rotate' ? first.xMask | first.zMask : targetMask(first);
    return { instructions, mixes: touches, touches };
  }
  const mixes = first.kind === 'rotate' ? first.xMask : targetMask(first);
  return { instructions, mixes, touches: mixes | first.controlMask | (first.kind === 'rotate' ? first.zMask : 0) };
}

/** Whether an instruction is a gate on one qubit, without controls. */
const isSingle = (instruction: Instruction): boolean =>
  instruction.controlMask === 0 &&
  count(instruction.kind === 'rotate' ? instruction.xMask | instruction.zMask : targetMask(instruction)) === 1;

/** Instructions as steps, with gates that follow each other on one qubit fused. */
export function fuse(instructions: readonly Instruction[]): Step[] {
  const steps: Step[] = [];
  const waiting = new Map<number, Instruction[]>();
  const flush = (mask: number): void => {
    for (const [bit, gates] of waiting) {
      if (!(bit & mask)) continue;
      steps.push(stepOf(...gates));
      waiting.delete(bit);
    }
  };
  for (const instruction of instructions) {
    const step = stepOf(instruction);
    if (isSingle(instruction)) {
      const gates = waiting.get(step.touches);
      if (gates) gates.push(instruction);
      else waiting.set(step.touches, [instruction]);
    } else {
      flush(step.touches);
      steps.push(step);
    }
  }
  flush(-1);
  return steps;
}

/**
 * Gathers steps into few passes. A step may overtake others with which it shares no qubit.
 *
 * @param tile  number of bits of a tile, at least that of any step's mixes
 */
export function planPasses(steps: readonly Step[], numQubits: number, tile: number): Pass[] {
  const passes: Pass[] = [];
  const row = (1 << Math.min(ROW, tile)) - 1;
  let rest = [...steps];
  while (rest.length > 0) {
    const [taken, left]: [Step[], Step[]] = [[], []];
    let [mixes, blocked] = [0, 0];
    for (const step of rest) {
      const together = mixes | step.mixes;
      const fits = count(together | row) <= tile || (taken.length === 0 && left.length === 0);
      if (fits && !(step.touches & blocked)) {
        taken.push(step);
        mixes = together;
      } else {
        left.push(step);
        blocked |= step.touches;
      }
    }
    passes.push({ steps: taken, locals: fill(mixes, row, numQubits, tile) });
    rest = left;
  }
  return passes.length > 0 ? passes : [{ steps: [], locals: fill(0, row, numQubits, tile) }];
}

/** Passes that keep the order of the steps, for what is measured in between. */
export function orderedPasses(steps: readonly Step[], numQubits: number, tile: number): Pass[] {
  const passes: { steps: Step[]; mixes: number }[] = [];
  const row = (1 << Math.min(ROW, tile)) - 1;
  for (const step of steps) {
    const last = passes[passes.length - 1];
    if (last && count(last.mixes | step.mixes | row) <= tile) {
      last.steps.push(step);
      last.mixes |= step.mixes;
    } else passes.push({ steps: [step], mixes: step.mixes });
  }
  return passes.map(({ steps: own, mixes }) => ({ steps: own, locals: fill(mixes, row, numQubits, tile) }));
}

/** The bits of a tile: those that are needed, then the lowest. */
function fill(mixes: number, row: number, numQubits: number, tile: number): number[] {
  let mask = count(mixes | row) <= tile ? mixes | row : mixes;
  for (let bit = 0; bit < numQubits && count(mask) < tile; bit++) mask |= 1 << bit;
  return bitsOf(mask);
}

/** The slot of an instruction's angle, if it has one. */
export const slotOf = (instruction: Instruction): number | undefined =>
  instruction.kind === 'rotate' && 'slot' in instruction.angle ? instruction.angle.slot : undefined;
