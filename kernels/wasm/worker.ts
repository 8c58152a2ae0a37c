/** A running worker. */
export interface WorkerHandle {
  terminate(): void;
}

interface NodeModules {
  'node:os': typeof import('node:os');
  'node:worker_threads': typeof import('node:worker_threads');
}

/** A built-in module of Node, or undefined elsewhere; without an import that a bundler for browsers would have to resolve. */
function nodeModule<Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined {
  return globalThis.process?.getBuiltinModule?.(name) as NodeModules[Name] | undefined;
}

/** How many threads can run at once here. */
export function availableThreads(): number {
  return nodeModule('node:os')?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Why workers cannot share memory here, or undefined if they can. */
export function whyNoThreads(): string | undefined {
  if (typeof SharedArrayBuffer === 'undefined' || globalThis.crossOriginIsolated === false) {
    return 'the page is not cross-origin isolated';
  }
  if (nodeModule('node:worker_threads') === undefined && typeof Worker === 'undefined') {
    return 'there are no workers (Node has them from 20.16 on)';
  }
  return undefined;
}

/** Threads that a kernel uses unless told: all the processors there are, up to 8, or 1 where memory cannot be shared. */
export function defaultThreads(): number {
  return whyNoThreads() === undefined ? Math.min(8, availableThreads()) : 1;
}

/** Starts a worker on `source`, which may run as a script or as a module. It does not keep the process alive. */
export function startWorker(source: string, data: object): WorkerHandle {
  const node = nodeModule('node:worker_threads');
  if (node !== undefined) {
    const worker = new node.Worker(source, { eval: true, execArgv: [], workerData: data });
    worker.unref();
    return worker;
  }
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(address);
  URL.revokeObjectURL(address);
  worker.postMessage(data);
  return worker;
}
