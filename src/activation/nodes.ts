import type { CompiledAngle } from '../../circuits/angle/differentiate.js';
import type { Floats } from '../../kernels/chain.js';
import type { NodeKernel, NodeProgram, NodeStep } from '../../kernels/nodes.js';
import { identityRotation, multiplyRotations, type Rotation } from './bloch.js';
import { addAngleGradients, addAngles, eachBlock } from './columns.js';
import type { ActivationPlan } from './plan.js';
import { axisOf } from './segment.js';

/** A plan for the node kernel: its program, and what the angle of each turn is the sum of. */
export interface NodePlan {
  readonly program: NodeProgram;
  readonly turns: readonly (readonly SignedAngle[])[];
}

interface SignedAngle {
  readonly sign: 1 | -1;
  readonly angle: CompiledAngle;
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
  const builder = new ProgramBuilder();
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
  private readonly turns: SignedAngle[][] = [];

  rotate(rotation: Rotation): void {
    this.frame = multiplyRotations(rotation, this.frame);
  }

  turn(angle: CompiledAngle): void {
    const { axis, sign } = this.axisOfZ();
    // turns and encodings about one axis commute: the angle joins the last turn, if nothing else came between
    for (let k = this.steps.length - 1; k >= 0; k--) {
      const step = this.steps[k];
      if (step.kind === 'rotate' || step.axis !== axis) break;
      if (step.kind === 'encode') continue;
      this.turns[this.turns.length - 1].push({ sign, angle });
      return;
    }
    this.steps.push({ kind: 'turn', axis });
    this.turns.push([{ sign, angle }]);
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
    return { program: { steps: this.steps, readout: Float64Array.of(x, y, z) }, turns: this.turns };
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

/** The angles of every turn, shape [turns, edges], from parameters of shape [edges, width]. */
function angleTable({ turns }: NodePlan, parameters: Floats, edges: number, kernel: NodeKernel): Floats {
  const table = zeros(kernel, turns.length * edges);
  const width = parameters.length / edges;
  eachBlock(edges, (first, count) => {
    turns.forEach((terms, row) => {
      for (const { sign, angle } of terms) {
        addAngles(angle, parameters, width, table, row * edges + first, 1, first, count, sign);
      }
    });
  });
  return table;
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
  const table = angleTable(nodes, parameters, edges, kernel);
  const coefficients = kernel.compile(nodes.program, degree, table, edges);
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
  const table = angleTable(nodes, parameters, edges, kernel);
  const toAngles = kernel.compileGradient(nodes.program, degree, table, edges, upstream);
  const width = parameters.length / edges;
  const into = zeros(kernel, edges * width);
  eachBlock(edges, (first, count) => {
    nodes.turns.forEach((terms, row) => {
      for (const { sign, angle } of terms) {
        addAngleGradients(angle, parameters, width, toAngles, row * edges + first, 1, first, count, sign, into);
      }
    });
  });
  return into;
}
