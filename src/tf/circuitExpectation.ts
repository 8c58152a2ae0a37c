import * as tf from '@tensorflow/tfjs-core';
import type { Circuit } from '../../circuits/circuit.js';
import { compile } from '../compile/compile.js';
import type { Observables } from '../compile/observables.js';
import { DaruanError } from '../foundation/errors.js';
import { adjoint } from '../gradient/adjoint.js';
import { expectation } from '../simulate/simulate.js';
import { onceDifferentiable } from './activation/chain.js';
import { apply } from './differentiable.js';
import { activationKernels } from './kernel.js';
import { tensorOf } from './numbers.js';

/**
 * ⟨O_k⟩ of a circuit of any size as a differentiable tensor, by statevector simulation in float64 and the adjoint method.
 *
 * @param circuit      any circuit; its parameters and data are all differentiable
 * @param observables  one observable or a list of K
 * @param values       symbol → scalar tensor (shared by the batch) or tensor of shape [batch]
 * @returns shape [batch, K], float32; batch is 1 if all values are scalars
 * @throws if a symbol has no tensor
 * @cost forward one simulation, backward about three, whatever the number of parameters
 * @example
 * const pair = circuit({ numQubits: 2, data: ['x'], operations: [op('ry', [0], 'x'), op('rxx', [0, 1], 'theta')] });
 * circuitExpectation(pair, ['ZI', 'IZ'], { theta: tf.scalar(0.3), x: tf.tensor1d([0, 1, 2]) }); // shape [3, 2]
 */
export function circuitExpectation(
  circuit: Circuit,
  observables: Observables,
  values: Readonly<Record<string, tf.Tensor>>,
): tf.Tensor2D {
  const names = [...circuit.parameters, ...circuit.data];
  const missing = names.find((name) => !(values[name] instanceof tf.Tensor));
  if (missing !== undefined) {
    throw new DaruanError('circuitExpectation', `symbol "${missing}" has no tensor`, `Pass ${names.join(', ')}.`);
  }
  const compiled = compile(circuit, 'circuitExpectation');
  const backend = activationKernels().circuits;
  const read = (tensors: readonly tf.Tensor[]): Record<string, Float64Array> =>
    Object.fromEntries(names.map((name, k) => [name, Float64Array.from(tensors[k].dataSync())]));
  return apply<tf.Tensor2D>(
    {
      forward: (...tensors) => {
        const y = expectation(compiled, observables, read(tensors), { backend });
        const batch = Math.max(1, ...tensors.map(({ size }) => size));
        return tensorOf(y, [batch, y.length / batch]);
      },
      gradient: (dy, ...tensors) => {
        const parts = onceDifferentiable('circuit', [dy, ...tensors], (upstream, ...rest) => {
          const gradients = adjoint.vjp(compiled, observables, read(rest), Float64Array.from(upstream.dataSync()), {
            backend,
          });
          return names.map((name, k) => (rest[k].size === 1 ? total(gradients[name]) : gradients[name]));
        });
        return parts.map((part, k) => tf.reshape(part, tensors[k].shape));
      },
    },
    ...names.map((name) => values[name]),
  );
}

const total = (values: Float64Array): Float64Array => Float64Array.of(values.reduce((sum, value) => sum + value, 0));
