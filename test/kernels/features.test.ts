import { describe, expect, it, test } from 'vitest';
import type { FeatureKernel, FeatureProgram } from '../../kernels/features.js';
import { wasmFeatureKernel } from '../../kernels/wasm/features/kernel.js';
import { type BaseFunctionName, baseFunctions } from '../../src/basis/baseFunctions.js';
import type { Basis } from '../../src/basis/basis.js';
import { type BasisSpec, basisFrom } from '../../src/basis/table.js';
import { Random } from '../../src/foundation/random.js';
import { featureProgram } from '../../src/tf/basis/program.js';

const one = await wasmFeatureKernel({ threads: 1 });
const many = await wasmFeatureKernel({ threads: 3 });

/** Every family with every option that changes what it computes, and a base function beside it. */
const cases: readonly (readonly [BasisSpec, BaseFunctionName?])[] = [
  ...[1, 2, 3, 4, 5].map((degree) => [{ name: 'bspline', degree, grid: 4 }, 'silu'] as const),
  [{ name: 'bspline', outside: 'clamp', range: [-0.5, 0.6] }],
  [{ name: 'bspline', outside: 'update', grid: 50 }, 'identity'],
  [{ name: 'fourier' }],
  [{ name: 'fourier', frequencies: 1 }, 'tanh'],
  [{ name: 'radial' }, 'silu'],
  [{ name: 'radial', centres: 5, range: [-1, 1] }, 'relu'],
  [{ name: 'chebyshev' }],
  [{ name: 'chebyshev', degree: 9 }, 'sigmoid'],
  [{ name: 'wavelet' }],
  [{ name: 'wavelet', wavelet: 'gaussianSlope', count: 3 }, 'silu'],
  [{ name: 'relu' }],
  [{ name: 'relu', grid: 3, degree: 2, range: [0, 1] }],
  [{ name: 'af' }, 'silu'],
  [{ name: 'af', normalise: false }, 'silu'],
  ...(['quad2', 'sum', 'prod', 'sumProd', 'cubic1', 'cubic2'] as const).map(
    (combination, k) =>
      [
        { name: 'af', combination, activation: (['tanh', 'relu', 'sigmoid', 'identity', 'silu', 'tanh'] as const)[k] },
      ] as const,
  ),
];
const named = cases.map(([spec, base]) => [`${JSON.stringify(spec)} beside ${base ?? 'nothing'}`, spec, base] as const);

/** Random samples, some of them outside of all ranges, and parameters that differ from input to input. */
function make(spec: BasisSpec, base: BaseFunctionName | undefined, batch: number, inDim: number) {
  const basis = basisFrom('test', spec);
  const program = featureProgram(basis, base)!;
  const random = new Random(7);
  const single = (length: number, draw: () => number) => Float32Array.from({ length }, draw);
  const x = single(batch * inDim, () => random.uniform(-1.4, 1.4));
  const parameters = basis
    .blocks(inDim)
    .map(({ values }) => values.map((value) => value + random.uniform(-0.05, 0.05)));
  const width = basis.size + (base ? 1 : 0);
  const upstream = single(batch * inDim * width, () => random.normal());
  const tensors = { x, batch, inDim, parameters: parameters.map((block) => Float32Array.from(block)) };
  return { basis, base, program, tensors, upstream, width };
}
type Case = ReturnType<typeof make>;

function evaluate(kernel: FeatureKernel, { program, tensors, upstream }: Case) {
  const features = new Float32Array(upstream.length);
  const onX = new Float32Array(tensors.x.length);
  kernel.features(program, tensors, features);
  const onParameters = kernel.backward(program, tensors, upstream, onX);
  return { features, onX, onParameters };
}

/** The basis itself, in float64, on the same numbers. */
function oracle({ basis, base, tensors, upstream, width }: Case) {
  const x = Float64Array.from(tensors.x);
  const exact = { ...tensors, x, parameters: tensors.parameters.map((block) => Float64Array.from(block)) };
  const features = new Float64Array(upstream.length);
  const gradient = {
    x: new Float64Array(x.length),
    parameters: exact.parameters.map(({ length }) => new Float64Array(length)),
  };
  basis.features(exact, features, width);
  basis.backward(exact, Float64Array.from(upstream), width, gradient);
  if (base) {
    x.forEach((value, k) => {
      features[k * width + basis.size] = baseFunctions[base].value(value);
      gradient.x[k] += upstream[k * width + basis.size] * baseFunctions[base].derivative(value);
    });
  }
  return { features, onX: gradient.x, onParameters: gradient.parameters };
}

/** Errors of float32 to the largest number: some tens of roundings, and sums over the batch. */
function expectClose(got: Float32Array, wanted: Float64Array, roundings: number, what: string): void {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  const error = got.reduce((most, value, k) => Math.max(most, Math.abs(value - wanted[k])), 0) / largest;
  expect(error / 2 ** -24, what).toBeLessThan(roundings);
}

function expectSameBits(got: Float32Array, wanted: Float32Array): void {
  const different = got.findIndex((value, k) => !Object.is(value, wanted[k]));
  expect([got.length, different]).toEqual([wanted.length, -1]);
}

describe.each(named)('the feature kernel for %s', (_, spec, base) => {
  it.each([
    [1, 1],
    [5, 3],
    [34, 6],
  ])('agrees with the basis in float64, batch %d of %d inputs', (batch, inDim) => {
    const c = make(spec, base, batch, inDim);
    const [got, wanted] = [evaluate(one, c), oracle(c)];
    expectClose(got.features, wanted.features, 40, 'features');
    expectClose(got.onX, wanted.onX, 80, 'by x');
    c.basis.blocks(inDim).forEach(({ trainable, name }, k) => {
      if (trainable) expectClose(got.onParameters[k], wanted.onParameters[k], 80, `by ${name}`);
      else expect(got.onParameters[k].every((slope) => slope === 0)).toBe(true);
    });
  });

  it('gives the same bits with one thread and with three, and of a row in any batch', () => {
    const c = make(spec, base, 1151, 15);
    const [wanted, shared] = [evaluate(one, c), evaluate(many, c)];
    expectSameBits(shared.features, wanted.features);
    expectSameBits(shared.onX, wanted.onX);
    shared.onParameters.forEach((block, k) => {
      expectSameBits(block, wanted.onParameters[k]);
    });
    const { x, inDim } = c.tensors;
    const row = c.width * inDim;
    const alone = { ...c, tensors: { ...c.tensors, x: x.slice(-inDim), batch: 1 }, upstream: c.upstream.slice(-row) };
    const last = evaluate(many, alone);
    expectSameBits(last.features, wanted.features.slice(-row));
    expectSameBits(last.onX, wanted.onX.slice(-inDim));
  });

  it('stays finite far outside, and keeps NaN to its row', () => {
    const c = make(spec, base, 3, 4);
    c.tensors.x.set([12, -40, 300, -1e4]);
    const far = evaluate(one, c);
    expect([far.features, far.onX, ...far.onParameters].every((part) => part.every(Number.isFinite))).toBe(true);
    c.tensors.x[1] = Number.NaN;
    const { features } = evaluate(one, c);
    expect(features.subarray(0, 4 * c.width).some(Number.isNaN)).toBe(true);
    expect(features.slice(4 * c.width)).toEqual(far.features.slice(4 * c.width));
  });
});

test('arrays of the wrong length are refused by name', () => {
  const { program, tensors, upstream } = make({ name: 'relu' }, undefined, 2, 3);
  const [out, onX] = [new Float32Array(upstream.length), new Float32Array(6)];
  const { x, parameters } = tensors;
  const wrong = (changes: object) => () => one.features(program, { ...tensors, ...changes }, out);
  expect(wrong({ x: x.subarray(1) })).toThrow('wasm features: expected x of shape [batch, in], 6 numbers, got 5');
  expect(wrong({ parameters: [parameters[0]] })).toThrow('expected parameters[1] of shape [in, K], 24 numbers');
  expect(wrong({ parameters: [parameters[0], x] })).toThrow(
    'expected parameters[1] of shape [in, K], 24 numbers, got 6',
  );
  expect(() => one.backward(program, tensors, x, onX)).toThrow('wasm features backward: expected upstream of shape');
});

describe('a program for the feature kernel', () => {
  const programOf = (spec: BasisSpec, base?: BaseFunctionName): FeatureProgram | undefined =>
    featureProgram(basisFrom('test', spec), base);

  test('is missing where the kernel does not know the basis, so that the basis itself is taken', () => {
    expect(programOf({ name: 'bspline' }, 'gelu')).toBeUndefined();
    expect(programOf({ name: 'bspline', outside: 'throw' })).toBeUndefined();
    expect(programOf({ name: 'wavelet', wavelet: 'shannon' })).toBeUndefined();
    expect(programOf({ name: 'af', activation: 'gelu' })).toBeUndefined();
    expect(programOf({ name: 'af', attention: true })).toBeUndefined();
    expect(programOf({ name: 'rational' })).toBeUndefined();
    const own: Basis = { ...basisFrom('test', 'fourier'), name: 'mine' };
    expect(featureProgram(own, undefined)).toBeUndefined();
  });
});
