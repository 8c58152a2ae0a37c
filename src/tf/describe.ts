import type * as tfl from '@tensorflow/tfjs-layers';
import { bind, type Circuit } from '../../circuits/circuit.js';
import type { ActivationPlan } from '../activation/plan.js';
import { expected } from '../foundation/errors.js';
import type { BaseActivation } from './layers/baseActivations.js';
import { HQKAN } from './layers/HQKAN.js';
import { QKANLayer } from './layers/QKANLayer.js';
import { checkReadable } from './readOnHost.js';

/**
 * A trained QKAN layer as plain numbers: what pictures, spectra and files of circuits are made from.
 * Edge (o, i) is entry o·inDim + i of every list; φ_oi(x) = weight·f_oi(x) + bias + base·baseActivation(x).
 */
export interface LayerDescription {
  readonly name: string;
  readonly inDim: number;
  readonly outDim: number;
  readonly measurement: 'expectation' | 'amplitude';
  readonly plan: ActivationPlan;
  /** Circuit parameters, shape [out·in, plan.parameters.length]; radians. */
  readonly parameters: Float32Array;
  /** mask·p, mask·p·q and mask·c of each edge. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly base: Float32Array;
  readonly baseActivation: BaseActivation;
  /** The circuit of edge (o, i) with its trained numbers; the data `x` stays free. */
  readonly circuit: (output: number, input: number) => Circuit;
}

/**
 * The QKAN layers of a model, in order, those within HQKAN blocks too. Other layers are passed over.
 *
 * @throws on the tfjs backend "webgpu", which is to be awaited: `readOnHost(model, describeLayers)`
 */
export function describeLayers(model: tfl.LayersModel): LayerDescription[] {
  checkReadable('describeLayers', 'Await readOnHost(model, describeLayers).');
  return model.layers.flatMap(quantumLayersOf).map(describeLayer);
}

const quantumLayersOf = (layer: tfl.layers.Layer): readonly QKANLayer[] => {
  if (layer instanceof HQKAN) return layer.activations;
  return layer instanceof QKANLayer ? [layer] : [];
};

function describeLayer(layer: QKANLayer): LayerDescription {
  const { plan, inDim, outDim, measurement } = layer.layer();
  const { ansatz, reps } = layer.options;
  const parameters = Float32Array.from(layer.parameterRows());
  const width = plan.parameters.length;
  return {
    name: layer.name,
    inDim,
    outDim,
    measurement,
    plan,
    parameters,
    ...layer.edgeFactors(),
    baseActivation: layer.baseActivation,
    circuit: (output, input) => {
      if (!(output >= 0 && output < outDim && input >= 0 && input < inDim)) {
        throw expected(`layer "${layer.name}"`, `an edge within [${outDim}, ${inDim}]`, `(${output}, ${input})`);
      }
      const at = (output * inDim + input) * width;
      const values = Object.fromEntries(plan.parameters.map((name, p) => [name, parameters[at + p]]));
      return bind(ansatz.circuit(reps), values);
    },
  };
}
