import type { Spectrum } from '../../spectrum/spectrum.js';

/** In how many ways the data gates make each frequency; absent where they are not linear in the data. */
export interface Degeneracies {
  readonly signVectors?: readonly number[];
  readonly eigenvaluePairs?: readonly number[];
}

/** One spectrum with what is printed of it. */
export interface Result extends Degeneracies {
  readonly spectrum: Spectrum & { readonly method: string; readonly conditionNumber: number };
  /** Where in a network it belongs. */
  readonly edge?: { readonly layer: number; readonly output: number; readonly input: number };
}
