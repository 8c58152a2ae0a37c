/**
 * Times of the WASM statevector backend in milliseconds, one thread and two: median, minimum, and the mean of the processor time
 * that a run took on all threads together, which says more than the median where others use the machine too. A run leaves out
 * what the expectation value does not need: of one layer, all but the rotations about x.
 *
 * Usage: node test/bench/run.mjs statevector
 */
import { cpus, loadavg } from 'node:os';
import type { Angles, Backend, Instruction, PauliSum, Program } from '../../kernels/backend.js';
import { type WasmBackend, wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { planProgram, specialise } from '../../kernels/wasm/statevector/program.js';
import { wordsOf } from '../../kernels/wasm/statevector/words.js';
import { streamPass } from './stream.js';

const none = { controlMask: 0, controlValue: 0 };
const flip = Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0);

const turn = (qubit: number, letter: 'x' | 'y' | 'z', slot: number): Instruction => ({
  kind: 'rotate',
  ...none,
  xMask: letter === 'z' ? 0 : 1 << qubit,
  zMask: letter === 'x' ? 0 : 1 << qubit,
  phase: 0,
  angle: { slot },
});

/** RX and RZ on every qubit, then a ring of controlled flips, `layers` times; all angles slots. */
function ring(numQubits: number, layers: number): Program {
  const instructions: Instruction[] = [];
  let numSlots = 0;
  for (let layer = 0; layer < layers; layer++) {
    for (let qubit = 0; qubit < numQubits; qubit++) {
      instructions.push(turn(qubit, 'x', numSlots++), turn(qubit, 'z', numSlots++));
    }
    for (let qubit = 0; qubit < numQubits; qubit++) {
      const controls = { controlMask: 1 << qubit, controlValue: 1 << qubit };
      instructions.push({ kind: 'matrix', ...controls, targets: [(qubit + 1) % numQubits], entries: flip });
    }
  }
  return { numQubits, numSlots, instructions };
}

/** `gates` gates RZ(x) RY(θ) … on one qubit, every one with a slot of its own. */
const reuploading = (gates: number): Program => ({
  numQubits: 1,
  numSlots: gates,
  instructions: Array.from({ length: gates }, (_, k) => turn(0, k % 2 === 0 ? 'z' : 'y', k)),
});

const z0: PauliSum[] = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
const wave = (length: number, shift: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => Math.sin(1.7 * k + shift));

/** Runs `action` for a while; returns the times as text. */
function time(action: () => void, budget = 700): string {
  for (let k = 0; k < 3; k++) action();
  const times: number[] = [];
  const before = process.cpuUsage();
  const end = performance.now() + budget;
  while (times.length < 7 || (performance.now() < end && times.length < 20000)) {
    const from = performance.now();
    action();
    times.push(performance.now() - from);
  }
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  const figures = [times[times.length >> 1], times[0], (user + system) / 1000 / times.length];
  const [median, least, processor] = figures.map((figure) => figure.toPrecision(3));
  return `${median} (min ${least}, processor ${processor})`;
}

function report(label: string, backend: WasmBackend, result: string): void {
  console.log(`${label.padEnd(44)} ${backend.precision} ${backend.threads} thread(s): ${result}`);
}

const forward = (backend: Backend, program: Program, angles: Angles, batch: number) => () =>
  backend.expectation(program, angles, batch, z0);
const both = (backend: Backend, program: Program, angles: Angles, batch: number) => () =>
  backend.adjoint(program, angles, batch, z0, new Float64Array(batch).fill(1));

/** Passes through chunks that are left of a program whose ⟨Z⟩ of qubit 0 is asked for. */
const stagesOf = (program: Program): number =>
  specialise(planProgram(program, 'float64'), wordsOf(z0), true).plan.place(1).stages.length;

interface Large {
  readonly label: string;
  readonly stages: number;
  run(): unknown;
}
const largest: Large[] = [];

/**
 * The state of 24 qubits, 256 MiB, beside what memory allows. The first stage reads no state and the last writes none, so that
 * k stages move as much as k − 1 passes.
 */
async function besideStream(runs: readonly Large[]): Promise<void> {
  const before = await streamPass(2 ** 28);
  const times = runs.map(({ run }) => {
    const each = Array.from({ length: 5 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return Math.min(...each);
  });
  const pass = Math.min(before, await streamPass(2 ** 28));
  console.log(`a pass that reads and writes 256 MiB, float64, 1 thread: least ${pass.toPrecision(3)}`);
  runs.forEach(({ label, stages }, k) => {
    const ratio = (times[k] / pass / Math.max(1, stages - 1)).toPrecision(3);
    console.log(
      `${label}: ${stages} stage(s), least ${times[k].toPrecision(3)}, ${ratio} times the limit of its passes`,
    );
  });
}

const wanted = process.argv[2] ?? '';
console.log(
  `${cpus()[0].model}, ${cpus().length} processors, node ${process.version}, load ${loadavg()[0].toFixed(2)}`,
);
for (const threads of [1, 2]) {
  for (const precision of ['float64', 'float32'] as const) {
    const backend = await wasmBackend({ precision, threads });
    const show = (label: string, action: () => void): void => {
      if (label.includes(wanted)) report(label, backend, time(action));
    };
    const x = wave(4096, 0.1);
    const one = reuploading(10);
    const shared = one.instructions.map((_, k) => (k % 2 === 0 ? x : wave(1, k)));
    show('4096 one-qubit circuits, forward', forward(backend, one, shared, 4096));
    show('4096 one-qubit circuits, with gradients', both(backend, one, shared, 4096));
    const own = one.instructions.map((_, k) => (k % 2 === 0 ? wave(4096, k) : wave(1, k)));
    show('4096 one-qubit circuits, 5 data, forward', forward(backend, one, own, 4096));
    show('4096 one-qubit circuits, 5 data, gradients', both(backend, one, own, 4096));
    for (const numQubits of [4, 8, 12, 16]) {
      const program = ring(numQubits, 4);
      const angles = Array.from({ length: program.numSlots }, (_, k) => wave(1, k));
      show(`n = ${numQubits}, 4 layers, forward`, forward(backend, program, angles, 1));
      show(`n = ${numQubits}, 4 layers, with gradients`, both(backend, program, angles, 1));
    }
    for (const layers of [1, 4]) {
      const program = ring(20, layers);
      const angles = Array.from({ length: program.numSlots }, (_, k) => wave(1, k));
      show(`n = 20, ${layers} layer(s), forward`, forward(backend, program, angles, 1));
      if (layers === 1) show('n = 20, 1 layer, with gradients', both(backend, program, angles, 1));
    }
    for (const layers of [1, 2]) {
      const large = ring(24, layers);
      const angles = Array.from({ length: large.numSlots }, (_, k) => wave(1, k));
      const label = `n = 24, ${layers} layer(s), forward`;
      show(label, forward(backend, large, angles, 1));
      if (label.includes(wanted) && precision === 'float64' && threads === 1) {
        largest.push({ label, stages: stagesOf(large), run: forward(backend, large, angles, 1) });
      }
    }
    if (largest.length > 0) await besideStream(largest.splice(0));
    backend.dispose();
  }
}
