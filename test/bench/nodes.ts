/**
 * Times the node kernel on a layer 64 → 64 of degree 3, batch 1024: its products, and finding the coefficients.
 */
import { availableParallelism } from 'node:os';
import type { NodeStep } from '../../kernels/nodes.js';
import { wasmNodeKernel } from '../../kernels/wasm/nodes/kernel.js';
import { Random } from '../../src/foundation/random.js';

const [batch, width, degree] = [1024, 64, 3];
const ROUNDS = 200;
const random = new Random(1);
const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));
const shape = { inDim: width, outDim: width, degree, order: 0 };
const edges = width * width;
const x = draw(batch * width);
const coefficients = draw((2 * degree + 1) * edges);
const upstream = draw(batch * width);
const turns = (block: number): NodeStep[] =>
  [2, 1].map((axis, k) => ({ kind: 'turn', axis, terms: [{ column: 2 * block + k, sign: 1 }] }));
const encode: NodeStep = { kind: 'encode', axis: 2, weight: 1 };
const program = {
  steps: [...Array.from({ length: degree }, (_, block) => [...turns(block), encode]).flat(), ...turns(degree)],
  readout: Float64Array.of(0, 0, 1),
};
const angles = draw(2 * (degree + 1) * edges);

process.stdout.write(
  `Layer ${width} → ${width} of degree ${degree}, batch ${batch}; median (least) of ${ROUNDS}, ms.\n\n`,
);
process.stdout.write('| threads | outputs | inputs | coefficients | compile | compile gradient |\n');
process.stdout.write('| --- | --- | --- | --- | --- | --- |\n');
for (const threads of [1, availableParallelism()]) {
  const kernel = await wasmNodeKernel({ threads });
  const calls = [
    () => kernel.outputs(shape, x, coefficients, batch),
    () => kernel.inputs({ ...shape, order: 1 }, x, coefficients, upstream, batch),
    () => kernel.coefficients(shape, x, upstream, batch),
    () => kernel.compile(program, degree, angles, edges),
    () => kernel.compileGradient(program, degree, angles, edges, coefficients),
  ];
  const times = calls.map(() => [] as number[]);
  for (let k = 0; k < 20; k++) for (const call of calls) call();
  await new Promise((resolve) => setTimeout(resolve, 300)); // workers start, code is compiled
  for (let round = 0; round < ROUNDS; round++) {
    calls.forEach((call, k) => {
      const start = performance.now();
      call();
      times[k].push(performance.now() - start);
    });
  }
  const columns = times.map((values) => {
    values.sort((a, b) => a - b);
    return `${values[ROUNDS >> 1].toFixed(2)} (${values[0].toFixed(2)})`;
  });
  process.stdout.write(`| ${threads} | ${columns.join(' | ')} |\n`);
}
