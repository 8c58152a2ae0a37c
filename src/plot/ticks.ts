import { scaleLinear, scaleLog } from 'd3-scale';
import { powerOfTen, shortNumber } from './numbers.js';

export interface Tick {
  readonly value: number;
  /** Empty for a line without a number. */
  readonly text: string;
}

/** An axis: from data to pixels, with its ticks. */
export interface Scale {
  readonly map: (value: number) => number;
  readonly ticks: readonly Tick[];
}

export type ScaleName = 'linear' | 'log';

type Ends = readonly [from: number, to: number];

/** Whether two ends are the same but for rounding: their ticks could not be told apart. */
function isSingle([low, high]: Ends): boolean {
  return high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
}

/** A linear axis from `low` to `high`, rounded outwards to ticks where `nice`. A single value lies in the middle. */
export function linearScale([low, high]: Ends, pixels: Ends, count: number, nice = true): Scale {
  const margin = isSingle([low, high]) ? Math.abs(low) / 2 || 1 : 0;
  const scale = scaleLinear([low - margin, high + margin], pixels);
  if (nice) scale.nice(count);
  const text = scale.tickFormat(count);
  return { map: scale, ticks: scale.ticks(count).map((value) => ({ value, text: text(value) })) };
}

/** An axis of whole numbers. */
export function countScale(ends: Ends, pixels: Ends, count: number): Scale {
  const { map, ticks } = linearScale(ends, pixels, count, false);
  const whole = ticks.filter(({ value }) => Number.isInteger(value));
  return { map, ticks: whole.map(({ value, text }) => ({ value, text: text.replace(/\.0+$/, '') })) };
}

/**
 * A logarithmic axis from `low` to `high`, both > 0, rounded outwards: numbers at powers of ten over more than two
 * decades, at 1, 2 and 5 times them below, and evenly spaced below a factor of 3.
 */
export function logScale([low, high]: Ends, pixels: Ends, count: number): Scale {
  const single = isSingle([low, high]);
  if (high / low < 3 && !single) {
    const { ticks } = linearScale([low, high], pixels, count);
    const [first, last] = scaleLinear([low, high], [0, 1]).nice(count).domain();
    return { map: scaleLog([first, last], pixels), ticks };
  }
  const [bottom, top] = single ? [low / 2, high * 2] : [low, high];
  const exact = Math.log10(top / bottom);
  if (exact <= 2) {
    const first = Math.max(...steps125(bottom).filter((value) => value <= bottom * (1 + 1e-9)));
    const last = Math.min(...steps125(top).filter((value) => value >= top * (1 - 1e-9)));
    const values = Array.from({ length: 5 }, (_, k) => Math.floor(Math.log10(first)) + k)
      .flatMap((exponent) => [1, 2, 5].map((m) => m * 10 ** exponent))
      .filter((value) => value >= first * (1 - 1e-9) && value <= last * (1 + 1e-9));
    return {
      map: scaleLog([first, last], pixels),
      ticks: values.map((value) => ({ value, text: first >= 0.00999 ? shortNumber(value) : powerOfTen(value) })),
    };
  }
  const [first, last] = [Math.floor(Math.log10(bottom) + 1e-9), Math.ceil(Math.log10(top) - 1e-9)];
  const stride = Math.ceil((last - first) / count);
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => ({
    value: 10 ** (first + k),
    text: k % stride === 0 ? powerOfTen(10 ** (first + k)) : '',
  }));
  return { map: scaleLog([10 ** first, 10 ** last], pixels), ticks };
}

/** 0.5, 1, 2, 5 and 10 times the power of ten at or below `value`: some are at or below it, some at or above. */
function steps125(value: number): number[] {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-12);
  return [0.5, 1, 2, 5, 10].map((m) => m * power);
}
