import type { Angle } from '../angle/expression.js';
import { formatAngle, shortest } from '../angle/format.js';
import type { Circuit, Operation } from '../circuit.js';
import { gates } from '../gates.js';
import { layers, type Span } from './layers.js';
import { multipleOfPi } from './multipleOfPi.js';

/**
 * The circuit as a LaTeX document that draws it with the package quantikz: qubit 0 on top, filled points for controls on
 * |1⟩, open ones on |0⟩. Gates are drawn as they are, not lowered; numbers have four digits, multiples of π their name.
 *
 * @see A. Kay, arXiv:1809.03842
 */
export function toQuantikz(source: Circuit): string {
  const { numQubits, operations } = source;
  const columns = layers(
    operations.map(column).filter((drawn) => drawn !== undefined),
    numQubits,
  );
  const phases = operations.filter(isGlobalPhase).map(({ angles }) => latex(angles[0]));
  const rows = Array.from({ length: numQubits }, (_, qubit) => {
    const cells = columns.map((layer) => layer.find(({ cells: found }) => found.has(qubit))?.cells.get(qubit));
    return `  \\lstick{$q_{${qubit}}$} & ${[...cells.map((cell) => cell ?? '\\qw'), '\\qw'].join(' & ')}`;
  });
  return [
    '\\documentclass[border=4pt]{standalone}',
    '\\usepackage{tikz}',
    '\\usetikzlibrary{quantikz}',
    '\\begin{document}',
    ...(phases.length > 0 ? [`% global phase: ${phases.join(' + ')}`] : []),
    '\\begin{quantikz}',
    rows.join(' \\\\\n'),
    '\\end{quantikz}',
    '\\end{document}',
    '',
  ].join('\n');
}

interface Column extends Span {
  /** What each qubit of the operation shows. */
  readonly cells: ReadonlyMap<number, string>;
}

const isGlobalPhase = ({ gate, controls }: Operation): boolean => gate === gates.gphase && controls.length === 0;

/** The operation's marks, each joined to the next one below by a vertical line; none for a global phase. */
function column(operation: Operation): Column | undefined {
  const marks = [...marksOf(operation)].sort(([a], [b]) => a - b);
  if (marks.length === 0) return undefined;
  const cells = new Map(
    marks.map(([qubit, mark], k) => [qubit, k + 1 < marks.length ? `${mark}\\vqw{${marks[k + 1][0] - qubit}}` : mark]),
  );
  return { first: marks[0][0], last: marks[marks.length - 1][0], cells };
}

function marksOf({ gate, targets, angles, controls }: Operation): Map<number, string> {
  const list = angles.length > 0 ? `(${angles.map(latex).join(', ')})` : '';
  const marks = new Map(controls.map(({ qubit, value }) => [qubit, value === 1 ? '\\control{}' : '\\ocontrol{}']));
  if (gate === gates.gphase && controls.length > 0) {
    const [{ qubit, value }] = controls;
    marks.set(qubit, `\\gate{P_{${value}}${list}}`);
  }
  targets.forEach((qubit, j) => {
    const position = gate.numTargets > 1 && !symmetric.includes(gate.name) ? `^{${j}}` : '';
    const box = `\\gate{${symbols[gate.name] ?? `\\mathrm{${escaped(gate.name)}}`}${position}${list}}`;
    marks.set(qubit, gate === gates.swap ? '\\targX{}' : gate === gates.x && controls.length > 0 ? '\\targ{}' : box);
  });
  return marks;
}

/** Gates of several targets that mean the same in any order. */
const symmetric: readonly string[] = ['rxx', 'ryy', 'rzz', 'swap', 'iswap'];

const symbols: Readonly<Record<string, string>> = {
  id: 'I',
  x: 'X',
  y: 'Y',
  z: 'Z',
  h: 'H',
  s: 'S',
  sdg: 'S^\\dagger',
  t: 'T',
  tdg: 'T^\\dagger',
  sx: '\\sqrt{X}',
  sxdg: '\\sqrt{X}^\\dagger',
  p: 'P',
  u: 'U',
  rx: 'R_X',
  ry: 'R_Y',
  rz: 'R_Z',
  rxx: 'R_{XX}',
  ryy: 'R_{YY}',
  rzz: 'R_{ZZ}',
};

const escaped = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '\\_');

const latex = (angle: Angle): string =>
  formatAngle(angle, {
    number: decimal,
    symbol,
    call: (name, argument) => `${functionNames[name] ?? `\\${name}`}(${argument})`,
    power: (base, exponent) => `${base}^{${exponent}}`,
  }).replace(/\*/g, ' ');

const functionNames: Readonly<Record<string, string>> = {
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
  sqrt: '\\mathrm{sqrt}',
};

const greek = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma phi chi psi omega'.split(' '),
);

/** theta_0 as \theta_{0}; a name of several letters upright. */
function symbol(name: string): string {
  const [base, ...rest] = name.split('_');
  const letter = greek.has(base) ? `\\${base}` : base.length === 1 ? base : `\\mathrm{${base || '\\_'}}`;
  return rest.length > 0 ? `${letter}_{${rest.join(',')}}` : letter;
}

/** Multiples of π as such, else four digits. */
const decimal = (value: number): string =>
  multipleOfPi(value, '\\pi') ?? shortest(Number(value.toPrecision(4))).replace(/e\+?(-?\d+)$/, '\\times 10^{$1}');
