import type { Floats } from '../../chain.js';
import { createMemory } from '../engine.js';
import { exponentialConstants } from '../exponentialConstants.js';
import { fusedNodesBinary, nodesBinary, sharedFusedNodesBinary, sharedNodesBinary } from '../generated/nodesBinary.js';
import { CONSTANTS_32, CONSTANTS_64, CONSTANTS_EXP, JOB } from '../layout.js';
import { planMemory, reserve } from '../memory.js';
import { compileNewest } from '../module.js';
import { sincosConstants } from '../sincosConstants.js';
import { type Crew, sharedCrew, soloCrew, type TaskRunner } from '../threads.js';
import * as layout from './layout.js';

/** What the compiled module exports: `../assembly/nodes/index.ts`. */
interface NodeExports extends TaskRunner {
  packOutputs(pairs: number): void;
  packInputs(pairs: number): void;
  largest(from: number, count: number): number;
}

/** The compiled module on its memory, and the threads that run it. */
export interface NodeEngine extends Pick<NodeExports, 'packOutputs' | 'packInputs' | 'largest'> {
  readonly crew: Crew;
  /** Numbers in memory, until it grows. */
  view(address: number, length: number): Float32Array;
  /** Numbers that a call gives back: such a view, or a copy of it. */
  result(address: number, length: number): Float32Array;
  words(address: number, length: number): Int32Array;
  /** Puts `values` at `address`. */
  put(address: number, values: Floats): void;
  /** Makes room for regions of the given sizes in bytes, and tells where they lie. */
  room<Name extends string>(where: string, sizes: Readonly<Record<Name, number>>): Readonly<Record<Name, number>>;
  /** Sets fields of the job (`layout.ts`). */
  set(fields: Readonly<Record<number, number>>): void;
}

export async function createNodeEngine(where: string, threads: number, lends: boolean): Promise<NodeEngine> {
  const shared = threads > 1;
  const memory = createMemory(where, shared);
  const module = await compileNewest(
    shared ? [sharedFusedNodesBinary, sharedNodesBinary] : [fusedNodesBinary, nodesBinary],
  );
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as NodeExports;
  new Float32Array(memory.buffer, CONSTANTS_32).set(sincosConstants.float32);
  new Float64Array(memory.buffer, CONSTANTS_64).set(sincosConstants.float64);
  new Float32Array(memory.buffer, CONSTANTS_EXP).set(exponentialConstants);
  const view = (address: number, length: number) => new Float32Array(memory.buffer, address, length);
  return {
    packOutputs: exports.packOutputs,
    packInputs: exports.packInputs,
    largest: exports.largest,
    crew: shared ? sharedCrew(exports, module, memory, threads) : soloCrew(exports),
    view,
    result: (address, length) => (lends ? view(address, length) : view(address, length).slice()),
    words: (address, length) => new Int32Array(memory.buffer, address, length),
    put: (address, values) => view(address, values.length).set(values),
    room(where, sizes) {
      const { at, end } = planMemory(sizes);
      reserve(where, memory, end);
      return at;
    },
    set(fields) {
      const words = new Int32Array(memory.buffer, JOB, layout.FIELDS);
      for (const [field, value] of Object.entries(fields)) words[Number(field)] = value;
    },
  };
}
