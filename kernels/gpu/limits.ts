/// <reference types="@webgpu/types" />

/** The limits of an adapter that decide how work is split; sizes in bytes. */
export const limitNames = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxUniformBufferBindingSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
] as const;

export type GpuLimits = { readonly [Name in (typeof limitNames)[number]]: number };

/** The limits we care for, as plain numbers. */
export function limitsOf(limits: GPUSupportedLimits): GpuLimits {
  return Object.fromEntries(limitNames.map((name) => [name, limits[name]])) as unknown as GpuLimits;
}
