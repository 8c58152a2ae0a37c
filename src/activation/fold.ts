import type { ChainGradient, Floats } from '../../kernels/chain.js';
import type { ActivationPlan, Segment } from './plan.js';

/** The edge-wise inputs of a chain layer, one set an edge: what `ChainLayer` needs beside its shape and scale. */
export interface FoldedEdges {
  readonly start: Float64Array;
  readonly blocks: Float64Array;
  readonly end: Float64Array;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** v ← the segment applied to v, in place. */
function applySegment(segment: Segment, angles: Float64Array, v: Float64Array): void {
  rotate(segment.fixed[0], v);
  for (let j = 0; j < angles.length; j++) {
    turnZ(angles[j], v);
    rotate(segment.fixed[j + 1], v);
  }
}

/** v ← the segment's inverse applied to v, in place. */
function undoSegment(segment: Segment, angles: Float64Array, v: Float64Array): void {
  for (let j = angles.length - 1; j >= 0; j--) {
    rotateBack(segment.fixed[j + 1], v);
    turnZ(-angles[j], v);
  }
  rotateBack(segment.fixed[0], v);
}

function rotate(r: Float64Array, v: Float64Array): void {
  const [x, y, z] = [v[0], v[1], v[2]];
  v[0] = r[0] * x + r[1] * y + r[2] * z;
  v[1] = r[3] * x + r[4] * y + r[5] * z;
  v[2] = r[6] * x + r[7] * y + r[8] * z;
}

function rotateBack(r: Float64Array, v: Float64Array): void {
  const [x, y, z] = [v[0], v[1], v[2]];
  v[0] = r[0] * x + r[3] * y + r[6] * z;
  v[1] = r[1] * x + r[4] * y + r[7] * z;
  v[2] = r[2] * x + r[5] * y + r[8] * z;
}

function turnZ(angle: number, v: Float64Array): void {
  const [c, s, x] = [Math.cos(angle), Math.sin(angle), v[0]];
  v[0] = c * x - s * v[1];
  v[1] = s * x + c * v[1];
}

/** Calls `visit` with each edge's parameter row, in a buffer that is reused. */
function eachRow(
  plan: ActivationPlan,
  parameters: Floats,
  edges: number,
  visit: (row: Float64Array, edge: number) => void,
) {
  const width = plan.parameters.length;
  const row = new Float64Array(width);
  for (let edge = 0; edge < edges; edge++) {
    for (let p = 0; p < width; p++) row[p] = parameters[edge * width + p];
    visit(row, edge);
  }
}

/** Buffers for the turn angles of each segment, filled for one edge at a time. */
const angleBuffers = (plan: ActivationPlan) => plan.segments.map(({ turns }) => new Float64Array(turns.length));

function fillAngles(plan: ActivationPlan, row: Float64Array, angles: readonly Float64Array[]): void {
  plan.segments.forEach(({ turns }, l) => {
    for (let j = 0; j < turns.length; j++) angles[l][j] = turns[j].value(row);
  });
}

/**
 * Folds the fixed and trainable gates of every edge between two data gates into one 3×3 rotation.
 *
 * @param parameters  shape [edges, plan.parameters.length]; radians
 * @returns start [edges, 3], blocks [edges, reps − 1, 3, 3], end [edges, 3], weights and biases [edges, reps]
 * @cost  one rotation a gate and edge, whatever the batch
 */
export function foldEdges(plan: ActivationPlan, parameters: Floats, edges: number): FoldedEdges {
  const { reps, segments } = plan;
  const start = new Float64Array(3 * edges);
  const blocks = new Float64Array(9 * (reps - 1) * edges);
  const end = new Float64Array(3 * edges);
  const weights = new Float64Array(reps * edges);
  const biases = new Float64Array(reps * edges);
  const angles = angleBuffers(plan);
  const v = new Float64Array(3);
  eachRow(plan, parameters, edges, (row, edge) => {
    fillAngles(plan, row, angles);
    v.set([0, 0, 1]);
    applySegment(segments[0], angles[0], v);
    start.set(v, 3 * edge);
    for (let l = 1; l < reps; l++) {
      const at = 9 * (edge * (reps - 1) + l - 1);
      for (let column = 0; column < 3; column++) {
        v.fill(0);
        v[column] = 1;
        applySegment(segments[l], angles[l], v);
        for (let i = 0; i < 3; i++) blocks[at + 3 * i + column] = v[i];
      }
    }
    v.set(plan.readout);
    undoSegment(segments[reps], angles[reps], v);
    end.set(v, 3 * edge);
    for (let l = 0; l < reps; l++) {
      weights[edge * reps + l] = plan.slopes[l].value(row);
      biases[edge * reps + l] = plan.intercepts[l].value(row);
    }
  });
  return { start, blocks, end, weights, biases };
}

/**
 * Pulls a chain gradient back to the parameters of every edge, by the torque rule: a rotation about z by t has
 * ∂L/∂t = (v × λ)_z where it stands, and v × λ turns with the gates like any vector.
 *
 * @param parameters  shape [edges, plan.parameters.length], as given to `foldEdges`
 * @returns ∂L/∂parameters, shape [edges, plan.parameters.length]
 */
export function unfoldEdges(
  plan: ActivationPlan,
  parameters: Floats,
  edges: number,
  gradient: Pick<ChainGradient, 'torque' | 'weights' | 'biases'>,
): Float64Array {
  const { reps, segments } = plan;
  const width = plan.parameters.length;
  const result = new Float64Array(edges * width);
  const into = new Float64Array(width);
  const v = new Float64Array(3);
  eachRow(plan, parameters, edges, (row, edge) => {
    into.fill(0);
    for (let l = 0; l <= reps; l++) {
      const { fixed, turns } = segments[l];
      const at = 3 * (edge * (reps + 1) + l);
      // Entry 0 stands where the chain starts, after segment 0; the others stand before theirs.
      for (let i = 0; i < 3; i++) v[i] = gradient.torque[at + i];
      if (l === 0) {
        for (let j = turns.length - 1; j >= 0; j--) {
          rotateBack(fixed[j + 1], v);
          turns[j].gradient(row, v[2], into);
          turnZ(-turns[j].value(row), v);
        }
      } else {
        rotate(fixed[0], v);
        for (let j = 0; j < turns.length; j++) {
          turns[j].gradient(row, v[2], into);
          turnZ(turns[j].value(row), v);
          rotate(fixed[j + 1], v);
        }
      }
    }
    for (let l = 0; l < reps; l++) {
      plan.slopes[l].gradient(row, gradient.weights[edge * reps + l], into);
      plan.intercepts[l].gradient(row, gradient.biases[edge * reps + l], into);
    }
    result.set(into, edge * width);
  });
  return result;
}
