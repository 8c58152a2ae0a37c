import { describe, expect, it } from 'vitest';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { backwardLayer, forwardLayer } from '../../src/activation/layer.js';
import { planActivation } from '../../src/activation/plan.js';
import cases from '../fixtures/daruan-cases.json' with { type: 'json' };

// Values computed with the paper's package (solver exact, complex128); see test/fixtures/README.md.

type Nested = number | readonly Nested[];
const flat = (values: Nested): number[] => (typeof values === 'number' ? [values] : values.flatMap(flat));
const largestDifference = (got: ArrayLike<number>, wanted: readonly number[]): number => {
  expect(got.length).toBe(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(value - got[i])));
};

/** Rows [theta…, w…, b…], one an edge. */
const rows = (edges: number, ...blocks: Nested[]): Float64Array => {
  const columns = blocks.map((block) => flat(block));
  const widths = columns.map((column) => column.length / edges);
  return Float64Array.from(
    Array.from({ length: edges }, (_, edge) =>
      columns.flatMap((column, k) => column.slice(edge * widths[k], (edge + 1) * widths[k])),
    ).flat(),
  );
};

const planOf = (ansatz: string, reps: number) => {
  const family = ansatze[ansatz as AnsatzName];
  const { theta, weights, biases } = family.names(reps);
  return planActivation(family.circuit(reps), family.observable, [...theta, ...weights, ...biases]);
};

describe('DARUAN edges agree with the reference package', () => {
  it.each(cases.edges.map((edge) => [`${edge.ansatz}, r = ${edge.reps}, ${edge.measurement}`, edge] as const))(
    '%s: value and every gradient within 1e-12',
    (_, edge) => {
      const plan = planOf(edge.ansatz, edge.reps);
      const layer = { plan, inDim: 1, outDim: 1, measurement: edge.measurement as 'expectation' };
      const tensors = {
        parameters: rows(1, edge.theta, edge.w, edge.b),
        scale: Float64Array.of(1),
        x: Float64Array.from(edge.x),
        batch: edge.x.length,
      };
      expect(largestDifference(forwardLayer(referenceChainKernel, layer, tensors), edge.y)).toBeLessThan(1e-12);
      const upstream = Float64Array.from(edge.upstream);
      const gradient = backwardLayer(referenceChainKernel, layer, tensors, upstream);
      expect(largestDifference(gradient.x, edge.grad_x)).toBeLessThan(1e-12);
      const wanted = flat([edge.grad_theta, edge.grad_w, edge.grad_b]);
      expect(largestDifference(gradient.parameters, wanted)).toBeLessThan(1e-12);
    },
  );
});

describe('QKAN layers agree with the reference package', () => {
  it.each(
    cases.layers.map((l) => [`${l.ansatz} ${l.in_dim}→${l.out_dim}, r = ${l.reps}, ${l.measurement}`, l] as const),
  )('%s: value and every gradient within 1e-12', (_, l) => {
    const { in_dim: inDim, out_dim: outDim } = l;
    const layer = { plan: planOf(l.ansatz, l.reps), inDim, outDim, measurement: l.measurement as 'expectation' };
    const [scale, shift, base, x, upstream] = [l.post_weight, l.post_bias, l.base_weight, l.x, l.upstream].map((v) =>
      Float64Array.from(flat(v)),
    );
    const tensors = { parameters: rows(inDim * outDim, l.theta, l.w, l.b), scale, x, batch: l.x.length };
    const silu = x.map((v) => v / (1 + Math.exp(-v)));
    // y = Σ_i p·(f + q) + c·silu(x): the kernel's part, and the two sums that need no circuit.
    const y = forwardLayer(referenceChainKernel, layer, tensors);
    const total = Float64Array.from(y, (value, at) => {
      const [b, o] = [Math.floor(at / outDim), at % outDim];
      let sum = value;
      for (let i = 0; i < inDim; i++) {
        const e = o * inDim + i;
        sum += scale[e] * shift[e] + base[e] * silu[b * inDim + i];
      }
      return sum;
    });
    expect(largestDifference(total, flat(l.y))).toBeLessThan(1e-12);

    const gradient = backwardLayer(referenceChainKernel, layer, tensors, upstream);
    expect(
      largestDifference(gradient.parameters, [...rows(inDim * outDim, l.grad.theta, l.grad.w, l.grad.b)]),
    ).toBeLessThan(1e-12);
    const gradX = Float64Array.from(gradient.x, (value, at) => {
      const [b, i] = [Math.floor(at / inDim), at % inDim];
      const sigma = 1 / (1 + Math.exp(-x[at]));
      let sum = value;
      for (let o = 0; o < outDim; o++) {
        sum += upstream[b * outDim + o] * base[o * inDim + i] * sigma * (1 + x[at] * (1 - sigma));
      }
      return sum;
    });
    expect(largestDifference(gradX, flat(l.grad.x))).toBeLessThan(1e-12);
    const gradScale = Float64Array.from(gradient.scale, (value, e) => {
      const o = Math.floor(e / inDim);
      let sum = value;
      for (let b = 0; b < l.x.length; b++) sum += upstream[b * outDim + o] * shift[e];
      return sum;
    });
    expect(largestDifference(gradScale, flat(l.grad.post_weight))).toBeLessThan(1e-12);
  });
});
