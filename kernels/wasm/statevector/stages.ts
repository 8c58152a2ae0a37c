import { bitCount } from './geometry.js';
import type { Step } from './steps.js';

/** Qubits that a step acts on as a diagonal does (controls, signs), and those it mixes. */
export function reach(step: Step): { readonly mixed: number; readonly diagonal: number } {
  const { controlMask } = step;
  if (step.kind === 'diagonal') return { mixed: 0, diagonal: controlMask | step.zMask };
  if (step.kind === 'turn') return { mixed: step.xMask, diagonal: controlMask | (step.zMask & ~step.xMask) };
  return { mixed: step.targets.reduce((mask, target) => mask | (1 << target), 0), diagonal: controlMask };
}

/** Steps that run over chunks holding the bits `local` of the vector index, in one go through memory. */
export interface Stage {
  readonly local: number;
  readonly steps: readonly Step[];
}

/**
 * Cuts a program into stages: each takes all the steps that it can mix within its chunk and that none of those left behind must
 * precede. Two steps may change places if each qubit that they share is diagonal to both.
 *
 * @param laneQubits  qubits in the lanes, local to every chunk
 * @param vectorBits  bits of the vector index
 * @param chunkBits   bits that a chunk is to hold; a step that mixes more gets a chunk that is as large
 * @param always      the lowest bits, kept in every chunk so that it consists of runs of neighbours
 */
export function cutStages(
  steps: readonly Step[],
  laneQubits: number,
  vectorBits: number,
  chunkBits: number,
  always: number,
): Stage[] {
  const stages: Stage[] = [];
  let rest = steps;
  do {
    let local = 2 ** Math.min(always, vectorBits) - 1;
    const first = rest.length > 0 ? local | (reach(rest[0]).mixed >>> laneQubits) : local;
    const most = Math.min(vectorBits, Math.max(chunkBits, bitCount(first)));
    let [blockedMixed, blockedDiagonal] = [0, 0];
    const taken: Step[] = [];
    const left: Step[] = [];
    for (const step of rest) {
      const { mixed, diagonal } = reach(step);
      const wanted = local | (mixed >>> laneQubits);
      const free = (mixed & (blockedMixed | blockedDiagonal)) === 0 && (diagonal & blockedMixed) === 0;
      if (free && bitCount(wanted) <= most) {
        taken.push(step);
        local = wanted;
      } else {
        left.push(step);
        blockedMixed |= mixed;
        blockedDiagonal |= diagonal;
      }
    }
    for (let bit = 0; bit < vectorBits && bitCount(local) < most; bit++) local |= 1 << bit;
    stages.push({ local, steps: taken });
    rest = left;
  } while (rest.length > 0);
  return stages;
}
