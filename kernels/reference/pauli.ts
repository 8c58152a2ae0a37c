import type { Controls, PauliMasks, PauliSum } from '../backend.js';

/** i^k for k = 0 … 3, as [re, im]. */
export const POWERS_OF_I = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** Number of set bits. */
export function popcount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** (−1)^popcount(mask). */
export function parity(mask: number): 1 | -1 {
  let folded = mask ^ (mask >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  folded ^= folded >>> 2;
  folded ^= folded >>> 1;
  return folded & 1 ? -1 : 1;
}

/**
 * ⟨bra| Π P |ket⟩ as [re, im], with Π the projector on the basis states that meet `controls`. P must not touch the controls.
 *
 * @param bra, ket one state each, shape [2ⁿ, 2]
 */
export function pauliOverlap(
  bra: Float64Array,
  { xMask, zMask }: PauliMasks,
  ket: Float64Array,
  { controlMask, controlValue }: Controls = { controlMask: 0, controlValue: 0 },
): readonly [re: number, im: number] {
  let [re, im] = [0, 0];
  for (let from = 0; from < ket.length / 2; from++) {
    if ((from & controlMask) !== controlValue) continue;
    const sign = parity(from & zMask);
    const to = from ^ xMask;
    re += sign * (bra[2 * to] * ket[2 * from] + bra[2 * to + 1] * ket[2 * from + 1]);
    im += sign * (bra[2 * to] * ket[2 * from + 1] - bra[2 * to + 1] * ket[2 * from]);
  }
  const [yRe, yIm] = POWERS_OF_I[popcount(xMask & zMask) & 3];
  return [yRe * re - yIm * im, yRe * im + yIm * re];
}

/** ⟨state|O|state⟩ = Σ coefficient · ⟨state|P|state⟩. */
export function expectationOf(observable: PauliSum, state: Float64Array): number {
  let sum = 0;
  for (const term of observable.terms) sum += term.coefficient * pauliOverlap(state, term, state)[0];
  return sum;
}

/** target += factor · O|state⟩. */
export function addObservable(target: Float64Array, factor: number, observable: PauliSum, state: Float64Array): void {
  for (const { xMask, zMask, coefficient } of observable.terms) {
    const [yRe, yIm] = POWERS_OF_I[popcount(xMask & zMask) & 3];
    for (let from = 0; from < state.length / 2; from++) {
      const weight = factor * coefficient * parity(from & zMask);
      const to = from ^ xMask;
      target[2 * to] += weight * (yRe * state[2 * from] - yIm * state[2 * from + 1]);
      target[2 * to + 1] += weight * (yRe * state[2 * from + 1] + yIm * state[2 * from]);
    }
  }
}
