import type { SymbolicName } from './functions.js';
import type { SymbolicEdge, SymbolicNetwork } from './network.js';

/** f(−u) = −f(u), or f(u). */
const parity: Partial<Record<SymbolicName, 1 | -1>> = { sin: -1, tan: -1, tanh: -1, atan: -1, gaussian: 1 };

/** The same formula with a > 0 where f is even or odd, and the phase of a sine within ±π/2. */
export const canonical = (network: SymbolicNetwork): SymbolicNetwork =>
  network.map((layer) => ({ ...layer, edges: layer.edges.map((edge) => edge && canonicalEdge(edge)) }));

function canonicalEdge(edge: SymbolicEdge): SymbolicEdge {
  const sign = parity[edge.name];
  const { name } = edge;
  let { a, b, c } = edge;
  if (sign && a < 0) [a, b, c] = [-a, -b, sign * c];
  if (name === 'sin') {
    const halfTurns = Math.round(b / Math.PI);
    b -= halfTurns * Math.PI;
    if (halfTurns % 2 !== 0) c = -c;
  }
  return { name, a, b, c };
}
