import { checkAllFinite, checkLength } from '../../src/foundation/checks.js';
import type { AsyncBackend } from '../asynchronous.js';
import type { Angles, Program } from '../backend.js';
import { checkInitial, checkMemory, checkObservables, checkRun, checkUnitary } from '../validate.js';
import { openEngine, type Room } from './engine.js';
import { StateRunner } from './states.js';

export interface WebGpuBackend extends AsyncBackend {
  /** The largest array that a shader can see, in bytes: the states of one sample must fit, 8 bytes an amplitude. */
  readonly limitBytes: number;
  /**
   * Runs a program from |0…0⟩ several times in the same memory, and waits for the device: for measuring.
   *
   * @returns how many times a run goes through the memory
   */
  run(program: Program, angles: Angles, batch: number, times?: number): Promise<number>;
  /** Gives the device back. */
  dispose(): void;
}

/** Results are float64 arrays on the host. */
const RESULT_BYTES = 2 ** 32;

/**
 * Statevectors in WGSL: float32, several steps a pass over tiles in workgroup memory; gates on one qubit are fused, and steps overtake
 * others that touch other qubits. Coefficients are made in float64 and rounded so that they keep the norm. Batches that the device
 * cannot hold are split.
 *
 * @throws (as rejections) what `checkRun` refuses, a state that does not fit the device, and whatever goes wrong on it
 * @cost  of memory traffic, reading and writing the states once a pass; a layer of rotations and a ring of CNOTs takes about n/7 passes
 * @example
 * await provideGpu();
 * const backend = await webGpuStatevectors();
 * const states = await backend.statevector(program, angles, batch);
 */
export async function webGpuStatevectors(): Promise<WebGpuBackend> {
  const engine = await openEngine('webGpuStatevectors');
  const runner = new StateRunner(engine);
  const { limitBytes } = engine;
  const check = (where: string, program: Program, angles: Angles, batch: number): void => {
    checkRun(where, program, angles, batch);
    checkMemory(where, program.numQubits, 1, 8, limitBytes);
  };
  const blocks = (
    where: string,
    { numQubits }: Program,
    batch: number,
    arrays: number,
    work: (room: Room, first: number, samples: number) => Promise<void>,
  ): Promise<void> => {
    const most = Math.max(1, Math.floor(limitBytes / (arrays * 8 * 2 ** numQubits)));
    const parts = Array.from({ length: Math.ceil(batch / most) }, (_, k) => k * most);
    return parts.reduce(
      (before, first) =>
        before.then(() => engine.guard(where, (room) => work(room, first, Math.min(most, batch - first)))),
      Promise.resolve(),
    );
  };
  return {
    name: 'webgpu',
    precision: 'float32',
    asynchronous: true,
    limitBytes,

    async statevector(program, angles, batch, initial) {
      const where = 'webgpu statevector';
      checkRun(where, program, angles, batch);
      checkInitial(where, program.numQubits, batch, initial);
      checkMemory(where, program.numQubits, batch, 16, RESULT_BYTES);
      check(where, program, angles, batch);
      const length = 2 * 2 ** program.numQubits;
      const states = new Float64Array(batch * length);
      await blocks(where, program, batch, 1, async (room, first, samples) => {
        const state = runner.states(room, program, samples, initial, first);
        runner.evolve(room, state, program, angles, first, samples, initial === undefined);
        await runner.renormalise(room, state, program, samples, initial, first);
        states.set(await room.read(state, 4 * samples * length), first * length);
      });
      return states;
    },

    async expectation(program, angles, batch, observables) {
      const where = 'webgpu expectation';
      check(where, program, angles, batch);
      checkObservables(where, program.numQubits, observables);
      const values = new Float64Array(batch * observables.length);
      await blocks(where, program, batch, 1, async (room, first, samples) => {
        const state = runner.states(room, program, samples);
        runner.evolve(room, state, program, angles, first, samples, true);
        await runner.renormalise(room, state, program, samples);
        values.set(await runner.measure(room, state, program, samples, observables), first * observables.length);
      });
      return values;
    },

    async adjoint(program, angles, batch, observables, upstream) {
      const where = 'webgpu adjoint';
      check(where, program, angles, batch);
      checkObservables(where, program.numQubits, observables);
      checkUnitary(where, program);
      checkLength(where, 'upstream', upstream, batch * observables.length, '[batch, observables]');
      checkAllFinite(where, 'upstream', upstream);
      const values = new Float64Array(batch * observables.length);
      const gradients = Array.from({ length: program.numSlots }, () => new Float64Array(batch));
      await blocks(where, program, batch, 2, async (room, first, samples) => {
        const state = runner.states(room, program, samples);
        runner.evolve(room, state, program, angles, first, samples, true);
        await runner.renormalise(room, state, program, samples);
        const width = observables.length;
        values.set(await runner.measure(room, state, program, samples, observables), first * width);
        const own = upstream.subarray(first * width, (first + samples) * width);
        const costate = runner.states(room, program, samples);
        runner.observe(room, state, costate, program, samples, observables, own);
        await runner.undo(room, state, costate, program, angles, first, samples, gradients);
      });
      return { values, gradients };
    },

    async run(program, angles, batch, times = 1) {
      const where = 'webgpu run';
      check(where, program, angles, batch);
      checkMemory(where, program.numQubits, batch, 8, limitBytes);
      return engine.guard(where, async (room) => {
        const state = runner.states(room, program, batch);
        let passes = 0;
        for (let k = 0; k < times; k++) passes = runner.evolve(room, state, program, angles, 0, batch, true);
        await room.finish();
        return passes;
      });
    },

    dispose: () => engine.dispose(),
  };
}
