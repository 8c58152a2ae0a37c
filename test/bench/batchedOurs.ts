import { availableParallelism } from 'node:os';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { backwardLayer, forwardLayer } from '../../src/activation/layer.js';
import { planActivation } from '../../src/activation/plan.js';
import { compile } from '../../src/compile/compile.js';
import { compileObservables } from '../../src/compile/observables.js';
import { slotAngles } from '../../src/compile/slots.js';
import { bindValues } from '../../src/compile/values.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { expectation } from '../../src/simulate/simulate.js';
import { BATCH, circuitValues, reuploadingCircuit, theta, x } from './batchedTask.js';

export interface Side {
  readonly label: string;
  readonly precision: string;
  readonly threads: number;
  /** ⟨Z⟩ of every circuit, or of the first ones. */
  forward(): ArrayLike<number>;
  /** ⟨Z⟩ or not, and its derivatives with respect to the data of every circuit and to all trained angles. */
  gradients?(): unknown;
  /** What `forward` does is this part of the task. */
  readonly part?: number;
}

const plan = planActivation(reuploadingCircuit);
const layer = { plan, inDim: 1, outDim: 1, measurement: 'expectation' } as const;
const ones = new Float64Array(BATCH).fill(1);
const compiled = compile(reuploadingCircuit);

/** As an activation, through the public functions; float32 data are given as such. */
async function chain(precision: 'float32' | 'float64', threads: number): Promise<Side> {
  const kernel = await wasmChainKernel({ precision, threads });
  const array = precision === 'float32' ? Float32Array : Float64Array;
  const tensors = { x: array.from(x), parameters: array.from(theta), scale: array.of(1), batch: BATCH };
  const upstream = array.from(ones);
  return {
    label: 'daruan, activation (chain kernel)',
    precision,
    threads,
    forward: () => forwardLayer(kernel, layer, tensors),
    gradients: () => [forwardLayer(kernel, layer, tensors), backwardLayer(kernel, layer, tensors, upstream)],
  };
}

/** As a circuit, through the public functions. */
async function statevectors(precision: 'float32' | 'float64', threads: number): Promise<Side> {
  const backend = await wasmBackend({ precision, threads });
  return {
    label: 'daruan, circuit (statevectors in WebAssembly)',
    precision,
    threads,
    forward: () => expectation(compiled, 'Z', circuitValues, { backend }),
    gradients: () => adjoint.vjp(compiled, 'Z', circuitValues, ones, { backend }),
  };
}

/** The backend's own calls, without what turns values of symbols into angles. */
async function backendAlone(precision: 'float32' | 'float64'): Promise<Side> {
  const backend = await wasmBackend({ precision, threads: 1 });
  const angles = slotAngles('batched', compiled, bindValues('batched', compiled.symbols, circuitValues));
  const sums = compileObservables('batched', 'Z', 1);
  return {
    label: 'daruan, its backend alone',
    precision,
    threads: 1,
    forward: () => backend.expectation(compiled.program, angles, BATCH, sums),
    gradients: () => backend.adjoint(compiled.program, angles, BATCH, sums, ones),
  };
}

const reference: Side = {
  label: 'daruan, circuit (reference backend)',
  precision: 'float64',
  threads: 1,
  forward: () => expectation(compiled, 'Z', circuitValues, { backend: referenceBackend }),
  gradients: () => adjoint.vjp(compiled, 'Z', circuitValues, ones, { backend: referenceBackend }),
};

export async function ourSides(): Promise<readonly Side[]> {
  const both = availableParallelism() > 1 ? [1, 2] : [1];
  const sides = both.flatMap((threads) => [chain('float32', threads), chain('float64', threads)]);
  const one = [
    backendAlone('float32'),
    backendAlone('float64'),
    statevectors('float32', 1),
    statevectors('float64', 1),
  ];
  return [...(await Promise.all([...sides, ...one])), reference];
}
