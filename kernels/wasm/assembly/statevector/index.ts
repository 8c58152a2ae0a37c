// The statevector kernel. A job is described by fields in memory (`../../statevector/layout.ts`); `run` does one of its tasks.
// Tasks write to places of their own, and each sums in a fixed order, so that it does not matter who does which task, or when.

import * as layout from '../../statevector/layout';
import { fillCostate, measure } from './measure';
import { backward, forward } from './operate';
import { job, place, Run } from './run';
import { runStage } from './stage';

export { fillRow32, fillRow64 } from './rows';

/** A sample, or a block of samples, from |0…0⟩ or a given state to the sums of words and, in an adjoint run, the slopes. */
function runWhole<T>(task: i32, adjoint: bool): void {
  const block = job(layout.BLOCK);
  let vectors = 1;
  if (block) {
    const lanes = 16 / sizeof<T>();
    vectors = min(block, (job(layout.BATCH) + lanes - 1) / lanes - task * block);
    Run.unit = block * layout.COMPLEX;
    Run.sample = <usize>(task * block) << 4;
  } else {
    Run.unit = layout.COMPLEX;
    Run.sample = task * sizeof<T>();
  }
  Run.vectors = vectors;
  Run.size = Run.unit << job(layout.STATE_BITS);
  Run.outer = 0;
  const stride: usize = place(layout.STATE_STRIDE);
  Run.psi = stride ? place(layout.STATES) + <usize>task * stride : Run.scratch;
  Run.costate = Run.scratch + place(layout.SCRATCH_COSTATE);
  if (job(layout.FRESH)) {
    memory.fill(Run.psi, 0, Run.size);
    if (block) for (let w = 0; w < vectors; w++) v128.store(Run.psi + w * layout.COMPLEX, v128.splat<T>(1));
    else store<T>(Run.psi, 1);
  }
  forward<T>(place(layout.OPS), job(layout.OPS_COUNT));
  const offset: usize = block ? Run.sample : <usize>task * place(layout.SUMS_STRIDE);
  if (job(layout.GROUPS_COUNT)) measure<T>(0, Run.size, place(layout.SUMS) + offset);
  if (!adjoint) return;
  fillCostate<T>(0, Run.size, place(layout.WEIGHTS) + (block ? Run.sample : <usize>task * place(layout.WEIGHTS_STRIDE)));
  Run.gradients = place(layout.GRADIENTS) + (block ? Run.sample : <usize>task * place(layout.GRADIENTS_STRIDE));
  Run.gradientStride = place(layout.GRADIENTS_STRIDE);
  backward<T>(place(layout.OPS), job(layout.OPS_COUNT));
}

/** One part of a state that several tasks work on. */
function runPart<T>(task: i32, kind: i32): void {
  Run.unit = layout.COMPLEX;
  Run.vectors = 1;
  Run.outer = 0;
  Run.sample = job(layout.SAMPLE) * sizeof<T>();
  Run.psi = place(layout.STATES);
  Run.costate = place(layout.COSTATES);
  Run.gradients = place(layout.GRADIENTS) + <usize>task * place(layout.GRADIENTS_STRIDE);
  const bytes: usize = job(layout.TASK_CHUNKS) << (job(layout.LOCAL_BITS) + layout.COMPLEX_BITS);
  const begin: usize = <usize>task * bytes;
  if (kind == layout.KIND_STAGE) runStage<T>(task, false);
  else if (kind == layout.KIND_STAGE_BACK) runStage<T>(task, true);
  else if (kind == layout.KIND_MEASURE) measure<T>(begin, begin + bytes, place(layout.SUMS) + <usize>task * place(layout.SUMS_STRIDE));
  else fillCostate<T>(begin, begin + bytes, place(layout.WEIGHTS) + <usize>job(layout.SAMPLE) * place(layout.WEIGHTS_STRIDE));
}

// @ts-ignore: decorator
@inline
function runKind<T>(task: i32, kind: i32): void {
  if (kind == layout.KIND_RUN) runWhole<T>(task, false);
  else if (kind == layout.KIND_ADJOINT) runWhole<T>(task, true);
  else runPart<T>(task, kind);
}

/** Does task number `task` of the job, with the scratch of thread number `thread`. */
export function run(task: i32, thread: i32): void {
  Run.scratch = place(layout.SCRATCH) + <usize>thread * place(layout.SCRATCH_STRIDE);
  Run.batchMinor = job(layout.BLOCK) != 0;
  const kind = job(layout.KIND);
  if (kind & layout.KIND_SINGLE) runKind<f32>(task, kind ^ layout.KIND_SINGLE);
  else runKind<f64>(task, kind);
}
