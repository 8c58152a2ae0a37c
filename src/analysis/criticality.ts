import { expected } from '../foundation/errors.js';
import { type Functions, type GaussianAverages, gaussianAverages } from './gaussian.js';
import { type AverageOptions, bisect, gaussianRule, type Rule } from './quadrature.js';

/**
 * Kinds of critical points. `scaleInvariant`: every K is a fixed point, as for ReLU. `halfStable`: both susceptibilities are 1 at one
 * K* > 0, as for SiLU and GELU. `zero`: they are 1 at K* = 0, which K approaches as 1/depth, as for tanh and sin. `edge`: there is no
 * such point; K is fixed with χ_⊥ = 1 and χ_∥ as reported, as for functions with φ(0) ≠ 0. `ordered`: the same with biases 0 and
 * χ_⊥ < 1, where χ_⊥ = 1 would need a negative variance of the biases.
 */
export type CriticalityKind = 'scaleInvariant' | 'halfStable' | 'zero' | 'edge' | 'ordered';

/** Initial variances that neither blow up nor lose the signal. */
export interface Criticality {
  readonly kind: CriticalityKind;
  /** C_W: weights are drawn with variance C_W/inputs. */
  readonly weightVariance: number;
  /** C_b: biases are drawn with this variance. */
  readonly biasVariance: number;
  /** K*, the variance of the preactivations that is kept. */
  readonly kernel: number;
  /** χ_∥ and χ_⊥ at K*: how a small change of a preactivation's size, or of its direction, grows from layer to layer. */
  readonly parallel: number;
  readonly perpendicular: number;
}

export interface CriticalityOptions extends AverageOptions {
  /** K where it is free: for `scaleInvariant`, `edge` and `ordered`. Default 1. */
  readonly kernel?: number;
  /** Where K* > 0 is looked for. Default [0.01, 50]. */
  readonly range?: readonly [low: number, high: number];
}

/**
 * The susceptibilities χ_∥ = C_W·dg/dK and χ_⊥ = C_W⟨φ′²⟩ at a kernel K, g = ⟨φ²⟩_K.
 *
 * @see arXiv:2106.10165, chapter 5
 */
export function susceptibilities(
  functions: Functions,
  { kernel, weightVariance, ...options }: { kernel: number; weightVariance: number } & AverageOptions,
): { readonly parallel: number; readonly perpendicular: number } {
  const { growth, slopeSquare } = gaussianAverages(functions, kernel, options);
  return { parallel: weightVariance * growth, perpendicular: weightVariance * slopeSquare };
}

/**
 * Variances of weights and biases at which a deep network of this activation is critical: K = C_b + C_W·g(K) with χ_∥ = χ_⊥ = 1.
 * Since dg/dK = ⟨φ′²⟩ + ⟨φφ″⟩, K* is the root of dg/dK − ⟨φ′²⟩, from which C_W = 1/⟨φ′²⟩ and C_b = K* − C_W·g(K*) follow. For learnable
 * activations give the functions of many features at their start.
 *
 * @param functions  one function, or several with a feature each, averaged over
 * @throws if a function is not finite, or is constant
 * @cost about 45 averages, and 50 more where K* > 0 is found
 * @see arXiv:2106.10165, chapter 5
 * @example criticality({ value: Math.tanh, derivative: (x) => 1 - Math.tanh(x) ** 2 }).weightVariance; // 1, of kind "zero"
 */
export function criticality(functions: Functions, options: CriticalityOptions = {}): Criticality {
  const { kernel = 1, range = [0.01, 50] } = options;
  if (!(range[0] > 0 && range[0] < range[1]))
    throw expected('criticality', 'range [low, high] with 0 < low < high', range);
  const rule = gaussianRule(options);
  const at = (K: number) => gaussianAverages(functions, K, rule);
  const here = at(kernel);
  if (!(here.slopeSquare > 0)) throw expected('criticality', 'a function that is not constant', here.slopeSquare);

  const grid = Array.from({ length: SCAN + 1 }, (_, k) => range[0] * (range[1] / range[0]) ** (k / SCAN));
  const excesses = grid.map((K) => excess(at(K)));
  if (excesses.every((value) => Math.abs(value) < 1e-9)) return critical('scaleInvariant', kernel, here, 0);

  for (let k = 0; k < SCAN; k++) {
    if (Math.sign(excesses[k]) === Math.sign(excesses[k + 1])) continue;
    const root = bisect((K) => excess(at(K)), grid[k], grid[k + 1]);
    const found = at(root);
    const bias = root - found.square / found.slopeSquare;
    if (bias >= -1e-9 * root) return critical('halfStable', root, found, Math.max(0, bias));
  }
  const origin = atOrigin(functions, rule);
  if (origin) return origin;
  const bias = kernel - here.square / here.slopeSquare;
  if (bias >= 0) return critical('edge', kernel, here, bias);
  const weightVariance = kernel / here.square;
  return {
    kind: 'ordered',
    weightVariance,
    biasVariance: 0,
    kernel,
    parallel: weightVariance * here.growth,
    perpendicular: weightVariance * here.slopeSquare,
  };
}

/** Points at which a change of sign is looked for. */
const SCAN = 40;

/** (dg/dK − ⟨φ′²⟩)/⟨φ′²⟩ = ⟨φφ″⟩/⟨φ′²⟩, without a unit. */
const excess = ({ growth, slopeSquare }: GaussianAverages): number => growth / slopeSquare - 1;

function critical(
  kind: CriticalityKind,
  kernel: number,
  { growth, slopeSquare }: GaussianAverages,
  biasVariance: number,
): Criticality {
  const weightVariance = 1 / slopeSquare;
  return { kind, weightVariance, biasVariance, kernel, parallel: weightVariance * growth, perpendicular: 1 };
}

/** The critical point at K* = 0, for functions with φ(0) = 0 and φ′(0) ≠ 0: C_W = 1/φ′(0)². */
function atOrigin(functions: Functions, rule: Rule): Criticality | undefined {
  const list = Array.isArray(functions) ? functions : [functions];
  const near = gaussianAverages(functions, 1e-6, rule);
  const constant = list.reduce((sum, { value }) => sum + value(0) ** 2, 0) / list.length;
  const slope = list.reduce((sum, { derivative }) => sum + derivative(0) ** 2, 0) / list.length;
  if (constant > 1e-24 * near.square || slope === 0) return undefined;
  return { kind: 'zero', weightVariance: 1 / slope, biasVariance: 0, kernel: 0, parallel: 1, perpendicular: 1 };
}
