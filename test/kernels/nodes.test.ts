import { describe, expect, test } from 'vitest';
import type { Floats } from '../../kernels/chain.js';
import { referenceNodeKernel } from '../../kernels/reference/nodes.js';
import { wasmNodeKernel } from '../../kernels/wasm/nodes/kernel.js';
import { Random } from '../../src/foundation/random.js';
import {
  COLUMNS,
  evaluate,
  evaluateLayer,
  expectSameNodes,
  nodeConformance,
  randomNodeCase,
  randomProgram,
} from './conformance/nodes.js';

const one = await wasmNodeKernel({ threads: 1 });
const many = await wasmNodeKernel({ threads: 3 });

nodeConformance(referenceNodeKernel);
nodeConformance(one);
nodeConformance(many);

function expectSameBits(got: Floats, wanted: Floats, what: string): void {
  const different = got.findIndex((value, k) => !Object.is(value, wanted[k]));
  expect([got.length, different], what).toEqual([wanted.length, -1]);
}

describe('the node kernel in WebAssembly', () => {
  test.each([
    { inDim: 64, outDim: 64, degree: 3, batch: 1024 },
    { inDim: 5, outDim: 33, degree: 7, batch: 1500 },
    { inDim: 200, outDim: 9, degree: 13, batch: 130 },
    { inDim: 1, outDim: 1, degree: 40, batch: 3456 },
    { inDim: 300, outDim: 300, degree: 1, batch: 3 },
  ])('gives the same bits with one thread and with three: %j', async ({ batch, ...sizes }) => {
    for (const order of [0, 1]) {
      const c = randomNodeCase(new Random(1), { ...sizes, order }, batch, order === 1);
      const [wanted, wantedLayer] = [evaluate(one, c), evaluateLayer(one, c)];
      for (let round = 0; round < 3; round++) {
        const own = evaluate(many, c);
        for (const part of Object.keys(wanted) as (keyof typeof wanted)[])
          expectSameBits(own[part], wanted[part], part);
        const ownLayer = evaluateLayer(many, c);
        for (const part of Object.keys(wantedLayer) as (keyof typeof wantedLayer)[])
          expectSameBits(ownLayer[part], wantedLayer[part], part);
        await new Promise((resolve) => setTimeout(resolve, 5)); // workers come up
      }
    }
  });

  test('finds the same bits of coefficients with one thread and with three', () => {
    const random = new Random(1);
    const program = randomProgram(random, [1, 2, 1]);
    const edges = 3001;
    const angles = Float32Array.from({ length: COLUMNS * edges }, () => random.uniform(-4, 4));
    const upstream = Float32Array.from({ length: 9 * edges }, () => random.uniform(-4, 4));
    expectSameBits(many.compile(program, 4, angles, edges), one.compile(program, 4, angles, edges), 'coefficients');
    const [a, b] = [many, one].map((kernel) => kernel.compileGradient(program, 4, angles, edges, upstream));
    expectSameBits(a, b, 'gradient');
  });

  test('sums over several ranges of inputs and several blocks of a chunk', () => {
    const random = new Random(3);
    expectSameNodes(one, randomNodeCase(random, { inDim: 90, outDim: 5, degree: 12, order: 1 }, 70, true));
    expectSameNodes(one, randomNodeCase(random, { inDim: 3, outDim: 2, degree: 2, order: 0 }, 2500, false));
  });

  test('a NaN stays in its own sample', () => {
    const c = randomNodeCase(new Random(4), { inDim: 3, outDim: 2, degree: 2, order: 0 }, 6, false);
    const x = Float32Array.from(c.x);
    x[4] = Number.NaN;
    const [y, clean] = [x, c.x].map((input) => one.outputs(c.shape, input, c.coefficients, c.batch));
    expect([...y].map(Number.isNaN)).toEqual([...y].map((_, k) => k === 2 || k === 3));
    expect(y.filter((_, k) => k !== 2 && k !== 3)).toEqual(clean.filter((_, k) => k !== 2 && k !== 3));
  });

  test('refuses angles beyond its accuracy', () => {
    const shape = { inDim: 1, outDim: 1, degree: 1, order: 0 };
    expect(() => one.outputs(shape, Float32Array.of(3e6), new Float32Array(3), 1)).toThrow(
      'wasm node outputs: expected |x| ≤ 1048576, got 3000000. Scale the inputs.',
    );
  });
});
