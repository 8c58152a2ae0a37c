import type { ChainKernel } from '../../kernels/chain.js';
import { backwardElementwise, type ElementwiseActivation, forwardElementwise } from '../activation/elementwise.js';
import type { LayerTensors } from '../activation/layer.js';
import type { HostLayer } from './hostLayer.js';
import type { ParameterBlock } from './layer.js';

/**
 * Quantum activations on nodes as pure data, y_d = p_d·(f_d(x_d) + q_d). Their trained numbers stand in one vector, in this order: the
 * trained blocks (θ, w, b), p, q, each circuit by circuit.
 */
export interface ElementwiseLayer {
  readonly activation: ElementwiseActivation;
  readonly features: number;
  /** One a feature, or 1 for all. */
  readonly circuits: number;
  /** The columns of a parameter row, block by block. */
  readonly blocks: readonly ParameterBlock[];
  readonly trainsWeight: boolean;
  readonly trainsBias: boolean;
}

/** The layer in the kernel's precision. */
export function elementwiseLayer(kernel: ChainKernel, layer: ElementwiseLayer): HostLayer {
  const { activation, features, circuits, blocks, trainsWeight, trainsBias } = layer;
  const width = blocks.reduce((sum, block) => sum + block.width, 0);
  let length = 0;
  const take = (size: number): number => {
    length += size;
    return length - size;
  };
  const starts = blocks.map((block) => (block.fixed ? -1 : take(circuits * block.width)));
  const weightAt = trainsWeight ? take(circuits) : -1;
  const biasAt = trainsBias ? take(circuits) : -1;
  const circuitOf = (feature: number): number => (circuits === 1 ? 0 : feature);

  /** Visits every number of every feature's parameter row, and where it stands in the vector. */
  function eachParameter(visit: (row: number, from: Float64Array | undefined, at: number) => void): void {
    for (let d = 0; d < features; d++) {
      let row = d * width;
      blocks.forEach(({ width: columns, fixed }, k) => {
        const first = circuitOf(d) * columns + (fixed ? 0 : starts[k]);
        for (let p = 0; p < columns; p++) visit(row++, fixed, first + p);
      });
    }
  }

  function tensors(values: Float64Array, x: Float64Array, batch: number): LayerTensors {
    const parameters = new Float64Array(features * width);
    eachParameter((row, fixed, at) => {
      parameters[row] = (fixed ?? values)[at];
    });
    const weight = (_: unknown, d: number): number => (trainsWeight ? values[weightAt + circuitOf(d)] : 1);
    return { x, batch, parameters, scale: Float64Array.from({ length: features }, weight) };
  }

  return {
    length,
    forward(values, x, batch) {
      const all = tensors(values, x, batch);
      const y = Float64Array.from(forwardElementwise(kernel, activation, all));
      for (let at = 0; trainsBias && at < y.length; at++) {
        const d = at % features;
        y[at] += all.scale[d] * values[biasAt + circuitOf(d)];
      }
      return y;
    },
    backward(values, x, batch, upstream) {
      const all = tensors(values, x, batch);
      const gradient = backwardElementwise(kernel, activation, all, upstream);
      const onValues = new Float64Array(length);
      eachParameter((row, fixed, at) => {
        if (!fixed) onValues[at] += gradient.parameters[row];
      });
      for (let d = 0; d < features; d++) {
        let total = 0; // Σ_b upstream
        for (let b = 0; b < batch; b++) total += upstream[b * features + d];
        const circuit = circuitOf(d);
        const shift = trainsBias ? values[biasAt + circuit] : 0;
        if (trainsWeight) onValues[weightAt + circuit] += gradient.scale[d] + shift * total;
        if (trainsBias) onValues[biasAt + circuit] += all.scale[d] * total;
      }
      return { x: Float64Array.from(gradient.x), values: onValues };
    },
  };
}
