import type { ChainKernel, Floats } from '../../kernels/chain.js';
import { checkInteger, checkLength } from '../foundation/checks.js';
import { type ActivationLayer, backwardLayer, forwardLayer, type LayerGradient, type LayerTensors } from './layer.js';

/** One activation a feature, y_d = scale_d · f_d(x_d). Tensors as for a layer: parameters [features, …], scale [features]. */
export type ElementwiseActivation = Pick<ActivationLayer, 'plan' | 'measurement' | 'outsideDomain'>;

/** y of shape [batch, features]. Cost and errors as of `forwardLayer`. */
export function forwardElementwise(
  kernel: ChainKernel,
  activation: ElementwiseActivation,
  tensors: LayerTensors,
): Floats {
  checkTensors(activation, tensors);
  const y = new Float64Array(tensors.x.length);
  eachFeature(tensors, (single, feature, features) => {
    const values = forwardLayer(kernel, { ...activation, inDim: 1, outDim: 1 }, single);
    for (let b = 0; b < tensors.batch; b++) y[b * features + feature] = values[b];
  });
  return y;
}

/** Derivatives of L = Σ_bd upstream_bd · y_bd. */
export function backwardElementwise(
  kernel: ChainKernel,
  activation: ElementwiseActivation,
  tensors: LayerTensors,
  upstream: Floats,
): LayerGradient {
  checkTensors(activation, tensors);
  checkLength('activation', 'upstream', upstream, tensors.x.length, '[batch, features]');
  const gradient = {
    x: new Float64Array(tensors.x.length),
    parameters: new Float64Array(tensors.parameters.length),
    scale: new Float64Array(tensors.scale.length),
  };
  eachFeature(tensors, (single, feature, features) => {
    const column = takeColumn(upstream, feature, features, tensors.batch);
    const part = backwardLayer(kernel, { ...activation, inDim: 1, outDim: 1 }, single, column);
    gradient.parameters.set(part.parameters, feature * part.parameters.length);
    gradient.scale[feature] = part.scale[0];
    for (let b = 0; b < tensors.batch; b++) gradient.x[b * features + feature] = part.x[b];
  });
  return gradient;
}

function checkTensors({ plan }: ElementwiseActivation, { x, parameters, scale, batch }: LayerTensors): void {
  const features = scale.length;
  checkInteger('activation', 'batch', batch, 0);
  checkLength('activation', 'parameters', parameters, features * plan.parameters.length, '[features, parameters]');
  checkLength('activation', 'x', x, batch * features, '[batch, features]');
}

/** Calls `visit` with the tensors of each feature on its own. */
function eachFeature(
  { x, parameters, scale, batch }: LayerTensors,
  visit: (single: LayerTensors, feature: number, features: number) => void,
): void {
  const features = scale.length;
  const width = parameters.length / features;
  for (let feature = 0; feature < features; feature++) {
    const single = {
      x: takeColumn(x, feature, features, batch),
      parameters: parameters.subarray(feature * width, (feature + 1) * width),
      scale: scale.subarray(feature, feature + 1),
      batch,
    };
    visit(single, feature, features);
  }
}

const takeColumn = (matrix: Floats, column: number, columns: number, rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => matrix[row * columns + column]);
