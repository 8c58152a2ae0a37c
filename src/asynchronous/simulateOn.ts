import type { Circuit } from '../../circuits/circuit.js';
import type { AsyncBackend } from '../../kernels/asynchronous.js';
import type { Backend } from '../../kernels/backend.js';
import type { CompiledCircuit } from '../compile/compile.js';
import type { Observables } from '../compile/observables.js';
import type { Values } from '../compile/values.js';
import { expected } from '../foundation/errors.js';
import { gather, pulledBack, single } from '../gradient/adjoint.js';
import {
  checkUpstream,
  type GradientMethod,
  type GradientOptions,
  type Jacobian,
  named,
  type Problem,
  pose,
} from '../gradient/method.js';
import { prepare } from '../simulate/run.js';
import { squaredModuli } from '../simulate/simulate.js';

type Source = Circuit | CompiledCircuit;

/** What `statevector`, `probabilities`, `expectation` and `adjoint` do, by promises. */
export interface Simulator {
  /** Amplitudes, shape [batch, 2ⁿ, 2] (re, im). */
  statevector(circuit: Source, values?: Values): Promise<Float64Array>;
  /** |⟨z|ψ⟩|² of all basis states, shape [batch, 2ⁿ]. */
  probabilities(circuit: Source, values?: Values): Promise<Float64Array>;
  /** ⟨O_k⟩, shape [batch, observables]. */
  expectation(circuit: Source, observables: Observables, values?: Values): Promise<Float64Array>;
  /** Exact derivatives by the adjoint method: arguments and results are those of the gradient method `adjoint`. */
  readonly adjoint: {
    jacobian(
      circuit: Source,
      observables: Observables,
      values?: Values,
      options?: Pick<GradientOptions, 'wrt'>,
    ): Promise<Jacobian>;
    vjp(
      circuit: Source,
      observables: Observables,
      values: Values,
      upstream: Float64Array,
      options?: Pick<GradientOptions, 'wrt'>,
    ): Promise<ReturnType<GradientMethod['vjp']>>;
  };
}

/**
 * The simulating functions on a backend that answers by promises, such as one on a GPU; or on any other.
 *
 * @throws (as rejections) what the functions of the same names throw
 * @example
 * const simulator = simulateOn(await backends.gpujs({ mode: 'webasm' }));
 * await simulator.expectation(circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] }), 'Z', { theta: 0.3 });
 */
export function simulateOn(backend: AsyncBackend | Backend): Simulator {
  if (typeof backend?.statevector !== 'function') {
    throw expected('simulateOn', 'a backend', backend, 'Await it first: simulateOn(await backends.gpujs()).');
  }

  async function statesOf(where: string, circuit: Source, values: Values): Promise<Float64Array> {
    const { compiled, bound, angles } = prepare(where, circuit, values, {});
    return await backend.statevector(compiled.program, angles, bound.batch);
  }

  async function sweep(problem: Problem, upstream: Float64Array) {
    const { compiled, bound, angles, observables } = problem;
    return pulledBack(problem, await backend.adjoint(compiled.program, angles, bound.batch, observables, upstream));
  }

  return {
    statevector: (circuit, values = {}) => statesOf('statevector', circuit, values),

    probabilities: async (circuit, values = {}) => squaredModuli(await statesOf('probabilities', circuit, values)),

    async expectation(circuit, observables, values = {}) {
      const { compiled, bound, angles, observables: sums } = pose('expectation', circuit, observables, values, {});
      return await backend.expectation(compiled.program, angles, bound.batch, sums);
    },

    adjoint: {
      async jacobian(circuit, observables, values = {}, { wrt } = {}) {
        const problem = pose('adjoint.jacobian', circuit, observables, values, { wrt });
        const sweeps = [];
        for (const { part, ones } of single(problem)) sweeps.push(await sweep(part, ones));
        const found = gather(problem, sweeps);
        return { values: found.values, jacobian: named(problem, found.columns) };
      },

      async vjp(circuit, observables, values, upstream, { wrt } = {}) {
        const problem = pose('adjoint.vjp', circuit, observables, values, { wrt });
        checkUpstream(problem, upstream);
        return named(problem, (await sweep(problem, Float64Array.from(upstream))).columns);
      },
    },
  };
}
