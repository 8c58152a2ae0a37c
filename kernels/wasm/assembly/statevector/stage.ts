// A stage runs operations over the chunks of one amplitude-minor state. A chunk holds the amplitudes that differ in the local
// bits alone; where those are not the lowest bits, it is copied to the thread's scratch and back.

import * as layout from '../../statevector/layout';
import { measure } from './measure';
import { backward, forward } from './operate';
import { fillProduct, fillTable } from './product';
import { job, place, Run } from './run';

/** The bits of `index`, spread over the bits of `mask`. */
function spread(index: u32, mask: u32): u32 {
  let result: u32 = 0;
  for (let rest = mask; index != 0; rest &= rest - 1, index >>= 1) {
    if (index & 1) result |= rest & (0 - rest);
  }
  return result;
}

/** Copies a chunk between the state and contiguous memory, run by run of neighbouring vectors. */
function copyChunk(state: usize, mask: u32, chunk: usize, gather: bool): void {
  const low = ctz(~mask); // neighbours
  const bytes: usize = layout.COMPLEX << low;
  const upper = mask & ~((<u32>1 << low) - 1);
  const runs: u32 = <u32>1 << (popcnt(mask) - low);
  let row: u32 = 0;
  for (let k: u32 = 0; k < runs; k++, chunk += bytes, row = ((row | ~upper) + 1) & upper) {
    const from = state + ((<usize>row) << layout.COMPLEX_BITS);
    if (gather) {
      for (let at: usize = 0; at < bytes; at += 32) {
        v128.store(chunk + at, v128.load(from + at));
        v128.store(chunk + at, v128.load(from + at, 16), 16);
      }
    } else {
      for (let at: usize = 0; at < bytes; at += 32) {
        v128.store(from + at, v128.load(chunk + at));
        v128.store(from + at, v128.load(chunk + at, 16), 16);
      }
    }
  }
}

/** Some chunks of the stage: forward, or backward with the costate. */
export function runStage<T>(task: i32, back: bool): void {
  const mask = job(layout.LOCAL_MASK);
  const chunks: i32 = 1 << (job(layout.STATE_BITS) - job(layout.LOCAL_BITS));
  const each = job(layout.TASK_CHUNKS);
  const outerMask: u32 = ((<u32>1 << job(layout.STATE_BITS)) - 1) & ~mask;
  const ops: usize = place(layout.OPS);
  const count = job(layout.OPS_COUNT);
  const gathered = job(layout.GATHERED) != 0;
  const fresh = job(layout.FRESH) != 0;
  const measured = job(layout.MEASURED) != 0;
  const product = fresh && !back && job(layout.PRODUCT) != 0;
  const sums = place(layout.SUMS) + <usize>task * place(layout.SUMS_STRIDE);
  Run.size = layout.COMPLEX << job(layout.LOCAL_BITS);
  if (product) fillTable<T>();
  for (let chunk = task * each; chunk < min(chunks, (task + 1) * each); chunk++) {
    const outer = spread(chunk, outerMask);
    if (back && fresh && outer != 0) continue; // the state is 0 there throughout, and so is every slope
    const state: usize = place(layout.STATES) + ((<usize>outer) << layout.COMPLEX_BITS);
    const costate: usize = place(layout.COSTATES) + ((<usize>outer) << layout.COMPLEX_BITS);
    Run.outer = outer;
    Run.psi = gathered || measured ? Run.scratch : state;
    if (product) fillProduct<T>();
    else if (fresh && !back) {
      if (measured && outer != 0) continue;
      memory.fill(Run.psi, 0, Run.size);
      if (outer == 0) store<T>(Run.psi, 1);
    } else if (gathered || measured) copyChunk(state, mask, Run.psi, true);
    if (back) {
      Run.costate = gathered ? Run.scratch + place(layout.SCRATCH_COSTATE) : costate;
      if (gathered) copyChunk(costate, mask, Run.costate, true);
      backward<T>(ops, count);
      if (gathered) copyChunk(costate, mask, Run.costate, false);
    } else if (!fresh || product || outer == 0) {
      forward<T>(ops, count); // of |0…0⟩ one chunk alone is not zero, and none becomes so
    }
    if (measured) measure<T>(0, Run.size, sums);
    else if (gathered) copyChunk(state, mask, Run.psi, false);
  }
}
