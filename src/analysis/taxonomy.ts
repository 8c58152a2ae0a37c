import { expected } from '../foundation/errors.js';
import { type Functions, gaussianAverages } from './gaussian.js';
import type { AverageOptions } from './quadrature.js';

/**
 * What an infinitely wide and deep network of an activation does as a classifier. `majorityVote`: it predicts the commonest label.
 * `nearestNeighbour`: the label of the nearest sample. `singularKernel`: a vote weighted by 1/distance^exponent, optimal in d
 * dimensions if the exponent is d. `linear`: the activation is linear, and depth adds nothing.
 */
export type NetworkClass = 'majorityVote' | 'nearestNeighbour' | 'singularKernel' | 'linear';

/** An activation in the taxonomy. */
export interface Taxonomy {
  readonly class: NetworkClass;
  /** −4·log A′/log B′, of a singular kernel. */
  readonly exponent?: number;
  /** A = ⟨φ⟩ and A′ = ⟨φ′⟩, B′ = ⟨φ′²⟩ over z ~ N(0, 1), of φ scaled to B = ⟨φ²⟩ = 1. */
  readonly mean: number;
  readonly slope: number;
  readonly slopeSquare: number;
  /** B as it was. */
  readonly square: number;
}

export interface TaxonomyOptions extends AverageOptions {
  /** Below it |A| and |A′| count as 0. Default 1e-9; for trained functions of float32 take 1e-3 or so. */
  readonly tolerance?: number;
}

/**
 * The class of an activation among infinitely wide and deep networks, from A = ⟨φ⟩, A′ = ⟨φ′⟩ and B′ = ⟨φ′²⟩ at ⟨φ²⟩ = 1: A ≠ 0 is a
 * majority vote; A = A′ = 0 a nearest neighbour; A = 0 ≠ A′ a singular kernel of exponent −4·log A′/log B′.
 *
 * @param functions  one function, or several with a feature each, of which A², A′² and B′ are averaged
 * @throws if a function is not finite, or is zero
 * @see arXiv:2204.14126
 * @example taxonomy(wideDeepFunction(3)).exponent; // 3
 */
export function taxonomy(functions: Functions, { tolerance = 1e-9, ...options }: TaxonomyOptions = {}): Taxonomy {
  const list = Array.isArray(functions) ? functions : [functions];
  const each = list.map((one) => gaussianAverages(one, 1, options));
  const average = (read: (averages: (typeof each)[number]) => number) =>
    each.reduce((sum, averages) => sum + read(averages), 0) / each.length;
  const square = average((averages) => averages.square);
  if (!(square > 0)) throw expected('taxonomy', 'a function that is not zero', square);
  // of several features the kernel sees ⟨φ⟩² and ⟨φ′⟩²; one keeps its signs
  const root = (read: (averages: (typeof each)[number]) => number) =>
    each.length === 1 ? read(each[0]) : Math.sqrt(average((averages) => read(averages) ** 2));
  const mean = root((averages) => averages.mean) / Math.sqrt(square);
  const slope = root((averages) => averages.slope) / Math.sqrt(square);
  const slopeSquare = average((averages) => averages.slopeSquare) / square;
  const numbers = { mean, slope, slopeSquare, square };
  if (Math.abs(mean) > tolerance) return { class: 'majorityVote', ...numbers };
  if (Math.abs(slope) <= tolerance) return { class: 'nearestNeighbour', ...numbers };
  if (Math.abs(slopeSquare - 1) <= tolerance) return { class: 'linear', ...numbers };
  return { class: 'singularKernel', exponent: (-4 * Math.log(Math.abs(slope))) / Math.log(slopeSquare), ...numbers };
}
