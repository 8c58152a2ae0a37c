/// <reference types="@webgpu/types" />
import { type GpuLimits, limitNames } from './limits.js';

/** `navigator.gpu`, where it exists. */
export const hostGpu = (): GPU | undefined => globalThis.navigator?.gpu;

/** The limits we care for, as plain numbers. */
export const limitsOf = (limits: GPUSupportedLimits): GpuLimits =>
  Object.fromEntries(limitNames.map((name) => [name, limits[name]])) as unknown as GpuLimits;
