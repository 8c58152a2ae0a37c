import { type Contender, digits, printTable, takeTurns } from './turns.js';

/** A task at growing size. */
export interface Series {
  readonly label: string;
  readonly sizes: readonly number[];
  /** The task at one size; made just before it is timed. */
  at(size: number): Contender['run'];
}

/** No task that takes longer is timed, nor any larger one of its series. */
const LONGEST_MS = 2000;
const BUDGET_MS = 120;

/** The exponent p of cost ∝ sizeᵖ between two points: 1 where cost grows in proportion. */
function exponent(from: readonly [number, number], to: readonly [number, number]): number {
  return Math.log(to[1] / from[1]) / Math.log(to[0] / from[0]);
}

/** The factor by which cost grows a unit of size, between two points: 2 where each unit doubles it. */
function factor(from: readonly [number, number], to: readonly [number, number]): number {
  return (to[1] / from[1]) ** (1 / (to[0] - from[0]));
}

export const slopes = { exponent, factor } as const;

/**
 * Prints one row a size: median and least time of every series, and the slope of the least since the row before. Series take turns at each size; one
 * that would pass the limit at the next size, by the slope so far, ends.
 */
export function printGrowth(size: string, slope: keyof typeof slopes, series: readonly Series[]): void {
  const points = series.map((): [number, number][] => []);
  const every = [...new Set(series.flatMap(({ sizes }) => sizes))].sort((a, b) => a - b);
  const rows: string[][] = [];
  for (const n of every) {
    const going = series.flatMap((one, k) => (one.sizes.includes(n) && !isTooLong(points[k], n, slope) ? [k] : []));
    const runs = going.map((k) => ({ label: series[k].label, run: series[k].at(n) }));
    const timings = takeTurns(runs, { budget: BUDGET_MS, rounds: 15, warmUp: 40 });
    const cells = series.flatMap((_, k) => {
      const timing = timings[going.indexOf(k)];
      if (timing === undefined) return ['–', ''];
      const last = points[k][points[k].length - 1];
      points[k].push([n, timing.least]);
      const steepness = last ? slopes[slope](last, [n, timing.least]).toFixed(2) : '';
      return [`${digits(timing.median)} (${digits(timing.least)})`, steepness];
    });
    rows.push([`${n}`, ...cells]);
  }
  printTable([size, ...series.flatMap(({ label }) => [label, slope])], rows);
}

/** Whether the next size would take too long if cost went on as it did since the last one. */
function isTooLong(points: readonly [number, number][], next: number, slope: keyof typeof slopes): boolean {
  const last = points[points.length - 1];
  if (last === undefined) return false;
  if (points.length === 1) return last[1] > LONGEST_MS;
  const steepness = Math.max(slopes[slope](points[points.length - 2], last), 1); // noise must not end a series late
  const growth = slope === 'factor' ? steepness ** (next - last[0]) : (next / last[0]) ** steepness;
  return last[1] * growth > LONGEST_MS;
}
