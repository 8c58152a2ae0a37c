import { op } from '../circuit.js';
import { reuploading } from './ansatz.js';

/**
 * RZ(θ_l) RX(acos φ_l), then RZ(θ_r): a circuit of quantum signal processing, for φ_l in [−1, 1].
 * With w = 1, b = 0 it vanishes at x = ±1; the last angle never acts on ⟨Z⟩.
 */
export const px = reuploading({
  name: 'px',
  columns: 1,
  trainable: ([theta]) => [op('rz', [0], theta)],
  encode: (phi) => [
    op('rx', [0], typeof phi === 'number' ? Math.acos(phi) : { kind: 'call', function: 'acos', argument: phi }),
  ],
  closes: true,
  // between half turns about Z, RX(φ) turns back
  growth: { pair: [[Math.PI], [-Math.PI]] },
});
