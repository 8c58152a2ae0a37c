import type { ChainGradient, Floats } from '../../kernels/chain.js';
import type { Rotation } from './bloch.js';
import { addAngleGradients, addAngles, BLOCK, eachBlock } from './columns.js';
import type { ActivationPlan } from './plan.js';
import { type AngleTable, rotate, type SegmentWalk, walk, walkOf } from './segment.js';

/** The edge-wise inputs of a chain layer, one set an edge: what `ChainLayer` needs beside its shape and scale. */
export interface FoldedEdges {
  readonly start: Float64Array;
  readonly blocks: Float64Array;
  readonly end: Float64Array;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** The walks of a plan's segments, and the row at which the angles of each begin in the table of all. */
function walksOf({ segments }: ActivationPlan): { walks: SegmentWalk[]; rows: number[]; turns: number } {
  let turns = 0;
  const rows = segments.map((segment) => {
    turns += segment.turns.length;
    return turns - segment.turns.length;
  });
  return { walks: segments.map(walkOf), rows, turns };
}

/** Cosines and sines of all turn angles, shape [turns, edges]. */
function angleTable(plan: ActivationPlan, turns: number, parameters: Floats, edges: number): AngleTable {
  const angles = new Float64Array(turns * edges);
  const rows = plan.segments.flatMap((segment) => segment.turns);
  eachBlock(edges, (first, count) => {
    rows.forEach((angle, row) => {
      addAngles(angle, parameters, plan.parameters.length, angles, row * edges + first, 1, first, count, 1);
    });
  });
  const sines = new Float64Array(angles.length);
  for (let k = 0; k < angles.length; k++) {
    const angle = angles[k];
    sines[k] = Math.sin(angle);
    angles[k] = Math.cos(angle);
  }
  return { cosines: angles, sines };
}

/** What was folded last for a plan. */
interface Folding {
  readonly parameters: Floats;
  readonly edges: number;
  readonly table: AngleTable;
  readonly folded: FoldedEdges;
}

/** The gradient folds the same parameters again that the value has folded: one step of training keeps them for the next. */
const latest = new WeakMap<ActivationPlan, Folding>();

function foldingOf(plan: ActivationPlan, parameters: Floats, edges: number): Folding {
  const former = latest.get(plan);
  if (former && former.edges === edges && sameNumbers(former.parameters, parameters)) return former;
  const { walks, rows, turns } = walksOf(plan);
  const table = angleTable(plan, turns, parameters, edges);
  const folded = foldWith(plan, walks, rows, table, parameters, edges);
  const folding = { parameters: parameters.slice(), edges, table, folded };
  latest.set(plan, folding);
  return folding;
}

/** Whether two arrays hold the same numbers of the same precision; never, if one is NaN. */
function sameNumbers(a: Floats, b: Floats): boolean {
  if (a.length !== b.length || a.BYTES_PER_ELEMENT !== b.BYTES_PER_ELEMENT) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Sets the planes of one column to a vector that all edges share. */
function setColumn(vectors: Float64Array, column: number, vector: ArrayLike<number>): void {
  for (let i = 0; i < 3; i++) vectors.fill(vector[i], (3 * column + i) * BLOCK, (3 * column + i + 1) * BLOCK);
}

/** Writes planes as numbers of each edge: component i of column j to to[start + k·step + i·columns + j]. */
function scatter(vectors: Float64Array, columns: number, to: Float64Array, start: number, step: number, count: number) {
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < 3; i++) {
      const from = (3 * j + i) * BLOCK;
      for (let k = 0, at = start + i * columns + j; k < count; k++, at += step) to[at] = vectors[from + k];
    }
  }
}

const axes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;

/**
 * Folds the fixed and trainable gates of every edge between two data gates into one 3×3 rotation.
 *
 * @param parameters  shape [edges, plan.parameters.length]; radians
 * @returns start [edges, 3], blocks [edges, reps − 1, 3, 3], end [edges, 3], weights and biases [edges, reps]
 * @cost  a sine and cosine and about 20 multiplications a gate and edge, whatever the batch; nothing where the plan's last call
 *   was for the same numbers. Do not write into what is returned
 */
export function foldEdges(plan: ActivationPlan, parameters: Floats, edges: number): FoldedEdges {
  return foldingOf(plan, parameters, edges).folded;
}

function foldWith(
  plan: ActivationPlan,
  walks: readonly SegmentWalk[],
  rows: readonly number[],
  table: AngleTable,
  parameters: Floats,
  edges: number,
): FoldedEdges {
  const { reps, readout } = plan;
  const start = new Float64Array(3 * edges);
  const blocks = new Float64Array(9 * (reps - 1) * edges);
  const end = new Float64Array(3 * edges);
  const weights = new Float64Array(reps * edges);
  const biases = new Float64Array(reps * edges);
  const vectors = new Float64Array(9 * BLOCK);
  const run = (l: number, direction: 1 | -1, columns: number, first: number, count: number): void =>
    walk(walks[l], direction, vectors, columns, table, rows[l] * edges + first, edges, count);
  const turnFrame = (frame: Rotation, direction: 1 | -1, columns: number, count: number): void =>
    rotate(vectors, columns, frame, direction, count);

  eachBlock(edges, (first, count) => {
    setColumn(vectors, 0, axes[2]);
    run(0, 1, 1, first, count);
    turnFrame(walks[0].frame, 1, 1, count);
    scatter(vectors, 1, start, 3 * first, 3, count);
    for (let l = 1; l < reps; l++) {
      axes.forEach((axis, column) => {
        setColumn(vectors, column, axis);
      });
      run(l, 1, 3, first, count);
      turnFrame(walks[l].frame, 1, 3, count);
      scatter(vectors, 3, blocks, 9 * (first * (reps - 1) + l - 1), 9 * (reps - 1), count);
    }
    setColumn(vectors, 0, readout);
    turnFrame(walks[reps].frame, -1, 1, count);
    run(reps, -1, 1, first, count);
    scatter(vectors, 1, end, 3 * first, 3, count);
  });
  for (let l = 0; l < reps; l++) {
    addAngles(plan.slopes[l], parameters, plan.parameters.length, weights, l, reps, 0, edges, 1);
    addAngles(plan.intercepts[l], parameters, plan.parameters.length, biases, l, reps, 0, edges, 1);
  }
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
  const { reps } = plan;
  const width = plan.parameters.length;
  const { walks, rows } = walksOf(plan);
  const { table } = foldingOf(plan, parameters, edges);
  const into = new Float64Array(edges * width);
  const vectors = new Float64Array(3 * BLOCK);
  const { torque, weights, biases } = gradient;
  eachBlock(edges, (first, count) => {
    for (let l = 0; l <= reps; l++) {
      gather(torque, 3 * (first * (reps + 1) + l), 3 * (reps + 1), vectors, count);
      // Entry 0 stands where the chain starts, after segment 0; the others stand before theirs.
      const direction = l === 0 ? -1 : 1;
      if (l === 0) rotate(vectors, 1, walks[0].frame, -1, count);
      walk(walks[l], direction, vectors, 1, table, rows[l] * edges + first, edges, count, (angle, z, sign) =>
        addAngleGradients(angle, parameters, width, vectors, z, 1, first, count, sign, into),
      );
    }
  });
  for (let l = 0; l < reps; l++) {
    addAngleGradients(plan.slopes[l], parameters, width, weights, l, reps, 0, edges, 1, into);
    addAngleGradients(plan.intercepts[l], parameters, width, biases, l, reps, 0, edges, 1, into);
  }
  return into;
}

/** Reads three numbers of each edge into planes. */
function gather(from: Floats, start: number, step: number, vectors: Float64Array, count: number): void {
  for (let i = 0; i < 3; i++) {
    for (let k = 0, at = start + i; k < count; k++, at += step) vectors[i * BLOCK + k] = from[at];
  }
}
