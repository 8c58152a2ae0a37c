import * as tf from '@tensorflow/tfjs-core';

/** What tfjs's webgpu backend offers beside its kernels. */
interface WebGpuBackend {
  readonly device: { readonly lost: Promise<{ readonly reason: string; readonly message: string }> };
  runWebGPUProgram(
    program: object,
    inputs: readonly tf.TensorInfo[],
    dtype: 'float32',
    uniforms: readonly { readonly type: 'int32' | 'float32'; readonly data: number[] }[],
  ): tf.TensorInfo;
}

/** Whether tfjs computes on its webgpu backend now. */
export const onWebGpu = (): boolean => tf.getBackend() === 'webgpu';

/** The webgpu backend of tfjs, which must be the one in use. */
export const webGpuBackend = (): WebGpuBackend => tf.backend() as unknown as WebGpuBackend;

/** A program of ours for tfjs's webgpu backend. */
export interface DeviceProgram {
  /** Tells the text from every other, but for the names of its inputs. */
  readonly key: string;
  /** Defines `fn main(index : i32)`; reads inputs as arrays by their names, writes `result`. */
  readonly text: () => string;
  readonly shape: readonly number[];
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** i32 numbers, read as `uniforms.name`. */
  readonly uniforms: Readonly<Record<string, number>>;
  /** f32 numbers, likewise. */
  readonly reals?: Readonly<Record<string, number>>;
  /** Threads of a workgroup. */
  readonly workgroup: number;
  readonly groups: number;
}

/** Runs a program; nothing is read back. */
export function runProgram<T extends tf.Tensor>(program: DeviceProgram): T {
  const { key, text, shape, inputs, uniforms, reals = {}, workgroup, groups } = program;
  const tensors = Object.values(inputs);
  const integers = Object.keys(uniforms).map((name) => `${name} : i32`);
  const floats = Object.keys(reals).map((name) => `${name} : f32`);
  const info = webGpuBackend().runWebGPUProgram(
    {
      variableNames: Object.keys(inputs),
      variableComponents: tensors.map(() => 1),
      outputShape: [...shape],
      uniforms: [...integers, ...floats].join(', '),
      shaderKey: `daruan_${key}`,
      workgroupSize: [workgroup, 1, 1],
      dispatchLayout: { x: shape.map((_, axis) => axis) },
      dispatch: [groups, 1, 1],
      getUserCode: text,
    },
    tensors,
    'float32',
    [
      ...Object.values(uniforms).map((value) => ({ type: 'int32' as const, data: [value] })),
      ...Object.values(reals).map((value) => ({ type: 'float32' as const, data: [value] })),
    ],
  );
  return tf.engine().makeTensorFromTensorInfo(info) as T;
}

/** Workgroups of `workgroup` threads for `threads` of them. */
export const groupsFor = (threads: number, workgroup: number): number => Math.ceil(threads / workgroup);
