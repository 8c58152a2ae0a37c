// The chain kernel. A job is described by fields in memory (`../layout.ts`); `run` does one of its tasks. Tasks write to
// places of their own, and each sums in a fixed order, so that it does not matter who does which task, or when.

import * as layout from '../layout';
import { backwardTask } from './backward';
import { forwardTask } from './forward';
import { field } from './job';

export { columnsToRows32, columnsToRows64, rowsToColumns32, rowsToColumns64 } from './transpose';

/** Does task number `task` of the job, with the scratch of thread number `thread`. */
export function run(task: i32, thread: i32): void {
  const scratch: usize = field(layout.SCRATCH) + thread * field(layout.SCRATCH_STRIDE);
  switch (field(layout.KIND)) {
    case layout.KIND_FORWARD_32: {
      forwardTask<f32>(task, scratch);
      break;
    }
    case layout.KIND_FORWARD_64: {
      forwardTask<f64>(task, scratch);
      break;
    }
    case layout.KIND_BACKWARD_32: {
      backwardTask<f32>(task, scratch);
      break;
    }
    default: {
      backwardTask<f64>(task, scratch);
    }
  }
}
