import * as tf from '@tensorflow/tfjs-core';

const hostBackends = ['cpu', 'wasm', 'tensorflow'];

/** Whether the tfjs backend keeps its tensors where kernels on the CPU can read them at once. */
export const onHost = (): boolean => hostBackends.includes(tf.getBackend());
