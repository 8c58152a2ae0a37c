import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { MeasuredLayer, MeasuredNetwork } from '../deploy/network.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { QKANLayer } from './layers/QKANLayer.js';
import { checkReadable } from './readOnHost.js';

/**
 * A trained QKAN as a device sees it: what `deploy` takes.
 *
 * @throws if a layer is no QKANLayer, or one is measured by "amplitude", which no device can; on the tfjs backend "webgpu",
 *   which is to be awaited: `readOnHost(model, measuredNetwork)`
 */
export function measuredNetwork(model: tfl.LayersModel): MeasuredNetwork {
  checkReadable('measuredNetwork', 'Await readOnHost(model, measuredNetwork).');
  return quantumLayers('measuredNetwork', model).map(measuredLayer);
}

/**
 * Writes the circuit parameters of a network, such as `fineTune` returns, into the model that it was made from.
 *
 * @throws if the network does not have the model's layers
 */
export function loadMeasured(model: tfl.LayersModel, network: MeasuredNetwork): void {
  const layers = quantumLayers('loadMeasured', model);
  if (layers.length !== network.length) throw expected('loadMeasured', `${layers.length} layers`, network.length);
  layers.forEach((layer, l) => {
    const { parameters } = network[l];
    const { circuit, circuitOf = [] } = measuredLayer(layer);
    const names = layer.layer().plan.parameters;
    if (parameters.length !== circuitOf.length * names.length) {
      throw expected('loadMeasured', `parameters of shape [${circuitOf.length}, ${names.length}]`, parameters.length);
    }
    const { blocks, circuits } = layer.networkLayer();
    let [column, variable] = [0, 0];
    for (const { width, fixed } of blocks) {
      const own = names.slice(column, column + width);
      column += width;
      if (fixed) continue;
      const values = new Float32Array(circuits * width);
      circuitOf.forEach((row, edge) => {
        own.forEach((name, p) => {
          values[row * width + p] = parameters[edge * names.length + circuit.parameters.indexOf(name)];
        });
      });
      const target = layer.trainableWeights[variable++];
      tf.tidy(() => {
        target.write(tf.tensor(values, target.shape as number[]));
      });
    }
  });
}

function quantumLayers(where: string, model: tfl.LayersModel): QKANLayer[] {
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  return layers.map((layer) => {
    if (layer instanceof QKANLayer) return layer;
    const problem = `the layer "${layer.name}" is no QKANLayer`;
    throw new DaruanError(where, problem, 'A device runs networks of QKAN layers alone.');
  });
}

function measuredLayer(layer: QKANLayer): MeasuredLayer {
  const { plan, inDim, outDim, measurement } = layer.layer();
  if (measurement !== 'expectation') {
    const problem = `the layer "${layer.name}" is measured by "${measurement}"`;
    throw new DaruanError('measuredNetwork', problem, 'A device measures expectations: train with "expectation".');
  }
  const { ansatz, reps } = layer.options;
  const circuit = ansatz.circuit(reps);
  const rows = layer.parameterRows();
  const columns = circuit.parameters.map((name) => plan.parameters.indexOf(name));
  const { blocks, circuitOf } = layer.networkLayer();
  const fixed = new Set<string>();
  let column = 0;
  for (const block of blocks) {
    if (block.fixed) for (const name of plan.parameters.slice(column, column + block.width)) fixed.add(name);
    column += block.width;
  }
  const { weight, bias, base } = layer.edgeFactors();
  return {
    inDim,
    outDim,
    circuit,
    observable: ansatz.observable,
    parameters: Float64Array.from({ length: circuitOf.length * columns.length }, (_, at) => {
      const [edge, p] = [Math.floor(at / columns.length), at % columns.length];
      return rows[edge * plan.parameters.length + columns[p]];
    }),
    weight: Float64Array.from(weight),
    bias: Float64Array.from(bias),
    base: Float64Array.from(base),
    baseActivation: layer.baseActivation,
    trained: circuit.parameters.filter((name) => !fixed.has(name)),
    circuitOf: Array.from(circuitOf),
  };
}
