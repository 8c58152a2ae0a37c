import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Floats } from '../../../kernels/chain.js';
import type { NodeKernel, NodeProgram, NodeShape, NodeStep, NodeTerm } from '../../../kernels/nodes.js';
import { referenceNodeKernel } from '../../../kernels/reference/nodes.js';
import { Random } from '../../../src/foundation/random.js';
import { randomRotation } from '../../bench/chainLayer.js';

export interface NodeCase {
  readonly shape: NodeShape;
  readonly batch: number;
  readonly x: Float32Array;
  readonly gain: Float32Array | undefined;
  readonly coefficients: Float32Array;
  readonly upstream: Float32Array;
}

export function randomNodeCase(random: Random, shape: NodeShape, batch: number, withGain: boolean): NodeCase {
  const draw = (length: number, reach: number) => Float32Array.from({ length }, () => random.uniform(-reach, reach));
  const { inDim, outDim, degree } = shape;
  return {
    shape,
    batch,
    x: draw(batch * inDim, 10),
    gain: withGain ? draw(batch * inDim, 2) : undefined,
    coefficients: draw((2 * degree + 1) * outDim * inDim, 1),
    upstream: draw(batch * outDim, 1),
  };
}

/** What a kernel makes of a case. */
export function evaluate(kernel: NodeKernel, c: NodeCase) {
  const { shape, x, coefficients, upstream, batch, gain } = c;
  return {
    outputs: kernel.outputs(shape, x, coefficients, batch, gain),
    inputs: kernel.inputs(shape, x, coefficients, upstream, batch),
    coefficients: kernel.coefficients(shape, x, upstream, batch, gain),
  } as const;
}

/** A case as a layer with silu, and what a kernel makes of that. */
export function evaluateLayer(kernel: NodeKernel, c: NodeCase) {
  const { inDim, outDim, degree } = c.shape;
  const siluWeights = c.coefficients.subarray(0, outDim * inDim).map((value) => 0.3 - value);
  const layer = { inDim, outDim, degree, coefficients: c.coefficients, siluWeights };
  const { x, ...sums } = kernel.backward(layer, c.x, c.batch, c.upstream, true);
  const alone = kernel.backward(layer, c.x, c.batch, c.upstream, false);
  expect(alone.x).toBeUndefined();
  for (const part of ['coefficients', 'siluWeights'] as const) expectClose(alone[part], sums[part], 0, part);
  return { outputs: kernel.forward(layer, c.x, c.batch), ...sums, inputs: x! };
}

/**
 * Largest error that rounding explains. A feature is off by about 2e-7·m where float32 adds angles (m ≤ 8) and by half an
 * ulp elsewhere; a sum of n terms of random signs by a few √n ulps of the sum of their magnitudes, here Σ m^k |…| at most.
 */
function bounds(c: NodeCase, precision: NodeKernel['precision']) {
  const { inDim, outDim, degree, order } = c.shape;
  const ulp = precision === 'float32' ? 2 ** -24 : 2 ** -53;
  const feature = (degree <= 8 ? 4 * degree + 1 : 2) * ulp;
  const largest = (values: Floats) => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const [gain, coefficient, up] = [c.gain ? largest(c.gain) : 1, largest(c.coefficients), largest(c.upstream)];
  const features = (k: number) => {
    let sum = k === 0 ? 1 : 0;
    for (let m = 1; m <= degree; m++) sum += 2 * m ** k;
    return sum;
  };
  const bound = (terms: number, magnitude: number) => (feature + 4 * ulp * Math.sqrt(terms + 1)) * magnitude;
  const count = 2 * degree + 1;
  return {
    outputs: bound(inDim * count, inDim * features(order) * gain * coefficient),
    inputs: bound(outDim * count, outDim * features(order) * up * coefficient),
    coefficients: bound(c.batch, c.batch * Math.max(1, degree ** order) * gain * up),
  };
}

export function expectClose(got: Floats, wanted: Floats, tolerance: number, what = ''): void {
  expect(got.length).toBe(wanted.length);
  let worst = 0;
  for (let k = 0; k < wanted.length; k++) {
    const distance = Math.abs(got[k] - wanted[k]);
    if (!(distance <= worst)) worst = distance;
  }
  expect(worst, what).toBeLessThanOrEqual(tolerance);
}

export function expectSameNodes(kernel: NodeKernel, c: NodeCase): void {
  const [own, wanted, limit] = [evaluate(kernel, c), evaluate(referenceNodeKernel, c), bounds(c, kernel.precision)];
  for (const part of Object.keys(limit) as (keyof typeof limit)[]) {
    expectClose(own[part], wanted[part], limit[part], `${part} of ${JSON.stringify(c.shape)}, batch ${c.batch}`);
  }
}

export function expectSameLayers(kernel: NodeKernel, c: NodeCase): void {
  const [own, wanted] = [evaluateLayer(kernel, c), evaluateLayer(referenceNodeKernel, c)];
  const [y, byX] = [0, 1].map((order) => bounds({ ...c, shape: { ...c.shape, order } }, kernel.precision));
  // |silu(x)| ≤ |x|, |silu′| < 1.1, both right within 4 ulps of that
  const beside = bounds(
    { ...c, gain: c.x.map((x) => 5 * x), shape: { ...c.shape, degree: 0, order: 0 } },
    kernel.precision,
  );
  const limit = {
    outputs: y.outputs + 1.3 * beside.outputs,
    coefficients: y.coefficients,
    inputs: byX.inputs + 5 * 1.3 * 1.1 * beside.inputs,
    siluWeights: beside.coefficients,
  };
  for (const part of Object.keys(limit) as (keyof typeof limit)[]) {
    expectClose(own[part], wanted[part], limit[part], `${part} of ${JSON.stringify(c.shape)}, batch ${c.batch}`);
  }
}

/** Steps of all kinds on all axes, whose angles are sums of some of five columns; degree is the sum of their |weights|. */
export const COLUMNS = 5;
export function randomProgram(random: Random, weights: readonly number[]): NodeProgram {
  const term = (): NodeTerm => ({ column: random.integer(COLUMNS), sign: random.integer(2) ? 1 : -1 });
  const turns = (): NodeStep[] =>
    [1, 2].map((most) => ({
      kind: 'turn',
      axis: random.integer(3),
      terms: Array.from({ length: 1 + random.integer(most) }, term),
    }));
  const steps = weights.flatMap((weight): NodeStep[] => [
    ...turns(),
    { kind: 'encode', axis: random.integer(3), weight },
    { kind: 'rotate', rotation: Float64Array.from(randomRotation(random)) },
  ]);
  return { steps: [...steps, ...turns()], readout: Float64Array.from({ length: 3 }, () => random.uniform(-1, 1)) };
}

/** The laws that every node kernel obeys. */
export function nodeConformance(kernel: NodeKernel): void {
  const ulp = kernel.precision === 'float32' ? 2 ** -24 : 2 ** -53;

  describe(`node kernel "${kernel.name}", ${kernel.precision}`, () => {
    test('contracts as the oracle does, whatever the sizes, the order and the gain', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
          const random = new Random(seed);
          const [inDim, outDim, batch] = [11, 19, 150].map((most) => 1 + random.integer(most));
          const shape = { inDim, outDim, degree: random.integer(12), order: random.integer(4) };
          const c = randomNodeCase(random, shape, batch, random.integer(2) === 1);
          expectSameNodes(kernel, c);
          expectSameLayers(kernel, c);
        }),
        { numRuns: 60, seed: 20261123 },
      );
    });

    test.each([0, 1, 8, 9, 30, 100])('keeps its accuracy at degree %i', (degree) => {
      const random = new Random(degree);
      for (const order of [0, 1, 2]) {
        expectSameNodes(kernel, randomNodeCase(random, { inDim: 3, outDim: 2, degree, order }, 66, order === 1));
      }
    });

    test.each([1, 8, 9, 40, 100])('makes features of degree %i to the last digits', (degree) => {
      const random = new Random(6);
      const x = Float32Array.from({ length: 400 }, () => random.uniform(-50, 50));
      const coefficients = new Float32Array(2 * degree + 1);
      const worst = [degree, 2 * degree].map((m) => {
        coefficients.fill(0);
        coefficients[m] = 1;
        const y = kernel.outputs({ inDim: 1, outDim: 1, degree, order: 0 }, x, coefficients, x.length);
        const wanted = m === degree ? Math.cos : Math.sin;
        return Math.max(...Array.from(y, (value, b) => Math.abs(value - wanted(degree * x[b]))));
      });
      // up to degree 8 angles may be added in float32, with about 4 ulps of 2⁻²⁴ a step; in float64 5000·2⁻⁵³ are the angle's own
      expect(Math.max(...worst)).toBeLessThan(
        kernel.precision === 'float32' ? (degree <= 8 ? 4 * degree : 2) * ulp : 1e-12,
      );
    });

    test('each contraction is the derivative of another: by x, by the gain and by the coefficients', () => {
      const random = new Random(5);
      for (const order of [0, 1, 2]) {
        const shape = { inDim: 2, outDim: 3, degree: 4, order };
        const c = randomNodeCase(random, shape, 5, true);
        const { x, coefficients, upstream, batch, gain } = c;
        const loss = (changes: Partial<NodeCase>) => {
          const d = { ...c, ...changes };
          const y = referenceNodeKernel.outputs(shape, d.x, d.coefficients, batch, d.gain);
          return Array.from(y).reduce((sum, value, k) => sum + value * upstream[k], 0);
        };
        const numeric = (part: 'x' | 'gain' | 'coefficients') => {
          const values = Float64Array.from(c[part]!);
          return values.map((value, k) => {
            const along = (shift: number) =>
              loss({ [part]: values.map((own, at) => (at === k ? value + shift : own)) });
            return (along(1e-4) - along(-1e-4)) / 2e-4;
          });
        };
        const size = 6 * 4 ** (order + 1);
        // central differences: (m h)²/6 relative, and ε/h
        const tolerance = size * (1e-6 + 200 * ulp);
        const steep = kernel.inputs({ ...shape, order: order + 1 }, x, coefficients, upstream, batch);
        const slopes = Float64Array.from(steep, (value, k) => value * gain![k]);
        expectClose(slopes, numeric('x'), tolerance);
        expectClose(kernel.coefficients(shape, x, upstream, batch, gain), numeric('coefficients'), tolerance);
        expectClose(kernel.inputs(shape, x, coefficients, upstream, batch), numeric('gain'), tolerance);
      }
    });

    test.each([[[1]], [[0]], [[1, 1, 1]], [[1, -3, 9]], [[40, 60]]])(
      'finds the coefficients of programs with weights %j',
      (weights) => {
        const random = new Random(9);
        const program = randomProgram(random, weights);
        const degree = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
        for (const edges of degree > 50 ? [5] : [1, 4, 7, 301]) {
          const angles = Float32Array.from({ length: COLUMNS * edges }, () => random.uniform(-4, 4));
          const upstream = Float32Array.from({ length: (2 * degree + 1) * edges }, () => random.uniform(-1, 1));
          // |readout| ≤ √3; every step and every sum over the nodes adds rounding of its own
          const steps = 4 * (program.steps.length + 4) * ulp;
          const wanted = referenceNodeKernel.compile(program, degree, angles, edges);
          expectClose(kernel.compile(program, degree, angles, edges), wanted, 2 * steps);
          const slopes = referenceNodeKernel.compileGradient(program, degree, angles, edges, upstream);
          const gradient = kernel.compileGradient(program, degree, angles, edges, upstream);
          expectClose(gradient, slopes, 4 * steps * Math.sqrt(2 * degree + 1));
        }
      },
    );

    test('the series with these coefficients is the program, at any angle', () => {
      const random = new Random(2);
      const program = randomProgram(random, [2, -1]);
      const angles = Float32Array.from({ length: COLUMNS }, () => random.uniform(-4, 4));
      const coefficients = kernel.compile(program, 3, angles, 1);
      for (const t of [-2.3, 0.4, 5]) {
        const shifted = program.steps.map(
          (step): NodeStep =>
            step.kind === 'encode' ? { kind: 'rotate', rotation: turnMatrix(step.axis, step.weight * t) } : step,
        );
        const [value] = referenceNodeKernel.compile({ ...program, steps: shifted }, 0, angles, 1);
        const shape = { inDim: 1, outDim: 1, degree: 3, order: 0 };
        const [got] = kernel.outputs(shape, Float64Array.of(t), coefficients, 1);
        expect(Math.abs(got - value)).toBeLessThan(200 * ulp);
      }
    });

    test('names what is wrong with its input', () => {
      const shape = { inDim: 2, outDim: 1, degree: 1, order: 0 };
      const [x, coefficients] = [new Float32Array(4), new Float32Array(6)];
      expect(() => kernel.outputs(shape, x, coefficients, 3)).toThrow(/x of shape \[batch, in\], 6 numbers, got 4/);
      expect(() => kernel.outputs({ ...shape, degree: 0.5 }, x, coefficients, 2)).toThrow(/degree to be an integer/);
      expect(() => kernel.inputs(shape, x, new Float32Array(5), new Float32Array(2), 2)).toThrow(
        /coefficients of shape/,
      );
      const program: NodeProgram = {
        steps: [{ kind: 'encode', axis: 2, weight: 2 }],
        readout: Float64Array.of(0, 0, 1),
      };
      expect(() => kernel.compile(program, 1, new Float32Array(0), 1)).toThrow(
        /weights that add up to at most the degree 1, got 2/,
      );
    });
  });
}

function turnMatrix(axis: number, angle: number): Float64Array {
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const matrix = new Float64Array(9);
  matrix[4 * axis] = 1;
  matrix[4 * p] = matrix[4 * q] = Math.cos(angle);
  matrix[3 * p + q] = -Math.sin(angle);
  matrix[3 * q + p] = Math.sin(angle);
  return matrix;
}
