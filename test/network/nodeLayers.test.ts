import { describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { planActivation } from '../../src/activation/plan.js';
import { type ActivationSpec, activationFrom } from '../../src/activations/table.js';
import { Random } from '../../src/foundation/random.js';
import { type ElementwiseLayer, elementwiseLayer } from '../../src/network/elementwiseLayer.js';
import type { HostLayer } from '../../src/network/hostLayer.js';
import { linearLayer } from '../../src/network/linearLayer.js';
import { nodeLayer } from '../../src/network/nodeLayer.js';

const FEATURES = 3;
const BATCH = 4;

const onNodes = (spec: ActivationSpec): HostLayer => {
  const activation = activationFrom('test', spec);
  const blocks = activation.blocks(FEATURES).map(({ values, trainable }) => ({
    length: values.length,
    ...(!trainable && { fixed: Float64Array.from(values) }),
  }));
  return nodeLayer({ activation, features: FEATURES, blocks });
};

const quantum = (options: Partial<ElementwiseLayer> = {}): HostLayer => {
  const { theta, weights, biases } = ansatze.rpz.names(2);
  const plan = planActivation(ansatze.rpz.circuit(2), 'Z', [...theta, ...weights, ...biases]);
  return elementwiseLayer(referenceChainKernel, {
    activation: { plan, measurement: 'expectation' },
    features: FEATURES,
    circuits: FEATURES,
    blocks: [theta, weights, biases].map(({ length }) => ({ width: length })),
    trainsWeight: false,
    trainsBias: false,
    ...options,
  });
};

const layers: readonly (readonly [string, HostLayer])[] = [
  ['linear with bias', linearLayer({ inDim: 3, outDim: 2, usesBias: true })],
  ['linear without bias', linearLayer({ inDim: 3, outDim: 2, usesBias: false })],
  ['SiLU', onNodes({ name: 'fixed' })],
  ['PolyNorm', onNodes({ name: 'polyNorm' })],
  ['B-splines with fixed grids', onNodes({ name: 'nodewise', basis: { name: 'bspline', grid: 3 } })],
  ['rational', onNodes({ name: 'nodewise', basis: 'rational' })],
  ['DARUAN', quantum()],
  ['one DARUAN, weights p and q', quantum({ circuits: 1, trainsWeight: true, trainsBias: true })],
  [
    'DARUAN with fixed weights, p and q',
    quantum({
      blocks: [{ width: 3 }, { width: 2, fixed: Float64Array.of(1, 3, 1, 3, 1, 3) }, { width: 2 }],
      trainsWeight: true,
      trainsBias: true,
    }),
  ],
];

describe('Layers of nodes on the host', () => {
  it.each(layers)('%s: ∂L/∂x and ∂L/∂values are what differences give', (_, layer) => {
    const random = new Random(3);
    const draw = (length: number) => Float64Array.from({ length }, () => random.normal(0, 0.6));
    const [x, values] = [draw(BATCH * FEATURES), draw(layer.length)];
    const upstream = draw(layer.forward(values, x, BATCH).length);
    const L = (v: Float64Array, at: Float64Array): number =>
      layer.forward(v, at, BATCH).reduce((sum, y, k) => sum + y * upstream[k], 0);
    const h = 1e-3;
    const slopes = (point: Float64Array, f: (moved: Float64Array) => number) =>
      point.map((_value, k) => {
        const at = (shift: number) => f(point.map((value, j) => (j === k ? value + shift : value)));
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      });
    const found = layer.backward(values, x, BATCH, upstream, true);
    // five-point rule: h⁴/30 · f⁽⁵⁾ ~ 3e-14 · 10⁴
    for (const [gradient, wanted] of [
      [found.x, slopes(x, (moved) => L(values, moved))],
      [found.values, slopes(values, (moved) => L(moved, x))],
    ]) {
      expect(gradient.length).toBe(wanted.length);
      gradient.forEach((slope, k) => {
        expect(Math.abs(slope - wanted[k])).toBeLessThan(1e-9);
      });
    }
  });

  it('compute W·x + b', () => {
    const layer = linearLayer({ inDim: 2, outDim: 2, usesBias: true });
    expect(layer.forward(Float64Array.of(1, 2, 3, 4, 10, 20), Float64Array.of(1, -1, 0, 2), 2)).toEqual(
      Float64Array.of(9, 19, 14, 28),
    );
  });
});
