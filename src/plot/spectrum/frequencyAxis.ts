import type { Frame } from '../axes.js';
import { countScale, linearScale, type Scale } from '../ticks.js';

/** The axis of frequencies, and how much room each has to both sides; pixels. */
export interface FrequencyAxis {
  readonly scale: Scale;
  readonly room: number;
}

/** Frequencies along a frame, half the smallest distance free at both ends. */
export function frequencyAxis(frequencies: Float64Array, { left, width }: Frame): FrequencyAxis {
  const [first, last] = [frequencies[0], frequencies[frequencies.length - 1]];
  const span = last - first || 1;
  let gap = frequencies.length > 1 ? Infinity : span;
  for (let k = 1; k < frequencies.length; k++) gap = Math.min(gap, frequencies[k] - frequencies[k - 1]);
  const margin = Math.max(gap / 2, span / 40);
  const whole = frequencies.every(Number.isInteger);
  const ends: [number, number] = [first - margin, last + margin];
  const make = whole
    ? countScale
    : (from: [number, number], to: [number, number], count: number) => linearScale(from, to, count, false);
  const scale = make(ends, [left, left + width], Math.max(2, Math.floor(width / 44)));
  return { scale, room: (gap / (ends[1] - ends[0])) * width };
}
