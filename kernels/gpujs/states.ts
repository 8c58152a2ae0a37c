import type { Controls, PauliMasks } from '../backend.js';
import { popcount } from '../reference/pauli.js';
import type { GpujsEngine, GpujsRunner, Handle } from './engine.js';
import { type Step, scaleStep } from './instructions.js';
import { groundText, overlapText, stepText } from './statevectorText.js';

/** States on the device: `samples` of them, of `numQubits` qubits each. */
export interface States {
  readonly handle: Handle;
  readonly numQubits: number;
  readonly samples: number;
}

/** What is done with states on the device. */
export interface StateKernels {
  ground(numQubits: number, samples: number): Promise<States>;
  upload(numQubits: number, amplitudes: Float32Array): Promise<States>;
  download(states: States): Promise<Float32Array>;
  /** One of two places where states are made: a step reads one array and writes another, so each has two. */
  readonly registers: readonly [Register, Register];
  /**
   * Re or Im of i^(number of Y)·⟨bra|Π P|ket⟩ a sample, at once on its way: the promise is of its arrival on the host.
   */
  overlap(bra: States, masks: PauliMasks & Partial<Controls>, ket: States, part: 're' | 'im'): Promise<Float64Array>;
  /** √⟨ψ|ψ⟩ a sample. */
  norms(states: States): Promise<Float64Array>;
}

export interface Register {
  /** The step on `own`, its mixing share taken from `partner`. What this register made two steps ago is lost. */
  step(own: States, step: Step, partner?: States): Promise<States>;
  /** Scales samples whose norm has drifted back to `norms`. */
  renormalise(states: States, norms: ArrayLike<number>): Promise<States>;
}

const stepIntegers = ['shift', 'flip', 'zMask', 'controlMask', 'controlValue', 'stride', 'count'];
const overlapIntegers = ['numQubits', 'depth', 'part', 'xMask', 'zMask', 'controlMask', 'controlValue'];

/** Indices that one thread adds up, as a power of two: float32 sums stay short, and few numbers cross to the host. */
const depthOf = (numQubits: number): number => Math.min(numQubits, Math.max(6, numQubits - 12));

export function stateKernels(engine: GpujsEngine): StateKernels {
  const groundKernel = engine.kernel(groundText, ['mask'], true);
  const uploadKernel = engine.kernel('function upload(values) { return values[this.thread.x]; }', [], true);
  const overlapKernel = engine.kernel(overlapText, overlapIntegers, false);
  const lengthOf = ({ numQubits, samples }: Omit<States, 'handle'>): number => samples * 2 * 2 ** numQubits;

  async function ground(numQubits: number, samples: number): Promise<States> {
    const length = lengthOf({ numQubits, samples });
    return { handle: await groundKernel([length], 2 * 2 ** numQubits - 1), numQubits, samples };
  }

  async function upload(numQubits: number, amplitudes: Float32Array): Promise<States> {
    const handle = await uploadKernel([amplitudes.length], amplitudes);
    return { handle, numQubits, samples: amplitudes.length / (2 * 2 ** numQubits) };
  }

  const download = async ({ handle }: States): Promise<Float32Array> => (await engine.read(handle)) as Float32Array;

  async function overlap(
    bra: States,
    { xMask, zMask, controlMask = 0, controlValue = 0 }: PauliMasks & Partial<Controls>,
    ket: States,
    part: 're' | 'im',
  ): Promise<Float64Array> {
    const { numQubits, samples } = ket;
    const depth = depthOf(numQubits);
    // i^k (a + ib) is a + ib, −b + ia, −a − ib, b − ia
    const turns = popcount(xMask & zMask) & 3;
    const crossed = turns & 1;
    const wanted = (part === 'im' ? 1 : 0) ^ crossed;
    const sign = [1, part === 're' ? -1 : 1, -1, part === 're' ? 1 : -1][turns];
    const width = 2 ** (numQubits - depth);
    const masks = [xMask, zMask, controlMask, controlValue];
    const sums = overlapKernel([samples * width], bra.handle, ket.handle, numQubits, depth, wanted, ...masks);
    const arrived = (await sums) as Float32Array;
    const totals = new Float64Array(samples);
    for (let k = 0; k < arrived.length; k++) totals[Math.floor(k / width)] += sign * arrived[k];
    return totals;
  }

  const norms = async (states: States): Promise<Float64Array> =>
    (await overlap(states, { xMask: 0, zMask: 0 }, states, 're')).map(Math.sqrt);

  function register(): Register {
    const kernels = [engine.kernel(stepText, stepIntegers, true), engine.kernel(stepText, stepIntegers, true)];
    let turn = 0;
    async function step(own: States, instruction: Step, partner = own): Promise<States> {
      const { table, flip, zMask, controlMask, controlValue, stride, count } = instruction;
      const shift = own.numQubits + 1;
      turn = 1 - turn;
      const run: GpujsRunner = kernels[turn];
      const rest = [shift, flip, zMask, controlMask, controlValue, stride, count];
      return { ...own, handle: await run([lengthOf(own)], own.handle, partner.handle, table, ...rest) };
    }
    async function renormalise(states: States, wanted: ArrayLike<number>): Promise<States> {
      const factors = (await norms(states)).map((norm, k) => (norm > 0 ? wanted[k] / norm : 1));
      return step(states, scaleStep(factors));
    }
    return { step, renormalise };
  }

  return { ground, upload, download, registers: [register(), register()], overlap, norms };
}
