import type * as tfl from '@tensorflow/tfjs-layers';
import { KANLayer } from '../layers/KANLayer.js';
import { QKANLayer } from '../layers/QKANLayer.js';

/** What the leading axes of a weight count. */
export type Axis = 'in' | 'out';

const kindOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Whether what a layer makes of one input depends on the others: normalised rows, attention. */
export const mixesInputs = (layer: tfl.layers.Layer): boolean =>
  layer instanceof KANLayer
    ? layer.basis.options.normalise === true || layer.basis.options.attention === true
    : ['LayerNormalization', 'LayerNorm'].includes(layer.getClassName());

/** Whether what a layer makes of an input depends on its place among them: circuits or functions shared by groups. */
export const sharesByPlace = (layer: tfl.layers.Layer): boolean =>
  layer instanceof QKANLayer
    ? layer.grouped
    : layer instanceof KANLayer && ((layer.basis.options.groups as number | undefined) ?? 1) > 1;

/** Which leading axes of a weight count the layer's inputs and outputs: what is cut when some of them go. */
export function weightAxes(layer: tfl.layers.Layer, name: string, shape: readonly number[]): readonly Axis[] {
  const kind = kindOf(name);
  if (layer instanceof QKANLayer) {
    const shared = layer.grouped && ['theta', 'encoding_weight', 'encoding_bias'].includes(kind);
    return shared ? [] : ['out', 'in'];
  }
  if (layer instanceof KANLayer) {
    if (kind === 'bias') return ['out'];
    const block = layer.basis.blocks(layer.inDim).find((candidate) => candidate.name === kind);
    if (block) return shape[0] === layer.inDim && layer.inDim > 1 ? ['in'] : [];
    return ['out', 'in'];
  }
  return ['in'];
}
