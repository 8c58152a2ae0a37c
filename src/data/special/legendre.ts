import { checkFinite, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';

/**
 * The Ferrers function of the first kind P_ν^m(x), real degree, with the Condon-Shortley phase, by the hypergeometric series
 * about x = 1:
 * P_ν^m(x) = (−1)^m Π_{1−m ≤ k ≤ m} (ν + k) / (2^m m!) · (1 − x²)^{m/2} · ₂F₁(m − ν, m + ν + 1; m + 1; (1 − x)/2).
 *
 * @param degree  ν in [0, 20]
 * @param order   m, an integer in 0 … 10
 * @param x       in [−0.95, 1]
 * @cost some 20 terms at x = 0, several hundred towards −1
 * @see NIST Digital Library of Mathematical Functions, 14.3.4
 * @example legendreP(0.5, 1, 0.3); // −0.4718364228595447
 */
export function legendreP(degree: number, order: number, x: number): number {
  checkFinite('legendreP', 'degree', degree);
  checkInteger('legendreP', 'order', order, 0, 10);
  if (!(degree >= 0 && degree <= 20)) throw expected('legendreP', 'degree in 0 … 20', degree);
  if (!(x >= -0.95 && x <= 1)) throw expected('legendreP', 'x in [−0.95, 1]', x);
  const z = (1 - x) / 2;
  let [term, sum] = [1, 1];
  for (let k = 0; k < 4000 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= ((order - degree + k) * (order + degree + 1 + k) * z) / ((order + 1 + k) * (k + 1));
    sum += term;
  }
  let scale = 1;
  for (let k = 1; k <= order; k++) scale *= -((degree + k) * (degree + 1 - k)) / (2 * k);
  return scale * (1 - x * x) ** (order / 2) * sum;
}
