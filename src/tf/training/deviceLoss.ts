import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { DaruanError } from '../../foundation/errors.js';
import { selectBackend } from '../backend.js';
import { copyWeights, type DeviceWatch, restoreWeights, watchDevice } from '../webgpu/lost.js';
import { onWebGpu } from '../webgpu/program.js';
import type { TensorDataset } from './checkFit.js';
import type { FitOptions, TrainingState } from './fit.js';

/** What a training goes back to where the device is lost. */
interface Snapshot {
  readonly weights: readonly Float32Array[];
  readonly state: TrainingState | undefined;
  readonly time: number;
}

/** Where training goes on after a loss. */
export interface Recovery {
  readonly resume: TrainingState | undefined;
  /** Why the engine is another. */
  readonly reason: string;
  readonly data: TensorDataset;
  readonly validation: TensorDataset | undefined;
}

/** Samples on the host. */
interface Samples {
  readonly shapes: readonly [x: number[], y: number[]];
  readonly values: readonly [x: Float32Array, y: Float32Array];
}

const copySamples = async ({ x, y }: TensorDataset): Promise<Samples> => ({
  shapes: [x.shape, y.shape],
  values: [Float32Array.from(await x.data()), Float32Array.from(await y.data())],
});

const tensorsOf = ({ shapes, values }: Samples): TensorDataset => ({
  x: tf.tensor(values[0], shapes[0]),
  y: tf.tensor(values[1], shapes[1]),
});

/** Milliseconds between copies to the host: what they cost stays small beside a second of training. */
const PERIOD = 1000;

/** Guards a training against the loss of the device on which tfjs computes; elsewhere it does nothing. */
export class DeviceLoss {
  private constructor(
    private readonly model: tfl.LayersModel,
    private readonly watch: DeviceWatch,
    private readonly then: 'error' | 'cpu',
    private snapshot: Snapshot | undefined,
    /** Training and validation data, if training may go on on the host. */
    private readonly samples: readonly Samples[],
  ) {}

  /** What had to be made anew on the host, to be disposed of in the end. */
  private made: readonly TensorDataset[] = [];

  /** Begins to watch. The data are copied to the host if training may go on there. */
  static async watch(
    model: tfl.LayersModel,
    data: TensorDataset,
    { onDeviceLost = 'error', validation, resume }: FitOptions,
  ): Promise<DeviceLoss> {
    const watch = watchDevice();
    if (!onWebGpu()) return new DeviceLoss(model, watch, onDeviceLost, undefined, []);
    const sets = onDeviceLost === 'cpu' ? [data, ...(validation ? [validation] : [])] : [];
    const samples = await Promise.all(sets.map(copySamples));
    const snapshot = { weights: await copyWeights(model), state: resume, time: performance.now() };
    return new DeviceLoss(model, watch, onDeviceLost, snapshot, samples);
  }

  /** Copies model and state to the host, if the last time is a while ago. */
  async remember(state: () => Promise<TrainingState>): Promise<void> {
    if (!this.snapshot || performance.now() - this.snapshot.time < PERIOD) return;
    this.snapshot = { weights: await copyWeights(this.model), state: await state(), time: performance.now() };
  }

  /**
   * Puts the model back as it was copied last; where it may, chooses a backend on the CPU.
   *
   * @throws what happened, if it was no loss; one error that names it, if training is not to go on
   */
  async recover(cause: unknown, step: number): Promise<Recovery> {
    const why = this.snapshot && (await this.watch.lost());
    if (!this.snapshot || why === undefined) throw cause;
    const { weights, state } = this.snapshot;
    this.snapshot = undefined;
    const problem = `the GPU was lost in step ${step} (${why.replace(/\.+$/, '')})`;
    if (this.then === 'error') {
      restoreWeights(this.model, weights);
      const steps = state?.history.length ?? 0;
      throw new DaruanError(
        'fit',
        problem,
        `The model holds its parameters after step ${steps}. Await selectBackend("wasm") and go on there, or set onDeviceLost: "cpu".`,
        { cause },
      );
    }
    const { name } = await selectBackend();
    restoreWeights(this.model, weights);
    this.made = this.samples.map(tensorsOf);
    const [data, validation] = this.made;
    return { resume: state, reason: `${problem}; went on with the backend "${name}"`, data, validation };
  }

  dispose(): void {
    for (const { x, y } of this.made) tf.dispose([x, y]);
  }
}
