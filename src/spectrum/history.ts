import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { checkSpectrum } from './evaluate.js';
import type { Spectrum, SpectrumHistory } from './spectrum.js';

/** Collects spectra while something is trained. */
export interface SpectrumRecorder {
  /** To be called after each step: what `fit` takes as `onStep`. */
  readonly onStep: (record: { readonly step: number }) => void;
  /** What has been recorded so far. */
  readonly history: SpectrumHistory;
}

/**
 * A callback that records a spectrum after every so many steps of training.
 *
 * @param read   computes the spectrum as it is now, as by `activationSpectrum` of the edge that is watched
 * @param every  steps between two records; the first step is recorded in any case
 * @throws if `every` is no integer ≥ 1; while recording, if `read` gives no spectrum
 * @example
 * const plan = planActivation(ansatze.pz.circuit(1));
 * const { onStep, history } = recordSpectra(() => activationSpectrum(plan, new Float64Array(plan.parameters.length)), 10);
 * onStep({ step: 1 }); // or fit(model, data, { onStep })
 * console.log(history.steps);
 */
export function recordSpectra(read: () => Spectrum, every = 1): SpectrumRecorder {
  const where = 'recordSpectra';
  if (typeof read !== 'function') throw expected(where, 'a function that computes a spectrum', read);
  checkInteger(where, 'every', every, 1);
  const steps: number[] = [];
  const spectra: Spectrum[] = [];
  return {
    history: { steps, spectra },
    onStep({ step }) {
      if (steps.length > 0 && step % every !== 0) return;
      const spectrum = read();
      checkSpectrum(where, spectrum);
      steps.push(step);
      spectra.push(spectrum);
    },
  };
}
