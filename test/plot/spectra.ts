import { Random } from '../../src/foundation/random.js';
import type { Spectrum } from '../../src/spectrum/spectrum.js';

/** Seeded coefficients at frequencies 0 … count − 1: real at 0, as those of real functions are. */
export function spectrum(batch: number, count = 4): Spectrum {
  const random = new Random(7);
  const coefficients = Float64Array.from({ length: 2 * batch * count }, (_, i) =>
    i % (2 * count) === 1 ? 0 : random.normal() / (1 + (Math.floor(i / 2) % count)),
  );
  return { variables: ['x'], frequencies: Float64Array.from({ length: count }, (_, k) => k), batch, coefficients };
}
