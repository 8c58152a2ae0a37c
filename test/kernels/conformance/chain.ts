import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { AsyncChainKernel } from '../../../kernels/asynchronous.js';
import type { ChainKernel, ChainLayer, Floats } from '../../../kernels/chain.js';
import { Random } from '../../../src/foundation/random.js';
import { type Edge, measureEdge } from '../oracle/edge.js';
import { type Case, layerOutput, lossOfEdge, randomCase, type Shape } from '../oracle/layers.js';
import { EPSILON, expectClose, expectRefusal, type Law, registerLaws, type Skip, slopeAtZero } from './suite.js';

const encodings = ['linear', 'acos'] as const;
const measurements = ['expectation', 'amplitude'] as const;

/**
 * Rounding of one edge's value in units of ε: a rotation costs the rounding of its angle (≤ 5 rad, so 5/2) and of four products
 * (4), a block nine products (5).
 */
const valueUnits = (reps: number): number => 12 * (reps + 1);

/** Of one edge's derivatives: twice the way, there and back, and slopes up to 1/0.6 (acos) and 1.4 (amplitude). */
const slopeUnits = (reps: number): number => 2 * 1.7 * 1.4 * valueUnits(reps);

/** Largest |scale|; |upstream| and |x| are at most 1, |w| at most 2. */
const SCALE = 2;

/** Step of the numeric derivatives, in float64: at their distance from singularities f⁽⁷⁾h⁶/140 and ε/h are both below this. */
const STEP = 1e-3;
const NUMERIC = 2e-12;

const overCases = (
  numRuns: number,
  shape: Partial<Shape>,
  law: (c: Case, random: Random) => Promise<void>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 0xffffffff }), async (seed) => {
      const random = new Random(seed);
      const [inDim, outDim, reps] = [1, 1, 1].map((one) => one + random.integer(5));
      const batch = 1 + random.integer(9);
      const drawn = { inDim, outDim, reps, batch, encoding: 'linear', measurement: 'expectation' } as const;
      await law(randomCase(random, { ...drawn, ...shape }), random);
    }),
    { numRuns, seed: 20260917 },
  );

const replaced = (values: readonly number[], at: number, shift: number): number[] =>
  values.map((value, k) => (k === at ? value + shift : value));

const withFloats = (layer: ChainLayer, convert: (values: Floats) => Floats): ChainLayer => ({
  ...layer,
  start: convert(layer.start),
  blocks: convert(layer.blocks),
  end: convert(layer.end),
  weights: convert(layer.weights),
  biases: convert(layer.biases),
  scale: convert(layer.scale),
});

/** The laws every chain kernel obeys. `skip` names those it cannot, with reasons. */
export function chainConformance(
  kernel: ChainKernel | AsyncChainKernel,
  { skip = [] }: { readonly skip?: readonly Skip[] } = {},
): void {
  const epsilon = EPSILON[kernel.precision];
  const laws: Record<string, Law> = {};

  const outputTolerance = ({ inDim, reps }: Shape): number => epsilon * inDim * SCALE * valueUnits(reps);
  /** For a sum of `terms` derivatives of one edge each. */
  const slopeTolerance = ({ reps }: Shape, terms: number): number =>
    terms * SCALE * (epsilon * slopeUnits(reps) + NUMERIC);

  for (const encoding of encodings) {
    for (const measurement of measurements) {
      const kind = `${encoding} data and ${measurement} measurement`;

      laws[`evaluates layers of ${kind} as their circuits do`] = () =>
        overCases(30, { encoding, measurement }, async (c) => {
          expectClose(await kernel.forward(c.layer, c.x, c.batch), layerOutput(c), outputTolerance(c));
        });

      laws[`differentiates layers of ${kind} by their angles as central differences do`] = () =>
        overCases(10, { encoding, measurement }, async (c) => {
          const gradient = await kernel.backward(c.layer, c.x, c.batch, c.upstream);
          const slopes = (entries: (o: number, i: number) => ((t: number) => number)[]): number[] =>
            c.edges.flatMap((row, o) => row.flatMap((_, i) => entries(o, i).map((f) => slopeAtZero(f, STEP))));
          const each = (part: 'weights' | 'biases') =>
            slopes((o, i) =>
              c.edges[o][i][part].map((_, l) => (t) => {
                return lossOfEdge(c, o, i, (edge) => ({ ...edge, [part]: replaced(edge[part], l, t) }));
              }),
            );
          const torque = slopes((o, i) =>
            Array.from({ length: c.reps + 1 }, (_, after) =>
              (['X', 'Y', 'Z'] as const).map((axis) => (angle: number) => {
                return lossOfEdge(c, o, i, (edge) => edge, { after, axis, angle });
              }),
            ).flat(),
          );
          const scale = slopes((o, i) => [
            (t) => lossOfEdge(c, o, i, (edge: Edge) => ({ ...edge, scale: edge.scale + t })),
          ]);
          const tolerance = slopeTolerance(c, c.batch);
          expectClose(gradient.weights, each('weights'), tolerance);
          expectClose(gradient.biases, each('biases'), tolerance);
          expectClose(gradient.torque, torque, tolerance);
          expectClose(gradient.scale, scale, tolerance);
        });

      laws[`differentiates layers of ${kind} by their inputs as central differences do`] = () =>
        overCases(10, { encoding, measurement }, async (c) => {
          const { x } = await kernel.backward(c.layer, c.x, c.batch, c.upstream);
          const wanted = Array.from(c.x, (value, at) => {
            const [b, i] = [Math.floor(at / c.inDim), at % c.inDim];
            const along = (t: number) =>
              c.edges.reduce((sum, row, o) => {
                const output = measureEdge(row[i], encoding, measurement, value + t);
                return sum + c.upstream[b * c.outDim + o] * row[i].scale * output;
              }, 0);
            return slopeAtZero(along, STEP);
          });
          // Σ_l w_l ∂/∂e_l with |w| ≤ 2, summed over the outputs
          expectClose(x, wanted, slopeTolerance(c, 2 * c.outDim * c.reps));
        });
    }
  }

  laws['evaluates and differentiates layers whose sizes are no multiple of a vector length'] = () =>
    overCases(1, { inDim: 17, outDim: 11, reps: 2, batch: 5 }, async (c) => {
      expectClose(await kernel.forward(c.layer, c.x, c.batch), layerOutput(c), outputTolerance(c));
      const wide = { ...c, batch: 5 * 67, x: tiled(c.x, 67), upstream: tiled(c.upstream, 67) };
      expectClose(await kernel.forward(c.layer, wide.x, wide.batch), layerOutput(wide), outputTolerance(c));
      const one = await kernel.backward(c.layer, c.x, c.batch, c.upstream);
      const many = await kernel.backward(c.layer, wide.x, wide.batch, wide.upstream);
      expectClose(many.x, tiled(one.x, 67), slopeTolerance(c, 2 * c.outDim * c.reps));
      for (const part of ['torque', 'weights', 'biases', 'scale'] as const) {
        const wanted = Array.from(one[part], (value) => 67 * value);
        expectClose(many[part], wanted, slopeTolerance(c, wide.batch));
      }
    });

  laws['gives a batch the same bits as its samples one by one'] = async () => {
    for (const encoding of encodings) {
      await overCases(5, { encoding, batch: 9 }, async (c) => {
        const y = await kernel.forward(c.layer, c.x, c.batch);
        const { x } = await kernel.backward(c.layer, c.x, c.batch, c.upstream);
        for (let b = 0; b < c.batch; b++) {
          const own = c.x.slice(b * c.inDim, (b + 1) * c.inDim);
          const up = c.upstream.slice(b * c.outDim, (b + 1) * c.outDim);
          expect(await kernel.forward(c.layer, own, 1)).toEqual(y.slice(b * c.outDim, (b + 1) * c.outDim));
          expect((await kernel.backward(c.layer, own, 1, up)).x).toEqual(x.slice(b * c.inDim, (b + 1) * c.inDim));
        }
      });
    }
  };

  laws['returns its own precision, and reads either'] = () =>
    overCases(3, {}, async (c) => {
      const narrow = withFloats(c.layer, (values) => Float32Array.from(values));
      const wide = withFloats(narrow, (values) => Float64Array.from(values));
      const [x, up] = [Float32Array.from(c.x), Float32Array.from(c.upstream)];
      const y = await kernel.forward(narrow, x, c.batch);
      expect(y).toBeInstanceOf(kernel.precision === 'float64' ? Float64Array : Float32Array);
      expect(await kernel.forward(wide, Float64Array.from(x), c.batch)).toEqual(y);
      expect(await kernel.backward(wide, Float64Array.from(x), c.batch, Float64Array.from(up))).toEqual(
        await kernel.backward(narrow, x, c.batch, up),
      );
    });

  laws['leaves its arguments and its earlier results as they are'] = () =>
    overCases(3, {}, async (c) => {
      const copy = structuredClone({ layer: c.layer, x: c.x, upstream: c.upstream });
      const first = [
        await kernel.forward(c.layer, c.x, c.batch),
        await kernel.backward(c.layer, c.x, c.batch, c.upstream),
      ];
      const before = structuredClone(first);
      const other = c.x.map((value) => value / 2);
      await kernel.forward(c.layer, other, c.batch);
      await kernel.backward(c.layer, other, c.batch, c.upstream);
      expect(first).toEqual(before);
      expect({ layer: c.layer, x: c.x, upstream: c.upstream }).toEqual(copy);
    });

  laws['takes the argument of acos beyond ±1 as ±1, with slope 0'] = async () => {
    await overCases(5, { encoding: 'acos', batch: 6, inDim: 3, outDim: 2 }, async (c) => {
      const weights = c.layer.weights.map(() => 1);
      const layer = { ...c.layer, weights, biases: c.layer.biases.map(() => 0) };
      const [at, beyond] = [2 * c.inDim + 1, 4 * c.inDim];
      const [ends, outside] = [c.x.slice(), c.x.slice()];
      [ends[at], ends[beyond], outside[at], outside[beyond]] = [1, -1, 20, -1.5];
      expect(await kernel.forward(layer, outside, c.batch)).toEqual(await kernel.forward(layer, ends, c.batch));
      const gradient = await kernel.backward(layer, outside, c.batch, c.upstream);
      expect([gradient.x[at], gradient.x[beyond]].map(Math.abs)).toEqual([0, 0]);
      expect([...gradient.weights, ...gradient.biases].every(Number.isFinite)).toBe(true);
    });
  };

  laws['gives NaN for samples that are not numbers, and for these alone'] = async () => {
    for (const [encoding, outside] of [
      ['acos', Number.NaN],
      ['linear', Number.NaN],
      ['linear', Number.POSITIVE_INFINITY],
    ] as const) {
      await overCases(2, { encoding, batch: 6, inDim: 3, outDim: 2 }, async (c) => {
        const x = c.x.slice();
        x[2 * c.inDim + 1] = outside;
        const y = await kernel.forward(c.layer, x, c.batch);
        const wanted = await kernel.forward(c.layer, c.x, c.batch);
        const gradient = (await kernel.backward(c.layer, x, c.batch, c.upstream)).x;
        y.forEach((value, at) => {
          expect(value).toEqual(Math.floor(at / c.outDim) === 2 ? Number.NaN : wanted[at]);
        });
        gradient.forEach((value, at) => {
          expect(Number.isNaN(value)).toBe(at === 2 * c.inDim + 1);
        });
      });
    }
  };

  laws['stays finite at the poles, where amplitude and acos have infinite slopes'] = async () => {
    const pole = (encoding: 'linear' | 'acos', start: number[], end: number[], bias: number): ChainLayer => ({
      inDim: 1,
      outDim: 1,
      reps: 1,
      encoding,
      measurement: 'amplitude',
      start: Float64Array.from(start),
      blocks: new Float64Array(0),
      end: Float64Array.from(end),
      weights: Float64Array.of(1),
      biases: Float64Array.of(bias),
      scale: Float64Array.of(3),
    });
    const cases: [layer: ChainLayer, x: number, y: number][] = [
      [pole('linear', [0, 0, 1], [0, 0, 1], 0), 0.3, 3],
      [pole('linear', [0, 0, 1], [0, 0, -1], 0), 0.3, -3],
      [pole('linear', [1, 0, 0], [1, 0, 0], 0), 0, 3],
      [pole('linear', [1, 0, 0], [1 + epsilon, 0, 0], 0), 0, 3], // rounding may take z past the pole
      [pole('acos', [1, 0, 0], [0, 1, 0], 0), 1, 0],
      [pole('acos', [1, 0, 0], [1, 0, 0], -1), 0, -3],
    ];
    // g ≈ 1 − s/2 near a pole, and z off by 8ε makes s = √(16ε)
    const tolerance = (3 * Math.sqrt(16 * epsilon)) / 2;
    for (const [layer, x, y] of cases) {
      expectClose(await kernel.forward(layer, Float64Array.of(x), 1), [y], tolerance);
      const gradient = await kernel.backward(layer, Float64Array.of(x), 1, Float64Array.of(1));
      for (const part of Object.values(gradient) as Floats[]) expect(part.every(Number.isFinite)).toBe(true);
    }
  };

  laws['refuses arrays of the wrong length, with one error that names them'] = () =>
    overCases(2, {}, async (c) => {
      const longer = (values: Floats): Floats => new Float64Array(values.length + 1);
      for (const part of ['start', 'blocks', 'end', 'weights', 'biases', 'scale'] as const) {
        const wrong = { ...c.layer, [part]: longer(c.layer[part]) };
        await expectRefusal(() => kernel.forward(wrong, c.x, c.batch), new RegExp(`${part} of shape \\[out, in`));
        await expectRefusal(() => kernel.backward(wrong, c.x, c.batch, c.upstream), /expected/);
      }
      await expectRefusal(() => kernel.forward(c.layer, longer(c.x), c.batch), /x of shape \[batch, in\]/);
      await expectRefusal(() => kernel.backward(c.layer, c.x, c.batch, longer(c.upstream)), /upstream of shape/);
      await expectRefusal(() => kernel.forward({ ...c.layer, reps: 0 }, c.x, c.batch), /reps/);
      await expectRefusal(() => kernel.forward(c.layer, c.x, 0), /batch/);
    });

  describe(`chain kernel ${kernel.name} (${kernel.precision})`, () => registerLaws(laws, skip));
}

const tiled = (values: Floats, times: number): Float64Array =>
  Float64Array.from({ length: times * values.length }, (_, k) => values[k % values.length]);
