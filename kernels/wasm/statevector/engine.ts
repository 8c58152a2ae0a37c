import { DaruanError } from '../../../src/foundation/errors.js';
import type { Floats } from '../../chain.js';
import type { Precision } from '../engine.js';
import { sharedStatevectorBinary, statevectorBinary } from '../generated/statevectorBinary.js';
import { CONSTANTS_32, CONSTANTS_64 } from '../layout.js';
import { compileBase64 } from '../module.js';
import { sincosConstants } from '../sincosConstants.js';
import { type Crew, sharedCrew, soloCrew, type TaskRunner } from '../threads.js';
import { whyNoThreads } from '../worker.js';
import type { Job } from './job.js';
import * as layout from './layout.js';

/** What the compiled module exports: `../assembly/statevector/index.ts`. */
interface StatevectorExports extends TaskRunner {
  fillRow32(angles: number, count: number, multiplier: number, cosines: number, sines: number): void;
  fillRow64(angles: number, count: number, multiplier: number, cosines: number, sines: number): void;
}

/** The compiled module on its memory, in one precision, and the threads that run it. */
export interface StatevectorEngine {
  readonly precision: Precision;
  readonly bytesPerNumber: 4 | 8;
  readonly memory: WebAssembly.Memory;
  readonly crew: Crew;
  /** The call that memory holds, as it was placed. */
  resident: Job | undefined;
  /** Numbers of the precision in memory, until it grows. */
  view(address: number, length: number): Floats;
  fillRow: StatevectorExports['fillRow64'];
}

export async function createStatevectorEngine(
  where: string,
  precision: Precision,
  threads: number,
): Promise<StatevectorEngine> {
  const shared = threads > 1;
  const memory = createMemory(where, shared);
  const module = await compiled(shared);
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as StatevectorExports;
  new Float32Array(memory.buffer, CONSTANTS_32).set(sincosConstants.float32);
  new Float64Array(memory.buffer, CONSTANTS_64).set(sincosConstants.float64);
  writeMasks(memory);
  const single = precision === 'float32';
  const array = single ? Float32Array : Float64Array;
  return {
    precision,
    bytesPerNumber: single ? 4 : 8,
    memory,
    resident: undefined,
    crew: shared ? sharedCrew(exports, module, memory, threads) : soloCrew(exports),
    view: (address, length) => new array(memory.buffer, address, length),
    fillRow: single ? exports.fillRow32 : exports.fillRow64,
  };
}

const compiled = (shared: boolean): Promise<WebAssembly.Module> =>
  compileBase64(shared ? sharedStatevectorBinary : statevectorBinary);

/** Masks of lanes, by the lanes' bits. */
function writeMasks(memory: WebAssembly.Memory): void {
  const four = new Int32Array(memory.buffer, layout.MASKS_32, 16 * 4);
  four.forEach((_, k) => {
    four[k] = (k >> 2) & (1 << (k & 3)) ? -1 : 0;
  });
  const two = new Int32Array(memory.buffer, layout.MASKS_64, 4 * 4);
  two.forEach((_, k) => {
    two[k] = (k >> 2) & (1 << ((k & 3) >> 1)) ? -1 : 0;
  });
}

function createMemory(where: string, shared: boolean): WebAssembly.Memory {
  const reason = shared ? whyNoThreads() : undefined;
  if (reason !== undefined) {
    throw new DaruanError(where, `several threads need shared memory, and ${reason}`, 'Use threads: 1.');
  }
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
  } catch (cause) {
    throw new DaruanError(where, 'the environment refuses memory', 'Free some, or use the reference backend.', {
      cause,
    });
  }
}
