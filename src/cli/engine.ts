import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { type BackendReport, selectBackend } from '../tf/backend.js';
import { setChainKernel } from '../tf/kernel.js';
import { enableProduction } from '../tf/plainArrays.js';

/** What computes: the tfjs backend, and the kernel of the activations. */
export interface Engine {
  readonly backend: BackendReport;
  readonly kernel: { readonly name: string; readonly precision: string; readonly threads: number };
}

/**
 * Starts the tfjs backend of that name, or the first that starts, and the WebAssembly kernel of the activations, whose
 * results do not depend on the number of threads.
 */
export async function startEngine(name?: string): Promise<Engine> {
  enableProduction();
  const kernel = await wasmChainKernel();
  setChainKernel(kernel);
  const { rejected, ...report } = await selectBackend(name);
  const reasons = rejected.map((other) => ({ ...other, reason: other.reason.replace(/ imported from .*/, '') }));
  const { precision, threads } = kernel;
  return { backend: { ...report, rejected: reasons }, kernel: { name: kernel.name, precision, threads } };
}

/** Which backend works, and why not the others. */
export function describeEngine({ backend: { name, reason, rejected } }: Engine): string {
  const others = rejected.map((other) => `${other.name}: ${other.reason}`).join('; ');
  return `Backend ${name}: ${reason}${others && ` (${others})`}.\n`;
}
