import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisFrom } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { type BasisLayer, basisLayer } from '../../src/network/basisLayer.js';
import { hostLosses } from '../../src/network/losses.js';
import {
  countNodes,
  nodesBackward,
  nodesOf,
  type ProductNodes,
  productLayer,
  sumsOfNodes,
} from '../../src/network/multiplication.js';
import { networkLoss } from '../../src/network/network.js';

const productNodes = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 2, max: 4 }), { maxLength: 3 }))
  .map(
    ([single, arities]): ProductNodes => ({
      sums: single + arities.reduce((sum, arity) => sum + arity, 0),
      arities,
    }),
  )
  .filter(({ sums }) => sums > 0);

const BATCH = 3;
const seeded = { seed: 11, numRuns: 60 };

describe('nodes that multiply', () => {
  it('are the sums that are not multiplied, then the products of the others in order', () => {
    const nodes = { sums: 7, arities: [2, 3] };
    expect(sumsOfNodes(nodes)).toEqual([[0], [1], [2, 3], [4, 5, 6]]);
    expect([...nodesOf(nodes, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1), 2)]).toEqual([
      ...[1, 2, 12, 210],
      ...[7, 6, 20, 6],
    ]);
  });

  it('take every sum once', () => {
    fc.assert(
      fc.property(productNodes, (nodes) => {
        const parts = sumsOfNodes(nodes);
        expect(parts.length).toBe(countNodes(nodes));
        expect(parts.flat()).toEqual(Array.from({ length: nodes.sums }, (_, o) => o));
      }),
      seeded,
    );
  });

  it('have the derivative that differences give, which are exact: each factor enters once', () => {
    fc.assert(
      fc.property(productNodes, fc.integer({ min: 0, max: 1000 }), (nodes, seed) => {
        const random = new Random(seed);
        // multiples of 1/4, zeros among them, so that products and differences are exact
        const draw = (length: number) => Float64Array.from({ length }, () => (random.integer(17) - 8) / 4);
        const x = draw(BATCH * nodes.sums);
        const upstream = draw(BATCH * countNodes(nodes));
        const loss = (at: Float64Array) => nodesOf(nodes, at, BATCH).reduce((sum, y, k) => sum + y * upstream[k], 0);
        const gradient = nodesBackward(nodes, x, BATCH, upstream);
        x.forEach((value, k) => {
          const at = (shift: number) => loss(x.map((other, j) => (j === k ? value + shift : other)));
          expect(gradient[k] === (at(1) - at(-1)) / 2, `${gradient[k]}`).toBe(true); // whatever the sign of 0
        });
      }),
      seeded,
    );
  });

  it('within a network: the gradient in every number is that of finite differences', () => {
    const basis = basisFrom('test', { name: 'chebyshev', degree: 3 });
    const layer = (inDim: number, outDim: number): BasisLayer => ({
      basis,
      inDim,
      outDim,
      blocks: [],
      mask: new Float64Array(inDim * outDim).fill(1),
      trainsWeight: false,
      base: 'silu',
      usesBias: true,
    });
    const nodes = { sums: 6, arities: [2, 3] };
    const network = [basisLayer(layer(2, 6)), productLayer(nodes), basisLayer(layer(3, 2))];
    const random = new Random(4);
    const draw = (length: number) => Float64Array.from({ length }, () => random.uniform(-1, 1));
    const data = { x: draw(10), y: draw(10), samples: 5 };
    const values = draw(network.reduce((sum, { length }) => sum + length, 0));
    const loss = (at: Float64Array) => networkLoss(network, hostLosses.meanSquaredError, data, at);
    const { gradient } = loss(values);
    const h = 2 ** -9; // five points: an error of h⁴/30 · f⁽⁵⁾ ≈ 1e-11, and of rounding ε/h ≈ 1e-13
    values.forEach((value, k) => {
      const at = (shift: number) => loss(values.map((other, j) => (j === k ? value + shift : other))).value;
      const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      expect(Math.abs(gradient[k] - difference)).toBeLessThan(1e-8 * Math.max(1, Math.abs(difference)));
    });
  });
});
