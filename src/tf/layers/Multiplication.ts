import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  checkArities,
  checkFactors,
  countNodes,
  type ProductNodes,
  runsOfNodes,
} from '../../network/multiplication.js';
import { flatten, lastDimension, singleShape } from './shapes.js';

export interface MultiplicationArgs {
  /** Number of factors of each product, 2 or more; an empty list multiplies nothing. */
  readonly arities: readonly number[];
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * Nodes that multiply, [..., in] → [..., in − Σ arities + products]: the first features stay as they are, the last Σ arities are
 * multiplied in groups,
 *
 *   y = (x_1, …, x_s, x_{s+1} · … · x_{s+m_1}, …),   s = in − Σ m_k.
 *
 * Behind a layer of edges its sums become nodes that add and nodes that multiply. It has no weights.
 *
 * @throws if the input has fewer features than the products have factors
 * @cost Σ (m_k − 1) multiplications a row
 * @see arXiv:2408.10205, MultKAN
 * @example tfl.sequential({ layers: [new KANLayer({ units: 5, inputShape: [2] }), new Multiplication({ arities: [2, 2] })] }) // 3 nodes
 */
export class Multiplication extends tfl.layers.Layer {
  static readonly className = 'Multiplication';
  readonly arities: readonly number[];
  /** Number of inputs; 0 before the layer is built. */
  private sums = 0;

  constructor(args: MultiplicationArgs) {
    super(args as object);
    checkArities('Multiplication', 'arities', args?.arities);
    this.arities = [...args.arities];
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    this.sums = this.checkedSums(inputShape);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      const nodes = { sums: x.shape[1], arities: this.arities };
      const parts = runsOfNodes(nodes).map((run) => {
        const [count, arity] = [run.length, run[0].length];
        const sums = tf.slice2d(x, [0, run[0][0]], [-1, count * arity]);
        if (arity === 1) return sums;
        const factors = tf.reshape(sums, [-1, count, arity]) as tf.Tensor3D;
        const factor = (k: number): tf.Tensor => tf.squeeze(tf.slice3d(factors, [0, 0, k], [-1, count, 1]), [2]);
        return run[0].map((_, k) => factor(k)).reduce((product, next) => tf.mul(product, next)) as tf.Tensor2D;
      });
      return tf.reshape(parts.length === 1 ? parts[0] : tf.concat2d(parts, 1), [...leading, countNodes(nodes)]);
    });
  }

  /** Which of its inputs make each node. */
  productNodes(): ProductNodes {
    return { sums: this.sums, arities: this.arities };
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const nodes = countNodes({ sums: this.checkedSums(inputShape), arities: this.arities });
    return [...singleShape('Multiplication', inputShape).slice(0, -1), nodes];
  }

  override getConfig() {
    return { ...super.getConfig(), arities: [...this.arities] } as never;
  }

  private checkedSums(inputShape: tfl.Shape | tfl.Shape[]): number {
    const sums = lastDimension('Multiplication', inputShape);
    checkFactors('Multiplication', { sums, arities: this.arities });
    return sums;
  }
}
