import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Evaluation } from '../../optimise/objective.js';

/** The trainable variables of a model as one vector of float64. */
export class ParameterVector {
  private readonly variables: tf.Variable[];
  readonly length: number;

  constructor(model: tfl.LayersModel) {
    // LayerVariable.read() returns the variable itself.
    this.variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    this.length = this.variables.reduce((sum, { size }) => sum + size, 0);
  }

  /** A copy of the current values. */
  read(): Float64Array {
    return this.gather((variable) => variable.dataSync() as Float32Array);
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
    const { value, grads } = tf.variableGrads(loss, this.variables);
    const evaluation = {
      value: value.dataSync()[0],
      gradient: this.gather((variable) => grads[variable.name].dataSync() as Float32Array),
    };
    tf.dispose([value, grads]);
    return evaluation;
  }

  private gather(read: (variable: tf.Variable) => Float32Array): Float64Array {
    const values = new Float64Array(this.length);
    let at = 0;
    for (const variable of this.variables) {
      values.set(read(variable), at);
      at += variable.size;
    }
    return values;
  }
}
