import { op } from '../circuit.js';
import { reuploading } from './ansatz.js';

/** RY(θ_l) RZ(φ_l), then RY(θ_r). With b = 0 an even function of x, hence the bias is always trained. */
export const rpz = reuploading({
  name: 'rpz',
  columns: 1,
  trainable: ([theta]) => [op('ry', [0], theta)],
  encode: (phi) => [op('rz', [0], phi)],
  closes: true,
  biasAlwaysTrainable: true,
  // at θ = 0 nothing but turns about Z is left, which ⟨Z⟩ does not see
  growth: { single: { row: [0], encoding: 'any' } },
});
