import { checkAllFinite, checkChoice, checkInteger, checkLength } from '../../../src/foundation/checks.js';
import type { Angles, Backend, PauliSum, Program } from '../../backend.js';
import { checkInitial, checkMemory, checkObservables, checkRun, checkUnitary } from '../../validate.js';
import type { Precision } from '../engine.js';
import { availableThreads, whyNoThreads } from '../worker.js';
import { createStatevectorEngine } from './engine.js';
import { type Job, prepareJob, type Request } from './job.js';
import { type Plan, planProgram, type Special, specialise } from './program.js';
import { readGradients, readValues, writeWeights } from './results.js';
import { runStaged, runWhole, type Sums } from './run.js';
import { readStates, writeStates } from './transfer.js';
import { areWordsOf, type Words, wordsOf } from './words.js';

export interface WasmBackendOptions {
  /** Precision of the amplitudes. Default float64. */
  readonly precision?: Precision;
  /**
   * Threads that share a run, the calling one among them. By default all the processors there are, up to 8, or 1 where memory
   * cannot be shared (a page that is not cross-origin isolated). Results are the same bits for any number.
   */
  readonly threads?: number;
}

export interface WasmBackend extends Backend {
  readonly threads: number;
  /** Ends the workers. The backend stays usable; the next large run starts new ones. */
  dispose(): void;
}

/** What 32-bit addresses reach, less what a run needs beside its states. */
const LIMIT_BYTES = 2 ** 32 - 2 ** 26;

/** How many lists of observables are remembered. */
const RECENT = 32;

/** A program that was found well formed, with what was worked out of it. */
interface Known {
  readonly plan: Plan;
  /** What is left of the program for states from |0…0⟩, for values and for slopes of words. */
  states?: Plan;
  readonly values: WeakMap<Words, Special>;
  readonly adjoint: WeakMap<Words, Special>;
  unitary: boolean;
}

/**
 * Statevectors in WebAssembly: SIMD over samples up to five qubits and over amplitudes beyond, large states in chunks that fit the
 * cache, threads over shared memory. No worker runs before the first large run, and none keeps a process alive.
 *
 * A program is sorted once, the first time it is run, and must not be changed afterwards. Expectation values and slopes run what
 * they need: a flip at the end goes into the observable instead, and what commutes with the observable there is left out.
 *
 * @throws DaruanError for an unknown precision, for several threads where memory cannot be shared, and, when it runs, for what
 *   `checkRun` refuses and when memory is refused: 4 GiB can be addressed, one state of 27 (float64) or 28 (float32) qubits
 * @cost  O(batch · instructions · 2ⁿ); adjoint less than four times that, whatever the number of slots, with two states
 * @example
 * const backend = await wasmBackend({ precision: 'float64' });
 * const states = backend.statevector(program, angles, batch);
 */
export async function wasmBackend(options: WasmBackendOptions = {}): Promise<WasmBackend> {
  const { precision = 'float64', threads = defaultThreads() } = options;
  checkChoice('wasmBackend', 'precision', precision, ['float32', 'float64']);
  checkInteger('wasmBackend', 'threads', threads, 1, 64);
  const engine = await createStatevectorEngine('wasmBackend', precision, threads);
  const programs = new WeakMap<Program, Known>();
  let recent: readonly { readonly numQubits: number; readonly words: Words }[] = [];
  const bytesPerAmplitude = precision === 'float64' ? 16 : 8;

  /** Checks a run: the whole program the first time, its angles every time. */
  function know(where: string, { program, angles, batch, purpose }: Request): Known {
    let known = programs.get(program);
    if (known === undefined) checkRun(where, program, angles, batch);
    else if (!isSound(program, angles, batch)) checkRun(where, { ...program, instructions: [] }, angles, batch);
    const states = { states: batch, values: 1, adjoint: 2 };
    checkMemory(where, program.numQubits, states[purpose], bytesPerAmplitude, LIMIT_BYTES);
    if (known === undefined) {
      known = {
        plan: planProgram(program, precision),
        values: new WeakMap(),
        adjoint: new WeakMap(),
        unitary: false,
      };
      programs.set(program, known);
    }
    if (purpose === 'adjoint' && !known.unitary) {
      checkUnitary(where, program);
      known.unitary = true;
    }
    return known;
  }

  /** The words of observables, checked; those of an earlier call where they are alike. */
  function knowWords(where: string, numQubits: number, observables: readonly PauliSum[]): Words {
    const known = recent.find((own) => own.numQubits === numQubits && areWordsOf(own.words, observables));
    if (known !== undefined) return known.words;
    checkObservables(where, numQubits, observables);
    const words = wordsOf(observables);
    recent = [{ numQubits, words }, ...recent].slice(0, RECENT);
    return words;
  }

  /** What is left of a program for the expectation values, or their slopes, of words. */
  function forWords({ plan, values, adjoint }: Known, words: Words, purpose: 'values' | 'adjoint'): Special {
    const known = purpose === 'values' ? values : adjoint;
    let special = known.get(words);
    if (special === undefined) {
      special = specialise(plan, words, purpose === 'values' && plan.staged);
      known.set(words, special);
    }
    return special;
  }

  function run(job: Job, request: Request, fresh: boolean): Sums | undefined {
    const { purpose } = request;
    const adjoint = purpose === 'adjoint';
    if (!job.plan.staged) {
      runWhole(engine, job, fresh, adjoint);
      return undefined;
    }
    const modes = { fresh, adjoint, keep: purpose === 'states' };
    return runStaged(engine, job, request, modes);
  }

  function statevector(program: Program, angles: Angles, batch: number, initial?: Float64Array): Float64Array {
    const where = 'wasm statevector';
    const request: Request = { program, angles, batch, purpose: 'states' };
    const known = know(where, request);
    checkInitial(where, program.numQubits, batch, initial);
    if (known.plan.staged) known.states ??= specialise(known.plan, undefined, true).plan;
    const plan = initial === undefined ? (known.states ?? known.plan) : known.plan;
    const job = prepareJob(where, engine, plan, request);
    const { at, states } = job;
    const numbers = engine.view(at.states, (engine.memory.buffer.byteLength - at.states) / engine.bytesPerNumber);
    if (initial !== undefined) writeStates(states, batch, initial, numbers);
    run(job, request, initial === undefined);
    return readStates(states, batch, numbers);
  }

  function expectation(
    program: Program,
    angles: Angles,
    batch: number,
    observables: readonly PauliSum[],
  ): Float64Array {
    const where = 'wasm expectation';
    const asked = knowWords(where, program.numQubits, observables);
    const { plan, words } = forWords(know(where, { program, angles, batch, purpose: 'values' }), asked, 'values');
    const request: Request = { program, angles, batch, words, purpose: 'values' };
    const job = prepareJob(where, engine, plan, request);
    const sums = run(job, request, true);
    return readValues(job, words, observables.length, batch, sums);
  }

  function adjoint(
    program: Program,
    angles: Angles,
    batch: number,
    observables: readonly PauliSum[],
    upstream: Float64Array,
  ): { readonly values: Float64Array; readonly gradients: Float64Array[] } {
    const where = 'wasm adjoint';
    const asked = knowWords(where, program.numQubits, observables);
    const { plan, words } = forWords(know(where, { program, angles, batch, purpose: 'adjoint' }), asked, 'adjoint');
    const request: Request = { program, angles, batch, words, purpose: 'adjoint' };
    checkLength(where, 'upstream', upstream, batch * observables.length, '[batch, observables]');
    checkAllFinite(where, 'upstream', upstream);
    const job = prepareJob(where, engine, plan, request);
    writeWeights(engine, job, words, observables.length, batch, upstream);
    const sums = run(job, request, true);
    return {
      values: readValues(job, words, observables.length, batch, sums),
      gradients: readGradients(engine, job, program.numSlots, batch, sums),
    };
  }

  return { name: 'wasm', precision, threads, statevector, expectation, adjoint, dispose: engine.crew.dispose };
}

/** What `checkRun` asks of angles and batch, without its words. */
function isSound({ numSlots }: Program, angles: Angles, batch: number): boolean {
  if (angles.length !== numSlots || !Number.isInteger(batch) || batch < 1) return false;
  for (let slot = 0; slot < numSlots; slot++) {
    const values = angles[slot];
    if (!(values instanceof Float64Array) || (values.length !== batch && values.length !== 1)) return false;
    if (slot > 1 && values === angles[slot - 2]) continue; // layers often share their data
    for (let k = 0; k < values.length; k++) if (values[k] - values[k] !== 0) return false; // NaN for all that is not finite
  }
  return true;
}

function defaultThreads(): number {
  return whyNoThreads() === undefined ? Math.min(8, availableThreads()) : 1;
}
