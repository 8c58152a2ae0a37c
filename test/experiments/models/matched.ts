import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../../src/foundation/errors.js';
import { countParameters } from '../../../src/tf/plainArrays.js';
import type { TensorDataset } from '../../../src/tf/training/checkFit.js';

/** A kind of model that comes in all sizes. */
export interface Family {
  /** @param hidden  its size: a number of hidden nodes or of latent features */
  readonly build: (inputs: number, outputs: number, hidden: number, seed: number) => tfl.LayersModel;
  /** The numbers that its function depends on, where they are not all that it trains. */
  readonly parameters?: (model: tfl.LayersModel) => number;
  /** How it is trained, where that is more than to minimise a loss: by `steps` times `maxIterations` iterations of L-BFGS in all. */
  readonly train?: (
    model: tfl.LayersModel,
    data: TensorDataset,
    effort: { readonly steps: number; readonly maxIterations: number },
  ) => Promise<void>;
}

/** The parameters of a model by which its family is matched. */
export const parametersOf = (family: Family, model: tfl.LayersModel): number =>
  (family.parameters ?? countParameters)(model);

/** No model gets wider. */
const WIDEST = 512;

/**
 * The size whose number of trained parameters is nearest to a budget.
 *
 * @throws if even the smallest has more than one and a half times the budget
 */
export function matchedSize(family: Family, inputs: number, outputs: number, budget: number): number {
  const count = (hidden: number): number => {
    const model = family.build(inputs, outputs, hidden, 0);
    const parameters = parametersOf(family, model);
    model.dispose();
    return parameters;
  };
  let [size, before, parameters] = [1, 0, count(1)];
  if (parameters > 1.5 * budget) {
    const problem = `the smallest model has ${parameters} parameters, the budget is ${budget}`;
    throw new DaruanError('matchedSize', problem, 'Raise the budget.');
  }
  while (parameters < budget && size < WIDEST) {
    size++;
    before = parameters;
    parameters = count(size);
  }
  return size > 1 && budget - before < parameters - budget ? size - 1 : size;
}
