import { checkAllFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { countNodes } from '../network/multiplication.js';
import { lbfgsStart, lbfgsStep } from '../optimise/lbfgs.js';
import { canonical } from './canonical.js';
import { productNodes, type SymbolicNetwork, symbolicLoss, symbolicNumbers, withNumbers } from './network.js';

/** A formula fitted to data. */
export interface Refit {
  readonly network: SymbolicNetwork;
  /** Mean squared error. */
  readonly loss: number;
}

/**
 * Fits all numbers of a formula to data by L-BFGS, in float64.
 *
 * @param x      shape [samples, inputs]
 * @param y      shape [samples, outputs]
 * @param steps  of at most 20 iterations each; ends before where nothing is gained
 * @throws if the shapes differ, or the formula is not finite on the data
 */
export function refit(network: SymbolicNetwork, x: Float64Array, y: Float64Array, steps = 40): Refit {
  const [first, last] = [network[0], network[network.length - 1]];
  checkInteger('refit', 'steps', steps, 0);
  const samples = x.length / first.inDim;
  checkLength('refit', 'y', y, samples * countNodes(productNodes(last)), '[samples, outputs]');
  checkAllFinite('refit', 'x', x);
  const objective = (numbers: Float64Array) => symbolicLoss(network, numbers, x, y, samples);
  let [state, numbers] = [lbfgsStart(), symbolicNumbers(network)];
  let loss = objective(numbers).value;
  for (let step = 0; step < steps; step++) {
    const next = lbfgsStep(state, numbers, objective);
    const gained = next.value < loss * (1 - 1e-9);
    [state, numbers, loss] = [next.state, next.parameters, next.value];
    if (!gained) break;
  }
  return { network: canonical(withNumbers(network, numbers)), loss };
}
