import { type Geometry, split } from './geometry.js';
import { COMPLEX } from './layout.js';
import { reach } from './stages.js';
import type { Diagonal, Step } from './steps.js';

/** Diagonals that run as one pass. */
export interface DiagonalRun {
  readonly kind: 'run';
  readonly factors: readonly Diagonal[];
}

/** With fewer factors, passes of their own are as fast. */
const LEAST_FACTORS = 3;

/** Bytes of a chunk that the lower of the two tables covers (`../assembly/statevector/diagonalRun.ts`). */
const LOW_BYTES = 32 * COMPLEX;

/** A factor of a run has no controls, and its signs lie in one of the two tables or outside of the chunk. */
function isFactor(geometry: Geometry, step: Step): step is Diagonal {
  if (step.kind !== 'diagonal' || step.controlMask !== 0) return false;
  const { lanes, local } = split(geometry, step.zMask);
  return local < LOW_BYTES || (local % LOW_BYTES === 0 && lanes === 0);
}

/**
 * Puts diagonals off until a step comes that does not commute with one of them, and runs those that have come together as one.
 */
export function gatherDiagonals(geometry: Geometry, steps: readonly Step[]): (Step | DiagonalRun)[] {
  const result: (Step | DiagonalRun)[] = [];
  let pending: Diagonal[] = [];
  let signs = 0;
  const flush = (): void => {
    if (pending.length >= LEAST_FACTORS) result.push({ kind: 'run', factors: pending });
    else result.push(...pending);
    pending = [];
    signs = 0;
  };
  for (const step of steps) {
    if (isFactor(geometry, step)) {
      pending.push(step);
      signs |= step.zMask;
      continue;
    }
    if (reach(step).mixed & signs) flush();
    result.push(step);
  }
  flush();
  return result;
}
