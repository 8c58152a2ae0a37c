import type { CircuitDocument } from '../../circuits/json.js';
import type { BaseFunctionName } from '../basis/baseFunctions.js';
import type { Extrapolation } from '../mitigation/extrapolate.js';
import type { DeviceProfile } from '../noise/profile.js';
import type { TargetName } from '../transpile/targets.js';
import type { JobFormatName } from './formats.js';

/** What a one-qubit circuit on a qubit of a job measures. */
export interface Task {
  readonly sample: number;
  /** The edge (output, input) of the layer. */
  readonly output: number;
  readonly input: number;
  /** The letter that is read. */
  readonly basis: string;
  /** Factor of the noise, by folding; 1 without. */
  readonly scale: number;
  /** For a gradient: which rotation of the edge's circuit is shifted, and by how much, radians. */
  readonly shift?: { readonly rotation: number; readonly angle: number };
}

/** One circuit to run. */
export interface Job {
  readonly name: string;
  /** The circuit, and where its counts are looked for; paths in the deployment's folder. */
  readonly file: string;
  readonly counts: string;
  readonly shots: number;
  /** The device's qubit of each qubit of the circuit. */
  readonly deviceQubits: readonly number[];
  /** One a qubit, or for a calibration the state that all qubits are prepared in. */
  readonly tasks: readonly Task[];
  readonly calibration?: 0 | 1;
}

/** How noise is treated in what comes back. */
export interface Mitigation {
  /** Whose readout errors are undone: none, the profile's, or those that two more jobs a round measure. */
  readonly readout: 'none' | 'profile' | 'calibration';
  /** Zero-noise extrapolation; none if absent. */
  readonly zne?: {
    readonly scales: readonly number[];
    readonly method: Extrapolation;
    readonly fold: 'global' | 'local';
  };
}

/** How a deployment is made. */
export interface DeploySettings extends Mitigation {
  readonly format: JobFormatName;
  readonly shots: number;
  /** Circuits side by side in a job. */
  readonly packing: number;
  /** Whether each circuit comes with its shifted ones. */
  readonly gradients: boolean;
  /** The native gates that circuits are written in; gates of the table if absent. */
  readonly target?: TargetName;
}

export interface LayerDocument {
  readonly inDim: number;
  readonly outDim: number;
  readonly circuit: CircuitDocument;
  readonly observable: readonly (readonly [word: string, coefficient: number])[];
  readonly parameters: readonly number[];
  readonly weight: readonly number[];
  readonly bias: readonly number[];
  readonly base: readonly number[];
  readonly baseActivation: BaseFunctionName | 'none';
}

/** All that is needed to go on when the counts of a round are there: the file manifest.json. */
export interface Manifest {
  readonly format: 'daruan.deployment';
  readonly version: 1;
  readonly network: readonly LayerDocument[];
  readonly settings: DeploySettings;
  readonly profile?: DeviceProfile;
  /** From 1 to `rounds`, the number of layers. */
  readonly round: number;
  readonly rounds: number;
  readonly samples: number;
  /** Inputs of this round's layer, shape [samples, in], and their covariance, shape [samples, in, in]. */
  readonly inputs: readonly number[];
  readonly covariance: readonly number[];
  readonly jobs: readonly Job[];
}
