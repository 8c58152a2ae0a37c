import { type BackendReport, selectBackend } from '../tf/backend.js';
import { activationKernels } from '../tf/kernel.js';
import { enableProduction } from '../tf/plainArrays.js';

/** What computes: the tfjs backend, and the kernel of the activations. */
export interface Engine {
  readonly backend: BackendReport;
  readonly kernel: string;
}

/** Starts the tfjs backend of that name, or the first that starts, and with it the kernels of the activations. */
export async function startEngine(name?: string): Promise<Engine> {
  enableProduction();
  const { rejected, ...report } = await selectBackend(name);
  const reasons = rejected.map((other) => ({ ...other, reason: other.reason.replace(/ imported from .*/, '') }));
  return { backend: { ...report, rejected: reasons }, kernel: activationKernels().tensors.name };
}

/** The same for commands that look into a network at once, which `webgpu` refuses: there the first of the others that starts. */
export const startReadableEngine = (name?: string): Promise<Engine> =>
  startEngine(name === 'webgpu' ? undefined : name);

/** Which backend works, and why not the others. */
export function describeEngine({ backend: { name, reason, rejected } }: Engine): string {
  const others = rejected.map((other) => `${other.name}: ${other.reason}`).join('; ');
  return `Backend ${name}: ${reason}${others && ` (${others})`}.\n`;
}
