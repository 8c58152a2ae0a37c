import { DaruanError } from '../../src/foundation/errors.js';
import { HEAP } from './layout.js';

const PAGE = 65536;
/** 4 GiB: what 32-bit addresses reach. */
const MOST_PAGES = 65536;

/** Addresses of consecutive regions of the given sizes in bytes, each at a multiple of 64, and where the last one ends. */
export function planMemory<Name extends string>(
  sizes: Readonly<Record<Name, number>>,
): {
  readonly at: Readonly<Record<Name, number>>;
  readonly end: number;
} {
  const at = {} as Record<Name, number>;
  let next = HEAP;
  for (const name of Object.keys(sizes) as Name[]) {
    at[name] = next;
    next = Math.ceil((next + sizes[name]) / 64) * 64;
  }
  return { at, end: next };
}

/** Grows `memory` to at least `bytes`. Throws a DaruanError if the environment refuses. */
export function reserve(where: string, memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing <= 0) return;
  const remedy = 'Use a smaller batch, and add up the gradients of its parts.';
  const need = `${(bytes / 1e9).toPrecision(2)} GB are needed`;
  if (bytes > MOST_PAGES * PAGE) throw new DaruanError(where, `${need}, 4.3 GB can be addressed`, remedy);
  try {
    memory.grow(missing);
  } catch (cause) {
    throw new DaruanError(where, `${need}, the environment refuses that much memory`, remedy, { cause });
  }
}
