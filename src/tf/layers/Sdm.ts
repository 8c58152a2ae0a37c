import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { nearestDistances, type SdmReference } from '../../activations/sdmNeighbours.js';
import { checkInteger, checkLength } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { apply } from '../differentiable.js';
import { oneHotRows } from '../oneHot.js';
import { constantInitializer } from './variable.js';

export interface SdmArgs {
  /** Number of training rows that it remembers, at least two. */
  readonly rows: number;
  readonly name?: string;
}

/**
 * The similarity-distance-magnitude activation as the last layer of a classifier: logits [batch, classes] and what the network
 * makes of the rows before them, [batch, width], to probabilities (2 + q)^(d·z_i)/Σ_c (2 + q)^(d·z_c). q counts the training rows
 * that are nearer than the nearest one whose label or prediction is not the predicted class; d = min_c (1 − F_c(distance to the
 * nearest training row)). Training rows are untrained weights, saved with the model and set by `setReference`; before that no row
 * is near them, and the probabilities are uniform.
 *
 * q and d are steps, so the gradient goes through the logits alone. A row depends on the training rows, not on the rows beside it.
 *
 * @throws unless both inputs have two axes
 * @cost batch · rows · width
 * @see arXiv:2502.20167
 */
export class Sdm extends tfl.layers.Layer {
  static readonly className = 'Sdm';
  private readonly rows: number;
  private classes = 0;
  private width = 0;
  private exemplars!: tfl.LayerVariable;
  /** Label, predicted class and distance to the nearest other row of each training row, shape [3, rows]. */
  private facts!: tfl.LayerVariable;

  constructor(args: SdmArgs) {
    super(args as object);
    this.rows = args?.rows;
    checkInteger('Sdm', 'rows', this.rows, 2);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const [logits, representation] = inputShape as tfl.Shape[];
    const two = Array.isArray(logits) && Array.isArray(representation) && logits.length + representation.length === 4;
    if (!two) throw expected('Sdm', 'logits [batch, classes] and representations [batch, width]', inputShape);
    [this.classes, this.width] = [logits[1]!, representation[1]!];
    const add = (name: string, shape: number[]) =>
      this.addWeight(name, shape, 'float32', constantInitializer(0), undefined, false);
    this.exemplars = add('exemplars', [this.rows, this.width]);
    this.facts = add('facts', [3, this.rows]);
    super.build(inputShape);
  }

  /**
   * Sets the training rows, once the network before is trained.
   *
   * @throws unless there are as many rows, of the same width, as the layer was made for
   */
  setReference(reference: SdmReference): void {
    const { exemplars, width, labels, predicted } = reference;
    const { rows, classes } = this;
    checkInteger('Sdm.setReference', 'width', width, this.width, this.width);
    checkLength('Sdm.setReference', 'exemplars', exemplars, rows * width, '[rows, width]');
    for (const [name, values] of Object.entries({ labels, predicted })) {
      checkLength('Sdm.setReference', name, values, rows, '[rows]');
      Array.from(values).forEach((value, row) => {
        checkInteger('Sdm.setReference', `${name}[${row}]`, value, 0, classes - 1);
      });
    }
    const facts = Float32Array.of(
      ...Array.from(labels),
      ...Array.from(predicted),
      ...nearestDistances(exemplars, width),
    );
    tf.tidy(() => {
      this.exemplars.write(tf.tensor2d(Float32Array.from(exemplars), [rows, width]));
      this.facts.write(tf.tensor2d(facts, [3, rows]));
    });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [logits, representation] = inputs as tf.Tensor2D[];
      const { distance, base } = this.scales(logits, representation);
      return tf.softmax(tf.mul(logits, tf.mul(distance, base)));
    });
  }

  /**
   * The mean over rows of −log_(2+q) of the probability of the label, for training further.
   *
   * @param inputs  as of the layer
   * @param labels  shape [batch], integers
   */
  loss([logits, representation]: readonly [tf.Tensor2D, tf.Tensor2D], labels: tf.Tensor1D): tf.Scalar {
    return tf.tidy(() => {
      const { distance, base } = this.scales(logits, representation);
      const logarithms = tf.logSoftmax(tf.mul(logits, tf.mul(distance, base)));
      const own = tf.sum(tf.mul(logarithms, oneHotRows(labels, this.classes)), 1, true);
      return tf.neg(tf.mean(tf.div(own, base))) as tf.Scalar;
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return (inputShape as tfl.Shape[])[0];
  }

  override getConfig() {
    return { ...super.getConfig(), rows: this.rows } as never;
  }

  /** d and ln(2 + q) of each row, shape [batch, 1]: without slopes. */
  private scales(logits: tf.Tensor2D, representation: tf.Tensor2D): { distance: tf.Tensor; base: tf.Tensor } {
    const both = apply<tf.Tensor2D>(
      {
        forward: (z, x) => tf.tidy(() => this.neighbours(z as tf.Tensor2D, x as tf.Tensor2D)),
        gradient: (_, z, x) => [() => tf.zerosLike(z), () => tf.zerosLike(x)],
      },
      logits,
      representation,
    );
    const [distance, similarity] = tf.split(both, 2, 1);
    return { distance, base: tf.log(tf.add(similarity, 2)) };
  }

  /** d and q, shape [batch, 2]. */
  private neighbours(logits: tf.Tensor2D, representation: tf.Tensor2D): tf.Tensor2D {
    const exemplars = this.exemplars.read() as tf.Tensor2D;
    const [labels, predicted, nearestOther] = tf.split(this.facts.read(), 3, 0); // [1, rows]
    const chosen = tf.cast(tf.expandDims(tf.argMax(logits, 1), 1), 'float32'); // [batch, 1]
    // about the middle of the training rows, so that float32 loses least in the difference of squares
    const middle = tf.mean(exemplars, 0, true);
    const [a, b] = [tf.sub(representation, middle) as tf.Tensor2D, tf.sub(exemplars, middle) as tf.Tensor2D];
    const squares = (rows: tf.Tensor2D) => tf.sum(tf.square(rows), 1, true);
    const cross = tf.mul(tf.matMul(a, tf.transpose(b)), 2);
    const distances = tf.sqrt(tf.relu(tf.sub(tf.add(squares(a), tf.transpose(squares(b))), cross))); // [batch, rows]

    const agrees = tf.logicalAnd(tf.equal(labels, chosen), tf.equal(predicted, chosen));
    const firstMiss = tf.min(tf.where(agrees, tf.fill(distances.shape, FAR), distances), 1, true);
    const similarity = tf.sum(tf.cast(tf.less(distances, firstMiss), 'float32'), 1, true);

    const farther = tf.cast(tf.greater(nearestOther, tf.min(distances, 1, true)), 'float32');
    const classOf = oneHotRows(tf.cast(labels, 'int32'), this.classes);
    const sizes = tf.sum(classOf, 0, true);
    const shares = tf.div(tf.matMul(farther as tf.Tensor2D, classOf), tf.maximum(sizes, tf.onesLike(sizes)));
    const absent = tf.cast(tf.equal(sizes, 0), 'float32'); // classes without training rows say nothing
    return tf.concat([tf.min(tf.add(shares, absent), 1, true), similarity], 1) as tf.Tensor2D;
  }
}

/** Beyond all distances. */
const FAR = 3e38;
