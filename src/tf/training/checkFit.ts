import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkChoice, checkFinite, checkInteger } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import type { FitOptions } from './fit.js';
import { losses } from './losses.js';

/** Samples: x of shape [samples, …inputs], y of shape [samples, …outputs]. */
export interface TensorDataset {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
}

/** Throws unless the data fit the model. */
export function checkData(where: string, model: tfl.LayersModel, { x, y }: TensorDataset): void {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw expected(where, 'a model of one input and one output', `${model.inputs.length} and ${model.outputs.length}`);
  }
  for (const [name, tensor, wanted] of [
    ['x', x, model.inputs[0].shape],
    ['y', y, model.outputs[0].shape],
  ] as const) {
    const matches =
      tensor?.shape?.length === wanted.length &&
      tensor.shape.every((size, axis) => wanted[axis] === null || size === wanted[axis]);
    if (!matches) {
      const shape = wanted.map((size, axis) => size ?? (axis === 0 ? 'samples' : 'any')).join(', ');
      throw expected(where, `${name} of shape [${shape}]`, tensor?.shape ? `[${tensor.shape.join(', ')}]` : tensor);
    }
  }
  if (x.shape[0] !== y.shape[0]) throw expected(where, `as many y as x (${x.shape[0]})`, y.shape[0]);
  if (x.shape[0] === 0) throw new DaruanError(where, 'there are no samples', 'Pass at least one.');
}

/** Throws unless the options are in range. */
export function checkFitOptions(options: FitOptions): void {
  const { schedule = [], loss, precision, regularisation, earlyStopping, seed } = options;
  if (!Array.isArray(schedule) || schedule.length === 0) {
    throw expected(
      'fit',
      'a schedule of at least one stage',
      schedule,
      "For example [{ method: 'lbfgs', steps: 20 }].",
    );
  }
  for (const [k, stage] of schedule.entries()) {
    const where = `fit, schedule[${k}]`;
    checkChoice(where, 'method', stage?.method, ['adam', 'lbfgs']);
    checkInteger(where, 'steps', stage.steps, 0);
    if (stage.learningRate !== undefined) checkPositive(where, 'learningRate', stage.learningRate);
    if (stage.method === 'adam' && stage.batchSize !== undefined) checkInteger(where, 'batchSize', stage.batchSize, 1);
    if (stage.method === 'lbfgs' && stage.maxIterations !== undefined) {
      checkInteger(where, 'maxIterations', stage.maxIterations, 1);
    }
  }
  if (typeof loss === 'string') checkChoice('fit', 'loss', loss, Object.keys(losses));
  if (precision !== undefined) checkChoice('fit', 'precision', precision, ['float64', 'float32']);
  if (options.onDeviceLost !== undefined) checkChoice('fit', 'onDeviceLost', options.onDeviceLost, ['error', 'cpu']);
  if (seed !== undefined) checkInteger('fit', 'seed', seed, 0, 0xffffffff);
  if (regularisation) {
    for (const [name, value] of Object.entries(regularisation)) checkFinite('fit', `regularisation.${name}`, value);
  }
  if (earlyStopping) checkInteger('fit', 'earlyStopping.patience', earlyStopping.patience, 1);
}

function checkPositive(where: string, name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) throw expected(where, `${name} > 0`, value);
}
