import type { Floats } from '../../chain.js';
import { createMemory } from '../engine.js';
import { exponentialConstants } from '../exponentialConstants.js';
import { featuresBinary, sharedFeaturesBinary } from '../generated/featuresBinary.js';
import { CONSTANTS_32, CONSTANTS_64, CONSTANTS_EXP, JOB } from '../layout.js';
import { planMemory, reserve } from '../memory.js';
import { compileBase64 } from '../module.js';
import { sincosConstants } from '../sincosConstants.js';
import { type Crew, sharedCrew, soloCrew, type TaskRunner } from '../threads.js';
import { FIELDS } from './layout.js';

/** The compiled module on its memory, and the threads that run it. */
export interface FeatureEngine {
  readonly crew: Crew;
  /** Numbers in memory, until it grows. */
  view(address: number, length: number): Float32Array;
  put(address: number, values: Floats): void;
  /** Makes room for regions of the given sizes in bytes, and tells where they lie. */
  room<Name extends string>(where: string, sizes: Readonly<Record<Name, number>>): Readonly<Record<Name, number>>;
  /** Sets fields of the job (`layout.ts`). */
  set(fields: Readonly<Record<number, number>>): void;
}

export async function createFeatureEngine(where: string, threads: number): Promise<FeatureEngine> {
  const shared = threads > 1;
  const memory = createMemory(where, shared);
  const module = await compileBase64(shared ? sharedFeaturesBinary : featuresBinary);
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as TaskRunner;
  new Float32Array(memory.buffer, CONSTANTS_32).set(sincosConstants.float32);
  new Float32Array(memory.buffer, CONSTANTS_EXP).set(exponentialConstants);
  new Float64Array(memory.buffer, CONSTANTS_64).set(sincosConstants.float64);
  const view = (address: number, length: number) => new Float32Array(memory.buffer, address, length);
  return {
    crew: shared ? sharedCrew(exports, module, memory, threads) : soloCrew(exports),
    view,
    put: (address, values) => view(address, values.length).set(values),
    room(where, sizes) {
      const { at, end } = planMemory(sizes);
      reserve(where, memory, end);
      return at;
    },
    set(fields) {
      const words = new Int32Array(memory.buffer, JOB, FIELDS);
      for (const [field, value] of Object.entries(fields)) words[Number(field)] = value;
    },
  };
}
