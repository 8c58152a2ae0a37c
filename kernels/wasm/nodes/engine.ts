import { fusedNodesBinary, nodesBinary, sharedFusedNodesBinary, sharedNodesBinary } from '../generated/nodesBinary.js';
import { createTaskEngine, type TaskEngine } from '../taskEngine.js';
import type { TaskRunner } from '../threads.js';
import { FIELDS } from './layout.js';

/** What the compiled module exports: `../assembly/nodes/index.ts`. */
interface NodeExports extends TaskRunner {
  packOutputs(pairs: number): void;
  packInputs(pairs: number): void;
  largest(from: number, count: number): number;
}

export interface NodeEngine extends TaskEngine<NodeExports> {
  /** Numbers that a call gives back: a view of memory, or a copy of it. */
  result(address: number, length: number): Float32Array;
}

export async function createNodeEngine(where: string, threads: number, lends: boolean): Promise<NodeEngine> {
  const binaries = { own: [fusedNodesBinary, nodesBinary], shared: [sharedFusedNodesBinary, sharedNodesBinary] };
  const engine = await createTaskEngine<NodeExports>(where, binaries, threads, FIELDS);
  const { view } = engine;
  return { ...engine, result: (address, length) => (lends ? view(address, length) : view(address, length).slice()) };
}
