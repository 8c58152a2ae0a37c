/**
 * What a GPU does: training steps of QKAN layers and passes over statevectors, beside our own kernels on the CPU of the machine.
 *
 * `npm run bench:gpu` bundles this file and runs it. The bundle also runs by itself on a bare machine that has Node 20 or later and a
 * graphics driver with Vulkan (Metal, Direct3D), and nothing else:
 *   1. here: node test/bench/gpu/run.mjs --bundle bench-gpu.mjs
 *   2. copy beside it, as dawn.node, the file node_modules/webgpu/dist/linux-x64/dawn.node (or that of the machine's platform)
 *   3. there: node bench-gpu.mjs > results.md
 * Options: --quick, small tasks only; --no-cpu, no comparison with the CPU; --patience MS, the longest call that is repeated.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { type GpuPackage, provideGpu } from '../../../kernels/gpu/provide.js';
import { wasmBackend } from '../../../kernels/wasm/statevector/backend.js';
import { webGpuStatevectors } from '../../../kernels/webgpu/statevector.js';
import { selectBackend } from '../../../src/tf/backend.js';
import { digits, printTable, say } from '../turns.js';
import type { ClockOptions, GpuTiming, TooSlow } from './clock.js';
import { type LayerTask, layerTasks, published, quickLayerTasks, timeStep } from './layers.js';
import flashScript from './qkan_flash.py';
import { timeStates, timeStatesOnCpu } from './states.js';

const has = (flag: string): boolean => process.argv.includes(flag);
const numberOf = (flag: string, fallback: number): number => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const quick = has('--quick');
const options: ClockOptions = quick
  ? { run: 300, runs: 3, patience: numberOf('--patience', 5000) }
  : { run: 1000, runs: 7, patience: numberOf('--patience', 5000) };

/** The package `webgpu`, or the file dawn.node beside this one. */
async function loadGpu(): Promise<GpuPackage> {
  const beside = fileURLToPath(new URL('dawn.node', import.meta.url));
  if (existsSync(beside)) return createRequire(import.meta.url)(beside);
  const name = 'webgpu';
  return import(name);
}

/** Chooses tfjs's backend; the packages are in the bundle. */
const useTfjs = (name: 'webgpu' | 'cpu') =>
  selectBackend(name, async ({ backend }) => {
    if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start ${backend}`);
    await tf.ready();
  });

const shown = (timing: GpuTiming | TooSlow): string =>
  'median' in timing ? `${digits(timing.median)} (${digits(timing.least)})` : `${digits(timing.tooSlow)}, once`;
const middle = (timing: GpuTiming | TooSlow): number => ('median' in timing ? timing.median : timing.tooSlow);

/** qkan's solver flash on the same card, where the python3 on the PATH has it. */
function flashTimes(tasks: readonly LayerTask[]): Readonly<Record<string, number>> | string {
  const list = JSON.stringify(tasks.map(({ name, sizes, batch }) => [name, sizes, batch]));
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', flashScript, list], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) return (stderr?.trim().split('\n').pop() || error?.message) ?? 'no python3';
  return JSON.parse(stdout.trim().split('\n').pop() ?? '').times;
}

async function layers(tasks: readonly LayerTask[]): Promise<void> {
  const flash = flashTimes(tasks);
  say(
    typeof flash === 'string'
      ? `The package qkan with solver flash is not compared: ${flash}.`
      : 'qkan: its solver flash on the same card, Adam included.',
  );
  const rows: string[][] = [];
  let stop: string | undefined;
  for (const task of tasks) {
    for (const weights of ['fixed', 'trained'] as const) {
      if (stop) {
        rows.push([task.name, weights, `not run: ${stop}`, '', '', '', '']);
        continue;
      }
      await useTfjs('webgpu');
      const gpu = await timeStep(task, weights, options);
      if ('tooSlow' in gpu) stop = `${task.name}, ${weights} took ${digits(gpu.tooSlow)} ms a step`;
      let [cpu, ratio] = ['', ''];
      if (!has('--no-cpu') && task.batch * task.sizes[0] * task.sizes[1] < 2e8) {
        await useTfjs('cpu');
        const timing = await timeStep(task, weights, { ...options, runs: 3 });
        [cpu, ratio] = [shown(timing), digits(middle(timing) / middle(gpu))];
      }
      const theirs = typeof flash === 'string' ? undefined : flash[`${task.name}, ${weights}`];
      const beside =
        task.sizes[0] === 100
          ? Object.entries(published)
              .map(([name, ms]) => `${name} ${ms}`)
              .join(', ')
          : '';
      const their = theirs === undefined ? '' : `${digits(theirs)} (${digits(theirs / middle(gpu))}×)`;
      rows.push([task.name, weights, shown(gpu), cpu, ratio, their, beside]);
    }
  }
  printTable(
    [
      'layer, r = 3',
      'encoding weights',
      'GPU, ms a step',
      'our CPU kernels, ms',
      'ratio',
      'qkan flash, ms',
      'published, RTX 5090, ms',
    ],
    rows,
  );
}

async function statevectors(sizes: readonly number[]): Promise<void> {
  const backend = await webGpuStatevectors();
  const cpu = has('--no-cpu') ? undefined : await wasmBackend({ precision: 'float32' });
  const rows: string[][] = [];
  for (const numQubits of sizes) {
    try {
      const { timing, passes, bandwidth } = await timeStates(backend, numQubits, options);
      const onCpu = cpu && numQubits <= 24 ? timeStatesOnCpu(cpu, numQubits) : undefined;
      rows.push([
        `${numQubits}`,
        shown(timing),
        `${passes}`,
        'median' in timing ? digits(bandwidth) : '',
        onCpu === undefined ? '' : digits(onCpu),
        onCpu === undefined ? '' : digits(onCpu / middle(timing)),
      ]);
      if ('tooSlow' in timing) {
        say(`Larger states are not run: ${numQubits} qubits took ${digits(timing.tooSlow)} ms.`);
        break;
      }
    } catch (error) {
      say(`Larger states are not run: ${(error as Error).message}`);
      break;
    }
  }
  printTable(['qubits', 'GPU, ms', 'passes', 'GB/s', 'our CPU kernels, ms', 'ratio'], rows);
  say(
    'One layer: RX and RZ on every qubit, a ring of CNOTs, float32. Bytes read and written by all passes over the time.',
  );
  backend.dispose();
  cpu?.dispose();
}

tf.enableProdMode();
const report = await provideGpu(loadGpu);
if (!report.available) {
  process.stderr.write(`bench:gpu: ${report.reason}\n`);
  process.exit(1);
}
process.stdout.write(`## ${report.adapter}\n`);
say(
  `${report.software ? 'A program on the CPU that acts as a GPU: true, not fast. ' : ''}Host: ${cpus()[0].model.trim()}, ${cpus().length} processors, Node ${process.version}. ` +
    `Medians (least) of ${options.runs} runs after warming up; the device has finished before the clock stops. ` +
    `Arrays of at most ${(report.limits.maxStorageBufferBindingSize / 1e9).toPrecision(3)} GB.`,
);
process.stdout.write('### Training steps of a QKAN layer\n');
await layers(quick ? quickLayerTasks : layerTasks);
process.stdout.write('\n### Statevectors\n');
await statevectors(quick ? [12, 16] : [20, 22, 24, 26, 27, 28]);
process.exit(0); // devices keep a process alive
