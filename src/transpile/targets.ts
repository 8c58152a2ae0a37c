import type { Operation } from '../../circuits/circuit.js';
import type { GateName } from '../../circuits/gates.js';
import { expected } from '../foundation/errors.js';
import type { OneQubitStyle } from './oneQubit.js';
import type { PairStyle } from './pairs.js';

/** A gate that a device executes. */
export interface NativeGate {
  readonly gate: GateName;
  /** Controls on |1⟩; none by default. */
  readonly controls?: number;
  /** The angles that it takes in place of all, radians; for the last of its angles. */
  readonly angles?: readonly number[] | { readonly from: number; readonly to: number };
}

/** What a family of quantum computers executes, as data. */
export interface Target {
  readonly name: string;
  readonly oneQubit: readonly NativeGate[];
  readonly twoQubit: NativeGate;
  /** How one-qubit gates are written in `oneQubit`. */
  readonly style: OneQubitStyle;
  readonly pairStyle: PairStyle;
  /** `all`: every pair of qubits interacts; `map`: a coupling map says which. */
  readonly connectivity: 'all' | 'map';
  readonly notes: string;
  readonly source: string;
}

export type TargetName =
  | 'ibm-eagle'
  | 'ibm-heron'
  | 'ionq-aria'
  | 'ionq-forte'
  | 'rigetti-ankaa'
  | 'quantinuum-h'
  | 'iqm';

const PI = Math.PI;
const ibm = [{ gate: 'rz' }, { gate: 'sx' }, { gate: 'x' }] as const;
const ionq = [{ gate: 'gpi' }, { gate: 'gpi2' }] as const;
const cz = { gate: 'z', controls: 1 } as const;
/** What entangles least to most: the angles that trapped ions are driven by. */
const upToHalfTurn = { from: 0, to: PI / 2 };

/** The table of targets: one row a family of devices. */
export const targets = {
  'ibm-eagle': {
    name: 'ibm-eagle',
    oneQubit: ibm,
    twoQubit: { gate: 'ecr' },
    style: 'sx',
    pairStyle: 'ecr',
    connectivity: 'map',
    notes: 'rz is virtual. ecr has a direction: in a coupling map the first qubit of a pair is its first.',
    source: 'https://quantum.cloud.ibm.com/docs/guides/processor-types',
  },
  'ibm-heron': {
    name: 'ibm-heron',
    oneQubit: ibm,
    twoQubit: cz,
    style: 'sx',
    pairStyle: 'cz',
    connectivity: 'map',
    notes: 'rz is virtual. Fractional gates are not used.',
    source: 'https://quantum.cloud.ibm.com/docs/guides/processor-types',
  },
  'ionq-aria': {
    name: 'ionq-aria',
    oneQubit: ionq,
    twoQubit: { gate: 'ms', angles: upToHalfTurn },
    style: 'gpi',
    pairStyle: 'ms',
    connectivity: 'all',
    notes: 'Turns about Z are virtual: they move into the phases of later gates. ms entangles by any angle up to π/2.',
    source: 'https://docs.ionq.com/guides/getting-started-with-native-gates',
  },
  'ionq-forte': {
    name: 'ionq-forte',
    oneQubit: ionq,
    twoQubit: { gate: 'rzz', angles: upToHalfTurn },
    style: 'gpi',
    pairStyle: 'rzz',
    connectivity: 'all',
    notes: "Turns about Z are virtual. rzz is IonQ's zz.",
    source: 'https://docs.ionq.com/guides/getting-started-with-native-gates',
  },
  'rigetti-ankaa': {
    name: 'rigetti-ankaa',
    oneQubit: [{ gate: 'rz' }, { gate: 'rx', angles: [PI / 2, -PI / 2, PI] }],
    twoQubit: { gate: 'iswap' },
    style: 'rx',
    pairStyle: 'iswap',
    connectivity: 'map',
    notes: 'rz is virtual; rx turns by quarters and halves.',
    source: 'https://docs.rigetti.com',
  },
  'quantinuum-h': {
    name: 'quantinuum-h',
    oneQubit: [{ gate: 'prx' }, { gate: 'rz' }],
    twoQubit: { gate: 'rzz' },
    style: 'prxAndRz',
    pairStyle: 'rzz',
    connectivity: 'all',
    notes: 'prx is U1q; rz is virtual; rzz is ZZPhase, by any angle, a formula too.',
    source: 'https://docs.quantinuum.com/systems',
  },
  iqm: {
    name: 'iqm',
    oneQubit: [{ gate: 'prx' }],
    twoQubit: cz,
    style: 'prx',
    pairStyle: 'cz',
    connectivity: 'map',
    notes: 'Turns about Z are virtual: they move into the axes of later gates.',
    source: 'https://docs.meetiqm.com',
  },
} as const satisfies Record<TargetName, Target>;

/** The row of that name. */
export function targetNamed(name: TargetName): Target {
  if (Object.hasOwn(targets, name)) return targets[name];
  throw expected('transpile', 'a target by name', name, `Choose one of ${Object.keys(targets).join(', ')}.`);
}

/** Whether a device executes the operation as it stands. A formula stands for any angle. */
export function isNative({ oneQubit, twoQubit }: Target, { gate, angles, controls }: Operation): boolean {
  return [...oneQubit, twoQubit].some((native) => {
    if (native.gate !== gate.name || (native.controls ?? 0) !== controls.length) return false;
    if (controls.some(({ value }) => value === 0)) return false;
    const last = angles[angles.length - 1];
    if (native.angles === undefined) return true;
    if (typeof last !== 'number') return false;
    if ('from' in native.angles) return last >= native.angles.from && last <= native.angles.to;
    return native.angles.includes(last);
  });
}
