import { DaruanError } from '../../foundation/errors.js';
import { activationSeries, type FourierTerm } from '../../spectrum/activation.js';
import type { LayerDescription } from '../../tf/describe.js';

/** The Fourier series of one edge's activation, or why it has none. */
export interface EdgeSpectrum {
  readonly layer: number;
  readonly output: number;
  readonly input: number;
  /** f(t) = Σ_ω c_ω e^{iωt}, terms of ω ≥ 0; c_{−ω} is the conjugate of c_ω. */
  readonly terms?: readonly FourierTerm[];
  readonly reason?: string;
}

const NO_POLYNOMIAL = 'measurement "amplitude", |α| − |β|, is no trigonometric polynomial. Use "expectation".';

/**
 * The exact Fourier series of the circuit f_oi of every edge. The variable t is the edge's input x, or acos x for an
 * acos encoding; post-activation weights and the base function are not part of f.
 */
export function edgeSpectra(layers: readonly LayerDescription[]): EdgeSpectrum[] {
  return layers.flatMap(({ inDim, outDim, plan, parameters, measurement }, layer) =>
    Array.from({ length: outDim * inDim }, (_, edge): EdgeSpectrum => {
      const place = { layer, output: Math.floor(edge / inDim), input: edge % inDim };
      if (measurement === 'amplitude') return { ...place, reason: NO_POLYNOMIAL };
      const width = plan.parameters.length;
      try {
        return { ...place, terms: activationSeries(plan, parameters.slice(edge * width, (edge + 1) * width)) };
      } catch (error) {
        if (error instanceof DaruanError) return { ...place, reason: error.message };
        throw error;
      }
    }),
  );
}
