import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { lbfgsStart, lbfgsStep } from '../../optimise/lbfgs.js';
import { type EdgeLayer, hasEdges } from '../layers/edgeLayer.js';
import { Multiplication } from '../layers/Multiplication.js';
import { isSpline, moveGrid } from '../training/grids.js';
import { sequentialLayers } from '../training/regularise.js';
import { ParameterVector } from '../training/variables.js';
import { checkSamples } from './checkSamples.js';

/** Relative rounding error of a mean of squares in float32. */
const FLOAT32 = 1e-6;

/**
 * Gives the edges of one network the functions of another's, QKAN to KAN or back: layer by layer the least-squares fit
 * of every edge over the samples that reach it, by L-BFGS. Grids of B-splines are first put around these samples.
 *
 * @param from   a model of QKAN and KAN layers alone, and products of their nodes
 * @param to     another of the same width, whose parameters are set; those it has are the start
 * @param x      samples, shape [samples, inputs]
 * @param steps  L-BFGS steps a layer, of at most 20 iterations each. Default 15
 * @returns for each layer of edges the root mean square of what edges of `to` miss
 * @throws if other layers stand in a model, or widths differ
 * @example transferEdges(qkan({ width: [2, 1] }), kan({ width: [2, 1] }), tf.randomUniform<tf.Rank.R2>([50, 2]));
 */
export function transferEdges(from: tfl.LayersModel, to: tfl.LayersModel, x: tf.Tensor2D, steps = 15): number[] {
  checkInteger('transferEdges', 'steps', steps, 0);
  const [sources, targets] = [edgesAlone(from), edgesAlone(to)];
  checkSamples('transferEdges', from, x);
  const widths = [widthOf(from, sources), widthOf(to, targets)];
  if (String(widths[0]) !== String(widths[1]))
    throw expected('transferEdges', `a model of width [${widths[0]}]`, widths[1]);
  return tf.tidy(() => {
    let h = x;
    return sources.flatMap((source, l) => {
      const missed = hasEdges(source) ? [fitEdges(targets[l] as EdgeLayer, h, source.edges(h), steps)] : [];
      h = source.apply(h) as tf.Tensor2D;
      return missed;
    });
  });
}

/** Inputs, and of each layer the sums or the numbers of factors. */
const widthOf = (model: tfl.LayersModel, layers: readonly (EdgeLayer | Multiplication)[]): (number | string)[] => [
  model.inputs[0].shape[1]!,
  ...layers.map((layer) => (hasEdges(layer) ? layer.units : `× ${layer.arities}`)),
];

/** The layers of a model that are edges, or products of their sums. */
function edgesAlone(model: tfl.LayersModel): (EdgeLayer | Multiplication)[] {
  return sequentialLayers(model, 'transferEdges').map((layer) => {
    if (hasEdges(layer) || layer instanceof Multiplication) return layer;
    const problem = `the layer "${layer.name}" (${layer.getClassName()}) has no edges`;
    throw new DaruanError('transferEdges', problem, 'Use models of QKAN and KAN layers alone.');
  });
}

function fitEdges(layer: EdgeLayer, h: tf.Tensor2D, wanted: tf.Tensor3D, steps: number): number {
  if (isSpline(layer)) moveGrid(layer, h);
  const vector = new ParameterVector(layer);
  const objective = (parameters: Float64Array) => {
    vector.write(parameters);
    return vector.differentiate(() => tf.mean(tf.squaredDifference(layer.edges(h), wanted)) as tf.Scalar);
  };
  let [state, parameters] = [lbfgsStart(), vector.read()];
  let { value } = objective(parameters);
  for (let step = 0; step < steps; step++) {
    const next = lbfgsStep(state, parameters, objective, { valueError: FLOAT32 });
    const gained = next.value < value * (1 - FLOAT32);
    [state, parameters, value] = [next.state, next.parameters, next.value];
    if (!gained) break;
  }
  vector.write(parameters);
  return Math.sqrt(value);
}
