import { type BaseFunctionName, baseFunctions } from '../basis/baseFunctions.js';
import type { Basis, BasisBlock } from '../basis/basis.js';
import { type BasisName, type BasisSpec, basisFrom, basisSpec } from '../basis/table.js';
import { checkChoice, checkFinite } from '../foundation/checks.js';
import { Random } from '../foundation/random.js';
import { type Activation, type ActivationTensors, zeroGradient } from './activation.js';

export interface NodewiseOptions {
  /** The functions that are combined. Default `'bspline'`. */
  readonly basis?: BasisName | BasisSpec | Basis;
  /** The function beside them, with a trained weight from 1. Default `'silu'` beside B-splines, else as usual with the basis. */
  readonly base?: BaseFunctionName | 'none';
  /** Standard deviation of the coefficients' start. Default 0.1; a rational function starts as it is. */
  readonly deviation?: number;
  /** Seed of the coefficients. Default 0. */
  readonly seed?: number;
}

/**
 * One learnable function a feature, y_d = Σ_k C_dk Φ_k(x_d) + c_d·base(x_d): what a Kolmogorov-Arnold layer has on each edge, on each
 * node of a network of linear maps. A rational basis is a function already: it has no C.
 *
 * Blocks `coefficients` [features, K], `base_weight` [features] where there is a base, and those of the basis.
 *
 * @see arXiv:2407.16674, where B-splines in an MLP close its gap to a KAN
 */
export function nodewise(options: NodewiseOptions = {}): Activation {
  const basis = basisFrom('nodewise', options.basis ?? 'bspline');
  const { base = basis.base, deviation = 0.1, seed = 0 } = options;
  if (base !== 'none')
    checkChoice('nodewise', 'base', base, ['none', ...Object.keys(baseFunctions)] as BaseFunctionName[]);
  checkFinite('nodewise', 'deviation', deviation);
  const single = basis.name === 'rational';
  const weightBlock = single ? 0 : 1;
  const basisBlocks = weightBlock + (base === 'none' ? 0 : 1);

  const basisTensors = ({ x, features, parameters }: ActivationTensors) => ({
    x,
    batch: x.length / features,
    inDim: features,
    parameters: parameters.slice(basisBlocks),
  });
  const featuresOf = (tensors: ActivationTensors): Float64Array => {
    const out = new Float64Array(tensors.x.length * basis.size);
    basis.features(basisTensors(tensors), out, basis.size);
    return out;
  };

  return {
    name: 'nodewise',
    options: { basis: basisSpec(basis) ?? basis, base, deviation, seed },
    batchDependent: false,
    blocks(features): readonly BasisBlock[] {
      const random = new Random(seed);
      const shape = [features, basis.size];
      const values = Float64Array.from({ length: features * basis.size }, () => random.normal(0, deviation));
      return [
        ...(single ? [] : [{ name: 'coefficients', shape, values, trainable: true }]),
        ...(base === 'none'
          ? []
          : [{ name: 'base_weight', shape: [features], values: new Float64Array(features).fill(1), trainable: true }]),
        ...basis.blocks(features),
      ];
    },
    forward(tensors) {
      const { x, features, parameters } = tensors;
      const phi = featuresOf(tensors);
      const y = new Float64Array(x.length);
      for (let at = 0; at < x.length; at++) {
        const d = at % features;
        let sum = base === 'none' ? 0 : parameters[weightBlock][d] * baseFunctions[base].value(x[at]);
        for (let k = 0; k < basis.size; k++) {
          sum += (single ? 1 : parameters[0][d * basis.size + k]) * phi[at * basis.size + k];
        }
        y[at] = sum;
      }
      return y;
    },
    backward(tensors, upstream) {
      const { x, features, parameters } = tensors;
      const phi = featuresOf(tensors);
      const gradient = zeroGradient(x, parameters);
      const byPhi = new Float64Array(phi.length);
      for (let at = 0; at < x.length; at++) {
        const d = at % features;
        for (let k = 0; k < basis.size; k++) {
          byPhi[at * basis.size + k] = upstream[at] * (single ? 1 : parameters[0][d * basis.size + k]);
          if (!single) gradient.parameters[0][d * basis.size + k] += upstream[at] * phi[at * basis.size + k];
        }
        if (base === 'none') continue;
        gradient.parameters[weightBlock][d] += upstream[at] * baseFunctions[base].value(x[at]);
        gradient.x[at] += upstream[at] * parameters[weightBlock][d] * baseFunctions[base].derivative(x[at]);
      }
      basis.backward(basisTensors(tensors), byPhi, basis.size, {
        x: gradient.x,
        parameters: gradient.parameters.slice(basisBlocks),
      });
      return gradient;
    },
  };
}
