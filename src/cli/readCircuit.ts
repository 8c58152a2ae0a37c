import { basename } from 'node:path';
import type { Circuit } from '../../circuits/circuit.js';
import { type DynamicCircuit, toCircuit } from '../../circuits/dynamicCircuit.js';
import { fromJson } from '../../circuits/json.js';
import { fromQasm2, fromQasm3 } from '../../circuits/text/fromQasm.js';
import { DaruanError } from '../foundation/errors.js';
import { readText } from './readText.js';

/** Name of the suffix -> what reads it. OpenQASM 2 says that it is; without a version a program is OpenQASM 3. */
const readers: Readonly<Record<string, (text: string, name: string) => Circuit | DynamicCircuit>> = {
  json: (text) => fromJson(text),
  qasm: (text, name) => {
    const read = /^\s*(?:\/\/.*\s*)*OPENQASM\s+2/.test(text) ? fromQasm2 : fromQasm3;
    return read(text, { name });
  },
};

/** The circuit in a file: *.json as `toJson` writes it, *.qasm in either version, with all that it measures. */
export async function readProgram(path: string): Promise<Circuit | DynamicCircuit> {
  const [, suffix] = /\.([a-z]+)$/i.exec(path) ?? [];
  const read = readers[suffix?.toLowerCase() ?? ''];
  if (!read) {
    throw new DaruanError('file', `"${path}" is neither *.json nor *.qasm`, 'Name a circuit by its suffix.');
  }
  return read(await readText(path), basename(path).replace(/\.[a-z.]+$/i, ''));
}

/** The circuit in a file. Measurements at the end are passed over. */
export async function readCircuit(path: string): Promise<Circuit> {
  return withoutMeasurements(await readProgram(path));
}

/** A program as a circuit; throws if it measures or decides before its end. */
export const withoutMeasurements = (program: Circuit | DynamicCircuit): Circuit =>
  'operations' in program ? program : toCircuit(program).circuit;
