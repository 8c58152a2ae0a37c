import * as tf from '@tensorflow/tfjs-core';
import type { AdamState } from '../../optimise/adam.js';
import { groupsFor, runProgram } from './program.js';

const WORKGROUP = 64;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** One step of Adam for parameters, means and squares side by side, shape [3, size]; see `adamStep` for the formula. */
const adamText = `
fn main(index : i32) {
  let size = uniforms.count;
  if (index >= size) { return; }
  let g = gradient[index];
  let mean = ${BETA1} * pack[size + index] + ${1 - BETA1} * g;
  let square = ${BETA2} * pack[2 * size + index] + ${1 - BETA2} * g * g;
  result[index] = pack[index] - uniforms.rate * mean / (sqrt(square * uniforms.squareFactor) + ${EPSILON});
  result[size + index] = mean;
  result[2 * size + index] = square;
}
`;

/** Adam whose parameters and moments stay on the device, in float32: of an epoch the loss alone is read. */
export class DeviceAdam {
  /** One tensor of shape [3, size] a variable: parameters, means, squares. */
  private packs: tf.Tensor[];
  /** The same before the last epoch. */
  private former: { readonly packs: readonly tf.Tensor[]; readonly steps: number } | undefined;
  private steps: number;

  constructor(
    private readonly variables: readonly tf.Variable[],
    state: AdamState,
    parameters: Float64Array,
  ) {
    this.steps = state.steps;
    let at = 0;
    this.packs = variables.map(({ size }) => {
      const part = (values: Float64Array) => values.subarray(at, at + size);
      const all = [part(parameters), part(state.mean), part(state.square)].flatMap((values) => [...values]);
      at += size;
      return tf.tensor2d(Float32Array.from(all), [3, size]);
    });
    this.assign();
  }

  /**
   * One update a loss.
   *
   * @param losses  of mini-batches, at the variables as they are when they are called
   * @returns the mean of the losses; NaN if one of them, or what came of it, is not finite
   */
  async epoch(losses: readonly (() => tf.Scalar)[], learningRate: number): Promise<number> {
    this.forget();
    this.former = { packs: this.packs, steps: this.steps };
    let sum: tf.Tensor = tf.scalar(0);
    for (const loss of losses) {
      const { value, grads } = tf.variableGrads(loss, [...this.variables]);
      const before = [sum, ...(this.packs === this.former.packs ? [] : this.packs)];
      [sum, this.packs] = [tf.add(sum, value), this.update(grads, learningRate)];
      tf.dispose([before, value, grads]);
      this.assign();
    }
    const [total, health] = await read(tf.tidy(() => tf.stack([tf.reshape(sum, []), sumOfSums(this.packs)])));
    sum.dispose();
    return Number.isFinite(health) ? total / losses.length : Number.NaN;
  }

  /** Goes back to before the last epoch. */
  revert(): void {
    if (!this.former) return;
    tf.dispose(this.packs);
    this.packs = [...this.former.packs];
    this.steps = this.former.steps;
    this.former = undefined;
    this.assign();
  }

  /** Everything as numbers on the host. */
  async read(): Promise<{ readonly state: AdamState; readonly parameters: Float64Array }> {
    const { steps } = this;
    const all = await Promise.all(this.packs.map((pack) => read(tf.clone(pack))));
    const column = (row: number): Float64Array =>
      Float64Array.from(
        all.flatMap((values) => [...values.subarray((row * values.length) / 3, ((row + 1) * values.length) / 3)]),
      );
    return { state: { steps, mean: column(1), square: column(2) }, parameters: column(0) };
  }

  dispose(): void {
    this.forget();
    tf.dispose(this.packs);
  }

  private forget(): void {
    tf.dispose([...(this.former?.packs ?? [])]);
    this.former = undefined;
  }

  private update(grads: Readonly<Record<string, tf.Tensor>>, learningRate: number): tf.Tensor[] {
    this.steps++;
    const rate = learningRate / (1 - BETA1 ** this.steps);
    const squareFactor = 1 / (1 - BETA2 ** this.steps);
    return this.variables.map(({ name, size }, k) =>
      runProgram({
        key: 'adam',
        text: () => adamText,
        shape: [3, size],
        inputs: { pack: this.packs[k], gradient: grads[name] },
        uniforms: { count: size },
        reals: { rate, squareFactor },
        workgroup: WORKGROUP,
        groups: groupsFor(size, WORKGROUP),
      }),
    );
  }

  private assign(): void {
    tf.tidy(() => {
      this.variables.forEach((variable, k) => {
        variable.assign(tf.reshape(tf.slice(this.packs[k], [0, 0], [1, variable.size]), variable.shape));
      });
    });
  }
}

/** Σ of all entries. Not by `tf.addN`: on webgpu it asks for more buffers than a program may have. */
const sumOfSums = (tensors: readonly tf.Tensor[]): tf.Tensor =>
  tensors.map((tensor) => tf.sum(tensor) as tf.Tensor).reduce((total, sum) => tf.add(total, sum));

/** The numbers of a tensor, which is disposed of. */
async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
