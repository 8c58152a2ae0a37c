/** Up to this length the sum as it stands is quicker than its factors. */
const DIRECT = 32;

/** A complex signal: real and imaginary parts of the same length. */
export interface Signal {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Σ_j x_j exp(−2πi jk/N) for k = 0 … N − 1, of any length N; without the factor 1/N.
 *
 * Cost: O(N log N). Powers of 2 by Cooley and Tukey's algorithm, other lengths as a convolution of such a length (Bluestein 1970).
 */
export function fourierTransform(signal: Signal): Signal {
  const length = signal.re.length;
  if (length <= DIRECT) return directTransform(signal);
  return (length & (length - 1)) === 0 ? powerOfTwo(signal) : chirp(signal);
}

/** Cosines and sines of 2πj/N, j = 0 … N − 1. */
function circle(length: number): Signal {
  const angle = (j: number): number => (2 * Math.PI * j) / length;
  return {
    re: Float64Array.from({ length }, (_, j) => Math.cos(angle(j))),
    im: Float64Array.from({ length }, (_, j) => Math.sin(angle(j))),
  };
}

function directTransform({ re, im }: Signal): Signal {
  const length = re.length;
  const { re: cosines, im: sines } = circle(length);
  const result = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    for (let j = 0; j < length; j++) {
      const c = cosines[(j * k) % length]; // jk modulo N: no sine of a large number
      const s = sines[(j * k) % length];
      result.re[k] += re[j] * c + im[j] * s;
      result.im[k] += im[j] * c - re[j] * s;
    }
  }
  return result;
}

function powerOfTwo({ re: fromRe, im: fromIm }: Signal): Signal {
  const length = fromRe.length;
  const { re: cosines, im: sines } = circle(length);
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  for (let i = 0, reversed = 0; i < length; i++) {
    re[reversed] = fromRe[i];
    im[reversed] = fromIm[i];
    let bit = length >> 1;
    for (; bit > 0 && (reversed & bit) !== 0; bit >>= 1) reversed ^= bit;
    reversed |= bit;
  }
  for (let half = 1; half < length; half *= 2) {
    const stride = length / (2 * half);
    for (let first = 0; first < length; first += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [c, s] = [cosines[k * stride], sines[k * stride]];
        const [i, j] = [first + k, first + k + half];
        const tr = re[j] * c + im[j] * s;
        const ti = im[j] * c - re[j] * s;
        re[j] = re[i] - tr;
        im[j] = im[i] - ti;
        re[i] += tr;
        im[i] += ti;
      }
    }
  }
  return { re, im };
}

/** jk = (j² + k² − (k − j)²)/2 makes the sum a convolution with a chirp. */
function chirp({ re, im }: Signal): Signal {
  const length = re.length;
  const room = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const { re: cosines, im: sines } = circle(2 * length);
  const phase = (j: number): number => (j * j) % (2 * length); // exp(iπj²/N)
  const a = { re: new Float64Array(room), im: new Float64Array(room) };
  const b = { re: new Float64Array(room), im: new Float64Array(room) };
  for (let j = 0; j < length; j++) {
    const [c, s] = [cosines[phase(j)], sines[phase(j)]];
    a.re[j] = re[j] * c + im[j] * s;
    a.im[j] = im[j] * c - re[j] * s;
    for (const at of [j, (room - j) % room]) [b.re[at], b.im[at]] = [c, s];
  }
  const [fa, fb] = [powerOfTwo(a), powerOfTwo(b)];
  // The inverse transform is the conjugate of the transform of the conjugate.
  const product = { re: new Float64Array(room), im: new Float64Array(room) };
  for (let k = 0; k < room; k++) {
    product.re[k] = fa.re[k] * fb.re[k] - fa.im[k] * fb.im[k];
    product.im[k] = -(fa.re[k] * fb.im[k] + fa.im[k] * fb.re[k]);
  }
  const back = powerOfTwo(product);
  const result = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    const [c, s] = [cosines[phase(k)], sines[phase(k)]];
    const [vr, vi] = [back.re[k] / room, -back.im[k] / room];
    result.re[k] = vr * c + vi * s;
    result.im[k] = vi * c - vr * s;
  }
  return result;
}
