import { describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import type { AsyncChainKernel } from '../../kernels/asynchronous.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { baseFunctions } from '../../src/basis/baseFunctions.js';
import { hostLosses } from '../../src/network/losses.js';
import { networkLoss } from '../../src/network/network.js';
import {
  edgeAngles,
  edgeNames,
  hostLayers,
  networkCurves,
  networkLength,
  networkOf,
  networkStart,
} from '../../src/playground/network.js';
import { onDevice } from '../../src/playground/onDevice.js';
import { boundCircuit, curveOf } from '../../src/playground/qubit.js';
import { NUM_SAMPLES, sampleX } from '../../src/playground/state.js';
import { networkValues, openTraining } from '../../src/playground/training.js';
import { expectation } from '../../src/simulate/simulate.js';

const names = Object.keys(ansatze) as (keyof typeof ansatze)[];
const kernel = referenceChainKernel;
const target = sampleX.map((x) => Math.sin(3 * x) / 2);

describe('The network of the page', () => {
  it.each(names)('gives what the circuits of its edges give: %s', (ansatz) => {
    const network = networkOf({ ansatz, reps: 2, hidden: 0 });
    const start = networkStart(network, 3);
    const angles = edgeAngles(network, start, 0);
    const values = networkValues(network, kernel, start);
    const simulated = expectation(boundCircuit(network.qubit, angles), 'Z', { x: Array.from(sampleX) });
    const [p, q, c] = start.slice(-3);
    const { value: silu } = baseFunctions.silu;
    // a dozen rotations, each good to a few ε
    values.forEach((value, k) => {
      expect(Math.abs(value - (p * (simulated[k] + q) + c * silu(sampleX[k])))).toBeLessThan(1e-13);
    });
    curveOf(network.qubit, angles, sampleX).forEach((value, k) => {
      expect(Math.abs(value - simulated[k])).toBeLessThan(1e-13);
    });
  });

  it('is drawn with the functions whose sums it is', () => {
    const network = networkOf({ ansatz: 'pz', reps: 2, hidden: 3 });
    const start = networkStart(network, 5);
    const [first, second] = networkCurves(network, kernel, start);
    expect([first.curves.length, second.curves.length]).toEqual([3, 3]);
    expect(edgeNames(network)).toHaveLength(6);
    // at x = −1 the curves of the first layer begin; the whole begins where theirs lead
    const [output] = networkValues(network, kernel, start);
    const sum = first.curves.reduce((total, { y }, k) => {
      const { x, y: next } = second.curves[k];
      const at = Array.from(x).findIndex((value) => value >= y[0] - 1e-12);
      const [low, high] = [Math.max(0, at - 1), at];
      const share = high === low ? 0 : (y[0] - x[low]) / (x[high] - x[low]);
      return total + next[low] + share * (next[high] - next[low]);
    }, 0);
    // between two of 49 points a curve is taken as straight: h²/8 · |f″|, h ≤ 2/48, |f″| ≤ (Σw)² = 4, three curves
    expect(Math.abs(sum - output)).toBeLessThan((3 * 4 * (2 / 48) ** 2) / 8);
  });

  it('knows the angles of each edge that it draws', () => {
    const network = networkOf({ ansatz: 'mix', reps: 2, hidden: 2 });
    const start = networkStart(network, 6);
    const curves = networkCurves(network, kernel, start).flatMap((layer) => layer.curves);
    const { value: silu } = baseFunctions.silu;
    curves.forEach(({ x, y }, edge) => {
      const f = curveOf(network.qubit, edgeAngles(network, start, edge), Float64Array.from(x));
      f.forEach((value, k) => {
        expect(Math.abs(y[k] - (value + silu(x[k]) / 2))).toBeLessThan(1e-14); // p = 1, q = 0, c = ½ at the start
      });
    });
  });

  it('starts from its seed alone', () => {
    const network = networkOf({ ansatz: 'mix', reps: 3, hidden: 2 });
    expect(networkStart(network, 4)).toEqual(networkStart(network, 4));
    expect(networkStart(network, 4)).not.toEqual(networkStart(network, 5));
    expect(networkStart(network, 4)).toHaveLength(networkLength(network));
  });

  it('trains below 1e-3, and its loss is that of its output', async () => {
    const network = networkOf({ ansatz: 'rpz', reps: 2, hidden: 0 });
    const training = await openTraining(network, { kernel }, target, networkStart(network, 1));
    await training.advance(60);
    const output = networkValues(network, kernel, training.values);
    expect(training.loss).toBe(hostLosses.meanSquaredError(output, target).value);
    expect(training.loss).toBeLessThan(1e-3);
  });
});

describe('A kernel that answers by promises', () => {
  const questions: string[] = [];
  const device: AsyncChainKernel = {
    name: 'slow',
    precision: 'float64',
    forward: async (...question) => {
      questions.push('forward');
      return kernel.forward(...question);
    },
    backward: async (...question) => {
      questions.push('backward');
      return kernel.backward(...question);
    },
  };
  const network = networkOf({ ansatz: 'pz', reps: 2, hidden: 2 });
  const data = { x: sampleX, y: target, samples: NUM_SAMPLES };
  const start = networkStart(network, 2);
  const loss = (own: typeof kernel) => networkLoss(hostLayers(network, own), hostLosses.meanSquaredError, data, start);

  it('gives the same loss and gradient, and is asked each question once', async () => {
    expect(await onDevice(device, loss)).toEqual(loss(kernel));
    expect(questions).toEqual(['forward', 'forward', 'backward', 'backward']);
  });

  it('passes on what goes wrong, on the device and beside it', async () => {
    const lost = { ...device, backward: () => Promise.reject(new Error('the device is lost')) };
    await expect(onDevice(lost, loss)).rejects.toThrow('the device is lost');
    const wrong = (): never => {
      throw new RangeError('no device was asked');
    };
    await expect(onDevice(device, wrong)).rejects.toThrow('no device was asked');
  });
});
