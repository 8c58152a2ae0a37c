import { describe, expect, it } from 'vitest';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { backwardLayer, forwardLayer } from '../../src/activation/layer.js';
import { planActivation } from '../../src/activation/plan.js';
import { Random } from '../../src/foundation/random.js';
import cases from '../fixtures/daruan-cases.json' with { type: 'json' };
import fixtures from '../fixtures/kan-fixtures.json' with { type: 'json' };

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

/** One activation at values of x; parameters are rows of θ, then w and b of each repetition. */
const evaluate = (
  ansatz: string,
  theta: Nested,
  w: readonly number[],
  x: ArrayLike<number>,
  measurement: 'expectation' | 'amplitude' = 'expectation',
) => {
  const layer = { plan: planOf(ansatz, w.length), inDim: 1, outDim: 1, measurement };
  const parameters = rows(
    1,
    theta,
    w as number[],
    w.map(() => 0),
  );
  const tensors = { parameters, scale: Float64Array.of(1), x: Float64Array.from(x), batch: x.length };
  return forwardLayer(referenceChainKernel, layer, tensors);
};

describe('The activation pz of three repetitions', () => {
  const { theta, x, z, fast } = fixtures.daruan_pz_r3;
  const turn = Float64Array.from({ length: 32 }, (_, k) => (2 * Math.PI * k) / 32);

  it('has its published values, measured either way', () => {
    expect(largestDifference(evaluate('pz', theta, [1, 1, 1], x), z)).toBeLessThan(1e-14);
    expect(largestDifference(evaluate('pz', theta, [1, 1, 1], x, 'amplitude'), fast)).toBeLessThan(1e-14);
  });

  it('is a bounded trigonometric polynomial of degree 3, which |α| − |β| is not', () => {
    const once = evaluate('pz', theta, [1, 1, 1], turn);
    const again = turn.map((angle) => angle + 2 * Math.PI);
    expect(largestDifference(evaluate('pz', theta, [1, 1, 1], again), [...once])).toBeLessThan(1e-13);
    expect(Math.max(...once.map(Math.abs))).toBeLessThanOrEqual(1);
    const beyond = (values: ArrayLike<number>) =>
      Array.from({ length: 13 }, (_, k) => {
        const part = (wave: (t: number) => number) =>
          turn.reduce((sum, angle, s) => sum + values[s] * wave((k + 4) * angle), 0) / 32;
        return Math.hypot(part(Math.cos), part(Math.sin));
      });
    expect(Math.max(...beyond(once))).toBeLessThan(1e-15);
    expect(Math.max(...beyond(evaluate('pz', theta, [1, 1, 1], turn, 'amplitude')))).toBeGreaterThan(1e-3);
  });
});

describe('A repetition appended with θ = 0', () => {
  const x = Float64Array.from({ length: 21 }, (_, k) => k / 10 - 1);
  const change = (ansatz: AnsatzName, w: number) => {
    const random = new Random(3);
    const [count, columns] = ansatze[ansatz].thetaShape(3);
    const theta = Array.from({ length: count * columns }, () => random.uniform(-2, 2));
    const before = evaluate(ansatz, theta, [1, 1, 1], x);
    const after = evaluate(ansatz, [...theta, ...Array.from({ length: columns }, () => 0)], [1, 1, 1, w], x);
    return Math.max(...after.map((value, k) => Math.abs(value - before[k])));
  };

  it('leaves pz and rpz as they are whatever its weight, mix where that is 0', () => {
    for (const w of [0, 1, -2.3]) expect(Math.max(change('pz', w), change('rpz', w))).toBeLessThan(1e-14);
    expect(change('mix', 0)).toBeLessThan(1e-14);
    expect(change('mix', 1)).toBeGreaterThan(0.1);
  });

  it.each(['px', 'real'] as const)('changes %s, which grows in another way', (ansatz) => {
    expect(change(ansatz, 1)).toBeGreaterThan(1);
  });
});
