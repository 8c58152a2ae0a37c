import { describe, expect, it } from 'vitest';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { planActivation } from '../../src/activation/plan.js';
import { baseFunctions } from '../../src/basis/baseFunctions.js';
import { type BasisName, type BasisSpec, basisFrom } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { type BasisLayer, basisLayer } from '../../src/network/basisLayer.js';
import { layerBackward, layerForward, layerLength, type NetworkLayer, quantumLayer } from '../../src/network/layer.js';
import { hostLosses } from '../../src/network/losses.js';
import { networkLoss, networkOutput } from '../../src/network/network.js';
import cases from '../fixtures/daruan-cases.json' with { type: 'json' };

type Nested = number | readonly Nested[];
const flat = (values: Nested): number[] => (typeof values === 'number' ? [values] : values.flatMap(flat));
const numbers = (...values: Nested[]): Float64Array => Float64Array.from(values.flatMap(flat));
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
};

type Shape = Pick<(typeof cases.layers)[number], 'ansatz' | 'reps' | 'in_dim' | 'out_dim' | 'measurement'>;

const layerOf = ({ ansatz, reps, in_dim: inDim, out_dim: outDim, measurement }: Shape): NetworkLayer => {
  const family = ansatze[ansatz as AnsatzName];
  const { theta, weights, biases } = family.names(reps);
  const plan = planActivation(family.circuit(reps), 'Z', [...theta, ...weights, ...biases]);
  const edges = inDim * outDim;
  return {
    activation: { plan, inDim, outDim, measurement: measurement as 'expectation' },
    circuits: edges,
    circuitOf: Int32Array.from({ length: edges }, (_, edge) => edge),
    blocks: [theta, weights, biases].map(({ length }) => ({ width: length })),
    mask: new Float64Array(edges).fill(1),
    trainsWeight: true,
    trainsBias: true,
    base: 'silu',
    baseWeight: 'trained',
  };
};

const basisLayerOf = (spec: BasisName | BasisSpec, inDim: number, outDim: number): BasisLayer => {
  const basis = basisFrom('test', spec);
  return {
    basis,
    inDim,
    outDim,
    blocks: basis
      .blocks(inDim)
      .map(({ values, trainable }) => ({ length: values.length, ...(!trainable && { fixed: values }) })),
    mask: new Float64Array(inDim * outDim).fill(1),
    trainsWeight: false,
    base: 'none',
    usesBias: false,
  };
};

describe('a network layer agrees with the reference package', () => {
  it.each(
    cases.layers.map((l) => [`${l.ansatz} ${l.in_dim}→${l.out_dim}, r = ${l.reps}, ${l.measurement}`, l] as const),
  )('%s: value and every gradient within 1e-12', (_, l) => {
    const layer = layerOf(l);
    const values = numbers(l.theta, l.w, l.b, l.post_weight, l.post_bias, l.base_weight);
    expect(layerLength(layer)).toBe(values.length);
    const x = numbers(l.x);
    const batch = l.x.length;
    expect(distance(layerForward(referenceChainKernel, layer, values, x, batch), flat(l.y))).toBeLessThan(1e-12);
    const gradient = layerBackward(referenceChainKernel, layer, values, x, batch, numbers(l.upstream));
    expect(distance(gradient.x, flat(l.grad.x))).toBeLessThan(1e-12);
    const { theta, w, b, post_weight, post_bias, base_weight } = l.grad;
    expect(distance(gradient.values, numbers(theta, w, b, post_weight, post_bias, base_weight))).toBeLessThan(1e-12);
  });
});

describe('networkLoss', () => {
  const shape = { reps: 2, measurement: 'expectation' };
  const layers = [
    layerOf({ ...shape, ansatz: 'pz', in_dim: 2, out_dim: 3 }),
    {
      ...layerOf({ ...shape, ansatz: 'mix', in_dim: 3, out_dim: 2 }),
      circuits: 2,
      circuitOf: Int32Array.of(0, 1, 0, 0, 1, 0),
      mask: Float64Array.of(1, 1, 0, 1, 1, 1),
      base: 'gelu' as const,
    },
    {
      ...layerOf({ ...shape, ansatz: 'rpz', in_dim: 2, out_dim: 2 }),
      blocks: [{ width: 3 }, { width: 2, fixed: new Float64Array(8).fill(1) }, { width: 2 }],
      trainsWeight: false,
      baseWeight: 0.5,
    },
  ];
  const random = new Random(2);
  const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
  const network = [
    ...layers.map((layer) => quantumLayer(referenceChainKernel, layer)),
    basisLayer(basisLayerOf('chebyshev', 2, 3)),
    basisLayer({
      ...basisLayerOf({ name: 'wavelet', count: 2 }, 3, 2),
      mask: Float64Array.of(1, 0, 1, 1, 1, 1),
      trainsWeight: true,
      base: 'tanh',
      usesBias: true,
    }),
    basisLayer({ ...basisLayerOf('bspline', 2, 2), base: 'silu', fixedBaseWeight: draw(4) }),
  ];
  const values = draw(network.reduce((sum, layer) => sum + layer.length, 0));
  const data = { x: draw(10), y: draw(10).map(Math.abs), samples: 5 };

  it.each(Object.entries(hostLosses))('%s has the gradient that differences give', (_, loss) => {
    const { value, gradient } = networkLoss(network, loss, data, values);
    const output = networkOutput(network, values, data.x, 5);
    expect(loss(output, data.y, 2).value).toBe(value);
    const h = 1e-4;
    const wanted = values.map((_, i) => {
      const at = (shift: number) =>
        networkLoss(
          network,
          loss,
          data,
          values.map((v, j) => (j === i ? v + shift : v)),
        ).value;
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    });
    // Five-point rule: h⁴/30 · f⁽⁵⁾ ~ 3e-18 · 4⁵, and rounding 1e-15/h.
    expect(distance(gradient, wanted)).toBeLessThan(1e-9);
  });
});

describe('baseFunctions', () => {
  it.each(Object.entries(baseFunctions))('%s has the derivative that differences give', (_, { value, derivative }) => {
    for (const x of [-6, -3.7, -2.6, -1, -0.3, 0.2, 1.1, 2.4, 3.6, 5]) {
      const h = 1e-3;
      const wanted = (8 * (value(x + h) - value(x - h)) - (value(x + 2 * h) - value(x - 2 * h))) / (12 * h);
      expect(Math.abs(derivative(x) - wanted)).toBeLessThan(1e-11);
    }
  });

  it('gelu has the values of the normal distribution function', () => {
    // x·Φ(x) with Φ from tables to 16 digits.
    for (const [x, phi] of [
      [1, 0.8413447460685429],
      [-2, 0.0227501319481792],
      [4, 0.9999683287581669],
      [-5, 2.866515718791939e-7],
    ]) {
      expect(Math.abs(baseFunctions.gelu.value(x) / (x * phi) - 1)).toBeLessThan(1e-13);
    }
  });
});
