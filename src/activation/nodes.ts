import type { CompiledAngle } from '../../circuits/angle/differentiate.js';
import type { Floats } from '../../kernels/chain.js';
import type { NodeKernel, NodeProgram, NodeStep, NodeTerm } from '../../kernels/nodes.js';
import { identityRotation, multiplyRotations, type Rotation } from './bloch.js';
import { addAngleGradients, addAngles, columnOf, eachBlock } from './columns.js';
import type { ActivationPlan } from './plan.js';
import { axisOf } from './segment.js';

/** A plan for the node kernel: its program, and the angles that are no parameters as they stand; their columns follow those. */
export interface NodePlan {
  readonly program: NodeProgram;
  readonly computed: readonly CompiledAngle[];
}

/**
 * Turns a plan with integer encoding weights into a program for the node kernel.
 *
 * Fixed rotations are not run: the program stays in the frame in which it began, where a turn about z after fixed rotations P
 * is a turn about Pᵀz. For nearly all gates that is ± an axis; otherwise P itself becomes a step.
 *
 * @param row  the parameters of some edge; the encoding weights are the same for all
 */
export function planNodes(plan: ActivationPlan, row: ArrayLike<number>): NodePlan {
  if (plan.slopes.some(({ symbols }) => symbols.length > 0)) return makeProgram(plan, row);
  const known = planned.get(plan) ?? makeProgram(plan, row);
  planned.set(plan, known);
  return known;
}

/** Programs of the plans whose encoding weights are numbers. */
const planned = new WeakMap<ActivationPlan, NodePlan>();

function makeProgram(plan: ActivationPlan, row: ArrayLike<number>): NodePlan {
  const builder = new ProgramBuilder(plan.parameters.length);
  plan.segments.forEach(({ fixed, turns }, l) => {
    fixed.forEach((rotation, k) => {
      if (k > 0) builder.turn(turns[k - 1]);
      builder.rotate(rotation);
    });
    if (l === plan.reps) return;
    builder.encode(plan.slopes[l].value(row));
    // an acos encoding is of t = acos x itself, without a bias
    if (plan.encoding === 'linear' && plan.intercepts[l].source !== 0) builder.turn(plan.intercepts[l]);
  });
  return builder.finish(plan.readout);
}

class ProgramBuilder {
  private frame: Rotation = identityRotation;
  private readonly steps: NodeStep[] = [];
  /** The terms of the last turn. */
  private terms: NodeTerm[] = [];
  private readonly computed: CompiledAngle[] = [];

  constructor(private readonly parameters: number) {}

  rotate(rotation: Rotation): void {
    this.frame = multiplyRotations(rotation, this.frame);
  }

  turn(angle: CompiledAngle): void {
    const { axis, sign } = this.axisOfZ();
    const term = { column: columnOf(angle) ?? this.parameters + this.computed.push(angle) - 1, sign };
    // turns and encodings about one axis commute: the angle joins the last turn, if nothing else came between
    for (let k = this.steps.length - 1; k >= 0; k--) {
      const step = this.steps[k];
      if (step.kind === 'rotate' || step.axis !== axis) break;
      if (step.kind === 'encode') continue;
      this.terms.push(term);
      return;
    }
    this.terms = [term];
    this.steps.push({ kind: 'turn', axis, terms: this.terms });
  }

  encode(weight: number): void {
    if (weight === 0) return;
    const { axis, sign } = this.axisOfZ();
    this.steps.push({ kind: 'encode', axis, weight: sign * weight });
  }

  finish(readout: Float64Array): NodePlan {
    const [x, y, z] = [0, 1, 2].map(
      (i) => this.frame[i] * readout[0] + this.frame[3 + i] * readout[1] + this.frame[6 + i] * readout[2],
    );
    return { program: { steps: this.steps, readout: Float64Array.of(x, y, z) }, computed: this.computed };
  }

  /** Pᵀz, after a step that makes it an axis where it is none. */
  private axisOfZ(): { axis: number; sign: 1 | -1 } {
    const found = axisOf(this.frame.subarray(6, 9));
    if (found) return found;
    this.steps.push({ kind: 'rotate', rotation: this.frame });
    this.frame = identityRotation;
    return { axis: 2, sign: 1 };
  }
}

const zeros = (kernel: NodeKernel, length: number): Floats =>
  kernel.precision === 'float32' ? new Float32Array(length) : new Float64Array(length);

/** What the angles of turns are sums of: the parameters, shape [edges, width], and the computed angles beside them. */
function anglesOf({ computed }: NodePlan, parameters: Floats, edges: number, kernel: NodeKernel): Floats {
  if (computed.length === 0) return parameters;
  const width = parameters.length / edges;
  const columns = width + computed.length;
  const angles = zeros(kernel, edges * columns);
  for (let edge = 0; edge < edges; edge++) {
    angles.set(parameters.subarray(edge * width, (edge + 1) * width), edge * columns);
  }
  eachBlock(edges, (first, count) => {
    computed.forEach((angle, k) => {
      addAngles(angle, parameters, width, angles, first * columns + width + k, columns, first, count, 1);
    });
  });
  return angles;
}

/**
 * The coefficients of [1, cos t, …, cos dt, sin t, …, sin dt] in f, for every edge.
 *
 * @param degree      d = Σ|w_l|, for integer encoding weights that all edges share
 * @param parameters  shape [edges, plan.parameters.length]; radians
 * @returns shape [2d + 1, edges]
 */
export function nodeCoefficients(
  kernel: NodeKernel,
  plan: ActivationPlan,
  degree: number,
  parameters: Floats,
  edges: number,
): Floats {
  const nodes = planNodes(plan, parameters);
  const coefficients = kernel.compile(nodes.program, degree, anglesOf(nodes, parameters, edges, kernel), edges);
  if (plan.offset !== 0) for (let edge = 0; edge < edges; edge++) coefficients[edge] += plan.offset;
  return coefficients;
}

/** ∂L/∂parameters, shape [edges, width], from upstream = ∂L/∂coefficients, shape [2d + 1, edges]. */
export function nodeCoefficientsBackward(
  kernel: NodeKernel,
  plan: ActivationPlan,
  degree: number,
  parameters: Floats,
  edges: number,
  upstream: Floats,
): Floats {
  const nodes = planNodes(plan, parameters);
  const angles = anglesOf(nodes, parameters, edges, kernel);
  const toAngles = kernel.compileGradient(nodes.program, degree, angles, edges, upstream);
  if (nodes.computed.length === 0) return toAngles;
  const width = parameters.length / edges;
  const columns = width + nodes.computed.length;
  const into = zeros(kernel, edges * width);
  for (let edge = 0; edge < edges; edge++) {
    into.set(toAngles.subarray(edge * columns, edge * columns + width), edge * width);
  }
  eachBlock(edges, (first, count) => {
    nodes.computed.forEach((angle, k) => {
      const start = first * columns + width + k;
      addAngleGradients(angle, parameters, width, toAngles, start, columns, first, count, 1, into);
    });
  });
  return into;
}
