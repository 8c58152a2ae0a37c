import { checkChoice, checkFinite } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type AffineFit, type Curve, fitAffine } from './fit.js';
import { type SymbolicName, symbolicFunctions, symbolicNames } from './functions.js';

export interface SuggestOptions {
  /** The functions that may be chosen. Default: all. */
  readonly library?: readonly SymbolicName[];
  /** Weight w of simplicity against accuracy, in [0, 1]. Default 0.5. */
  readonly simplicity?: number;
}

/** A function that a curve may be, c·f(a·x + b) + d. */
export interface Suggestion extends AffineFit {
  readonly name: SymbolicName;
  readonly complexity: number;
  /** w·complexity + (1 − w)·log₂(1 + 10⁻⁵ − R²): the lower the better. */
  readonly score: number;
}

/**
 * Functions that describe a curve, best first.
 *
 * @param curve  at least 3 points
 * @throws if points are missing or not finite, or a name is unknown
 * @see arXiv:2404.19756, and pykan's rule of choice
 * @example suggestSymbolic({ x: [0, 0.5, 1, 1.5, 2], y: [0, 0.48, 0.84, 1, 0.91] })[0].name // 'sin'
 */
export function suggestSymbolic(curve: Curve, options: SuggestOptions = {}): Suggestion[] {
  const { library = symbolicNames, simplicity = 0.5 } = options;
  const where = 'suggestSymbolic';
  checkFinite(where, 'simplicity', simplicity);
  if (simplicity < 0 || simplicity > 1) throw expected(where, 'simplicity within [0, 1]', simplicity);
  if (curve.x.length < 3 || curve.x.length !== curve.y.length) {
    throw expected(where, 'x and y of equal length, at least 3', [curve.x.length, curve.y.length]);
  }
  for (const values of [curve.x, curve.y]) {
    const bad = Array.from(values).find((value) => !Number.isFinite(value));
    if (bad !== undefined) throw expected(where, 'finite points', bad);
  }
  return library
    .flatMap((name): Suggestion[] => {
      checkChoice(where, 'library', name, symbolicNames);
      const fit = fitAffine(symbolicFunctions[name], curve);
      if (!fit) return [];
      const { complexity } = symbolicFunctions[name];
      const misfit = Math.log2(1 + 1e-5 - fit.r2);
      return [{ name, ...fit, complexity, score: simplicity * complexity + (1 - simplicity) * misfit }];
    })
    .sort((p, q) => p.score - q.score);
}
