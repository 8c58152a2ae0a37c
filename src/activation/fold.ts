import type { CompiledAngle } from '../../circuits/angle/differentiate.js';
import type { ChainGradient, Floats } from '../../kernels/chain.js';
import type { ActivationPlan } from './plan.js';
import { type SegmentWalk, walk, walkOf } from './segment.js';

/** The edge-wise inputs of a chain layer, one set an edge: what `ChainLayer` needs beside its shape and scale. */
export interface FoldedEdges {
  readonly start: Float64Array;
  readonly blocks: Float64Array;
  readonly end: Float64Array;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** An angle as a function of the parameters of an edge, which begin at `at`: most are one parameter, read where it stands. */
type Reader = (parameters: Floats, at: number) => number;

function readerOf({ source, symbols, value }: CompiledAngle, width: number): Reader {
  if (typeof source === 'number') return () => source;
  if (source.kind === 'symbol') {
    const column = symbols[0];
    return (parameters, at) => parameters[at + column];
  }
  return (parameters, at) => value(parameters.subarray(at, at + width));
}

/** A plan's segments with what one edge needs of them: the readers of its turn angles, and their cosines and sines. */
function workspace(plan: ActivationPlan) {
  const width = plan.parameters.length;
  return plan.segments.map((segment) => ({
    walk: walkOf(segment),
    readers: segment.turns.map((angle) => readerOf(angle, width)),
    cosines: new Float64Array(segment.turns.length),
    sines: new Float64Array(segment.turns.length),
  }));
}

function fillAngles(work: ReturnType<typeof workspace>, parameters: Floats, at: number): void {
  for (const { readers, cosines, sines } of work) {
    for (let j = 0; j < readers.length; j++) {
      const angle = readers[j](parameters, at);
      cosines[j] = Math.cos(angle);
      sines[j] = Math.sin(angle);
    }
  }
}

/**
 * Folds the fixed and trainable gates of every edge between two data gates into one 3×3 rotation.
 *
 * @param parameters  shape [edges, plan.parameters.length]; radians
 * @returns start [edges, 3], blocks [edges, reps − 1, 3, 3], end [edges, 3], weights and biases [edges, reps]
 * @cost  a sine and cosine and about 20 multiplications a gate and edge, whatever the batch
 */
export function foldEdges(plan: ActivationPlan, parameters: Floats, edges: number): FoldedEdges {
  const { reps, readout } = plan;
  const width = plan.parameters.length;
  const work = workspace(plan);
  const slopes = plan.slopes.map((slope) => readerOf(slope, width));
  const intercepts = plan.intercepts.map((intercept) => readerOf(intercept, width));
  const start = new Float64Array(3 * edges);
  const blocks = new Float64Array(9 * (reps - 1) * edges);
  const end = new Float64Array(3 * edges);
  const weights = new Float64Array(reps * edges);
  const biases = new Float64Array(reps * edges);
  const v = new Float64Array(3);
  const m = new Float64Array(9);
  const [first, last] = [work[0], work[reps]];
  for (let edge = 0; edge < edges; edge++) {
    const at = edge * width;
    fillAngles(work, parameters, at);
    v[0] = v[1] = 0;
    v[2] = 1;
    walk(first.walk.steps, first.cosines, first.sines, v, 1);
    start.set(v, 3 * edge);
    for (let l = 1; l < reps; l++) {
      m.fill(0);
      m[0] = m[4] = m[8] = 1;
      walk(work[l].walk.steps, work[l].cosines, work[l].sines, m, 3);
      blocks.set(m, 9 * (edge * (reps - 1) + l - 1));
    }
    v.set(readout);
    walk(last.walk.stepsBack, last.cosines, last.sines, v, 1);
    end.set(v, 3 * edge);
    for (let l = 0; l < reps; l++) {
      weights[edge * reps + l] = slopes[l](parameters, at);
      biases[edge * reps + l] = intercepts[l](parameters, at);
    }
  }
  return { start, blocks, end, weights, biases };
}

/** Adds upstream · ∂angle/∂parameters of one edge, whose parameters begin at `at`. */
type Adder = (parameters: Floats, at: number, upstream: number, into: Float64Array) => void;

function adderOf({ source, symbols, gradient }: CompiledAngle, width: number): Adder {
  if (typeof source === 'number') return () => {};
  if (source.kind === 'symbol') {
    const column = symbols[0];
    return (_, at, upstream, into) => {
      into[at + column] += upstream;
    };
  }
  return (parameters, at, upstream, into) =>
    gradient(parameters.subarray(at, at + width), upstream, into.subarray(at, at + width));
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
  const work = workspace(plan);
  const adders = plan.segments.map(({ turns }) => turns.map((angle) => adderOf(angle, width)));
  const slopes = plan.slopes.map((slope) => adderOf(slope, width));
  const intercepts = plan.intercepts.map((intercept) => adderOf(intercept, width));
  const into = new Float64Array(edges * width);
  const v = new Float64Array(3);
  const { torque, weights, biases } = gradient;
  for (let edge = 0; edge < edges; edge++) {
    const at = edge * width;
    fillAngles(work, parameters, at);
    for (let l = 0; l <= reps; l++) {
      const from = 3 * (edge * (reps + 1) + l);
      for (let i = 0; i < 3; i++) v[i] = torque[from + i];
      // Entry 0 stands where the chain starts, after segment 0; the others stand before theirs.
      const { stepsBack, steps }: SegmentWalk = work[l].walk;
      walk(l === 0 ? stepsBack : steps, work[l].cosines, work[l].sines, v, 1, (turn, z) =>
        adders[l][turn](parameters, at, z, into),
      );
    }
    for (let l = 0; l < reps; l++) {
      slopes[l](parameters, at, weights[edge * reps + l], into);
      intercepts[l](parameters, at, biases[edge * reps + l], into);
    }
  }
  return into;
}
