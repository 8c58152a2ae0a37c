import type { Floats } from '../chain.js';
import type { NodeProgram, NodeTerm } from '../nodes.js';
import { checkProgram } from '../validateNodes.js';

const node = (j: number, degree: number): number => (2 * Math.PI * j) / (2 * degree + 1);

/** What value j at its node adds to coefficient m: the discrete Fourier transform, 2d + 1 features by 2d + 1 nodes. */
export function fourierWeight(m: number, j: number, degree: number): number {
  const count = 2 * degree + 1;
  if (m === 0) return 1 / count;
  const multiple = m <= degree ? m : m - degree;
  const angle = (2 * Math.PI * ((multiple * j) % count)) / count; // reduced, so that large products lose no digits
  return ((m <= degree ? Math.cos(angle) : Math.sin(angle)) * 2) / count;
}

/** v turned about an axis. */
function turn(v: readonly number[], axis: number, angle: number): number[] {
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = [...v];
  turned[p] = cosine * v[p] - sine * v[q];
  turned[q] = sine * v[p] + cosine * v[q];
  return turned;
}

const multiply = (r: ArrayLike<number>, v: readonly number[]): number[] =>
  [0, 1, 2].map((i) => r[3 * i] * v[0] + r[3 * i + 1] * v[1] + r[3 * i + 2] * v[2]);
const transpose = (r: ArrayLike<number>): number[] => [0, 3, 6, 1, 4, 7, 2, 5, 8].map((k) => r[k]);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
  [0, 1, 2].map((k) => a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3]);

/** The angle of a turn of an edge whose numbers begin at `start`. */
const angleOf = (terms: readonly NodeTerm[], angles: Floats, start: number): number =>
  terms.reduce((sum, { column, sign }) => sum + sign * angles[start + column], 0);

/** The Bloch vector after all steps. */
function run({ steps }: NodeProgram, t: number, angles: Floats, start: number): number[] {
  let v = [0, 0, 1];
  for (const step of steps) {
    if (step.kind === 'rotate') v = multiply(step.rotation, v);
    else v = turn(v, step.axis, step.kind === 'turn' ? angleOf(step.terms, angles, start) : step.weight * t);
  }
  return v;
}

export function compile(program: NodeProgram, degree: number, angles: Floats, edges: number): Float64Array {
  checkProgram('reference node compile', program, degree, angles, edges);
  const count = 2 * degree + 1;
  const width = angles.length / edges;
  const coefficients = new Float64Array(count * edges);
  for (let edge = 0; edge < edges; edge++) {
    for (let j = 0; j < count; j++) {
      const value = dot(program.readout, run(program, node(j, degree), angles, edge * width));
      for (let m = 0; m < count; m++) coefficients[m * edges + edge] += fourierWeight(m, j, degree) * value;
    }
  }
  return coefficients;
}

/** By the torque v × λ, λ being the readout: a rotation about axis n by t, where it stands, has ∂f/∂t = n · torque. */
export function compileGradient(
  program: NodeProgram,
  degree: number,
  angles: Floats,
  edges: number,
  upstream: Floats,
): Float64Array {
  checkProgram('reference node compile', program, degree, angles, edges, upstream);
  const { steps, readout } = program;
  const count = 2 * degree + 1;
  const width = angles.length / edges;
  const gradient = new Float64Array(angles.length);
  for (let edge = 0; edge < edges; edge++) {
    const start = edge * width;
    for (let j = 0; j < count; j++) {
      let toValue = 0;
      for (let m = 0; m < count; m++) toValue += fourierWeight(m, j, degree) * upstream[m * edges + edge];
      let torque = cross(run(program, node(j, degree), angles, start), readout);
      for (let s = steps.length - 1; s >= 0; s--) {
        const step = steps[s];
        if (step.kind === 'rotate') torque = multiply(transpose(step.rotation), torque);
        else if (step.kind === 'encode') torque = turn(torque, step.axis, -step.weight * node(j, degree));
        else {
          for (const { column, sign } of step.terms) gradient[start + column] += sign * toValue * torque[step.axis];
          torque = turn(torque, step.axis, -angleOf(step.terms, angles, start));
        }
      }
    }
  }
  return gradient;
}
