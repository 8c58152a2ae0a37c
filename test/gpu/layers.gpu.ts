import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { Random } from '../../src/foundation/random.js';
import { selectBackend } from '../../src/tf/backend.js';
import { Daruan } from '../../src/tf/layers/Daruan.js';
import { QKANLayer, type QKANLayerArgs } from '../../src/tf/layers/QKANLayer.js';
import { namedAndOwn } from '../circuits/ansatz/ownAnsatz.js';

const [ROWS, COLUMNS] = [70, 3];
const random = new Random(7);
const points = Float32Array.from({ length: ROWS * COLUMNS }, () => random.uniform(-0.9, 0.9));

type Layer = QKANLayer | Daruan;

/** Value, and all gradients of Σ upstream·layer(x), by name. */
async function everything(layer: Layer): Promise<Record<string, Float32Array>> {
  const x = tf.tensor2d(points, [ROWS, COLUMNS]);
  const value = layer.apply(x) as tf.Tensor;
  const upstream = tf.tensor(
    Float32Array.from({ length: value.size }, (_, i) => Math.cos(1 + i) / 8),
    value.shape,
  );
  const loss = (input: tf.Tensor) => tf.sum(tf.mul(layer.apply(input) as tf.Tensor, upstream)) as tf.Scalar;
  const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const { grads } = tf.variableGrads(() => loss(x), variables);
  const found: Record<string, tf.Tensor> = { value, x: tf.grad(loss)(x) };
  variables.forEach((variable, k) => {
    found[`gradient ${k}`] = grads[variable.name];
  });
  const numbers = await Promise.all(
    Object.entries(found).map(async ([name, tensor]) => [name, (await tensor.data()) as Float32Array] as const),
  );
  return Object.fromEntries(numbers);
}

function expectAgreement(got: Record<string, Float32Array>, wanted: Record<string, Float32Array>): void {
  expect(Object.keys(got)).toEqual(Object.keys(wanted));
  for (const [name, values] of Object.entries(wanted)) {
    expect(got[name].length).toBe(values.length);
    const worst = values.reduce((most, value, k) => Math.max(most, Math.abs(value - got[name][k])), 0);
    expect(worst, name).toBeLessThanOrEqual(name === 'value' ? 5e-6 : 2e-5);
    expect(values.some((value) => Math.abs(value) > 1e-3) || values.every((value) => value === 0)).toBe(true);
  }
}

const report = await provideGpu();
if (!report.available) test.skip(`layers on WebGPU (${report.reason})`, () => {});

describe.runIf(report.available)('on tfjs with the backend webgpu', () => {
  const reference = new Map<string, Record<string, Float32Array>>();
  const cases: readonly (readonly [name: string, make: () => Layer])[] = namedAndOwn.flatMap(([name, ansatz]) => {
    const layer = (args: Partial<QKANLayerArgs>) => () =>
      new QKANLayer({ units: 2, ansatz, reps: 3, seed: 5, ...args });
    return [
      [
        `${name}: trained encoding`,
        layer({ preactivationTrainable: true, postactivationWeightTrainable: true, outsideDomain: 'clamp' }),
      ],
      [`${name}: chain, shared circuits`, layer({ route: 'chain', group: 2 })],
      [`${name}: nodes`, layer({ route: 'nodes' })],
      [`${name}: element by element`, () => new Daruan({ ansatz, reps: 2, seed: 3, route: 'chain' })],
    ] as const;
  });
  const amplitude: (typeof cases)[number] = [
    'pz: amplitude',
    () => new QKANLayer({ units: 2, reps: 3, seed: 5, measurement: 'amplitude' }),
  ];

  beforeAll(async () => {
    tf.enableProdMode();
    await selectBackend('cpu');
    for (const [name, make] of [...cases, amplitude]) reference.set(name, await everything(make()));
    await selectBackend('webgpu');
  });

  it.each([...cases, amplitude])('%s agrees with the CPU', async (name, make) => {
    expectAgreement(await everything(make()), reference.get(name)!);
  });

  it('the routes "nodes" and "chain" are chosen by whether the encoding is trained, and no backend reads what it computes', () => {
    const backend = tf.backend() as unknown as Record<
      'read' | 'readSync' | 'runWebGPUProgram',
      (...args: never[]) => unknown
    >;
    const former = {
      ...{ read: backend.read, readSync: backend.readSync, runWebGPUProgram: backend.runWebGPUProgram },
    };
    const programs: string[] = [];
    const { tensorMap } = tf.backend() as unknown as { tensorMap: { get(id: object): { values: unknown } } };
    // what has not been on the device yet is no reading
    const refuse = (id: object): unknown => {
      if (tensorMap.get(id).values == null) throw new Error('a tensor is read');
      return tensorMap.get(id).values;
    };
    Object.assign(backend, {
      read: refuse,
      readSync: refuse,
      runWebGPUProgram(...args: never[]) {
        programs.push((args[0] as { shaderKey: string }).shaderKey);
        return former.runWebGPUProgram.apply(backend, args);
      },
    });
    try {
      for (const preactivationTrainable of [false, true]) {
        const layer = new QKANLayer({ units: 2, preactivationTrainable });
        const x = tf.tensor2d(points, [ROWS, COLUMNS]);
        layer.apply(x);
        tf.variableGrads(() => tf.sum(tf.square(layer.apply(x) as tf.Tensor)) as tf.Scalar);
        tf.grad((input: tf.Tensor) => tf.sum(layer.apply(input) as tf.Tensor))(x);
        const features = programs.some((key) => key.startsWith('daruan_features'));
        expect([features, programs.some((key) => key.startsWith('daruan_chainBackward'))]).toEqual([
          !preactivationTrainable,
          true,
        ]);
        programs.length = 0;
      }
    } finally {
      Object.assign(backend, former);
    }
  });

  it('px outside its domain gives NaN, or the value at ±1', async () => {
    const beyond = tf.tensor2d([0.3, 1.7, -4, -0.2], [2, 2]);
    const at = async (outsideDomain: 'throw' | 'clamp', x: tf.Tensor) => {
      const layer = new QKANLayer({ units: 1, ansatz: 'px', route: 'chain', outsideDomain, baseActivation: 'none' });
      return [...(await (layer.apply(x) as tf.Tensor).data())];
    };
    expect(await at('throw', beyond)).toEqual([Number.NaN, Number.NaN]);
    expect(await at('clamp', beyond)).toEqual(await at('clamp', tf.tensor2d([0.3, 1, -1, -0.2], [2, 2])));
  });

  it('the second derivative in x is that of the CPU by the route "nodes", and refused by the route "chain"', async () => {
    const second = (route: 'nodes' | 'chain' | 'composed') => {
      const x = tf.tensor2d([-0.6, 0.1, 0.8], [3, 1]);
      const layer = new QKANLayer({ units: 1, reps: 2, seed: 5, route, baseActivation: 'none' });
      const first = (input: tf.Tensor) => tf.grad((t) => tf.sum(layer.apply(t) as tf.Tensor))(input);
      return tf
        .grad((input) => tf.sum(first(input)))(x)
        .data();
    };
    const nodes = await second('nodes');
    await selectBackend('cpu');
    const composed = await second('composed');
    await selectBackend('webgpu');
    nodes.forEach((value, k) => {
      expect(Math.abs(value - composed[k])).toBeLessThan(2e-5);
    });
    expect(() => second('chain')).toThrow(/route "chain" has first derivatives only/);
  });

  it('leaves no tensors behind', async () => {
    const layer = new QKANLayer({ units: 2, preactivationTrainable: true });
    const x = tf.tensor2d(points, [ROWS, COLUMNS]);
    layer.apply(x);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      tf.variableGrads(() => tf.sum(layer.apply(x) as tf.Tensor) as tf.Scalar);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
