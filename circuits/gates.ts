import { type Angle, add, negate } from './angle/expression.js';
import { type Complex, identity, type Matrix, matrix, scale, sum } from './matrix.js';
import { type PauliWord, pauliMatrix } from './pauli.js';

/** One gate of a decomposition: a row of the table, on positions of the decomposed gate's targets. */
export interface Step {
  readonly gate: GateName;
  readonly targets: readonly number[];
  readonly angles: readonly Angle[];
  /** Positions among the targets that control this step. */
  readonly controls?: readonly number[];
}

/** One row of the gate table: everything the project knows about a gate. */
export interface Gate {
  /** The OpenQASM 3 name. */
  readonly name: string;
  readonly numTargets: number;
  /** Names of the angles, in radians. */
  readonly parameters: readonly string[];
  /** The unitary, in the basis |0…00⟩, |0…01⟩, …; `targets[0]` is the least significant bit. */
  readonly matrix: (...angles: number[]) => Matrix;
  /**
   * For a gate of one angle U(θ) = e^(iκθ)·exp(−iθP/2): the Pauli word P and κ (`phase`).
   * From it come the kernel's masks, the adjoint derivative, the shift rule, the reachable frequencies and the lowering.
   */
  readonly generator?: { readonly word: PauliWord; readonly phase: number };
  /** The inverse, first step first. */
  readonly inverse: (...angles: Angle[]) => readonly Step[];
  /**
   * The same gate from simpler ones, exactly (global phase included, since a control makes it physical). Steps at both
   * ends that undo each other need no control, so a form V† M V makes controlled gates cheap.
   */
  readonly decomposition?: (...angles: Angle[]) => readonly Step[];
  /** What a drawing prints in the box. */
  readonly symbol: string;
}

const step = (gate: GateName, targets: readonly number[], ...angles: Angle[]): Step => ({ gate, targets, angles });
const cx = (control: number, target: number): Step => ({
  gate: 'x',
  targets: [target],
  angles: [],
  controls: [control],
});

/** U(θ) = e^(iκθ)(cos(θ/2) I − i sin(θ/2) P). */
function rotation(name: GateName, word: PauliWord, symbol: string, phase = 0): Gate {
  const targets = [...word].map((_, j) => j);
  return {
    name,
    numTargets: word.length,
    parameters: ['theta'],
    matrix: (theta) =>
      scale(
        sum(
          scale(identity(1 << word.length), Math.cos(theta / 2)),
          scale(pauliMatrix(word), [0, -Math.sin(theta / 2)]),
        ),
        [Math.cos(phase * theta), Math.sin(phase * theta)],
      ),
    generator: { word, phase },
    inverse: (theta) => [step(name, targets, negate(theta))],
    symbol,
  };
}

/** A gate whose axis an angle turns about Z: `core` between rz(−φ) and rz(φ) on each target that has a φ. */
function turnedAboutZ(core: Step, ...phases: readonly Angle[]): readonly Step[] {
  const frame = (sign: (angle: Angle) => Angle): Step[] => phases.map((phi, j) => step('rz', [j], sign(phi)));
  return [...frame(negate), core, ...frame((phi) => phi)];
}

/** A gate without angles. */
function fixed(
  name: GateName,
  symbol: string,
  rows: readonly (readonly Complex[])[],
  inverse: readonly Step[],
  decomposition?: readonly Step[],
): Gate {
  const unitary = matrix(rows);
  return {
    name,
    numTargets: Math.log2(rows.length),
    parameters: [],
    matrix: () => unitary,
    inverse: () => inverse,
    ...(decomposition && { decomposition: () => decomposition }),
    symbol,
  };
}

const R = Math.SQRT1_2;
const i: Complex = [0, 1];
const minusI: Complex = [0, -1];
const eighth: Complex = [R, R];
const half = (re: number, im: number): Complex => [re / 2, im / 2];
const PI = Math.PI;

/**
 * The gate table: one row a gate, under OpenQASM 3 names. Controls are an attribute of an operation, not rows.
 * To add a gate, add its name to `GateName` and its row here; simulation, gradients, spectra, lowering, files, drawings
 * and the law tests read it from the row.
 */
export const gates = {
  gphase: rotation('gphase', '', 'γ', 1.5), // e^(iγ) = e^(3iγ/2)·exp(−iγ/2)
  id: fixed(
    'id',
    'I',
    [
      [1, 0],
      [0, 1],
    ],
    [step('id', [0])],
    [],
  ),
  x: fixed(
    'x',
    'X',
    [
      [0, 1],
      [1, 0],
    ],
    [step('x', [0])],
    [step('gphase', [], PI / 2), step('rx', [0], PI)],
  ),
  y: fixed(
    'y',
    'Y',
    [
      [0, minusI],
      [i, 0],
    ],
    [step('y', [0])],
    [step('sdg', [0]), step('x', [0]), step('s', [0])],
  ),
  z: fixed(
    'z',
    'Z',
    [
      [1, 0],
      [0, -1],
    ],
    [step('z', [0])],
    [step('p', [0], PI)],
  ),
  h: fixed(
    'h',
    'H',
    [
      [R, R],
      [R, -R],
    ],
    [step('h', [0])],
    [step('ry', [0], -PI / 4), step('z', [0]), step('ry', [0], PI / 4)],
  ),
  s: fixed(
    's',
    'S',
    [
      [1, 0],
      [0, i],
    ],
    [step('sdg', [0])],
    [step('p', [0], PI / 2)],
  ),
  sdg: fixed(
    'sdg',
    'S†',
    [
      [1, 0],
      [0, minusI],
    ],
    [step('s', [0])],
    [step('p', [0], -PI / 2)],
  ),
  t: fixed(
    't',
    'T',
    [
      [1, 0],
      [0, eighth],
    ],
    [step('tdg', [0])],
    [step('p', [0], PI / 4)],
  ),
  tdg: fixed(
    'tdg',
    'T†',
    [
      [1, 0],
      [0, [R, -R]],
    ],
    [step('t', [0])],
    [step('p', [0], -PI / 4)],
  ),
  sx: fixed(
    'sx',
    '√X',
    [
      [half(1, 1), half(1, -1)],
      [half(1, -1), half(1, 1)],
    ],
    [step('sxdg', [0])],
    [step('h', [0]), step('s', [0]), step('h', [0])],
  ),
  sxdg: fixed(
    'sxdg',
    '√X†',
    [
      [half(1, -1), half(1, 1)],
      [half(1, 1), half(1, -1)],
    ],
    [step('sx', [0])],
    [step('h', [0]), step('sdg', [0]), step('h', [0])],
  ),
  p: rotation('p', 'Z', 'P', 0.5), // diag(1, e^(iλ)) = e^(iλ/2)·exp(−iλZ/2)
  u: {
    name: 'u',
    numTargets: 1,
    parameters: ['theta', 'phi', 'lambda'],
    matrix: (theta, phi, lambda) => {
      const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
      return matrix([
        [c, [-s * Math.cos(lambda), -s * Math.sin(lambda)]],
        [
          [s * Math.cos(phi), s * Math.sin(phi)],
          [c * Math.cos(phi + lambda), c * Math.sin(phi + lambda)],
        ],
      ]);
    },
    inverse: (theta, phi, lambda) => [step('u', [0], negate(theta), negate(lambda), negate(phi))],
    decomposition: (theta, phi, lambda) => [step('p', [0], lambda), step('ry', [0], theta), step('p', [0], phi)],
    symbol: 'U',
  },
  rx: rotation('rx', 'X', 'Rx'),
  ry: rotation('ry', 'Y', 'Ry'),
  rz: rotation('rz', 'Z', 'Rz'),
  rxx: rotation('rxx', 'XX', 'Rxx'),
  ryy: rotation('ryy', 'YY', 'Ryy'),
  rzz: rotation('rzz', 'ZZ', 'Rzz'),
  swap: fixed(
    'swap',
    '×',
    [
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
    ],
    [step('swap', [0, 1])],
    [cx(0, 1), cx(1, 0), cx(0, 1)],
  ),
  iswap: fixed(
    'iswap',
    'iSWAP',
    [
      [1, 0, 0, 0],
      [0, 0, i, 0],
      [0, i, 0, 0],
      [0, 0, 0, 1],
    ],
    [step('iswap', [0, 1]), step('z', [0]), step('z', [1])],
    [step('rxx', [0, 1], -PI / 2), step('ryy', [0, 1], -PI / 2)],
  ),
  ecr: fixed(
    'ecr',
    'ECR',
    [
      [0, R, 0, [0, R]],
      [R, 0, [0, -R], 0],
      [0, [0, R], 0, R],
      [[0, -R], 0, R, 0],
    ],
    [step('ecr', [0, 1])],
    // (X⊗I − Y⊗X)/√2 with X, Y on target 0: x on it, then exp(iπ/4 Z⊗X)
    [step('h', [1]), step('x', [0]), step('rzz', [0, 1], -PI / 2), step('h', [1])],
  ),
  prx: {
    name: 'prx',
    numTargets: 1,
    parameters: ['theta', 'phi'],
    matrix: (theta, phi) => {
      const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
      return matrix([
        [c, [-s * Math.sin(phi), -s * Math.cos(phi)]],
        [[s * Math.sin(phi), -s * Math.cos(phi)], c],
      ]);
    },
    inverse: (theta, phi) => [step('prx', [0], negate(theta), phi)],
    decomposition: (theta, phi) => turnedAboutZ(step('rx', [0], theta), phi),
    symbol: 'PRX',
  },
  gpi: {
    name: 'gpi',
    numTargets: 1,
    parameters: ['phi'],
    matrix: (phi) =>
      matrix([
        [0, [Math.cos(phi), -Math.sin(phi)]],
        [[Math.cos(phi), Math.sin(phi)], 0],
      ]),
    inverse: (phi) => [step('gpi', [0], phi)],
    decomposition: (phi) => turnedAboutZ(step('x', [0]), phi),
    symbol: 'GPI',
  },
  gpi2: {
    name: 'gpi2',
    numTargets: 1,
    parameters: ['phi'],
    matrix: (phi) =>
      matrix([
        [R, [-R * Math.sin(phi), -R * Math.cos(phi)]],
        [[R * Math.sin(phi), -R * Math.cos(phi)], R],
      ]),
    inverse: (phi) => [step('gpi2', [0], add(phi, PI))],
    decomposition: (phi) => turnedAboutZ(step('rx', [0], PI / 2), phi),
    symbol: 'GPI2',
  },
  ms: {
    name: 'ms',
    numTargets: 2,
    parameters: ['phi0', 'phi1', 'theta'],
    matrix: (phi0, phi1, theta) => {
      const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
      const turn = (angle: number): Complex => [-s * Math.sin(angle), -s * Math.cos(angle)]; // −i s e^(−iα)
      return matrix([
        [c, 0, 0, turn(phi0 + phi1)],
        [0, c, turn(phi1 - phi0), 0],
        [0, turn(phi0 - phi1), c, 0],
        [turn(-phi0 - phi1), 0, 0, c],
      ]);
    },
    inverse: (phi0, phi1, theta) => [step('ms', [0, 1], phi0, phi1, negate(theta))],
    decomposition: (phi0, phi1, theta) => turnedAboutZ(step('rxx', [0, 1], theta), phi0, phi1),
    symbol: 'MS',
  },
} as const satisfies Record<GateName, Gate>;

/** The rows of the gate table. */
export type GateName =
  | 'gphase'
  | 'id'
  | 'x'
  | 'y'
  | 'z'
  | 'h'
  | 's'
  | 'sdg'
  | 't'
  | 'tdg'
  | 'sx'
  | 'sxdg'
  | 'p'
  | 'u'
  | 'rx'
  | 'ry'
  | 'rz'
  | 'rxx'
  | 'ryy'
  | 'rzz'
  | 'swap'
  | 'iswap'
  | 'ecr'
  | 'prx'
  | 'gpi'
  | 'gpi2'
  | 'ms';
