import { toCircuit } from '../../../circuits/dynamicCircuit.js';
import { toJson } from '../../../circuits/json.js';
import { DaruanError } from '../../foundation/errors.js';
import { readProgram } from '../readCircuit.js';
import { deliver } from '../writeText.js';

/** Reads a program; returns what belongs on stdout. */
export async function importProgram(file: string, out: string | undefined): Promise<string> {
  const program = await readProgram(file);
  if ('operations' in program) throw new DaruanError('import', `"${file}" is a circuit already`, 'Name a *.qasm file.');
  for (const warning of program.warnings) process.stderr.write(`${file}: ${warning}\n`);
  const { circuit, measurements } = toCircuit(program);
  if (measurements.length > 0)
    process.stderr.write(`${file}: ${measurements.length} measurement(s) at the end are left out\n`);
  return deliver(`${JSON.stringify(toJson(circuit), null, 2)}\n`, out);
}
