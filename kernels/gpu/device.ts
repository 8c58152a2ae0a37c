/// <reference types="@webgpu/types" />
import { DaruanError } from '../../src/foundation/errors.js';
import { type GpuLimits, limitsOf } from './limits.js';
import { hostGpu } from './provide.js';

/** A device of our own, and how it fares. */
export interface GpuDevice {
  readonly device: GPUDevice;
  readonly limits: GpuLimits;
  /** Throws one clear error if the device has been lost. */
  checkAlive(where: string): void;
  /**
   * Runs `work` and waits for the device; what the device refuses (out of memory, an invalid shader, a lost device) becomes
   * one error that names `where`. Calls run one after the other, so they must not be nested.
   */
  guard<T>(where: string, work: () => Promise<T>): Promise<T>;
  /** Gives the device back. */
  dispose(): void;
}

const remedyOf = {
  'out-of-memory': 'Use a smaller batch or fewer qubits, or a kernel on the CPU.',
  validation: 'This is a fault of the kernel: please report it; kernels on the CPU are not affected.',
  internal: 'Update the graphics driver, or use a kernel on the CPU.',
} as const;
const scopes = Object.keys(remedyOf) as (keyof typeof remedyOf)[];

/**
 * A device with all that its adapter allows.
 *
 * @param where named in errors
 * @throws if `navigator.gpu` is absent (see `provideGpu`), has no adapter, or gives no device
 */
export async function openDevice(where: string): Promise<GpuDevice> {
  const gpu = hostGpu();
  if (gpu === undefined) {
    throw new DaruanError(
      where,
      'there is no navigator.gpu',
      'Call provideGpu() first; its report says why if there is none.',
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new DaruanError(where, 'WebGPU finds no adapter', 'Install the graphics driver, or use a kernel on the CPU.');
  }
  const limits = limitsOf(adapter.limits);
  const features: GPUFeatureName[] = adapter.features.has('timestamp-query') ? ['timestamp-query'] : [];
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({ requiredLimits: limits, requiredFeatures: features });
  } catch (cause) {
    throw new DaruanError(where, `the GPU gives no device (${(cause as Error).message})`, 'Use a kernel on the CPU.', {
      cause,
    });
  }
  return watch(device, limits);
}

function watch(device: GPUDevice, limits: GpuLimits): GpuDevice {
  let loss: GPUDeviceLostInfo | undefined;
  let last: Promise<unknown> = Promise.resolve();
  device.lost.then((info) => {
    loss = info;
  });

  function checkAlive(where: string): void {
    if (loss === undefined) return;
    const problem =
      loss.reason === 'destroyed' ? 'the device was disposed of' : `the device was lost (${loss.message})`;
    throw new DaruanError(where, problem, 'Make the kernel anew, or use one on the CPU.');
  }

  /** Error scopes are a stack of the device: two pieces of work at a time would get each other's errors. */
  function guard<T>(where: string, work: () => Promise<T>): Promise<T> {
    const turn = last.then(() => watched(where, work));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function watched<T>(where: string, work: () => Promise<T>): Promise<T> {
    checkAlive(where);
    for (const scope of scopes) device.pushErrorScope(scope);
    const outcome = await work().then(
      (value) => ({ value }),
      (failure: unknown) => ({ failure }),
    );
    const refusals = await Promise.all(
      scopes.map((_, k) =>
        device.popErrorScope().then((error) => error && { error, scope: scopes[scopes.length - 1 - k] }),
      ),
    ).catch(() => []); // a lost device has no scopes
    await Promise.resolve();
    checkAlive(where);
    const refusal = refusals.find((found) => found !== null);
    if (refusal) {
      const [line] = refusal.error.message.split('\n');
      throw new DaruanError(
        where,
        `the GPU refuses (${refusal.scope}): ${line.replace(/\.+$/, '')}`,
        remedyOf[refusal.scope],
      );
    }
    if ('failure' in outcome) throw outcome.failure;
    return outcome.value;
  }

  return { device, limits, checkAlive, guard, dispose: () => device.destroy() };
}
