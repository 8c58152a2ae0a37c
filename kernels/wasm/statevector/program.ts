import type { Program } from '../../backend.js';
import type { Precision } from '../engine.js';
import { gatherDiagonals } from './diagonals.js';
import { encodeStep, type Operation } from './encode.js';
import { amplitudeMinor, batchMinor, bitCount, type Geometry, laneBits, laneCount } from './geometry.js';
import { Image } from './image.js';
import * as layout from './layout.js';
import { takeLeading } from './leading.js';
import { pairRotations } from './pairs.js';
import { encodeFlips, gatherFlips } from './permutations.js';
import { cutStages, type Stage } from './stages.js';
import { type Row, type Step, type Steps, stepsOf } from './steps.js';
import { absorbTrailing } from './trailing.js';
import { termsOf, type Words, wordsOfTerms } from './words.js';

/** Up to this many qubits a run holds all samples of a block side by side; beyond, one sample fills the vectors. */
const MOST_BATCH_MINOR = 5;

/** Logarithm of the vectors in a chunk: 64 KiB, between the first cache and the second; */
const CHUNK_BITS = 11;
/** of large states 256 KiB, within the second cache, for fewer stages, */
const MOST_CHUNK_BITS = 13;
/** where 2⁴ chunks at least are left for the threads. */
const CHUNKS_BITS = 4;
/** Logarithm of the neighbouring vectors of which a chunk consists at least: 256 bytes. */
const RUN_BITS = 3;

const chunkBitsOf = (vectorBits: number): number =>
  Math.max(CHUNK_BITS, Math.min(MOST_CHUNK_BITS, vectorBits - CHUNKS_BITS));

/** A stage in memory. */
export interface PlacedStage {
  readonly address: number;
  readonly count: number;
  readonly local: number;
  readonly localBits: number;
  /** Its bits are not the lowest: chunks are copied. */
  readonly gathered: boolean;
}

/** A program as the kernel reads it. */
export interface Placed {
  readonly image: Int32Array;
  readonly stages: readonly PlacedStage[];
  readonly rows: readonly Row[];
}

/** A program, sorted and ready to be placed. */
export interface Plan {
  /** The program's steps that a run goes through, and those before that make a product of one-qubit states of |0…0⟩. */
  readonly steps: readonly Step[];
  readonly leading: readonly Step[];
  readonly rows: readonly Row[];
  readonly numQubits: number;
  readonly precision: Precision;
  readonly batchMinor: boolean;
  /** Bits of an amplitude's index that count vectors: all of them, or those above the lanes. */
  readonly vectorBits: number;
  /** The state is cut into chunks; a run takes several jobs. */
  readonly staged: boolean;
  /** Most targets of a dense matrix. */
  readonly widest: number;
  /** @param block  vectors of samples in a block, a power of 2; 1 in the amplitude-minor layout */
  place(block: number): Placed;
}

/**
 * Chooses a layout, which depends on the program alone so that a sample's result does not depend on the batch it comes in, and
 * sorts the program's steps. O(instructions²) at worst.
 */
export const planProgram = (program: Program, precision: Precision): Plan =>
  planSteps(program.numQubits, precision, stepsOf(program), []);

/** A plan, and the words that are left to sum after it. */
export interface Special<W = Words> {
  readonly plan: Plan;
  readonly words: W;
}

/**
 * What is left of a plan for what is asked: of expectation values the trailing steps are not run and, if `fresh`, of states from
 * |0…0⟩ in chunks the leading ones not one by one.
 */
export function specialise<W extends Words | undefined>(whole: Plan, words: W, fresh: boolean): Special<W> {
  const { numQubits, precision, rows, steps } = whole;
  const absorbed = words ? absorbTrailing(steps, termsOf(words)) : undefined;
  const needed = absorbed?.steps ?? steps;
  const { leading, rest } = fresh ? takeLeading(needed) : { leading: [], rest: needed };
  const plan = rest.length === steps.length ? whole : planSteps(numQubits, precision, { steps: rest, rows }, leading);
  return { plan, words: (absorbed ? wordsOfTerms(absorbed.terms) : words) as W };
}

function planSteps(numQubits: number, precision: Precision, { steps, rows }: Steps, leading: readonly Step[]): Plan {
  const widest = Math.max(0, ...steps.map((step) => (step.kind === 'constant' ? step.targets.length : 0)));
  const vectors = numQubits - laneBits(precision);
  const isBatchMinor = numQubits <= MOST_BATCH_MINOR || widest > vectors;
  const staged = !isBatchMinor && vectors > CHUNK_BITS;
  const placed = new Map<number, Placed>();
  return {
    numQubits,
    precision,
    rows,
    steps,
    leading,
    batchMinor: isBatchMinor,
    vectorBits: isBatchMinor ? numQubits : vectors,
    staged,
    widest,
    place(block) {
      let own = placed.get(block);
      if (own === undefined) {
        const whole = isBatchMinor ? batchMinor(precision, numQubits, block) : amplitudeMinor(precision, numQubits);
        const stages = staged
          ? cutStages(steps, whole.laneQubits, vectors, chunkBitsOf(vectors), RUN_BITS)
          : [{ local: whole.local, steps }];
        own = placeStages(rows, whole, stages);
        placed.set(block, own);
      }
      return own;
    },
  };
}

/** Writes the operations of all stages, entries of matrices before them. */
function placeStages(rows: readonly Row[], whole: Geometry, stages: readonly Stage[]): Placed {
  const image = new Image(whole.precision);
  const operations = stages.map(({ local, steps }) => encodeStage({ ...whole, local }, steps, image));
  const placed = stages.map(({ local }, k) => {
    const address = image.end;
    for (const operation of operations[k]) image.addIntegers(operation);
    const gathered = (local & (local + 1)) !== 0;
    return { address, count: operations[k].length, local, localBits: bitCount(local), gathered };
  });
  return { image: image.toArray(), stages: placed, rows };
}

function encodeStage(geometry: Geometry, steps: readonly Step[], image: Image): Operation[] {
  if (geometry.laneQubits === 0) return steps.flatMap((step) => encodeStep(geometry, step, image));
  const operations = gatherFlips(geometry, gatherDiagonals(geometry, steps)).flatMap((item) => {
    if (item.kind === 'flips') return [encodeFlips(geometry, item, bitCount(geometry.local), image)];
    if (item.kind !== 'run') return encodeStep(geometry, item, image);
    const factors = item.factors.flatMap((factor) => encodeStep(geometry, factor, image));
    const run = new Int32Array(layout.OP / 4);
    run[layout.OP_KIND] = layout.OP_DIAGONAL_RUN;
    run[layout.OP_DATA] = image.end;
    run[layout.OP_FLAGS] = factors.length;
    for (const factor of factors) image.addIntegers(factor);
    return [run];
  });
  return pairRotations(operations, laneCount(geometry.precision), image);
}
