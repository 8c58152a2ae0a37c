import { checkAllFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import type { Spectrum } from './spectrum.js';

/** Throws unless a value is a spectrum whose arrays fit together. */
export function checkSpectrum(where: string, spectrum: Spectrum): void {
  const { variables, frequencies, batch, coefficients } = spectrum ?? {};
  if (!Array.isArray(variables) || !frequencies || !coefficients) {
    throw expected(
      where,
      'a spectrum',
      spectrum,
      'Compute one with circuitSpectrum, activationSpectrum or sampledSpectrum.',
    );
  }
  checkInteger(where, 'the batch of the spectrum', batch, 1);
  const count = frequencies.length / variables.length;
  checkLength(where, 'coefficients', coefficients, 2 * batch * count, `[batch ${batch}, frequencies ${count}, 2]`);
}

/**
 * The functions of a spectrum, or their derivatives, at any points: f_b(t) = Σ_ω c_bω exp(i ω·t) over all ±ω.
 *
 * ∂^m f = Σ_ω Π_v (iω_v)^{m_v} c_ω exp(i ω·t).
 *
 * @param points  shape [points, variables], in the units of the variables
 * @param orders  m, one order of derivative a variable; the function itself by default
 * @returns shape [batch, points]
 * @throws if the arrays do not fit together, a point is not finite, or an order is no integer ≥ 0
 * Cost: points · frequencies · batch.
 * @example
 * const wave = { variables: ['x'], frequencies: Float64Array.of(0, 1), batch: 1, coefficients: Float64Array.of(0, 0, 0.5, 0) };
 * evaluateSpectrum(wave, [0.3], [1]); // −sin 0.3, the derivative of cos x
 */
export function evaluateSpectrum(
  spectrum: Spectrum,
  points: ArrayLike<number>,
  orders: readonly number[] = spectrum?.variables?.map(() => 0),
): Float64Array {
  const where = 'evaluateSpectrum';
  checkSpectrum(where, spectrum);
  const { variables, frequencies, batch, coefficients } = spectrum;
  const width = variables.length;
  const count = frequencies.length / width;
  const numPoints = points.length / width;
  checkInteger(where, `points / ${width} variable(s)`, numPoints, 0);
  checkAllFinite(where, 'points', points);
  checkLength(where, 'orders', orders, width, `[variables ${width}]`);
  orders.forEach((order, v) => {
    checkInteger(where, `orders[${v}]`, order, 0);
  });
  const total = orders.reduce((sum, order) => sum + order, 0);
  const result = new Float64Array(batch * numPoints);
  for (let k = 0; k < count; k++) {
    const omega = frequencies.subarray(k * width, (k + 1) * width);
    const factor = orders.reduce(
      (product, order, v) => product * omega[v] ** order,
      omega.every((w) => w === 0) ? 1 : 2,
    );
    if (factor === 0) continue;
    for (let p = 0; p < numPoints; p++) {
      let phase = 0;
      for (let v = 0; v < width; v++) phase += omega[v] * points[p * width + v];
      const [c, s] = quarterTurns(total, Math.cos(phase), Math.sin(phase));
      for (let b = 0; b < batch; b++) {
        const at = 2 * (b * count + k);
        result[b * numPoints + p] += factor * (coefficients[at] * c - coefficients[at + 1] * s);
      }
    }
  }
  return result;
}

/** iⁿ · (c + is). */
function quarterTurns(n: number, c: number, s: number): [number, number] {
  const turns: [number, number][] = [
    [c, s],
    [-s, c],
    [-c, -s],
    [s, -c],
  ];
  return turns[n % 4];
}
