import type { Angles, Program } from '../../backend.js';
import type { Floats } from '../../chain.js';
import { HEAP } from '../layout.js';
import { planMemory, reserve } from '../memory.js';
import type { StatevectorEngine } from './engine.js';
import { amplitudeMinor, batchMinor, type Geometry, laneCount, split } from './geometry.js';
import * as layout from './layout.js';
import type { Placed, PlacedStage, Plan } from './program.js';
import { padded, planRows, renewShared, writeRows } from './rows.js';
import { type StateLayout, stateBytes } from './transfer.js';
import { encodeWords, type Words, wordFactors, wordsSize } from './words.js';

/** Bytes that a block of samples is to fill. */
const BLOCK_BYTES = 16384;

/** Parts into which a large state is cut for its threads; the order of sums follows from it. */
const PARTS = 64;

/** Amplitudes × operations below which waking other threads costs more than it saves. */
const WORTH_SHARING = 2 ** 17;

/** What a call asks for. */
export interface Request {
  readonly program: Program;
  readonly angles: Angles;
  readonly batch: number;
  readonly words?: Words;
  readonly purpose: 'states' | 'values' | 'adjoint';
}

/** A call, placed in memory. */
export interface Job {
  /** Whether a later call differs in the values of angles alone, and no sample has angles of its own. */
  serves(plan: Plan, request: Request): boolean;
  /** Writes a later call's angles, and clears the sums. */
  renew(angles: Angles): void;
  /** The sums of words, of runs in one go, and what they are to be multiplied with. */
  readonly sums: Floats;
  readonly factors: Float64Array;

  readonly plan: Plan;
  readonly placed: Placed;
  readonly states: StateLayout;
  readonly geometry: Geometry;
  /** The last stage sums the words, chunk by chunk, and keeps no state. */
  readonly measuredInChunks: boolean;
  /** Addresses. */
  readonly at: Readonly<Record<'product' | 'sums' | 'weights' | 'gradients' | 'states' | 'costate', number>>;
  readonly stateBytes: number;
  /** Numbers from sample to sample (amplitude-minor) or from word to word, slot to slot (batch-minor). */
  readonly wordStride: number;
  readonly slotStride: number;
  /** Tasks that share a state, or that are samples or blocks. */
  readonly tasks: number;
  readonly parallel: boolean;
  readonly fields: Int32Array;
  /** Sets what a stage needs. */
  stage(kind: number, stage: PlacedStage): number;
}

/** Vectors of samples in a block: as many as fill it, no more than there are, a power of 2. */
function blockOf(numQubits: number, lanes: number, batch: number): number {
  const most = Math.max(1, BLOCK_BYTES / (layout.COMPLEX * 2 ** numQubits));
  const needed = 2 ** Math.ceil(Math.log2(Math.ceil(batch / lanes)));
  return Math.min(most, needed);
}

/** Places a call in memory; where the one before was alike, its angles alone are written. */
export function prepareJob(where: string, engine: StatevectorEngine, plan: Plan, request: Request): Job {
  const { resident } = engine;
  if (resident?.serves(plan, request)) {
    resident.renew(request.angles);
    return resident;
  }
  engine.resident = undefined;
  const job = placeJob(where, engine, plan, request);
  engine.resident = job;
  return job;
}

function placeJob(where: string, engine: StatevectorEngine, plan: Plan, request: Request): Job {
  const { precision, bytesPerNumber, memory, crew } = engine;
  const { program, angles, batch, words, purpose } = request;
  const { numQubits, numSlots } = program;
  const lanes = laneCount(precision);
  const block = plan.batchMinor ? blockOf(numQubits, lanes, batch) : 0;
  const placed = plan.place(Math.max(block, 1));
  const states: StateLayout = { numQubits, lanes, block };
  const rows = planRows(placed.rows, angles, batch, bytesPerNumber);
  const blocks = block === 0 ? batch : Math.ceil(batch / (block * lanes));
  const wholeStates = purpose === 'states' ? blocks : plan.staged ? 1 : 0;
  const bytes = stateBytes(states);
  const count = words?.count ?? 0;
  const samples = padded(batch);
  const chunk = plan.staged ? Math.max(...placed.stages.map(chunkBytes)) : bytes;
  const parts = plan.staged ? PARTS : batch;
  const adjoint = purpose === 'adjoint';
  const scratch = scratchPlan(chunk, adjoint, plan);
  const lastStage = placed.stages[placed.stages.length - 1];
  const lastGeometry = { ...amplitudeMinor(precision, numQubits), local: lastStage.local };
  const measuredInChunks =
    plan.staged && purpose === 'values' && !!words?.groups.every(({ xMask }) => split(lastGeometry, xMask).outer === 0);
  const { at, end } = planMemory({
    masks: layout.HEAP - HEAP,
    image: 4 * placed.image.length,
    table: rows.tableBytes,
    product: plan.leading.length > 0 ? 32 * plan.numQubits : 0,
    staging: rows.stagingBytes,
    rows: rows.bytes,
    words: words ? wordsSize(words) : 0,
    weights: adjoint ? count * samples * bytesPerNumber : 0,
    sums: block === 0 ? parts * count * 16 : count * samples * bytesPerNumber,
    gradients: adjoint ? (block === 0 ? parts * numSlots * 8 : numSlots * samples * bytesPerNumber) : 0,
    scratch: scratch.bytes * crew.threads,
    states: wholeStates * bytes,
    costate: adjoint && plan.staged ? bytes : 0,
  });
  reserve(where, memory, end);
  new Int32Array(memory.buffer, at.image, placed.image.length).set(placed.image);
  const written = writeRows(engine, rows, at);
  const whole = block === 0 ? amplitudeMinor(precision, numQubits) : batchMinor(precision, numQubits, block);
  const geometry = measuredInChunks ? lastGeometry : whole;
  if (words) {
    const encoded = encodeWords(words, geometry, at.words);
    new Int32Array(memory.buffer, at.words, encoded.length).set(encoded);
  }
  const results = new Uint8Array(memory.buffer, at.sums, at.scratch - at.sums).fill(0);

  const fields = new Int32Array(memory.buffer, layout.JOB, layout.FIELDS);
  const [stage] = placed.stages;
  fields[layout.OPS] = stage.address;
  fields[layout.OPS_COUNT] = stage.count;
  fields[layout.ROWS] = at.table;
  fields[layout.STATES] = at.states;
  fields[layout.COSTATES] = at.costate;
  fields[layout.STATE_STRIDE] = purpose === 'states' && !plan.staged ? bytes : 0;
  fields[layout.STATE_BITS] = plan.vectorBits;
  fields[layout.BATCH] = batch;
  fields[layout.BLOCK] = block;
  fields[layout.GROUPS] = at.words;
  fields[layout.GROUPS_COUNT] = words?.groups.length ?? 0;
  fields[layout.SUMS] = at.sums;
  fields[layout.SUMS_STRIDE] = block === 0 ? count * 16 : samples * bytesPerNumber;
  fields[layout.WEIGHTS] = at.weights;
  fields[layout.WEIGHTS_STRIDE] = (block === 0 ? count : samples) * bytesPerNumber;
  fields[layout.GRADIENTS] = at.gradients;
  fields[layout.GRADIENTS_STRIDE] = block === 0 ? numSlots * 8 : samples * bytesPerNumber;
  fields[layout.SCRATCH] = at.scratch;
  fields[layout.SCRATCH_STRIDE] = scratch.bytes;
  fields[layout.SCRATCH_COSTATE] = scratch.costate;
  fields[layout.SCRATCH_PRODUCTS] = scratch.products;
  fields[layout.SCRATCH_TABLES] = scratch.tables;
  fields[layout.SCRATCH_GROUP] = scratch.group;
  fields[layout.SCRATCH_PRODUCT] = scratch.product;
  fields[layout.PRODUCT] = plan.leading.length > 0 ? at.product : 0;
  fields[layout.MEASURED] = 0;
  return {
    serves: (otherPlan, other) =>
      otherPlan === plan &&
      other.batch === batch &&
      other.purpose === purpose &&
      other.words === words &&
      rows.perSample.length === 0 &&
      other.angles.every(isShared),
    renew(values) {
      renewShared(engine, rows, values, written);
      results.fill(0);
    },
    sums:
      block === 0 ? new Float64Array(memory.buffer, at.sums, parts * count * 2) : engine.view(at.sums, count * samples),
    factors: words ? wordFactors(words, geometry) : new Float64Array(0),
    plan,
    placed,
    measuredInChunks,
    states,
    geometry,
    at,
    stateBytes: bytes,
    wordStride: block === 0 ? count : samples,
    slotStride: block === 0 ? numSlots : samples,
    tasks: blocks,
    parallel: 2 ** numQubits * (plan.staged ? 1 : batch) * (program.instructions.length + 1) >= WORTH_SHARING,
    fields,
    stage(kind, { address, count: operations, local, localBits, gathered }) {
      const chunks = 2 ** (plan.vectorBits - localBits);
      const each = Math.max(1, chunks / PARTS);
      fields[layout.KIND] = kind;
      fields[layout.OPS] = address;
      fields[layout.OPS_COUNT] = operations;
      fields[layout.LOCAL_MASK] = local;
      fields[layout.LOCAL_BITS] = localBits;
      fields[layout.TASK_CHUNKS] = each;
      fields[layout.GATHERED] = gathered ? 1 : 0;
      return chunks / each;
    },
  };
}

const isShared = ({ length }: Float64Array): boolean => length === 1;

const chunkBytes = ({ localBits }: PlacedStage): number => layout.COMPLEX * 2 ** localBits;

/** What a thread needs beside the states: offsets within its scratch. */
function scratchPlan(chunk: number, adjoint: boolean, { widest, leading }: Plan) {
  const costate = chunk;
  const products = costate + (adjoint ? chunk : 0);
  const tables = products + (adjoint ? chunk / 2 : 0);
  const group = tables + 32 * layout.COMPLEX + Math.max(layout.COMPLEX, chunk / 32);
  const product = Math.ceil((group + 2 ** widest * layout.COMPLEX) / 64) * 64;
  const bytes = product + (leading.length > 0 ? chunk : 0);
  return { costate, products, tables, group, product, bytes };
}
