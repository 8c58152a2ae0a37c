import { DaruanError } from '../../src/foundation/errors.js';
import type { Angles, PauliMasks, PauliSum, Program } from '../backend.js';
import { popcount } from '../reference/pauli.js';
import { isUnitary } from '../validate.js';
import { encodePasses } from './encode.js';
import type { Engine, Room, Shader } from './engine.js';
import { fuse, orderedPasses, type Pass, planPasses, stepOf } from './passes.js';
import {
  addWordText,
  adjointText,
  passText,
  passUniforms,
  scaleText,
  THREADS,
  wordText,
  wordUniforms,
} from './passText.js';

/** Instructions from which on the norm is looked after: below, rounding leaves it within 1e-6. */
const LONG = 64;

/** Qubits of the largest tile. */
const LARGEST_TILE = 12;

/** Workgroups that measure one Pauli word of one state. */
const WORD_GROUPS = 1024;

/** What is done to the states of a block of samples, on the device. */
export class StateRunner {
  /** Qubits of a tile, with one array in workgroup memory or two. */
  private readonly tiles: readonly [one: number, two: number];

  constructor(private readonly engine: Engine) {
    const room = engine.limits.maxComputeWorkgroupStorageSize - 4 * THREADS;
    const bits = (arrays: number): number => Math.min(LARGEST_TILE, Math.floor(Math.log2(room / (8 * arrays))));
    this.tiles = [bits(1), bits(2)];
  }

  /** Room for the states, with those to start from, if there are any. */
  states(room: Room, { numQubits }: Program, samples: number, initial?: Float64Array, first = 0): GPUBuffer {
    const length = 2 * 2 ** numQubits;
    if (!initial) return room.empty(4 * samples * length);
    const values = new Float32Array(samples * length);
    for (let sample = 0; sample < samples; sample++) {
      const at = initial.length === length ? 0 : (first + sample) * length;
      values.set(initial.subarray(at, at + length), sample * length);
    }
    return room.filled(values);
  }

  evolve(
    room: Room,
    state: GPUBuffer,
    program: Program,
    angles: Angles,
    first: number,
    samples: number,
    fresh: boolean,
  ): number {
    const steps = fuse(program.instructions);
    const bits = this.tileFor(program, this.tiles[0], 'webgpu statevector');
    const passes = planPasses(steps, program.numQubits, bits);
    const shader: Shader = {
      key: `pass_${bits}`,
      text: () => passText(bits),
      buffers: { state: 'vec2<f32>', steps: 'u32', coefficients: 'vec2<f32>' },
      written: ['state'],
      uniforms: passUniforms,
      workgroup: THREADS,
    };
    this.runPasses(room, shader, { state }, passes, program, bits, angles, first, samples, { undo: false, fresh });
    return passes.length;
  }

  /** Undoes the drift that rounding causes in long unitary programs: the norms become those of the states at the start. */
  async renormalise(
    room: Room,
    state: GPUBuffer,
    program: Program,
    samples: number,
    initial?: Float64Array,
    first = 0,
  ): Promise<void> {
    if (program.instructions.length < LONG || !isUnitary(program)) return;
    const identity = { terms: [{ xMask: 0, zMask: 0, coefficient: 1 }] };
    const now = await this.measure(room, state, program, samples, [identity]);
    const length = 2 * 2 ** program.numQubits;
    const weights = Float32Array.from(now, (norm, sample) => {
      const at = initial?.length === length ? 0 : (first + sample) * length;
      const wanted = initial?.subarray(at, at + length).reduce((sum, value) => sum + value * value, 0) ?? 1;
      return norm > 0 ? Math.sqrt(wanted / norm) : 1;
    });
    const size = 2 ** program.numQubits;
    const shader: Shader = {
      key: 'scale',
      text: () => scaleText,
      buffers: { state: 'vec2<f32>', weights: 'f32' },
      written: ['state'],
      uniforms: wordUniforms,
      workgroup: THREADS,
    };
    room.run([
      {
        shader,
        buffers: { state, weights: room.filled(weights) },
        uniforms: {
          ...wordOf(identity.terms[0]),
          batch: samples,
          size,
          perSample: 1,
          resultAt: 0,
          weightsAt: 0,
          first: 0,
        },
        groups: Math.ceil((samples * size) / THREADS),
      },
    ]);
  }

  /** ⟨O_k⟩, shape [samples, observables]; sums of parts in float64. */
  async measure(
    room: Room,
    state: GPUBuffer,
    { numQubits }: Program,
    samples: number,
    observables: readonly PauliSum[],
  ): Promise<Float64Array> {
    const size = 2 ** numQubits;
    const perSample = Math.min(WORD_GROUPS, Math.ceil(size / THREADS));
    const groups = samples * perSample;
    const terms = observables.flatMap((observable) => observable.terms);
    const values = new Float64Array(samples * observables.length);
    if (terms.length === 0) return values;
    const result = room.empty(4 * groups * terms.length);
    const shader: Shader = {
      key: 'word',
      text: () => wordText,
      buffers: { result: 'f32', state: 'vec2<f32>' },
      uniforms: wordUniforms,
      workgroup: THREADS,
    };
    room.run(
      terms.map((term, k) => ({
        shader,
        buffers: { result, state },
        uniforms: { ...wordOf(term), batch: samples, size, perSample, resultAt: k * groups, weightsAt: 0, first: 0 },
        groups,
      })),
    );
    const parts = await room.read(result, 4 * groups * terms.length);
    let term = 0;
    observables.forEach((observable, k) => {
      for (const { coefficient } of observable.terms) {
        for (let group = 0; group < groups; group++) {
          const sample = Math.floor(group / perSample);
          values[sample * observables.length + k] += coefficient * parts[term * groups + group];
        }
        term++;
      }
    });
    return values;
  }

  /** costate = Σ_k upstream_k O_k|state⟩. */
  observe(
    room: Room,
    state: GPUBuffer,
    costate: GPUBuffer,
    { numQubits }: Program,
    samples: number,
    observables: readonly PauliSum[],
    upstream: Float64Array,
  ): void {
    const size = 2 ** numQubits;
    const terms = observables.flatMap((observable, k) => observable.terms.map((term) => ({ term, k })));
    const weights = Float32Array.from({ length: Math.max(1, terms.length) * samples }, (_, at) => {
      const found = terms[Math.floor(at / samples)];
      return found ? found.term.coefficient * upstream[(at % samples) * observables.length + found.k] : 0;
    });
    const shader: Shader = {
      key: 'addWord',
      text: () => addWordText,
      buffers: { costate: 'vec2<f32>', state: 'vec2<f32>', weights: 'f32' },
      written: ['costate'],
      uniforms: wordUniforms,
      workgroup: THREADS,
    };
    const buffers = { costate, state, weights: room.filled(weights) };
    room.run(
      terms.map(({ term }, k) => ({
        shader,
        buffers,
        uniforms: {
          ...wordOf(term),
          batch: samples,
          size,
          perSample: 1,
          resultAt: 0,
          weightsAt: k * samples,
          first: k === 0 ? 1 : 0,
        },
        groups: Math.ceil((samples * size) / THREADS),
      })),
    );
  }

  /** Runs the program backwards on state and costate, and adds the slopes of all slots. */
  async undo(
    room: Room,
    state: GPUBuffer,
    costate: GPUBuffer,
    program: Program,
    angles: Angles,
    first: number,
    samples: number,
    gradients: readonly Float64Array[],
  ): Promise<void> {
    const bits = this.tileFor(program, this.tiles[1], 'webgpu adjoint');
    const steps = [...program.instructions].reverse().map((instruction) => stepOf(instruction));
    const passes = orderedPasses(steps, program.numQubits, bits);
    const perSample = 2 ** (program.numQubits - bits);
    const tiles = samples * perSample;
    const measured = program.instructions.filter((step) => step.kind === 'rotate' && 'slot' in step.angle).length;
    if (measured === 0) return;
    const bytes = 4 * tiles * measured;
    if (bytes > this.engine.limitBytes) {
      throw new DaruanError(
        'webgpu adjoint',
        `${measured} angles × batch ${samples} × ${perSample} tiles need ${(bytes / 1e9).toPrecision(2)} GB, the limit is ${(this.engine.limitBytes / 1e9).toPrecision(2)} GB`,
        'Use a smaller batch, or differentiate the circuit in parts.',
      );
    }
    const result = room.empty(bytes);
    const shader: Shader = {
      key: `adjoint_${bits}`,
      text: () => adjointText(bits),
      buffers: { result: 'f32', state: 'vec2<f32>', costate: 'vec2<f32>', steps: 'u32', coefficients: 'vec2<f32>' },
      written: ['result', 'state', 'costate'],
      uniforms: passUniforms,
      workgroup: THREADS,
    };
    const buffers = { result, state, costate };
    const options = { undo: true, fresh: false };
    const slots = this.runPasses(room, shader, buffers, passes, program, bits, angles, first, samples, options);
    const slopes = await room.read(result, bytes);
    slots.forEach((slot, k) => {
      for (let tile = 0; tile < tiles; tile++) {
        gradients[slot][first + Math.floor(tile / perSample)] += slopes[k * tiles + tile];
      }
    });
  }

  private runPasses(
    room: Room,
    shader: Shader,
    buffers: Readonly<Record<string, GPUBuffer>>,
    passes: readonly Pass[],
    { numQubits }: Program,
    bits: number,
    angles: Angles,
    first: number,
    samples: number,
    { undo, fresh }: { readonly undo: boolean; readonly fresh: boolean },
  ): readonly number[] {
    const encoded = encodePasses(passes, angles, first, samples, undo);
    const [steps, coefficients] = [room.filled(encoded.words), room.filled(encoded.coefficients)];
    const perSample = 2 ** (numQubits - bits);
    const common = { batch: samples, size: 2 ** numQubits, perSample, tiles: samples * perSample, slopesAt: 0 };
    room.run(
      encoded.passes.map((pass, k) => ({
        shader,
        buffers: { ...buffers, steps, coefficients },
        uniforms: { ...common, ...pass, fresh: fresh && k === 0 ? 1 : 0 },
        groups: samples * perSample,
      })),
    );
    return encoded.slots;
  }

  /** The bits of a tile for a program: all steps must fit. */
  private tileFor({ numQubits, instructions }: Program, most: number, where: string): number {
    const bits = Math.min(most, numQubits);
    const widest = Math.max(
      0,
      ...instructions.map((step) => (step.kind === 'rotate' ? popcount(step.xMask) : step.targets.length)),
    );
    if (widest > bits) {
      throw new DaruanError(
        where,
        `an instruction changes ${widest} qubits at once, the device's workgroup memory holds ${bits}`,
        'Write it as gates on fewer qubits, or use a backend on the CPU.',
      );
    }
    return bits;
  }
}

const wordOf = ({ xMask, zMask }: PauliMasks) => ({ xMask, zMask, twist: popcount(xMask & zMask) & 3 });
