import { op } from '../circuit.js';
import { reuploading } from './ansatz.js';

/** RZ(θ_l0) RY(θ_l1) RZ(φ_l), then RZ(θ_r0) RY(θ_r1): 2r + 1 independent angles of 2r + 2 (3r + 1 with w trained). */
export const pz = reuploading({
  name: 'pz',
  columns: 2,
  trainable: ([alpha, beta]) => [op('rz', [0], alpha), op('ry', [0], beta)],
  encode: (phi) => [op('rz', [0], phi)],
  closes: true,
  // at θ = 0 nothing but turns about Z is left, which ⟨Z⟩ does not see
  growth: { single: { row: [0, 0], encoding: 'any' } },
});
