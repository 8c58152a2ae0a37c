import { ansatze } from '../../circuits/ansatz/table.js';
import { observable } from '../../circuits/pauli.js';
import type { MeasuredLayer } from '../../src/deploy/network.js';
import type { Random } from '../../src/foundation/random.js';

/** A layer of any ansatz with random numbers. */
export function randomLayer(
  random: Random,
  name: keyof typeof ansatze,
  inDim: number,
  outDim: number,
  word = 'Z',
): MeasuredLayer {
  const circuit = ansatze[name].circuit(2);
  const edges = inDim * outDim;
  const uniform = (length: number, low: number, high: number) =>
    Float64Array.from({ length }, () => random.uniform(low, high));
  return {
    inDim,
    outDim,
    circuit,
    observable: observable(
      word === 'Z'
        ? 'Z'
        : [
            ['X', 0.5],
            ['Z', -0.7],
            ['', 0.2],
          ],
    ),
    parameters: uniform(edges * circuit.parameters.length, name === 'px' ? -0.4 : -1, name === 'px' ? 0.4 : 1),
    weight: uniform(edges, 0.5, 1),
    bias: uniform(edges, -0.1, 0.1),
    base: uniform(edges, -0.3, 0.3),
    baseActivation: 'silu',
  };
}
