/**
 * How cost grows: a QKAN layer over batch, repetitions and width; a layer of n qubits over n; each with one thread and with
 * two. Beside every time stands the slope since the row before, so that one sees where growth is straight.
 */
import { availableParallelism } from 'node:os';
import { ansatze } from '../../circuits/ansatz/table.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { backwardLayer, forwardLayer } from '../../src/activation/layer.js';
import { planActivation } from '../../src/activation/plan.js';
import { compile } from '../../src/compile/compile.js';
import { Random } from '../../src/foundation/random.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { expectation } from '../../src/simulate/simulate.js';
import { ringCircuit, ringValues } from './peersRing.js';
import { printGrowth, type Series } from './scalingGrowth.js';
import { type Contender, say } from './turns.js';

const threadCounts = availableParallelism() > 1 ? [1, 2] : [1];
const kernels = await Promise.all(threadCounts.map((threads) => wasmChainKernel({ precision: 'float32', threads })));
const backends = await Promise.all(threadCounts.map((threads) => wasmBackend({ precision: 'float64', threads })));

interface Size {
  readonly batch: number;
  readonly reps: number;
  readonly width: number;
}

/** A layer width → width, pz, encoding weights trained: forward, then forward with all gradients, for every kernel. */
function layerRuns(kernel: (typeof kernels)[number], { batch, reps, width }: Size) {
  const random = new Random(11);
  const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));
  const plan = planActivation(ansatze.pz.circuit(reps));
  const layer = { plan, inDim: width, outDim: width, measurement: 'expectation' } as const;
  const parameters = draw(width * width * plan.parameters.length);
  const tensors = { x: draw(batch * width), parameters, scale: draw(width * width), batch };
  const upstream = draw(batch * width);
  const forward: Contender['run'] = () => forwardLayer(kernel, layer, tensors);
  const both: Contender['run'] = () => [forward(), backwardLayer(kernel, layer, tensors, upstream)];
  return { forward, both };
}

const named = (threads: number): string => (threads === 1 ? '1 thread' : `${threads} threads`);

/** Forward and with gradients, for one thread and for two. */
const bothWays = <Engine extends { readonly threads: number }>(
  engines: readonly Engine[],
  sizes: readonly number[],
  runs: (engine: Engine, size: number) => Record<'forward' | 'both', Contender['run']>,
): readonly Series[] =>
  engines.flatMap((engine) =>
    (['forward', 'both'] as const).map((what) => ({
      label: `${what === 'both' ? 'with gradients' : 'forward'}, ${named(engine.threads)}`,
      sizes,
      at: (n: number) => runs(engine, n)[what],
    })),
  );

function printLayer(title: string, size: keyof Size, sizes: readonly number[], rest: Size): void {
  say(`Layer over ${title}. Encoding weights trained, float32; gradients of everything.`);
  const series = bothWays(kernels, sizes, (kernel, n) => layerRuns(kernel, { ...rest, [size]: n }));
  printGrowth(size === 'reps' ? 'r' : size, 'exponent', series);
}

say(
  'Medians (least), ms. Slopes are of the least times, since the row before: exponent p of cost ∝ sizeᵖ, 1 where cost is ' +
    'proportional (2 over width, whose square is the number of edges), and factor by which cost grows with one qubit more, 2 ' +
    'where each doubles it. Small sizes show constant costs: folding the gates of an edge, and calling.',
);
const powers = (base: number, count: number) => Array.from({ length: count }, (_, k) => base ** k);
printLayer('batch, 16 → 16, r = 3', 'batch', powers(4, 9), { batch: 1, reps: 3, width: 16 });
printLayer('r, 16 → 16, batch 1024', 'reps', powers(2, 6), { batch: 1024, reps: 1, width: 16 });
printLayer('width, width → width, r = 3, batch 256', 'width', powers(2, 10), { batch: 256, reps: 3, width: 1 });

say(
  'One layer of n qubits, RX and RZ on each and a ring of CNOTs, ⟨Z⟩ of qubit 0; float64; gradients of all 2n angles.',
);
const upstream = Float64Array.of(1);
const qubits = Array.from({ length: 24 }, (_, k) => k + 1);

function ringRuns(backend: (typeof backends)[number], n: number) {
  const [compiled, values] = [compile(ringCircuit(n)), ringValues(n)];
  const forward: Contender['run'] = () => expectation(compiled, 'Z', values, { backend });
  const both: Contender['run'] = () => adjoint.vjp(compiled, 'Z', values, upstream, { backend });
  return { forward, both };
}

printGrowth('n', 'factor', bothWays(backends, qubits, ringRuns));
