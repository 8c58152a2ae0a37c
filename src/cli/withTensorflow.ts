import { DaruanError } from '../foundation/errors.js';

/**
 * Loads a part of the program that needs TensorFlow.js, which users install beside this package.
 *
 * @throws if it is not installed: the error names what to install
 */
export async function withTensorflow<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' && /@tensorflow\/[\w-]+/.exec(message);
    if (!missing) throw cause;
    throw new DaruanError(
      'tensorflow',
      `${missing[0]} is not installed`,
      'Run npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm.',
      { cause },
    );
  }
}
