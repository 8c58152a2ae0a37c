import { describe, expect, test } from 'vitest';
import { ansatze } from '../../../circuits/ansatz/table.js';
import { type Circuit, circuit, op } from '../../../circuits/circuit.js';
import type { ObservableLike } from '../../../circuits/pauli.js';
import type { AsyncBackend, AsyncChainKernel } from '../../../kernels/asynchronous.js';
import type { Backend, Program } from '../../../kernels/backend.js';
import type { ChainKernel, ChainLayer } from '../../../kernels/chain.js';
import { referenceChainKernel } from '../../../kernels/reference/chain.js';
import { referenceBackend } from '../../../kernels/reference/statevector.js';
import { foldEdges } from '../../../src/activation/fold.js';
import { planActivation } from '../../../src/activation/plan.js';
import { simulateOn } from '../../../src/asynchronous/simulateOn.js';
import type { Values } from '../../../src/compile/values.js';
import { Random } from '../../../src/foundation/random.js';

/** Of values and of derivatives from the float64 reference, over the larger of 1 and the largest of them. */
const VALUES = 5e-6;
const SLOPES = 2e-5;

/** The norm of a state may drift by this, however deep the circuit. */
const DRIFT = 1e-5;

const custom = circuit({
  numQubits: 1,
  data: ['x'],
  operations: [
    op('u', [0], 'alpha', 'beta', 'gamma'),
    op('ry', [0], '2*x + delta'),
    op('t', [0]),
    op('rx', [0], '-x'),
    op('ry', [0], 'alpha + delta'),
  ],
});
const mixed: ObservableLike = [
  ['Z', 0.7],
  ['X', -0.4],
  ['I', 0.2],
];

/** All ansätze of one qubit with 3 repetitions, and a circuit of one's own. */
const circuits: readonly (readonly [string, Circuit, ObservableLike, readonly string[]])[] = [
  ...Object.values(ansatze).map((ansatz) => {
    const { theta, weights, biases } = ansatz.names(3);
    return [ansatz.name, ansatz.circuit(3), ansatz.observable, [...theta, ...weights, ...biases]] as const;
  }),
  ['a circuit of one’s own', custom, mixed, custom.parameters],
];

/** Largest |a − b| over the larger of 1 and the largest |b|; NaN if there is one. */
function deviation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [distance, size] = [a.length === b.length ? 0 : Infinity, 1];
  for (let k = 0; k < b.length; k++) {
    const own = Math.abs(a[k] - b[k]);
    if (!(own <= distance)) distance = own;
    size = Math.max(size, Math.abs(b[k]));
  }
  return distance / size;
}

/** A layer of such circuits on its edges, trainable weights and biases among its parameters. */
function layerOf(random: Random, source: Circuit, readout: ObservableLike, columns: readonly string[]): ChainLayer {
  const [inDim, outDim] = [7, 5];
  const plan = planActivation(source, readout, columns);
  const rows = Float64Array.from({ length: inDim * outDim * columns.length }, (_, at) => {
    const column = at % columns.length;
    const encodes = [...plan.slopes, ...plan.intercepts].some(({ symbols }) => symbols.includes(column));
    return encodes && plan.encoding === 'acos' ? random.uniform(-0.45, 0.45) : random.uniform(-3, 3);
  });
  const scale = Float64Array.from({ length: inDim * outDim }, () => random.normal());
  const folded = foldEdges(plan, rows, inDim * outDim);
  return { ...folded, inDim, outDim, reps: plan.reps, encoding: plan.encoding, measurement: 'expectation', scale };
}

/** How near a chain kernel in float32 comes to the reference. */
export function chainAccuracy(kernel: ChainKernel | AsyncChainKernel): void {
  describe(`chain kernel ${kernel.name}`, () => {
    test.each(circuits)('evaluates and differentiates %s as the reference does', async (_, ...parts) => {
      const random = new Random(12);
      const layer = layerOf(random, ...parts);
      const batch = 150;
      const x = Float32Array.from({ length: batch * layer.inDim }, () => random.uniform(-1, 1));
      const upstream = Float32Array.from({ length: batch * layer.outDim }, () => random.normal());
      const y = await kernel.forward(layer, x, batch);
      expect(deviation(y, referenceChainKernel.forward(layer, x, batch))).toBeLessThanOrEqual(VALUES);
      const wanted = referenceChainKernel.backward(layer, x, batch, upstream);
      const gradient = await kernel.backward(layer, x, batch, upstream);
      for (const part of ['x', 'torque', 'weights', 'biases', 'scale'] as const) {
        expect(deviation(gradient[part], wanted[part]), part).toBeLessThanOrEqual(SLOPES);
      }
    });
  });
}

/** How near a backend in float32 comes to the reference. */
export function backendAccuracy(backend: Backend | AsyncBackend): void {
  describe(`backend ${backend.name}`, () => {
    test.each(circuits)('simulates and differentiates %s as the reference does', async (_, source, readout) => {
      const random = new Random(13);
      const batch = 9;
      const reach = planActivation(source, readout).encoding === 'acos' ? 0.4 : 3;
      const values: Values = Object.fromEntries(
        [...source.parameters, ...source.data].map((name) => [
          name,
          Float64Array.from({ length: batch }, () => random.uniform(-reach, reach)),
        ]),
      );
      const [found, wanted] = [simulateOn(backend), simulateOn(referenceBackend)];
      expect(
        deviation(await found.statevector(source, values), await wanted.statevector(source, values)),
      ).toBeLessThanOrEqual(VALUES);
      const own = await found.adjoint.jacobian(source, readout, values);
      const exact = await wanted.adjoint.jacobian(source, readout, values);
      expect(deviation(own.values, exact.values)).toBeLessThanOrEqual(VALUES);
      for (const name of Object.keys(exact.jacobian)) {
        expect(deviation(own.jacobian[name], exact.jacobian[name]), name).toBeLessThanOrEqual(SLOPES);
      }
    });

    test('keeps norms, values and derivatives over 1000 rotations that all round the same way', async () => {
      const angle = worstAngle();
      const program: Program = {
        numQubits: 2,
        numSlots: 2,
        instructions: Array.from({ length: 1000 }, (_, k) => ({
          kind: 'rotate',
          xMask: [1, 3, 2][k % 3],
          zMask: [1, 0, 3][k % 3],
          phase: 0,
          controlMask: 0,
          controlValue: 0,
          angle: k % 100 === 50 ? { slot: Math.floor(k / 100) % 2 } : { constant: angle },
        })),
      };
      const angles = [Float64Array.of(0.3, -1), Float64Array.of(2)];
      const states = await backend.statevector(program, angles, 2);
      for (const state of [states.subarray(0, 8), states.subarray(8)]) {
        expect(Math.abs(Math.hypot(...state) - 1)).toBeLessThanOrEqual(DRIFT);
      }
      const z = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
      const own = await backend.adjoint(program, angles, 2, z, Float64Array.of(1, 1));
      const wanted = referenceBackend.adjoint(program, angles, 2, z, Float64Array.of(1, 1));
      // 1000 steps that each round an amplitude by up to 2⁻²⁴, and an angle by as much, to either side
      const walk = 4 * Math.sqrt(1000) * 2 ** -23;
      expect(deviation(own.values, wanted.values)).toBeLessThanOrEqual(walk);
      own.gradients.forEach((gradient, slot) => {
        expect(deviation(gradient, wanted.gradients[slot])).toBeLessThanOrEqual(4 * walk);
      });
    });
  });
}

/** The angle of 1,000 whose rounded cosine and sine are farthest from a unit vector: a thousand turns by it drift most. */
function worstAngle(): number {
  const random = new Random(14);
  const excess = (angle: number) => Math.fround(Math.cos(angle / 2)) ** 2 + Math.fround(Math.sin(angle / 2)) ** 2 - 1;
  const angles = Array.from({ length: 1000 }, () => random.uniform(0.5, 2.5));
  return angles.reduce((worst, angle) => (Math.abs(excess(angle)) > Math.abs(excess(worst)) ? angle : worst));
}
