import { op } from '../circuit.js';
import { reuploading } from './ansatz.js';

/** X RY(θ_l) Z RY(φ_l): all rotations commute, so it is one cosine of Σ(π − θ_l + φ_l) whatever r is. */
export const real = reuploading({
  name: 'real',
  columns: 1,
  trainable: ([theta]) => [op('x', [0]), op('ry', [0], theta)],
  encode: (phi) => [op('z', [0]), op('ry', [0], phi)],
  closes: false,
  // X RY(π) Z is the identity but for a phase
  growth: { single: { row: [Math.PI], encoding: 'zero' } },
});
