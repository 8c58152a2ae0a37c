import { type Angle, add, multiply, negate } from '../../angle/expression.js';
import { controlled, gateNamed, type Operation, op } from '../../circuit.js';
import type { Gate, GateName } from '../../gates.js';
import type { GateDefinition } from './scope.js';

type Build = (angles: readonly Angle[], qubits: readonly number[]) => readonly Operation[];

/** Which relative phase `cu3` has: the controlled u3 itself, or the one of the specification's file. */
export type Qelib1 = 'qiskit' | 'specification';

/** A row of the gate table under controls on |1⟩, which come first among the qubits. */
export function rowDefinition(row: Gate, controls = 0): GateDefinition {
  return {
    numParameters: row.parameters.length,
    numQubits: row.numTargets + controls,
    expand: (angles, qubits) => [controlled(op(row, qubits.slice(controls), ...angles), ...qubits.slice(0, controls))],
  };
}

const define = (numParameters: number, numQubits: number, expand: Build): GateDefinition => ({
  numParameters,
  numQubits,
  expand,
});

/** Rows under controls, written `name:row` or `name:row:controls`. */
const rowsNamed = (text: string): Record<string, GateDefinition> =>
  Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((entry) => {
        const [name, row = name, controls = '0'] = entry.split(':');
        return [name, rowDefinition(gateNamed(row), Number(controls))];
      }),
  );

/** Fixed gates one after another, written `row target control control …`, positions among the qubits. */
const sequence = (numQubits: number, text: string): GateDefinition =>
  define(0, numQubits, (_, qubits) =>
    text.split(', ').map((entry) => {
      const [row, target, ...controls] = entry.split(' ');
      return controlled(op(row as GateName, [qubits[Number(target)]]), ...controls.map((k) => qubits[Number(k)]));
    }),
  );

const half = (angle: Angle): Angle => multiply(0.5, angle);
const minusHalfSum = (a: Angle, b: Angle): Angle => negate(half(add(a, b)));

/** e^(−i(φ+λ)/2)·u(θ, φ, λ), the u3 of determinant 1. */
const special: Build = ([theta, phi, lambda], qubits) => [
  op('gphase', [], minusHalfSum(phi, lambda)),
  op('u', qubits, theta, phi, lambda),
];

const under = (operations: readonly Operation[], ...controls: number[]): Operation[] =>
  operations.map((operation) => controlled(operation, ...controls));

/** cu(θ, φ, λ, γ) = controlled e^(iγ)·u(θ, φ, λ). */
const cu: Build = ([theta, phi, lambda, gamma], [control, target]) => [
  op('p', [control], gamma),
  controlled(op('u', [target], theta, phi, lambda), control),
];

const cu3: GateDefinition = {
  ...define(3, 2, ([theta, phi, lambda], [control, target]) => [
    controlled(op('u', [target], theta, phi, lambda), control),
  ]),
  warning: 'cu3 is read as the controlled u3; the file of the specification has another relative phase',
};

const specifiedCu3 = define(3, 2, (angles, [control, target]) => under(special(angles, [target]), control));

/** Built into the language. */
export const builtIn: Readonly<Record<2 | 3, Readonly<Record<string, GateDefinition>>>> = {
  2: rowsNamed('U:u CX:x:1'),
  3: rowsNamed('U:u gphase'),
};

const both = rowsNamed(`
  x y z h s sdg t tdg id rx ry rz
  cx:x:1 cy:y:1 cz:z:1 ch:h:1 ccx:x:2 crz:rz:1 p cp:p:1 sx swap cswap:swap:1 crx:rx:1 cry:ry:1
  u1:p
`);

/** The gates of the specification, and those that Qiskit's file adds. All are up to a global phase. */
const ofQiskit: Readonly<Record<string, GateDefinition>> = {
  ...both,
  ...rowsNamed(
    'cu1:p:1 u3:u u sxdg csx:sx:1 rxx ryy rzz c3x:x:3 c4x:x:4 c3sqrtx:sx:3 c3sx:sx:3 iswap ecr r:prx cs:s:1 csdg:sdg:1 ccz:z:2',
  ),
  u0: define(1, 1, (_, qubits) => [op('id', qubits)]),
  u2: define(2, 1, ([phi, lambda], qubits) => [op('u', qubits, Math.PI / 2, phi, lambda)]),
  cu: define(4, 2, cu),
  cu3,
  dcx: sequence(2, 'x 1 0, x 0 1'),
  rzx: define(1, 2, ([theta], [a, b]) => [op('h', [b]), op('rzz', [a, b], theta), op('h', [b])]),
  rccx: sequence(3, 'h 2, t 2, x 2 1, tdg 2, x 2 0, t 2, x 2 1, tdg 2, h 2'),
  rc3x: sequence(
    4,
    'h 3, t 3, x 3 2, tdg 3, h 3, x 3 0, t 3, x 3 1, tdg 3, x 3 0, t 3, x 3 1, tdg 3, h 3, t 3, x 3 2, tdg 3, h 3',
  ),
};

/** `qelib1.inc` by whose it is. */
export const qelib1: Readonly<Record<Qelib1, Readonly<Record<string, GateDefinition>>>> = {
  qiskit: ofQiskit,
  specification: { ...ofQiskit, cu3: specifiedCu3 },
};

/** `stdgates.inc` of OpenQASM 3, global phases included. */
export const stdgates: Readonly<Record<string, GateDefinition>> = {
  ...both,
  ...rowsNamed('phase:p cphase:p:1 CX:x:1'),
  u2: define(2, 1, ([phi, lambda], qubits) => special([Math.PI / 2, phi, lambda], qubits)),
  u3: define(3, 1, special),
  cu: define(4, 2, cu),
};
