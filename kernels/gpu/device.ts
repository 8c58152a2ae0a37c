/// <reference types="@webgpu/types" />
import { DaruanError } from '../../src/foundation/errors.js';
import type { GpuLimits } from './limits.js';

/** A device, and how it fares. */
export interface GpuDevice {
  readonly limits: GpuLimits;
  /**
   * Runs `work` on a device that is there; what the device refuses (out of memory, an invalid shader, a lost device) becomes
   * one error that names `where`. One at a time: error scopes are a stack of the device.
   */
  guard<T>(where: string, work: () => Promise<T>): Promise<T>;
}

/** What a device may refuse, causes before their consequences: an array that found no memory is invalid wherever it is used. */
const remedyOf = {
  'out-of-memory': 'Use a smaller batch or fewer qubits, or a kernel on the CPU.',
  internal: 'Update the graphics driver, or use a kernel on the CPU.',
  validation: 'This is a fault of the kernel: please report it; kernels on the CPU are not affected.',
} as const;
const scopes = Object.keys(remedyOf) as (keyof typeof remedyOf)[];

/** A device that a library has opened, with its errors in hand. */
export function watchDevice(device: GPUDevice, limits: GpuLimits): GpuDevice {
  let loss: GPUDeviceLostInfo | undefined;
  device.lost.then((info) => {
    loss = info;
  });

  /** Throws one clear error if the device has been lost. */
  function checkAlive(where: string): void {
    if (loss === undefined) return;
    const problem =
      loss.reason === 'destroyed' ? 'the device was disposed of' : `the device was lost (${loss.message})`;
    throw new DaruanError(where, problem, 'Make the kernel anew, or use one on the CPU.');
  }

  async function guard<T>(where: string, work: () => Promise<T>): Promise<T> {
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
    await Promise.resolve(); // a loss that the device already knows of
    checkAlive(where);
    const refusal = refusals.reverse().find((found) => found !== null);
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

  return { limits, guard };
}
