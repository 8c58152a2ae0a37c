import { op } from '../circuit.js';
import { reuploading } from './ansatz.js';

/** RZ(θ_l0) RX(θ_l1) RY(φ_l), then RZ(θ_r0) RX(θ_r1): the one ansatz that is not flat at θ = 0. */
export const mix = reuploading({
  name: 'mix',
  columns: 2,
  trainable: ([alpha, beta]) => [op('rz', [0], alpha), op('rx', [0], beta)],
  encode: (phi) => [op('ry', [0], phi)],
  closes: true,
  growth: {
    single: { row: [0, 0], encoding: 'zero' },
    // between half turns about Z, RY(φ) turns back
    pair: [
      [Math.PI, 0],
      [-Math.PI, 0],
    ],
  },
});
