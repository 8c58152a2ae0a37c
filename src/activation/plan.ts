import { type Affine, affineIn } from '../../circuits/angle/affine.js';
import { type CompiledAngle, compileAngle } from '../../circuits/angle/differentiate.js';
import { type Angle, multiply, symbolsOf } from '../../circuits/angle/expression.js';
import { type Circuit, type Operation, placeStep } from '../../circuits/circuit.js';
import { type ObservableLike, observable } from '../../circuits/pauli.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { axisToZ, identityRotation, multiplyRotations, type Rotation, rotationOf, transposeRotation } from './bloch.js';

/**
 * The gates between two data gates, on the Bloch sphere: fixed[0], then for each turn j a rotation about z by turns[j]
 * and fixed[j + 1]. Every one-qubit gate is brought to this form by carrying its axis to z.
 */
export interface Segment {
  readonly fixed: readonly Rotation[];
  readonly turns: readonly CompiledAngle[];
}

/** A one-qubit circuit analysed for the chain kernel; independent of the values of its parameters. */
export interface ActivationPlan {
  /** The circuit's parameters: the columns of a parameter row. */
  readonly parameters: readonly string[];
  /** r, the number of data gates. */
  readonly reps: number;
  /** r + 1 segments: before, between and after the data gates. */
  readonly segments: readonly Segment[];
  readonly encoding: 'linear' | 'acos';
  /** Encoded angle e_l = slope·x + intercept of each data gate, as functions of the parameters. */
  readonly slopes: readonly CompiledAngle[];
  readonly intercepts: readonly CompiledAngle[];
  /** The observable: offset + readout · (X, Y, Z). */
  readonly readout: Float64Array;
  readonly offset: number;
}

/**
 * Analyses a one-qubit circuit with one data slot. Any gates of the table, data on any axis, angles affine in the data
 * or (in every data gate) acos of an affine angle.
 *
 * @param parameters  order of the parameter columns; the circuit's own by default
 * @throws if the circuit has several qubits or data slots, no data gate, or an angle of another form
 */
export function planActivation(
  circuit: Circuit,
  readout: ObservableLike = 'Z',
  parameters: readonly string[] = circuit.parameters,
): ActivationPlan {
  if (circuit.numQubits !== 1 || circuit.data.length !== 1) {
    throw expected(
      'activation',
      'a circuit of one qubit and one data slot',
      `${circuit.numQubits} qubit(s), data [${circuit.data.join(', ')}]`,
      'Use circuitExpectation for larger circuits.',
    );
  }
  const missing = circuit.parameters.find((name) => !parameters.includes(name));
  if (missing !== undefined) {
    throw new DaruanError('activation', `parameter "${missing}" is not among the columns`, 'List every parameter.');
  }
  const builder = new PlanBuilder(circuit.data[0], parameters);
  for (const operation of circuit.operations) builder.add(operation);
  return builder.finish(readout);
}

class PlanBuilder {
  private readonly segments: { fixed: Rotation[]; turns: CompiledAngle[] }[] = [
    { fixed: [identityRotation], turns: [] },
  ];
  private readonly encodings: { affine: Affine; kind: 'linear' | 'acos' }[] = [];

  constructor(
    private readonly data: string,
    private readonly parameters: readonly string[],
  ) {}

  add(operation: Operation): void {
    const { gate, angles, controls } = operation;
    if (gate.numTargets === 0) {
      // A phase alone is unseen; a phase where the qubit is |1⟩ (or |0⟩) is a rotation about z.
      if (controls.length === 1) this.rotate('Z', controls[0].value === 1 ? angles[0] : multiply(-1, angles[0]));
    } else if (gate.generator) {
      this.rotate(gate.generator.word, angles[0]);
    } else if (angles.every((angle) => typeof angle === 'number')) {
      this.turnFixed(rotationOf(gate.matrix(...(angles as number[]))));
    } else if (gate.decomposition) {
      for (const step of gate.decomposition(...angles)) this.add(placeStep(step, operation));
    } else {
      throw new DaruanError(
        'activation',
        `gate "${gate.name}" has symbolic angles but neither generator nor decomposition`,
        'Give its row a decomposition.',
      );
    }
  }

  private rotate(axis: string, angle: Angle): void {
    const toZ = axisToZ[axis];
    this.turnFixed(toZ);
    if (symbolsOf(angle).includes(this.data)) this.encode(angle);
    else this.turn(angle);
    this.turnFixed(transposeRotation(toZ));
  }

  private turnFixed(rotation: Rotation): void {
    const { fixed } = this.segments[this.segments.length - 1];
    fixed[fixed.length - 1] = multiplyRotations(rotation, fixed[fixed.length - 1]);
  }

  private turn(angle: Angle): void {
    const { fixed, turns } = this.segments[this.segments.length - 1];
    turns.push(compileAngle(angle, this.parameters));
    fixed.push(identityRotation);
  }

  private encode(angle: Angle): void {
    const inner = typeof angle !== 'number' && angle.kind === 'call' && angle.function === 'acos' ? angle : undefined;
    const affine = affineIn(inner ? inner.argument : angle, this.data);
    if (!affine) {
      throw new DaruanError(
        'activation',
        `an angle is not affine in the data "${this.data}"`,
        `Write slope*${this.data} + intercept, or acos of it; transform the data before the layer otherwise.`,
      );
    }
    this.encodings.push({ affine, kind: inner ? 'acos' : 'linear' });
    this.segments.push({ fixed: [identityRotation], turns: [] });
  }

  finish(readout: ObservableLike): ActivationPlan {
    const kinds = new Set(this.encodings.map(({ kind }) => kind));
    if (kinds.size === 0) {
      throw new DaruanError('activation', `no gate uses the data "${this.data}"`, 'Put it into the angle of a gate.');
    }
    if (kinds.size > 1) {
      throw new DaruanError('activation', 'some data gates use acos and some do not', 'Use one encoding throughout.');
    }
    const vector = new Float64Array(3);
    let offset = 0;
    for (const { word, coefficient } of observable(readout).terms) {
      const letter = word.replace(/I+$/, '');
      if (letter.length > 1) throw expected('activation', 'an observable of one qubit', word);
      if (letter === '') offset += coefficient;
      else vector['XYZ'.indexOf(letter)] += coefficient;
    }
    return {
      parameters: this.parameters,
      reps: this.encodings.length,
      segments: this.segments,
      encoding: [...kinds][0],
      slopes: this.encodings.map(({ affine }) => compileAngle(affine.slope, this.parameters)),
      intercepts: this.encodings.map(({ affine }) => compileAngle(affine.intercept, this.parameters)),
      readout: vector,
      offset,
    };
  }
}
