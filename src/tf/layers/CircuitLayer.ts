import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Circuit } from '../../../circuits/circuit.js';
import { type CircuitDocument, fromJson, toJson } from '../../../circuits/json.js';
import { type ObservableLike, observable } from '../../../circuits/pauli.js';
import { compileObservables, listObservables, type Observables } from '../../compile/observables.js';
import { checkFinite, checkInteger } from '../../foundation/checks.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { circuitExpectation } from '../circuitExpectation.js';
import { flatten, lastDimension, singleShape } from './shapes.js';
import { valuesInitializer } from './variable.js';
import { fromVerbatim, verbatim } from './verbatim.js';

export interface CircuitLayerArgs {
  /** Any circuit, of any number of qubits, or its document (`toJson`). Feature d of the input is its data symbol d. */
  readonly circuit: Circuit | CircuitDocument;
  /** What is measured: one output an observable. */
  readonly observables: Observables;
  /** Standard deviation of the trained parameters at the start, radians. Default 0.5. */
  readonly deviation?: number;
  /** Parameters that start at a number of their own, such as encoding weights at 1. */
  readonly initial?: Readonly<Record<string, number>>;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
  readonly name?: string;
  readonly inputShape?: tfl.Shape;
}

/**
 * A circuit of several qubits as a layer, [..., data] → [..., observables]: y_k = ⟨O_k⟩ of the circuit at the input, its
 * parameters trained. By statevector simulation in float64 and the adjoint method.
 *
 * @cost 2^qubits times gates and samples
 * @example
 * new CircuitLayer({ circuit: entanglingAnsatze.brick.circuit(3, 2), observables: ['ZII', 'IZI', 'IIZ'], inputShape: [1] })
 */
export class CircuitLayer extends tfl.layers.Layer {
  static readonly className = 'CircuitLayer';
  readonly circuit: Circuit;
  private readonly args: {
    readonly deviation: number;
    readonly initial: Readonly<Record<string, number>>;
    readonly seed: number;
  };
  private readonly observables: readonly ObservableLike[];
  private parameters?: tfl.LayerVariable;

  constructor(args: CircuitLayerArgs) {
    super(args as object);
    const { deviation = 0.5, seed = 0 } = args ?? {};
    const source = fromVerbatim(args?.circuit);
    const observables = fromVerbatim(args?.observables);
    const initial = fromVerbatim(args?.initial ?? {});
    if (typeof source !== 'object' || source === null) throw expected('CircuitLayer', 'a circuit', source);
    this.circuit = 'format' in source ? fromJson(source) : source;
    const { numQubits, data, parameters } = this.circuit;
    if (data.length === 0) {
      throw new DaruanError(
        'CircuitLayer',
        'the circuit has no data',
        'Name the symbols that are inputs in its "data".',
      );
    }
    compileObservables('CircuitLayer', observables, numQubits);
    this.observables = listObservables(observables);
    checkInteger('CircuitLayer', 'seed', seed, 0, 0xffffffff);
    checkFinite('CircuitLayer', 'deviation', deviation);
    if (deviation < 0) throw expected('CircuitLayer', 'deviation ≥ 0', deviation);
    for (const [name, value] of Object.entries(initial)) {
      checkFinite('CircuitLayer', `initial "${name}"`, value);
      if (!parameters.includes(name)) {
        throw new DaruanError(
          'CircuitLayer',
          `the circuit has no parameter "${name}"`,
          `It has ${parameters.join(', ')}.`,
        );
      }
    }
    this.args = { deviation, initial, seed };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const features = lastDimension('CircuitLayer', inputShape);
    const { parameters, data } = this.circuit;
    if (features !== data.length) {
      throw expected('CircuitLayer', `${data.length} features, the circuit's ${data.join(', ')}`, features);
    }
    const { deviation, initial, seed } = this.args;
    const random = new Random(seed);
    const start = parameters.map((name) => {
      const drawn = random.normal(0, deviation);
      return initial[name] ?? drawn;
    });
    if (start.length > 0) {
      const values = valuesInitializer(Float32Array.from(start));
      this.parameters = this.addWeight('parameters', [start.length], 'float32', values, undefined, true);
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, leading] = flatten(inputs);
      const { parameters, data } = this.circuit;
      const values: Record<string, tf.Tensor> = {};
      if (this.parameters) {
        const each = tf.unstack(this.parameters.read());
        for (const [k, name] of parameters.entries()) values[name] = each[k];
      }
      for (const [d, name] of data.entries()) values[name] = tf.reshape(tf.slice(x, [0, d], [-1, 1]), [-1]);
      return tf.reshape(circuitExpectation(this.circuit, this.observables, values), [...leading, this.outputs]);
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [...singleShape('CircuitLayer', inputShape).slice(0, -1), this.outputs];
  }

  override getConfig() {
    const observables = this.observables.map((entry) =>
      observable(entry).terms.map(({ word, coefficient }) => [word, coefficient]),
    );
    const { initial, ...rest } = this.args;
    const texts = { circuit: toJson(this.circuit), observables, initial };
    const kept = Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, verbatim(value)]));
    return { ...super.getConfig(), ...kept, ...rest } as never;
  }

  private get outputs(): number {
    return this.observables.length;
  }
}
