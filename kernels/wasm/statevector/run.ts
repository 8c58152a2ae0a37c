import type { StatevectorEngine } from './engine.js';
import type { Job, Request } from './job.js';
import * as layout from './layout.js';
import { productState } from './leading.js';

/** Sums of words, two numbers each, [batch, words, 2], and slopes, [batch, slots], of amplitude-minor runs. */
export interface Sums {
  readonly words: Float64Array;
  readonly slopes: Float64Array;
}

/** Runs a job whose samples, or blocks of them, are tasks of their own. */
export function runWhole({ precision, crew }: StatevectorEngine, job: Job, fresh: boolean, adjoint: boolean): void {
  const kind = adjoint ? layout.KIND_ADJOINT : layout.KIND_RUN;
  job.fields[layout.KIND] = kind + (precision === 'float32' ? layout.KIND_SINGLE : 0);
  job.fields[layout.FRESH] = fresh ? 1 : 0;
  crew.work(job.tasks, job.parallel);
}

/** Runs a job sample after sample, each state in chunks, stage after stage. */
export function runStaged(
  engine: StatevectorEngine,
  job: Job,
  { angles, batch, words, program: { numSlots } }: Request,
  { fresh, adjoint, keep }: { readonly fresh: boolean; readonly adjoint: boolean; readonly keep: boolean },
): Sums {
  const { crew, memory, precision } = engine;
  const { fields, placed, plan, at, stateBytes, measuredInChunks } = job;
  const numWords = words?.count ?? 0;
  const { stages } = placed;
  const single = precision === 'float32' ? layout.KIND_SINGLE : 0;
  const last = stages[stages.length - 1];
  const sums = { words: new Float64Array(batch * numWords * 2), slopes: new Float64Array(batch * numSlots) };
  const work = (kind: number, stage = last): number => {
    const tasks = job.stage(kind + single, stage);
    crew.work(tasks, job.parallel);
    return tasks;
  };
  for (let sample = 0; sample < batch; sample++) {
    fields[layout.SAMPLE] = sample;
    fields[layout.STATES] = at.states + (keep ? sample * stateBytes : 0);
    fields[layout.FRESH] = fresh ? 1 : 0;
    if (plan.leading.length > 0) {
      const states = productState(plan.leading, plan.rows, angles, sample, plan.numQubits);
      new Float64Array(memory.buffer, at.product, states.length).set(states);
    }
    let parts = 0;
    for (const stage of stages) {
      fields[layout.MEASURED] = measuredInChunks && stage === last ? 1 : 0;
      parts = work(layout.KIND_STAGE, stage);
      fields[layout.FRESH] = 0;
    }
    if (numWords > 0) {
      if (!measuredInChunks) parts = work(layout.KIND_MEASURE);
      collect(at.sums, parts, sums.words.subarray(sample * numWords * 2, (sample + 1) * numWords * 2));
    }
    if (!adjoint) continue;
    work(layout.KIND_COSTATE);
    parts = 0;
    for (let k = stages.length - 1; k >= 0; k--) {
      fields[layout.FRESH] = fresh && k === 0 ? 1 : 0;
      parts = Math.max(parts, work(layout.KIND_STAGE_BACK, stages[k]));
    }
    collect(at.gradients, parts, sums.slopes.subarray(sample * numSlots, (sample + 1) * numSlots));
  }
  return sums;

  /** Adds up what the parts left at `address`, in their order, and clears it for the next sample. */
  function collect(address: number, parts: number, to: Float64Array): void {
    const from = new Float64Array(memory.buffer, address, parts * to.length);
    for (let part = 0; part < parts; part++) {
      for (let k = 0; k < to.length; k++) to[k] += from[part * to.length + k];
    }
    from.fill(0);
  }
}
