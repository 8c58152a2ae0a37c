import { DaruanError } from '../../src/foundation/errors.js';
import type { Floats } from '../chain.js';
import { chainBinary, fusedChainBinary, sharedChainBinary, sharedFusedChainBinary } from './generated/chainBinary.js';
import * as layout from './layout.js';
import { compileNewest, instantiate } from './module.js';
import { sincosConstants } from './sincosConstants.js';
import { type Crew, sharedCrew, soloCrew } from './threads.js';
import { whyNoThreads } from './worker.js';

export type Precision = 'float32' | 'float64';

/** The compiled module on its memory, in one precision, and the threads that run it. */
export interface Engine {
  readonly precision: Precision;
  readonly bytesPerNumber: 4 | 8;
  readonly samplesPerBlock: number;
  readonly memory: WebAssembly.Memory;
  readonly crew: Crew;
  readonly kinds: { readonly forward: number; readonly backward: number };
  /** A new array of the precision. */
  make(length: number): Floats;
  /** Numbers in memory, until it grows. */
  view(address: number, length: number): Floats;
  /** [batch, columns] to rows; what the last block lacks is its last sample again, or 0. */
  toRows(from: number, to: number, batch: number, columns: number, fill: 'last' | 'zero'): void;
  /** Rows to [batch, columns]. */
  fromRows(from: number, to: number, batch: number, columns: number): void;
}

const PAGES = { initial: 1, maximum: 65536 };

export async function createEngine(where: string, precision: Precision, threads: number): Promise<Engine> {
  const shared = threads > 1;
  const memory = createMemory(where, shared);
  const module = await compileNewest(
    shared ? [sharedFusedChainBinary, sharedChainBinary] : [fusedChainBinary, chainBinary],
  );
  const exports = await instantiate(module, memory);
  new Float32Array(memory.buffer, layout.CONSTANTS_32).set(sincosConstants.float32);
  new Float64Array(memory.buffer, layout.CONSTANTS_64).set(sincosConstants.float64);
  const single = precision === 'float32';
  const array = single ? Float32Array : Float64Array;
  const toRows = single ? exports.columnsToRows32 : exports.columnsToRows64;
  return {
    precision,
    bytesPerNumber: single ? 4 : 8,
    samplesPerBlock: layout.ROW / (single ? 4 : 8),
    memory,
    crew: shared ? sharedCrew(exports, module, memory, threads) : soloCrew(exports),
    kinds: single
      ? { forward: layout.KIND_FORWARD_32, backward: layout.KIND_BACKWARD_32 }
      : { forward: layout.KIND_FORWARD_64, backward: layout.KIND_BACKWARD_64 },
    make: (length) => new array(length),
    view: (address, length) => new array(memory.buffer, address, length),
    toRows: (from, to, batch, columns, fill) => toRows(from, to, batch, columns, fill === 'last' ? 1 : 0),
    fromRows: single ? exports.rowsToColumns32 : exports.rowsToColumns64,
  };
}

export function createMemory(where: string, shared: boolean): WebAssembly.Memory {
  const reason = shared ? whyNoThreads() : undefined;
  if (reason !== undefined) {
    throw new DaruanError(where, `several threads need shared memory, and ${reason}`, 'Use threads: 1.');
  }
  try {
    return new WebAssembly.Memory({ ...PAGES, shared });
  } catch (cause) {
    throw new DaruanError(where, 'the environment refuses memory', 'Free some, or use the reference kernel.', {
      cause,
    });
  }
}
