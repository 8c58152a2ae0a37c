/// <reference types="@webgpu/types" />
import { DaruanError } from '../../src/foundation/errors.js';
import { watchDevice } from '../gpu/device.js';
import { hostGpu, limitsOf } from '../gpu/host.js';
import type { GpuLimits } from '../gpu/limits.js';

/** A program in WGSL, its buffers by name. */
export interface Shader {
  /** Tells the program from every other. */
  readonly key: string;
  /** Defines `fn main(index : i32)`. */
  readonly text: () => string;
  /** Types of the elements of what it reads and writes, by name; `result` is the only one that is written, if no other is named. */
  readonly buffers: Readonly<Record<string, string>>;
  readonly written?: readonly string[];
  /** Names of its uniforms, i32. */
  readonly uniforms: readonly string[];
  /** Threads of a workgroup. */
  readonly workgroup: number;
}

/** One run of a shader. */
export interface Dispatch {
  readonly shader: Shader;
  readonly buffers: Readonly<Record<string, GPUBuffer>>;
  readonly uniforms: Readonly<Record<string, number>>;
  readonly groups: number;
}

/** A device of our own for hand-written shaders. */
export interface Engine {
  readonly device: GPUDevice;
  readonly limits: GpuLimits;
  /** The largest array that a shader can see, in bytes. */
  readonly limitBytes: number;
  /** Runs work that is alone on the device, and gives back the buffers that it made. */
  guard<T>(where: string, work: (room: Room) => Promise<T>): Promise<T>;
  dispose(): void;
}

/** What work on the device is done with. */
export interface Room {
  /** Room for so many bytes, zeroed. */
  empty(bytes: number): GPUBuffer;
  filled(values: Float32Array | Uint32Array): GPUBuffer;
  run(dispatches: readonly Dispatch[]): void;
  read(buffer: GPUBuffer, bytes?: number): Promise<Float32Array<ArrayBuffer>>;
  /** Waits until the device has done all. */
  finish(): Promise<void>;
}

/**
 * Opens a device with all that its adapter allows.
 *
 * @throws if there is no GPU; `provideGpu` says why
 */
export async function openEngine(where: string): Promise<Engine> {
  const adapter = await hostGpu()?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new DaruanError(
      where,
      'there is no GPU',
      'Await provideGpu(), whose report says why, or use a kernel on the CPU.',
    );
  }
  const limits = limitsOf(adapter.limits);
  const device = await adapter.requestDevice({ requiredLimits: limits }).catch((cause: Error) => {
    throw new DaruanError(where, `the GPU gives no device (${cause.message})`, 'Use a kernel on the CPU.', { cause });
  });
  const watched = watchDevice(device, limits);
  const pipelines = new Map<string, GPUComputePipeline>();
  let last: Promise<unknown> = Promise.resolve();

  const pipelineOf = (shader: Shader): GPUComputePipeline => {
    const known = pipelines.get(shader.key);
    if (known) return known;
    const module = device.createShaderModule({ code: around(shader) });
    const made = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: '_start' } });
    pipelines.set(shader.key, made);
    return made;
  };

  function roomOf(owned: GPUBuffer[]): Room {
    const { STORAGE, COPY_DST, COPY_SRC, MAP_READ, UNIFORM } = GPUBufferUsage;
    const buffer = (size: number, usage: number): GPUBuffer => {
      const made = device.createBuffer({ size: Math.max(16, 4 * Math.ceil(size / 4)), usage });
      owned.push(made);
      return made;
    };
    const uniformBuffer = ({ shader, uniforms }: Dispatch): GPUBuffer => {
      const made = buffer(4 * (shader.uniforms.length + 1), UNIFORM | COPY_DST);
      const words = new Int32Array(shader.uniforms.length + 1);
      new Float32Array(words.buffer)[0] = Number.NaN;
      shader.uniforms.forEach((name, k) => {
        words[k + 1] = uniforms[name];
      });
      device.queue.writeBuffer(made, 0, words);
      return made;
    };
    return {
      empty: (bytes) => buffer(bytes, STORAGE | COPY_SRC | COPY_DST),
      filled(values) {
        const made = buffer(values.byteLength, STORAGE | COPY_SRC | COPY_DST);
        device.queue.writeBuffer(made, 0, values as Float32Array<ArrayBuffer>);
        return made;
      },
      run(dispatches) {
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        for (const dispatch of dispatches) {
          const pipeline = pipelineOf(dispatch.shader);
          const resources = [
            ...Object.keys(dispatch.shader.buffers).map((name) => dispatch.buffers[name]),
            uniformBuffer(dispatch),
          ];
          pass.setPipeline(pipeline);
          pass.setBindGroup(
            0,
            device.createBindGroup({
              layout: pipeline.getBindGroupLayout(0),
              entries: resources.map((resource, binding) => ({ binding, resource: { buffer: resource } })),
            }),
          );
          const width = Math.min(dispatch.groups, limits.maxComputeWorkgroupsPerDimension);
          pass.dispatchWorkgroups(width, Math.ceil(dispatch.groups / width));
        }
        pass.end();
        device.queue.submit([encoder.finish()]);
      },
      async read(source, bytes = source.size) {
        const staging = buffer(bytes, COPY_DST | MAP_READ);
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(source, 0, staging, 0, 4 * Math.ceil(bytes / 4));
        device.queue.submit([encoder.finish()]);
        await staging.mapAsync(GPUMapMode.READ);
        const values = new Float32Array(staging.getMappedRange(), 0, bytes / 4).slice();
        staging.unmap();
        return values;
      },
      finish: () => device.queue.onSubmittedWorkDone().then(() => undefined),
    };
  }

  function guard<T>(where: string, work: (room: Room) => Promise<T>): Promise<T> {
    const turn = last.then(() =>
      watched.guard(where, async () => {
        const owned: GPUBuffer[] = [];
        try {
          return await work(roomOf(owned));
        } finally {
          for (const buffer of owned) buffer.destroy();
        }
      }),
    );
    last = turn.catch(() => undefined);
    return turn;
  }

  const limitBytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  return { device, limits, limitBytes, guard, dispose: () => device.destroy() };
}

/** Declares what the text of a shader uses: as tfjs does for its programs, so that both can run the same text. */
function around({ text, buffers, written = ['result'], uniforms, workgroup }: Shader): string {
  const names = Object.keys(buffers);
  const declarations = names.map(
    (name, binding) =>
      `@group(0) @binding(${binding}) var<storage, ${written.includes(name) ? 'read_write' : 'read'}> ${name} : array<${buffers[name]}>;`,
  );
  return `
struct Uniforms { NAN : f32, ${uniforms.map((name) => `${name} : i32`).join(', ')} };
${declarations.join('\n')}
@group(0) @binding(${names.length}) var<uniform> uniforms : Uniforms;
var<private> localIndex : u32;
var<private> workgroupId : vec3<u32>;
var<private> numWorkgroups : vec3<u32>;
${text()}
@compute @workgroup_size(${workgroup})
fn _start(
  @builtin(local_invocation_index) local : u32,
  @builtin(workgroup_id) group : vec3<u32>,
  @builtin(num_workgroups) groups : vec3<u32>,
) {
  localIndex = local;
  workgroupId = group;
  numWorkgroups = groups;
  main(i32((group.y * groups.x + group.x) * ${workgroup}u + local));
}
`;
}
