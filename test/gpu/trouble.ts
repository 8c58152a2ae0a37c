/// <reference types="@webgpu/types" />

/** What is wrong with the devices of a test. */
export interface Trouble {
  /** The largest array. */
  readonly limitBytes?: number;
  /** From `start` on, the device has no memory for anything large. */
  readonly outOfMemory?: boolean;
  /** At `start`, the device is lost. */
  readonly lost?: boolean;
}

let present: Trouble = {};
let started = false;
const opened: GPUDevice[] = [];
const living = new Set<GPUBuffer>();

/** Arrays on devices that were made and not given back. */
export const livingBuffers = (): number => living.size;

/** Makes every device of `navigator.gpu` one that can be in trouble: a real one, changed in one respect. Before any is opened. */
export function preparePossibleTrouble(): void {
  const { gpu } = navigator;
  const request = gpu.requestAdapter.bind(gpu);
  const requestAdapter = async (options?: GPURequestAdapterOptions) => {
    const adapter = await request(options);
    if (adapter === null) return null;
    const trouble = present;
    const requestDevice = async (wanted?: GPUDeviceDescriptor) => {
      const device = await adapter.requestDevice(withLargeBuffers(adapter, wanted));
      opened.push(device);
      const createBuffer = (descriptor: GPUBufferDescriptor) => {
        const starved = started && trouble.outOfMemory === true && descriptor.size > 2 ** 12;
        const buffer = device.createBuffer(starved ? { ...descriptor, size: device.limits.maxBufferSize } : descriptor);
        const destroy = buffer.destroy.bind(buffer);
        living.add(buffer);
        buffer.destroy = () => {
          living.delete(buffer);
          destroy();
        };
        return buffer;
      };
      return changed(device, { limits: limited(device.limits, trouble.limitBytes), createBuffer });
    };
    return changed(adapter, { limits: limited(adapter.limits, trouble.limitBytes), requestDevice });
  };
  Object.assign(gpu, { requestAdapter });
}

/** Runs `work` with devices in trouble. gpu.js keeps its device: the one before, and the one of `work`, are given back. */
export async function withTrouble<T>(trouble: Trouble, work: (start: () => void) => Promise<T>): Promise<T> {
  await loseAll();
  [present, started] = [trouble, false];
  try {
    return await work(() => {
      started = true;
      if (trouble.lost) for (const device of opened) device.destroy();
    });
  } finally {
    present = {};
    await loseAll();
  }
}

async function loseAll(): Promise<void> {
  for (const device of opened.splice(0)) {
    device.destroy();
    await device.lost;
  }
}

const limited = (limits: GPUSupportedLimits, bytes: number | undefined): GPUSupportedLimits =>
  bytes === undefined ? limits : changed(limits, { maxBufferSize: bytes, maxStorageBufferBindingSize: bytes });

/** `target` with other members; its own methods are called on itself. */
function changed<T extends object>(target: T, members: object): T {
  return new Proxy(target, {
    get(_, key) {
      if (key in members) return members[key as never];
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (_, key, value) => Reflect.set(target, key, value, target),
  });
}

/** Small limits are ours to keep, not the device's: it is asked for what it has. */
const withLargeBuffers = ({ limits }: GPUAdapter, wanted?: GPUDeviceDescriptor): GPUDeviceDescriptor => {
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  return { ...wanted, requiredLimits: { ...wanted?.requiredLimits, maxBufferSize, maxStorageBufferBindingSize } };
};
