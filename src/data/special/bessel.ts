import { checkFinite } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { integrate } from './quadrature.js';

/** Beyond this t the integrands of the tails, exp(−x sinh t) and exp(−x cosh t) times exp(ν t), are below 1e-17. */
const tail = (order: number, x: number): number => Math.asinh((42 + 6 * order) / x) + 1;

/** Panels for an integrand that turns `turns` times: 20 points each resolve about three turns to rounding. */
const panelsFor = (turns: number): number => 2 + Math.ceil(turns / 4);

function check(where: string, order: number, x: number): void {
  checkFinite(where, 'order', order);
  checkFinite(where, 'x', x);
  if (order < 0 || order > 20) throw expected(where, 'order in 0 … 20', order);
  if (x <= 0 || x > 200) throw expected(where, 'x in (0, 200]', x);
}

/**
 * The Bessel function of the first kind J_ν(x), real order, by Schläfli's integral
 * J_ν(x) = (1/π) ∫₀^π cos(ντ − x sin τ) dτ − (sin νπ/π) ∫₀^∞ exp(−x sinh t − νt) dt.
 *
 * @param order  ν in [0, 20]
 * @param x      in [0, 200]
 * @see NIST Digital Library of Mathematical Functions, 10.9.6
 * @example besselJ(0, 1); // 0.7651976865579666
 */
export function besselJ(order: number, x: number): number {
  if (x === 0) return order === 0 ? 1 : 0;
  check('besselJ', order, x);
  const waves = integrate((t) => Math.cos(order * t - x * Math.sin(t)), 0, Math.PI, panelsFor(order + x));
  if (Number.isInteger(order)) return waves / Math.PI;
  const rest = integrate((t) => Math.exp(-x * Math.sinh(t) - order * t), 0, tail(order, x), 16);
  return (waves - Math.sin(order * Math.PI) * rest) / Math.PI;
}

/**
 * The Bessel function of the second kind Y_ν(x), real order.
 *
 * @param order  ν in [0, 20]
 * @param x      in (0, 200]
 * @see NIST Digital Library of Mathematical Functions, 10.9.7
 * @example besselY(0, 1); // 0.088256964215677
 */
export function besselY(order: number, x: number): number {
  check('besselY', order, x);
  const waves = integrate((t) => Math.sin(x * Math.sin(t) - order * t), 0, Math.PI, panelsFor(order + x));
  const cosine = Math.cos(order * Math.PI);
  const rest = integrate(
    (t) => (Math.exp(order * t) + Math.exp(-order * t) * cosine) * Math.exp(-x * Math.sinh(t)),
    0,
    tail(order, x),
    16,
  );
  return (waves - rest) / Math.PI;
}

/**
 * The modified Bessel function of the first kind I_ν(x), real order.
 *
 * @param order  ν in [0, 20]
 * @param x      in [0, 200]
 * @see NIST Digital Library of Mathematical Functions, 10.32.4
 * @example besselI(0, 1); // 1.2660658777520084
 */
export function besselI(order: number, x: number): number {
  if (x === 0) return order === 0 ? 1 : 0;
  check('besselI', order, x);
  const part = integrate((t) => Math.exp(x * Math.cos(t)) * Math.cos(order * t), 0, Math.PI, panelsFor(order + x));
  if (Number.isInteger(order)) return part / Math.PI;
  const rest = integrate((t) => Math.exp(-x * Math.cosh(t) - order * t), 0, tail(order, x), 16);
  return (part - Math.sin(order * Math.PI) * rest) / Math.PI;
}

/**
 * The modified Bessel function of the second kind K_ν(x) = ∫₀^∞ exp(−x cosh t) cosh νt dt, real order.
 *
 * @param order  ν in [0, 20]
 * @param x      in (0, 200]
 * @see NIST Digital Library of Mathematical Functions, 10.32.9
 * @example besselK(0, 1); // 0.42102443824070834
 */
export function besselK(order: number, x: number): number {
  check('besselK', order, x);
  return integrate((t) => Math.exp(-x * Math.cosh(t)) * Math.cosh(order * t), 0, tail(order, x), 16);
}
