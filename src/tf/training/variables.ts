import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Evaluation } from '../../optimise/objective.js';

/** The trainable variables of a model or a layer as one vector of float64. */
export class ParameterVector {
  readonly variables: readonly tf.Variable[];
  readonly length: number;

  constructor(model: Pick<tfl.LayersModel, 'trainableWeights'>) {
    // LayerVariable.read() returns the variable itself.
    this.variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    this.length = this.variables.reduce((sum, { size }) => sum + size, 0);
  }

  /** A copy of the current values. */
  read(): Float64Array {
    return together(this.variables.map((variable) => variable.dataSync() as Float32Array));
  }

  /** The same, from wherever they are. */
  async fetch(): Promise<Float64Array> {
    return together(await Promise.all(this.variables.map((variable) => variable.data() as Promise<Float32Array>)));
  }

  /** Sets all variables, rounding to float32. */
  write(values: Float64Array): void {
    let at = 0;
    for (const variable of this.variables) {
      const part = Float32Array.from(values.subarray(at, at + variable.size));
      tf.tidy(() => {
        variable.assign(tf.tensor(part, variable.shape, 'float32'));
      });
      at += variable.size;
    }
  }

  /** Value and gradient of a loss at the current values. */
  differentiate(loss: () => tf.Scalar): Evaluation {
    const { value, grads } = tf.variableGrads(loss, [...this.variables]);
    const evaluation = {
      value: value.dataSync()[0],
      gradient: together(this.variables.map((variable) => grads[variable.name].dataSync() as Float32Array)),
    };
    tf.dispose([value, grads]);
    return evaluation;
  }

  /** The same on a device, read in one piece. */
  async fetchGradient(loss: () => tf.Scalar): Promise<Evaluation> {
    const all = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, [...this.variables]);
      const flat = this.variables.map((variable) => tf.reshape(grads[variable.name], [-1]) as tf.Tensor1D);
      return tf.concat1d([tf.reshape(value, [1]) as tf.Tensor1D, ...flat]);
    });
    const numbers = await all.data();
    all.dispose();
    return { value: numbers[0], gradient: Float64Array.from(numbers.subarray(1)) };
  }
}

function together(parts: readonly Float32Array[]): Float64Array {
  const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}
