import { checkFinite } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { integrate } from './quadrature.js';

function check(where: string, x: number, m: number): void {
  checkFinite(where, 'the argument', x);
  checkFinite(where, 'm', m);
  if (m < 0 || m > 0.99) throw expected(where, 'm in [0, 0.99]', m);
}

const panelsFor = (angle: number): number => 4 * Math.max(1, Math.ceil(Math.abs(angle)));

/**
 * The incomplete elliptic integral of the first kind F(φ|m) = ∫₀^φ dt/√(1 − m sin² t).
 *
 * @param angle  φ, radians
 * @param m      the parameter, k², in [0, 0.99]
 * @example ellipticF(0.5, 0.3); // 0.5061402119623553
 */
export function ellipticF(angle: number, m: number): number {
  check('ellipticF', angle, m);
  return integrate((t) => 1 / Math.sqrt(1 - m * Math.sin(t) ** 2), 0, angle, panelsFor(angle));
}

/**
 * The incomplete elliptic integral of the second kind E(φ|m) = ∫₀^φ √(1 − m sin² t) dt.
 *
 * @param angle  φ, radians
 * @param m      the parameter, k², in [0, 0.99]
 * @example ellipticE(0.5, 0.3); // 0.49399114472896843
 */
export function ellipticE(angle: number, m: number): number {
  check('ellipticE', angle, m);
  return integrate((t) => Math.sqrt(1 - m * Math.sin(t) ** 2), 0, angle, panelsFor(angle));
}

/**
 * Jacobi's elliptic sine sn(u|m), by the arithmetic-geometric mean.
 *
 * @param m  the parameter, k², in [0, 0.99]
 * @see NIST Digital Library of Mathematical Functions, 22.20(ii)
 * @example ellipticSine(0.5, 0.3); // 0.47421562271182066
 */
export function ellipticSine(u: number, m: number): number {
  check('ellipticSine', u, m);
  const means: [a: number, c: number][] = [[1, Math.sqrt(m)]];
  for (let b = Math.sqrt(1 - m); means[means.length - 1][1] > 1e-17 && means.length < 12; ) {
    const [a] = means[means.length - 1];
    means.push([(a + b) / 2, Math.abs(a - b) / 2]);
    b = Math.sqrt(a * b);
  }
  const last = means.length - 1;
  let phase = 2 ** last * means[last][0] * u;
  for (let n = last; n >= 1; n--) {
    const [a, c] = means[n];
    phase = (phase + Math.asin((c / a) * Math.sin(phase))) / 2;
  }
  return Math.sin(phase);
}
