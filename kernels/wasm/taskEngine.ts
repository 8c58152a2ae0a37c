import type { Floats } from '../chain.js';
import { createMemory } from './engine.js';
import { exponentialConstants } from './exponentialConstants.js';
import { CONSTANTS_32, CONSTANTS_64, CONSTANTS_EXP, JOB } from './layout.js';
import { planMemory, reserve } from './memory.js';
import { compileNewest } from './module.js';
import { sincosConstants } from './sincosConstants.js';
import { type Crew, sharedCrew, soloCrew, type TaskRunner } from './threads.js';

/** A compiled module on its memory, and the threads that run it. */
export interface TaskEngine<Exports extends TaskRunner> {
  readonly exports: Exports;
  readonly crew: Crew;
  /** Numbers in memory, until it grows. */
  view(address: number, length: number): Float32Array;
  words(address: number, length: number): Int32Array;
  /** Puts `values` at `address`. */
  put(address: number, values: Floats): void;
  /** Makes room for regions of the given sizes in bytes, and tells where they lie. */
  room<Name extends string>(where: string, sizes: Readonly<Record<Name, number>>): Readonly<Record<Name, number>>;
  /** Sets fields of the job. */
  set(fields: Readonly<Record<number, number>>): void;
}

/** The modules of a kernel in base64, the newest instructions first: for one thread, and for memory that several share. */
export interface Binaries {
  readonly own: readonly string[];
  readonly shared: readonly string[];
}

/** @param fields  how many fields a job has */
export async function createTaskEngine<Exports extends TaskRunner>(
  where: string,
  binaries: Binaries,
  threads: number,
  fields: number,
): Promise<TaskEngine<Exports>> {
  const shared = threads > 1;
  const memory = createMemory(where, shared);
  const module = await compileNewest(shared ? binaries.shared : binaries.own);
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as Exports;
  new Float32Array(memory.buffer, CONSTANTS_32).set(sincosConstants.float32);
  new Float32Array(memory.buffer, CONSTANTS_EXP).set(exponentialConstants);
  new Float64Array(memory.buffer, CONSTANTS_64).set(sincosConstants.float64);
  const view = (address: number, length: number) => new Float32Array(memory.buffer, address, length);
  return {
    exports,
    crew: shared ? sharedCrew(exports, module, memory, threads) : soloCrew(exports),
    view,
    words: (address, length) => new Int32Array(memory.buffer, address, length),
    put: (address, values) => view(address, values.length).set(values),
    room(where, sizes) {
      const { at, end } = planMemory(sizes);
      reserve(where, memory, end);
      return at;
    },
    set(values) {
      const words = new Int32Array(memory.buffer, JOB, fields);
      for (const [field, value] of Object.entries(values)) words[Number(field)] = value;
    },
  };
}
