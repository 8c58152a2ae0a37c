/** Packages of Python, where the python3 on the PATH has them: each script of python/ in turn with the same tasks of ours. */
import { spawnSync } from 'node:child_process';
import * as tf from '@tensorflow/tfjs-core';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { compile } from '../../src/compile/compile.js';
import { expectation } from '../../src/simulate/simulate.js';
import { selectBackend } from '../../src/tf/backend.js';
import { ourSides } from './batchedOurs.js';
import { layerSides } from './peersLayer.js';
import { ringCircuit, ringValues } from './peersRing.js';
import { digits, medianOf, printTable, say, type Timing, takeTurns } from './turns.js';

const ROUNDS = 2;
const scripts = { qkan: 'qkan_layer.py', pennylane: 'pennylane_circuits.py', qulacs: 'qulacs_circuits.py' } as const;
type Package = keyof typeof scripts;

/** What a script prints. */
interface Report {
  readonly threads: number;
  readonly times: Readonly<Record<string, Pick<Timing, 'median' | 'least'>>>;
  readonly values: Readonly<Record<string, number>>;
}

const python = (...args: string[]) => spawnSync('python3', args, { encoding: 'utf8', timeout: 60_000 });

/** The version of a package that is there. */
function versionOf(name: Package): string | undefined {
  const { status, stdout } = python('-c', `import ${name}; print(getattr(${name}, "__version__", "?"))`);
  return status === 0 ? stdout.trim().split('\n').pop() : undefined;
}

function runScript(name: Package): Report {
  const { status, stdout, stderr } = python('-B', `test/bench/python/${scripts[name]}`);
  if (status !== 0) throw new Error(`${scripts[name]}: ${stderr.trim().split('\n').pop()}`);
  return JSON.parse(stdout.trim().split('\n').pop() ?? '');
}

/** Our side of every task, and what we get for those that report a value. */
async function ourTasks() {
  tf.enableProdMode();
  await selectBackend();
  const runs: Record<string, () => unknown> = {};
  const layers = layerSides(1024);
  for (const weights of ['fixed', 'trained'] as const) {
    const { forward, gradients } = layers.find((side) => side.weights === weights && side.route !== 'composed')!;
    runs[`layer, ${weights} weights, forward`] = forward;
    runs[`layer, ${weights} weights, with gradients`] = gradients;
  }
  const circuits = (await ourSides()).find(({ precision, threads }) => precision === 'float64' && threads === 1)!;
  runs['circuits, forward'] = circuits.forward;
  runs['circuits, with gradients'] = circuits.gradients!;
  const values: Record<string, number> = { circuits: circuits.forward()[0] };
  const backend = await wasmBackend({ precision: 'float64', threads: 1 });
  for (const n of [4, 8, 12, 16, 20]) {
    const [compiled, angles] = [compile(ringCircuit(n)), ringValues(n)];
    const task = `ring, n = ${n}`;
    runs[task] = () => expectation(compiled, 'Z', angles, { backend });
    values[task] = (runs[task]() as Float64Array)[0];
  }
  return { runs, values };
}

function compare(name: Package, version: string, { runs, values }: Awaited<ReturnType<typeof ourTasks>>): string[][] {
  const theirs: Report[] = [];
  const ours: (readonly Timing[])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(runScript(name));
    const tasks = Object.keys(theirs[0].times).map((label) => ({ label, run: runs[label] }));
    ours.push(takeTurns(tasks, { budget: 400, rounds: 15 }));
  }
  for (const [task, value] of Object.entries(theirs[0].values)) {
    if (!(Math.abs(value - values[task]) < 1e-6))
      throw new Error(`${name}: ${task} gives ${value}, ours ${values[task]}`);
  }
  return Object.keys(theirs[0].times).map((task, k) => {
    const [them, us] = [theirs.map(({ times }) => times[task].median), ours.map((timings) => timings[k].median)];
    const ratio = `${digits(medianOf(them) / medianOf(us))}×`;
    return [`${name} ${version}`, task, `${theirs[0].threads}`, digits(medianOf(them)), digits(medianOf(us)), ratio];
  });
}

const versions = new Map((Object.keys(scripts) as Package[]).map((name) => [name, versionOf(name)]));
const missing = [...versions].filter(([, version]) => version === undefined).map(([name]) => name);
if (missing.length > 0)
  say(`Not found by the python3 on the PATH: ${missing.join(', ')}. Install them there to compare.`);
if (missing.length < versions.size) {
  const tasks = await ourTasks();
  const rows: string[][] = [];
  for (const [name, version] of versions) {
    try {
      if (version !== undefined) rows.push(...compare(name, version, tasks));
    } catch (error) {
      say(`${name} ${version} could not be compared: ${(error as Error).message}`);
    }
  }
  printTable(['package', 'task', 'its threads', 'its median, ms', 'ours, ms', 'ratio'], rows);
  say(
    'Tasks as in the other sections; layers 64 → 64, batch 1024; circuits and rings in float64, ours on one thread. ' +
      'Of a ring qulacs makes the final state; ours runs what ⟨Z⟩ of qubit 0 needs.',
  );
}
