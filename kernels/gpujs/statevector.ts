import { checkLength } from '../../src/foundation/checks.js';
import type { AsyncBackend } from '../asynchronous.js';
import type { Angles, PauliSum, Program } from '../backend.js';
import { checkInitial, checkMemory, checkObservables, checkRun, checkUnitary, isUnitary } from '../validate.js';
import { type GpujsOptions, type GpujsReport, openEngine } from './engine.js';
import { stepOf, termStep } from './instructions.js';
import { type States, stateKernels } from './states.js';

export interface GpujsBackend extends AsyncBackend {
  /** The mode, the adapter, the precision and the largest array. */
  readonly report: GpujsReport;
  /** Gives back what the device holds. */
  dispose(): void;
}

/**
 * Instructions between two looks at the norm. Each multiplies it by at most 1 ± 2⁻²³, as its coefficients are rounded to float32: it stays
 * within 8e-6 of its value at any depth.
 */
const NORM_EVERY = 64;
/** Results on their way to the host at a time. */
const IN_FLIGHT = 64;
/** A batch is split so that its states take no more than this, or one state: kernels that end soon keep a display alive. */
const BLOCK_BYTES = 2 ** 27;
/** Results are float64 arrays on the host. */
const RESULT_BYTES = 2 ** 32;

/**
 * Statevectors by gpu.js: float32 on the device, angles and sums of results in float64 on the host. States stay on the device
 * until the end; batches that do not fit are split.
 *
 * @throws DaruanError if gpu.js or the mode is not to be had; when it runs (as rejections), for what `checkRun` refuses, for a state
 *   that does not fit the device, and for whatever goes wrong on it
 * @cost  O(batch · instructions · 2ⁿ); adjoint about four times that; at most four arrays of the states
 * @example
 * await provideGpu();
 * const backend = await gpujsBackend();
 * const states = await backend.statevector(program, angles, batch);
 */
export async function gpujsBackend(options: GpujsOptions = {}): Promise<GpujsBackend> {
  const engine = await openEngine('gpujsBackend', options);
  const kernels = stateKernels(engine);
  const { report } = engine;
  const [main, side] = kernels.registers;

  function check(where: string, program: Program, angles: Angles, batch: number): void {
    checkRun(where, program, angles, batch);
    checkMemory(where, program.numQubits, 1, 8, report.limitBytes);
  }

  /** Splits a batch, and does one part after the other: the kernels' arrays are theirs alone. */
  function inBlocks(
    where: string,
    { numQubits }: Program,
    batch: number,
    work: (first: number, samples: number) => Promise<void>,
  ): Promise<void> {
    const most = Math.max(1, Math.floor(Math.min(report.limitBytes, BLOCK_BYTES) / (8 * 2 ** numQubits)));
    return engine.guard(where, async () => {
      for (let first = 0; first < batch; first += most) await work(first, Math.min(most, batch - first));
    });
  }

  /** The final states of some samples. */
  async function evolve(program: Program, angles: Angles, states: States, first: number): Promise<States> {
    const { instructions } = program;
    const drifts = instructions.length >= NORM_EVERY && isUnitary(program);
    const norms = drifts ? await kernels.norms(states) : [];
    let now = states;
    for (const [done, instruction] of instructions.entries()) {
      now = await main.step(now, stepOf(instruction, angles, first, states.samples, 1));
      if (drifts && (done + 1) % NORM_EVERY === 0) now = await main.renormalise(now, norms);
    }
    return now;
  }

  async function statevector(
    program: Program,
    angles: Angles,
    batch: number,
    initial?: Float64Array,
  ): Promise<Float64Array> {
    const where = 'gpujs statevector';
    const { numQubits } = program;
    checkRun(where, program, angles, batch);
    checkMemory(where, numQubits, batch, 16, RESULT_BYTES);
    checkMemory(where, numQubits, 1, 8, report.limitBytes);
    checkInitial(where, numQubits, batch, initial);
    const length = 2 * 2 ** numQubits;
    const all = new Float64Array(batch * length);
    await inBlocks(where, program, batch, async (first, samples) => {
      const start =
        initial === undefined
          ? await kernels.ground(numQubits, samples)
          : await kernels.upload(numQubits, partOf(initial, first * length, samples * length));
      all.set(await kernels.download(await evolve(program, angles, start, first)), first * length);
    });
    return all;
  }

  /** ⟨O_k⟩ of states, shape [samples, observables]. */
  async function measure(states: States, observables: readonly PauliSum[]): Promise<Float64Array> {
    const values = new Float64Array(states.samples * observables.length);
    const line = queue();
    for (const [k, { terms }] of observables.entries()) {
      for (const term of terms) {
        await line.add(kernels.overlap(states, term, states, 're'), (found) => {
          found.forEach((value, b) => {
            values[b * observables.length + k] += term.coefficient * value;
          });
        });
      }
    }
    await line.empty();
    return values;
  }

  async function expectation(
    program: Program,
    angles: Angles,
    batch: number,
    observables: readonly PauliSum[],
  ): Promise<Float64Array> {
    const where = 'gpujs expectation';
    check(where, program, angles, batch);
    checkObservables(where, program.numQubits, observables);
    const values = new Float64Array(batch * observables.length);
    await inBlocks(where, program, batch, async (first, samples) => {
      const states = await evolve(program, angles, await kernels.ground(program.numQubits, samples), first);
      values.set(await measure(states, observables), first * observables.length);
    });
    return values;
  }

  /** Σ_k upstream_k O_k |states⟩; undefined if it is no term at all. */
  async function costateOf(
    states: States,
    observables: readonly PauliSum[],
    upstream: Float64Array,
  ): Promise<States | undefined> {
    let costate: States | undefined;
    for (const [k, { terms }] of observables.entries()) {
      const weights = Float64Array.from({ length: states.samples }, (_, b) => upstream[b * observables.length + k]);
      for (const term of terms) {
        const scaled = weights.map((weight) => weight * term.coefficient);
        costate = await side.step(costate ?? states, termStep(term, costate ? 1 : 0, scaled), states);
      }
    }
    return costate;
  }

  /** Walks states and costate back through the program, adding the slopes of the slots that it meets. */
  async function walkBack(
    program: Program,
    angles: Angles,
    first: number,
    [states, costate]: readonly [States, States],
    gradients: readonly Float64Array[],
  ): Promise<void> {
    const { instructions } = program;
    const earliest = instructions.findIndex((step) => step.kind === 'rotate' && 'slot' in step.angle);
    if (earliest < 0) return;
    const line = queue();
    const norms = [await kernels.norms(states), await kernels.norms(costate)];
    let [ket, bra] = [states, costate];
    for (let index = instructions.length - 1; index >= earliest; index--) {
      const instruction = instructions[index];
      if (instruction.kind === 'rotate' && 'slot' in instruction.angle) {
        const gradient = gradients[instruction.angle.slot];
        const { controlMask, controlValue, phase } = instruction;
        const add = (factor: number) => (slopes: Float64Array) => {
          slopes.forEach((slope, b) => {
            gradient[first + b] += factor * slope;
          });
        };
        // Im⟨b|Π(P − 2κ)|k⟩, as in the reference
        await line.add(kernels.overlap(bra, instruction, ket, 'im'), add(1));
        const projector = { xMask: 0, zMask: 0, controlMask, controlValue };
        if (phase !== 0) await line.add(kernels.overlap(bra, projector, ket, 'im'), add(-2 * phase));
      }
      if (index === earliest) break;
      const back = stepOf(instruction, angles, first, ket.samples, -1);
      ket = await main.step(ket, back);
      bra = await side.step(bra, back);
      if ((instructions.length - index) % NORM_EVERY === 0) {
        ket = await main.renormalise(ket, norms[0]);
        bra = await side.renormalise(bra, norms[1]);
      }
    }
    await line.empty();
  }

  async function adjoint(
    program: Program,
    angles: Angles,
    batch: number,
    observables: readonly PauliSum[],
    upstream: Float64Array,
  ): Promise<{ readonly values: Float64Array; readonly gradients: Float64Array[] }> {
    const where = 'gpujs adjoint';
    check(where, program, angles, batch);
    checkUnitary(where, program);
    checkObservables(where, program.numQubits, observables);
    const count = observables.length;
    checkLength(where, 'upstream', upstream, batch * count, '[batch, observables]');
    const values = new Float64Array(batch * count);
    const gradients = angles.map(() => new Float64Array(batch));
    await inBlocks(where, program, batch, async (first, samples) => {
      const states = await evolve(program, angles, await kernels.ground(program.numQubits, samples), first);
      values.set(await measure(states, observables), first * count);
      const costate = await costateOf(states, observables, upstream.subarray(first * count));
      if (costate) await walkBack(program, angles, first, [states, costate], gradients);
    });
    return { values, gradients };
  }

  return {
    name: 'gpujs',
    precision: 'float32',
    asynchronous: true,
    report,
    statevector,
    expectation,
    adjoint,
    dispose: engine.dispose,
  };
}

/** `length` numbers of states from `start` on; all samples alike if `initial` is one state. */
function partOf(initial: Float64Array, start: number, length: number): Float32Array {
  if (initial.length >= start + length) return Float32Array.from(initial.subarray(start, start + length));
  const part = new Float32Array(length);
  for (let at = 0; at < length; at += initial.length) part.set(initial, at);
  return part;
}

/** Results that are awaited some at a time, and taken in the order in which they were asked for. */
function queue() {
  let waiting: Promise<void>[] = [];
  async function empty(): Promise<void> {
    const all = waiting;
    waiting = [];
    await Promise.all(all);
  }
  async function add<T>(result: Promise<T>, take: (value: T) => void): Promise<void> {
    waiting.push(result.then(take));
    if (waiting.length >= IN_FLIGHT) await empty();
  }
  return { add, empty };
}
