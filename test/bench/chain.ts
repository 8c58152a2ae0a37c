/**
 * Times the chain kernels on a layer 64 → 64, r = 3, batch 1024: forward, and forward with all gradients, for weights of
 * every edge's own and for fixed ones. Kernels take turns, so that what else the machine does falls on all of them.
 *
 * Usage: node test/bench/run.mjs chain
 */
import { availableParallelism, cpus } from 'node:os';
import type { ChainKernel } from '../../kernels/chain.js';
import { referenceChainKernel } from '../../kernels/reference/chain.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { Random } from '../../src/foundation/random.js';
import { randomLayer } from './chainLayer.js';

const size = { inDim: 64, outDim: 64, reps: 3 };
const batch = 1024;
const rounds = 40;

interface Candidate {
  readonly label: string;
  readonly kernel: ChainKernel;
  /** The reference is timed this many times less. */
  readonly thrift: number;
}

const candidates: Candidate[] = [{ label: 'reference, float64', kernel: referenceChainKernel, thrift: 20 }];
for (const precision of ['float32', 'float64'] as const) {
  for (const threads of [1, availableParallelism()]) {
    const kernel = await wasmChainKernel({ precision, threads });
    candidates.push({ label: `wasm, ${precision}, threads: ${threads}`, kernel, thrift: 1 });
  }
}

const random = new Random(1);
const x = Float32Array.from({ length: batch * size.inDim }, () => random.uniform(-3, 3));
const upstream = Float32Array.from({ length: batch * size.outDim }, () => random.normal());

function milliseconds(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

console.log(`${cpus()[0].model}, ${availableParallelism()} processors, Node ${process.version}`);
console.log(`layer ${size.inDim} → ${size.outDim}, r = ${size.reps}, batch ${batch}; median (least) of ${rounds}, ms`);
for (const weights of ['own', 'fixed'] as const) {
  const layer = randomLayer(random, { ...size, weights });
  const times = candidates.map(() => ({ forward: [] as number[], both: [] as number[] }));
  for (const { kernel, thrift } of candidates) {
    for (let k = 0; k < 10 / thrift; k++) kernel.backward(layer, x, batch, upstream); // compiles, starts workers
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (let round = 0; round < rounds; round++) {
    candidates.forEach(({ kernel, thrift }, k) => {
      if (round % thrift !== 0) return;
      const forward = milliseconds(() => kernel.forward(layer, x, batch));
      times[k].forward.push(forward);
      times[k].both.push(forward + milliseconds(() => kernel.backward(layer, x, batch, upstream)));
    });
  }
  console.log(`\n${weights === 'own' ? 'trainable w and b, each edge its own' : 'fixed w = 1, b = 0'}`);
  const reference = times.map(({ forward, both }) => [median(forward), median(both)])[0];
  candidates.forEach(({ label }, k) => {
    const columns = [times[k].forward, times[k].both].map((values, column) => {
      const middle = median(values);
      return `${middle.toFixed(1)} (${values[0].toFixed(1)}) ${(reference[column] / middle).toFixed(0)}×`.padEnd(24);
    });
    console.log(`${label.padEnd(28)} forward ${columns[0]} forward + gradients ${columns[1]}`);
  });
}
