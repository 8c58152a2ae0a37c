// The node kernel. A job is described by fields in memory (`../../nodes/layout.ts`); `run` does one of its tasks. Tasks
// write to places of their own, and each sums in a fixed order, so that it does not matter who does which task, or when.

import { field } from '../job';
import * as layout from '../../nodes/layout';
import { compileTask } from './compile';
import { gradientTask, reduceTask } from './gradient';
import { outputsTask } from './outputs';

export { packInputs, packOutputs } from './pack';

/** Does task number `task` of the job, with the scratch of thread number `thread`. */
export function run(task: i32, thread: i32): void {
  const scratch: usize = field(layout.SCRATCH) + thread * field(layout.SCRATCH_STRIDE);
  switch (field(layout.KIND)) {
    case layout.KIND_OUTPUTS: {
      outputsTask(task, scratch);
      break;
    }
    case layout.KIND_GRADIENT: {
      gradientTask(task, scratch);
      break;
    }
    case layout.KIND_REDUCE: {
      reduceTask(task);
      break;
    }
    default: {
      compileTask(task, scratch, field(layout.KIND) == layout.KIND_COMPILE_GRADIENT);
    }
  }
}

/** The largest |number| of an array; NaN counts for nothing. */
export function largest(from: usize, count: i32): f32 {
  let most = f32x4.splat(0);
  const vectors = count >> 2;
  for (let k = 0; k < vectors; k++) most = f32x4.pmax(most, f32x4.abs(v128.load(from + 16 * k)));
  let result = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (let k = 4 * vectors; k < count; k++) {
    const size = abs(load<f32>(from + 4 * k));
    if (size > result) result = size;
  }
  return result;
}
