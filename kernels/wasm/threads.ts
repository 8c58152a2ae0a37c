import * as layout from './layout.js';
import { startWorker, type WorkerHandle } from './worker.js';

/**
 * Control words, in units of four bytes from `layout.CONTROL`. CLAIM holds the number of the job (high bits) and its next
 * task (low bits); whoever exchanges it for its successor owns that task. It is closed while a job is published, so that
 * nobody claims a task of one job and reads the fields of another.
 */
const CLAIM = 0;
const TASKS = 1;
const DONE = 2;
const BELL = 3;
const TASK_BITS = 22;
const CLOSED = 2 ** TASK_BITS - 1;

/** What a compiled kernel exports for its jobs. */
export interface TaskRunner {
  run(task: number, thread: number): void;
}

/** Runs jobs, `run(task)` for each of their tasks. */
export interface Crew {
  readonly threads: number;
  /** Returns when every task is done. `parallel: false` keeps a small job to the calling thread. */
  work(tasks: number, parallel: boolean): void;
  /** Ends the workers; the next parallel job would start new ones. */
  dispose(): void;
}

/** The calling thread alone. */
export function soloCrew(exports: TaskRunner): Crew {
  return {
    threads: 1,
    work(tasks) {
      for (let task = 0; task < tasks; task++) exports.run(task, 0);
    },
    dispose() {},
  };
}

/**
 * The calling thread and `threads − 1` workers on the same memory, started at the first parallel job. A worker that is not
 * up yet, or asleep, holds nothing up: its tasks are done by the others.
 */
export function sharedCrew(
  exports: TaskRunner,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
): Crew {
  const control = new Int32Array(memory.buffer, layout.CONTROL, 4);
  const solo = soloCrew(exports);
  const mayWait = waitingAllowed(control);
  let workers: WorkerHandle[] = [];
  let job = 0;

  function work(tasks: number, parallel: boolean): void {
    if (!parallel || tasks === 1) {
      solo.work(tasks, false);
      return;
    }
    if (workers.length === 0) {
      workers = Array.from({ length: threads - 1 }, (_, k) =>
        startWorker(workerSource, { module, memory, thread: k + 1 }),
      );
    }
    job = (job + 1) % 2 ** (32 - TASK_BITS);
    Atomics.store(control, CLAIM, CLOSED);
    Atomics.store(control, TASKS, tasks);
    Atomics.store(control, DONE, 0);
    Atomics.store(control, CLAIM, job << TASK_BITS);
    Atomics.add(control, BELL, 1);
    Atomics.notify(control, BELL);
    for (let word = Atomics.load(control, CLAIM); (word & CLOSED) < tasks; word = Atomics.load(control, CLAIM)) {
      if (Atomics.compareExchange(control, CLAIM, word, word + 1) !== word) continue;
      exports.run(word & CLOSED, 0);
      Atomics.add(control, DONE, 1);
    }
    for (let done = Atomics.load(control, DONE); done < tasks; done = Atomics.load(control, DONE)) {
      if (mayWait) Atomics.wait(control, DONE, done);
    }
  }

  function dispose(): void {
    for (const worker of workers) worker.terminate();
    workers = [];
  }

  return { threads, work, dispose };
}

/** The main thread of a browser may not sleep; it spins. */
function waitingAllowed(control: Int32Array): boolean {
  try {
    Atomics.wait(control, DONE, -1, 0);
    return true;
  } catch {
    return false;
  }
}

/** What a worker runs, as text: it needs no file, and survives bundling. */
const workerSource = `
const serve = async ({ module, memory, thread }) => {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const control = new Int32Array(memory.buffer, ${layout.CONTROL}, 4);
  for (;;) {
    const bell = Atomics.load(control, ${BELL});
    for (;;) {
      const word = Atomics.load(control, ${CLAIM});
      if ((word & ${CLOSED}) >= Atomics.load(control, ${TASKS})) break;
      if (Atomics.compareExchange(control, ${CLAIM}, word, word + 1) !== word) continue;
      exports.run(word & ${CLOSED}, thread);
      Atomics.add(control, ${DONE}, 1);
      Atomics.notify(control, ${DONE});
    }
    Atomics.wait(control, ${BELL}, bell);
  }
};
const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
if (node) serve(node.workerData);
else onmessage = ({ data }) => serve(data);
`;
