import type { DiagonalRun } from './diagonals.js';
import { type Geometry, split } from './geometry.js';
import type { Image } from './image.js';
import * as layout from './layout.js';
import type { Constant, Step } from './steps.js';

/** Flips of bits, controlled or not, that run as one permutation of a chunk's vectors. */
export interface FlipRun {
  readonly kind: 'flips';
  readonly flips: readonly Constant[];
}

/** With fewer flips, passes of their own are as fast. */
const LEAST_FLIPS = 3;

/** A flip that moves whole vectors, whatever the chunk. */
function isMove(geometry: Geometry, step: Step | DiagonalRun): step is Constant {
  if (step.kind !== 'constant' || step.structure !== 'flip') return false;
  const control = split(geometry, step.controlMask);
  return control.lanes === 0 && control.outer === 0 && split(geometry, 1 << step.targets[0]).local !== 0;
}

/** Joins flips that follow one another. */
export function gatherFlips(
  geometry: Geometry,
  steps: readonly (Step | DiagonalRun)[],
): (Step | DiagonalRun | FlipRun)[] {
  const result: (Step | DiagonalRun | FlipRun)[] = [];
  let pending: Constant[] = [];
  const flush = (): void => {
    if (pending.length >= LEAST_FLIPS) result.push({ kind: 'flips', flips: pending });
    else result.push(...pending);
    pending = [];
  };
  for (const step of steps) {
    if (isMove(geometry, step)) pending.push(step);
    else {
      flush();
      result.push(step);
    }
  }
  flush();
  return result;
}

/** The permutation as cycles, and its inverse behind it. */
export function encodeFlips(geometry: Geometry, { flips }: FlipRun, localBits: number, image: Image): Int32Array {
  const moves = flips.map((step) => ({
    flip: split(geometry, 1 << step.targets[0]).local,
    mask: split(geometry, step.controlMask).local,
    value: split(geometry, step.controlValue).local,
  }));
  const source = (offset: number): number =>
    moves.reduceRight((at, { flip, mask, value }) => ((at & mask) === value ? at ^ flip : at), offset);
  const cycles = cyclesOf(source, layout.COMPLEX, localBits);
  const op = new Int32Array(layout.OP / 4);
  op[layout.OP_KIND] = layout.OP_PERMUTE;
  op[layout.OP_DATA] = image.end;
  addCycles(image, cycles);
  op[layout.OP_ROW] = image.end - op[layout.OP_DATA];
  addCycles(
    image,
    cycles.map((cycle) => cycle.slice().reverse()),
  );
  return op;
}

/** Cycles of a permutation of the multiples of `unit` below unit · 2^bits, those of length 1 left out. */
function cyclesOf(source: (offset: number) => number, unit: number, bits: number): number[][] {
  const seen = new Uint8Array(2 ** bits);
  const cycles: number[][] = [];
  for (let first = 0; first < seen.length; first++) {
    const cycle: number[] = [];
    for (let at = first; !seen[at]; at = source(at * unit) / unit) {
      seen[at] = 1;
      cycle.push(at * unit);
    }
    if (cycle.length > 1) cycles.push(cycle);
  }
  return cycles;
}

function addCycles(image: Image, cycles: readonly (readonly number[])[]): void {
  image.addIntegers([cycles.length]);
  for (const cycle of cycles) {
    image.addIntegers([cycle.length]);
    image.addIntegers(cycle);
  }
}
