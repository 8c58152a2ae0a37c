import { join } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import { exportOnnx } from '../../tf/interchange/onnx.js';
import { loadModel, writeFileAtomically } from '../../tf/storage/files.js';
import { startEngine } from '../engine.js';
import { readSummary } from '../readSummary.js';
import type { ExportOptions } from './command.js';

/** Writes a whole trained network as ONNX, with the scaling of its inputs. */
export async function exportNetwork(folder: string, options: ExportOptions): Promise<void> {
  for (const option of ['layer', 'output', 'input', 'set'] as const) {
    if (options[option] === undefined) continue;
    throw new DaruanError(`--${option}`, 'ONNX holds the whole network', 'Leave it out.');
  }
  const { out } = options;
  if (out === undefined) throw new DaruanError('export', 'ONNX is no text for stdout', 'Name a file with --out.');
  const { standardisation } = await readSummary(folder);
  await startEngine();
  const model = await loadModel(join(folder, 'model'));
  await writeFileAtomically(out, exportOnnx(model, { ...(standardisation && { standardisation }) }));
  process.stderr.write(`Written to ${out}\n`);
}
