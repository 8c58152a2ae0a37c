import type { Standardisation } from '../data/standardise.js';
import type { SymbolicNetwork } from './network.js';

/** The formula of a network of standardised inputs, in the units of the inputs before: f(a·(x − mean)/scale + b) for f(a·x + b). */
export function inOriginalUnits(network: SymbolicNetwork, { mean, scale }: Standardisation): SymbolicNetwork {
  const [first, ...rest] = network;
  const edges = first.edges.map((edge, at) => {
    if (!edge) return undefined;
    const input = at % first.inDim;
    const a = edge.a / scale[input];
    return { ...edge, a, b: edge.b - a * mean[input] };
  });
  return [{ ...first, edges }, ...rest];
}
