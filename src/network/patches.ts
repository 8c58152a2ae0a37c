import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';

/** How a window moves over an image. */
export interface PatchOptions {
  /** Height and width of the window, or one number for both. */
  readonly kernelSize: number | readonly [number, number];
  /** Steps of the window. Default 1. */
  readonly strides?: number | readonly [number, number];
  /** Distance between the taps of the window. Default 1. */
  readonly dilationRate?: number | readonly [number, number];
  /** `valid` (default): the window stays inside; `same`: the image is surrounded by zeros, so that ⌈size/stride⌉ windows fit. */
  readonly padding?: 'valid' | 'same';
}

/** Where the taps of all windows lie. */
export interface Patches {
  /** Number of windows, down and across. */
  readonly size: readonly [number, number];
  /** Taps a window. */
  readonly taps: number;
  /** Pixel of each window and tap, shape [windows, taps]; height·width, one past the last, where it lies outside. */
  readonly pixels: Int32Array;
  /** Place window·taps + tap at which each pixel is seen by each tap, shape [height·width, taps]; windows·taps where by none. */
  readonly places: Int32Array;
}

/** A pair of positive integers from one or two of them. */
export function pairOf(where: string, name: string, value: unknown): readonly [number, number] {
  const pair = Array.isArray(value) ? value : [value, value];
  if (pair.length !== 2) throw expected(where, `${name} to be a number, or two`, value);
  for (const entry of pair) checkInteger(where, name, entry, 1);
  return pair as unknown as readonly [number, number];
}

/** Number of windows along an axis. */
export function windowsAlong(
  length: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: 'valid' | 'same',
): number {
  const extent = (kernel - 1) * dilation + 1;
  return padding === 'same' ? Math.ceil(length / stride) : Math.max(0, Math.floor((length - extent) / stride) + 1);
}

/**
 * The windows of an image.
 *
 * @throws if an option is out of range, or no window fits
 */
export function patchesOf(where: string, height: number, width: number, options: PatchOptions): Patches {
  const { padding = 'valid' } = options;
  const kernel = pairOf(where, 'kernelSize', options.kernelSize);
  const stride = pairOf(where, 'strides', options.strides ?? 1);
  const dilation = pairOf(where, 'dilationRate', options.dilationRate ?? 1);
  const lengths = [height, width];
  const size = [0, 1].map((axis) => windowsAlong(lengths[axis], kernel[axis], stride[axis], dilation[axis], padding));
  if (size[0] === 0 || size[1] === 0) {
    throw expected(where, `an image that holds a window of ${kernel.join(' × ')} taps`, lengths);
  }
  // as tfjs does: the odd row of zeros comes last
  const before = [0, 1].map((axis) => {
    const extent = (kernel[axis] - 1) * dilation[axis] + 1;
    const missing = (size[axis] - 1) * stride[axis] + extent - lengths[axis];
    return padding === 'same' ? Math.floor(Math.max(0, missing) / 2) : 0;
  });
  const [taps, windows] = [kernel[0] * kernel[1], size[0] * size[1]];
  const pixels = new Int32Array(windows * taps);
  const places = new Int32Array(height * width * taps).fill(windows * taps);
  for (let place = 0; place < pixels.length; place++) {
    const [window, tap] = [Math.floor(place / taps), place % taps];
    const y = Math.floor(window / size[1]) * stride[0] + Math.floor(tap / kernel[1]) * dilation[0] - before[0];
    const x = (window % size[1]) * stride[1] + (tap % kernel[1]) * dilation[1] - before[1];
    const inside = y >= 0 && y < height && x >= 0 && x < width;
    pixels[place] = inside ? y * width + x : height * width;
    if (inside) places[(y * width + x) * taps + tap] = place;
  }
  return { size: [size[0], size[1]], taps, pixels, places };
}
