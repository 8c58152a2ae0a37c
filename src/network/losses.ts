/** The mean loss over all entries of a prediction, and its gradient. Arrays of equal length; `width` is the last axis. */
export type HostLoss = (
  prediction: Float64Array,
  target: Float64Array,
  width: number,
) => { readonly value: number; readonly gradient: Float64Array };

/** The losses in float64, under the names of `daruan/tf`. */
export const hostLosses = {
  meanSquaredError: (prediction, target) => {
    const gradient = new Float64Array(prediction.length);
    let sum = 0;
    for (let i = 0; i < prediction.length; i++) {
      const difference = prediction[i] - target[i];
      sum += difference * difference;
      gradient[i] = (2 * difference) / prediction.length;
    }
    return { value: sum / prediction.length, gradient };
  },
  meanAbsoluteError: (prediction, target) => {
    const gradient = new Float64Array(prediction.length);
    let sum = 0;
    for (let i = 0; i < prediction.length; i++) {
      const difference = prediction[i] - target[i];
      sum += Math.abs(difference);
      gradient[i] = Math.sign(difference) / prediction.length;
    }
    return { value: sum / prediction.length, gradient };
  },
  /** −mean over rows of Σ target · log softmax(prediction), with d/dz = (softmax·Σ target − target)/rows. */
  softmaxCrossEntropy: (prediction, target, width) => {
    const gradient = new Float64Array(prediction.length);
    const rows = prediction.length / width;
    let sum = 0;
    for (let at = 0; at < prediction.length; at += width) {
      const logits = prediction.subarray(at, at + width);
      const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      const logarithm = largest + Math.log(logits.reduce((total, z) => total + Math.exp(z - largest), 0));
      const weight = target.subarray(at, at + width).reduce((total, t) => total + t, 0);
      for (let k = 0; k < width; k++) {
        sum += target[at + k] * (logarithm - logits[k]);
        gradient[at + k] = (weight * Math.exp(logits[k] - logarithm) - target[at + k]) / rows;
      }
    }
    return { value: sum / rows, gradient };
  },
} as const satisfies Record<string, HostLoss>;
