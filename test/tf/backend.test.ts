import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { referenceNodeKernel } from '../../kernels/reference/nodes.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { selectBackend } from '../../src/tf/backend.js';
import { activationKernels, setActivationKernels } from '../../src/tf/kernel.js';

const installed =
  (...names: string[]) =>
  async ({ name }: { name: string }) => {
    if (!names.includes(name)) throw new Error(`Cannot find package "${name}"\nand a stack`);
  };

describe('selectBackend', () => {
  it('prefers tfjs-node-gpu, then tfjs-node, then wasm, then cpu', async () => {
    const choose = async (...names: string[]) => (await selectBackend(undefined, installed(...names))).name;
    expect(await choose('cpu', 'wasm', 'node', 'node-gpu')).toBe('node-gpu');
    expect(await choose('cpu', 'wasm', 'node')).toBe('node');
    expect(await choose('cpu', 'wasm')).toBe('wasm');
    expect(await choose('cpu')).toBe('cpu');
  });

  it('takes a GPU through WebGPU for those alone who name it', async () => {
    expect((await selectBackend(undefined, installed('webgpu', 'cpu'))).name).toBe('cpu');
    expect((await selectBackend('webgpu', installed('webgpu', 'cpu'))).name).toBe('webgpu');
    await expect(selectBackend(undefined, installed('webgpu'))).rejects.toThrow(/no backend starts/);
    await expect(selectBackend('webgpu', installed('cpu'))).rejects.toThrow(/no backend starts: webgpu/);
  });

  it('reports why the preferred ones were not taken', async () => {
    const report = await selectBackend(undefined, installed('wasm'));
    expect(report).toEqual({
      name: 'wasm',
      reason: 'it is the first that starts',
      rejected: [
        { name: 'node-gpu', reason: 'Cannot find package "node-gpu"' },
        { name: 'node', reason: 'Cannot find package "node"' },
      ],
    });
  });

  it('never replaces a named backend by another', async () => {
    await expect(selectBackend('node-gpu', installed('cpu', 'wasm'))).rejects.toThrow(
      /selectBackend: no backend starts: node-gpu \(Cannot find package "node-gpu"\)/,
    );
    await expect(selectBackend('webgl')).rejects.toThrow(/there is no backend "webgl"\. Choose one of "node-gpu"/);
  });

  it('takes the WebAssembly kernels for the activations: float64 for training', async () => {
    await selectBackend('cpu');
    const { tensors, nodes, features, training, circuits } = activationKernels();
    expect(features).toBeDefined();
    expect([tensors, nodes, training, circuits].map(({ name }) => name)).toEqual(Array(4).fill('wasm'));
    expect([tensors, training, circuits].map(({ precision }) => precision)).toEqual(['float32', 'float64', 'float64']);
    expect(() => setActivationKernels({ training: tensors })).toThrow(
      'setActivationKernels: expected a training kernel of float64, got "float32".',
    );
    const reference = {
      tensors: referenceChainKernel,
      nodes: referenceNodeKernel,
      features: undefined,
      training: referenceChainKernel,
      circuits: referenceBackend,
    };
    setActivationKernels(reference);
    expect(activationKernels()).toEqual(reference);
  });

  it('starts the one that is named, for real', async () => {
    tf.enableProdMode();
    for (const name of ['cpu', 'wasm']) {
      expect(await selectBackend(name)).toEqual({ name, reason: 'it was asked for', rejected: [] });
      expect(tf.getBackend()).toBe(name);
    }
  });
});
