import type { Rotate } from '../backend.js';
import { POWERS_OF_I, parity, pauliOverlap, popcount } from './pauli.js';

/**
 * state ← exp(iκθ)·exp(−iθP/2)|state⟩ where the controls are met: on each pair (i, j = i ⊕ x),
 * a_i ← e^{iκθ}(cos(θ/2)·a_i − i sin(θ/2)·P_ij·a_j), and the same with i and j exchanged.
 *
 * @param state one state, shape [2ⁿ, 2], changed in place
 * @param theta θ in radians
 */
export function rotate(state: Float64Array, instruction: Rotate, theta: number): void {
  const { xMask, zMask, controlMask, controlValue, phase } = instruction;
  const [cosine, sine] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const [phaseRe, phaseIm] = [Math.cos(phase * theta), Math.sin(phase * theta)];
  const [keepRe, keepIm] = [phaseRe * cosine, phaseIm * cosine];
  // −i·e^{iκθ}·sin(θ/2)·i^(number of Y); the sign (−1)^popcount(j & z) follows in the loop
  const [yRe, yIm] = POWERS_OF_I[popcount(xMask & zMask) & 3];
  const mixRe = sine * (phaseIm * yRe + phaseRe * yIm);
  const mixIm = sine * (phaseIm * yIm - phaseRe * yRe);

  for (let i = 0; i < state.length / 2; i++) {
    const j = i ^ xMask;
    if (j < i || (i & controlMask) !== controlValue) continue;
    const [iRe, iIm] = [state[2 * i], state[2 * i + 1]];
    const [jRe, jIm] = [state[2 * j], state[2 * j + 1]];
    const signI = parity(i & zMask);
    const signJ = parity(j & zMask);
    state[2 * i] = keepRe * iRe - keepIm * iIm + signJ * (mixRe * jRe - mixIm * jIm);
    state[2 * i + 1] = keepRe * iIm + keepIm * iRe + signJ * (mixRe * jIm + mixIm * jRe);
    state[2 * j] = keepRe * jRe - keepIm * jIm + signI * (mixRe * iRe - mixIm * iIm);
    state[2 * j + 1] = keepRe * jIm + keepIm * jRe + signI * (mixRe * iIm + mixIm * iRe);
  }
}

/**
 * ∂⟨O⟩/∂θ of one rotation, from the state |k⟩ and the costate ⟨b| just after it: ⟨O⟩ = ⟨k|V†OV|k⟩, |b⟩ = V†OV|k⟩, with V the rest
 * of the program. Since U(θ) is exp(iκθ)·exp(−iθP/2) on the range of the projector Π of the controls and 1 elsewhere,
 * and P commutes with Π, ∂U/∂θ = iΠ(κ − P/2)U, so that
 *
 *   ∂⟨O⟩/∂θ = 2 Re⟨b| iΠ(κ − P/2) |k⟩ = Im⟨b| Π(P − 2κ) |k⟩.
 */
export function rotationSlope(costate: Float64Array, instruction: Rotate, state: Float64Array): number {
  const [, slope] = pauliOverlap(costate, instruction, state, instruction);
  if (instruction.phase === 0) return slope;
  const [, overlap] = pauliOverlap(costate, { xMask: 0, zMask: 0 }, state, instruction);
  return slope - 2 * instruction.phase * overlap;
}
