import type { Angles } from '../../backend.js';
import { bitCount } from './geometry.js';
import { reach } from './stages.js';
import type { Phase, Row, Step } from './steps.js';

/** Whether a step acts on one qubit, whatever the others are. */
function isAlone(step: Step): boolean {
  const { mixed, diagonal } = reach(step);
  return bitCount(mixed | diagonal) <= 1;
}

/**
 * Takes the steps on single qubits that may come before all others: of |0…0⟩ they make a product of one-qubit states, which is
 * written down at once.
 */
export function takeLeading(steps: readonly Step[]): {
  readonly leading: readonly Step[];
  readonly rest: readonly Step[];
} {
  const leading: Step[] = [];
  const rest: Step[] = [];
  let [blockedMixed, blockedDiagonal] = [0, 0];
  for (const step of steps) {
    const { mixed, diagonal } = reach(step);
    const first = (mixed & (blockedMixed | blockedDiagonal)) === 0 && (diagonal & blockedMixed) === 0;
    if (first && isAlone(step)) leading.push(step);
    else {
      rest.push(step);
      blockedMixed |= mixed;
      blockedDiagonal |= diagonal;
    }
  }
  return { leading, rest };
}

/** The states that `leading` makes of |0⟩ in one sample, [qubits, 2, 2]: re and im of both amplitudes. */
export function productState(
  leading: readonly Step[],
  rows: readonly Row[],
  angles: Angles,
  sample: number,
  numQubits: number,
): Float64Array {
  const states = new Float64Array(4 * numQubits);
  for (let qubit = 0; qubit < numQubits; qubit++) states[4 * qubit] = 1;
  for (const step of leading) {
    const { mixed, diagonal } = reach(step);
    const qubit = Math.max(0, 31 - Math.clz32(mixed | diagonal));
    const matrix = matrixOf(step, (row) => angleOf(rows[row], angles, sample));
    apply(matrix, states.subarray(4 * qubit, 4 * qubit + 4));
  }
  return states;
}

function angleOf({ source, multiplier }: Row, angles: Angles, sample: number): number {
  if ('constant' in source) return source.constant * multiplier;
  const values = angles[source.slot];
  return values[values.length === 1 ? 0 : sample] * multiplier;
}

/** A step on one qubit as [2, 2, 2] numbers. */
function matrixOf(step: Step, angle: (row: number) => number): ArrayLike<number> {
  if (step.kind === 'constant') return step.entries;
  if (step.kind === 'turn') {
    const [c, s] = [Math.cos(angle(step.row)), Math.sin(angle(step.row))];
    return step.zMask === 0 ? [c, 0, 0, -s, 0, -s, c, 0] : [c, 0, -s, 0, s, 0, c, 0];
  }
  const [even, odd] = 'entries' in step.numbers ? pairs(step.numbers.entries) : phases(step.numbers);
  if (step.controlMask === 0) return [...even, 0, 0, 0, 0, ...(step.zMask === 0 ? even : odd)];
  return step.controlValue === 0 ? [...even, 0, 0, 0, 0, 1, 0] : [1, 0, 0, 0, 0, 0, ...even];

  function phases({ even: first, odd: second }: { readonly even: Phase; readonly odd: Phase }): number[][] {
    return [first, second].map(({ row, negative }) => {
      const own = negative ? -angle(row) : angle(row);
      return [Math.cos(own), Math.sin(own)];
    });
  }
}

const pairs = (entries: readonly number[]): number[][] => [entries.slice(0, 2), entries.slice(2, 4)];

function apply(m: ArrayLike<number>, state: Float64Array): void {
  const [ar, ai, br, bi] = state;
  for (const at of [0, 4]) {
    state[at / 2] = m[at] * ar - m[at + 1] * ai + m[at + 2] * br - m[at + 3] * bi;
    state[at / 2 + 1] = m[at] * ai + m[at + 1] * ar + m[at + 2] * bi + m[at + 3] * br;
  }
}
