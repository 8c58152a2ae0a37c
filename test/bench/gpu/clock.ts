import { medianOf } from '../turns.js';

export interface GpuTiming {
  /** Milliseconds of one call. */
  readonly median: number;
  readonly least: number;
  readonly runs: number;
}

export interface ClockOptions {
  /** Milliseconds that a run of several calls should take. */
  readonly run: number;
  readonly runs: number;
  /** What takes longer a call, in milliseconds, is not called again. */
  readonly patience: number;
}

/** A call took longer than patience lasts. */
export interface TooSlow {
  readonly tooSlow: number;
}

/**
 * Times calls that a device works off later: several are given to it, and the clock stops when it has finished all. Warms up first.
 *
 * @param call  gives `times` calls to the device, and waits until they are done
 */
export async function clock(
  call: (times: number) => Promise<unknown>,
  { run, runs, patience }: ClockOptions,
): Promise<GpuTiming | TooSlow> {
  const once = async (times: number): Promise<number> => {
    const start = performance.now();
    await call(times);
    return (performance.now() - start) / times;
  };
  await once(1); // compiles
  const first = await once(1);
  if (first > patience) return { tooSlow: first };
  const times = Math.max(1, Math.min(1000, Math.round(run / (await once(Math.max(1, Math.round(run / 4 / first)))))));
  const found: number[] = [];
  for (let k = 0; k < runs; k++) found.push(await once(times));
  return { median: medianOf(found), least: Math.min(...found), runs };
}
