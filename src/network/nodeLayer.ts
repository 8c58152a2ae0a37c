import type { Activation } from '../activations/activation.js';
import type { HostLayer } from './hostLayer.js';

/** An activation on nodes as pure data. Its trained numbers stand in one vector, block by block. */
export interface NodeLayer {
  /** Not one that depends on its batch. */
  readonly activation: Activation;
  readonly features: number;
  /** The activation's blocks in their order: trained, or fixed numbers. */
  readonly blocks: readonly { readonly length: number; readonly fixed?: Float64Array }[];
}

/** The layer in float64. */
export function nodeLayer({ activation, features, blocks }: NodeLayer): HostLayer {
  const trained = blocks.filter(({ fixed }) => !fixed);
  const length = trained.reduce((sum, block) => sum + block.length, 0);

  function tensors(values: Float64Array, x: Float64Array, batch: number) {
    let at = 0;
    const parameters = blocks.map(({ fixed, length: size }) => {
      if (fixed) return fixed;
      at += size;
      return values.subarray(at - size, at);
    });
    return { x, batch, positions: 1, features, parameters, training: true };
  }

  return {
    length,
    forward: (values, x, batch) => activation.forward(tensors(values, x, batch)),
    backward(values, x, batch, upstream) {
      const gradient = activation.backward(tensors(values, x, batch), upstream);
      const onValues = new Float64Array(length);
      let at = 0;
      gradient.parameters.forEach((part, k) => {
        if (blocks[k].fixed) return;
        onValues.set(part, at);
        at += part.length;
      });
      return { x: gradient.x, values: onValues };
    },
  };
}
