import type { Circuit } from '../../../circuits/circuit.js';
import { toJson } from '../../../circuits/json.js';
import { toQasm3 } from '../../../circuits/text/qasm3.js';
import type { Format } from './command.js';

/** How a circuit is written to a file: one row a format. */
export const formats = {
  qasm3: { suffix: 'qasm', write: (circuit: Circuit): string => toQasm3(circuit) },
  json: { suffix: 'json', write: (circuit: Circuit): string => `${JSON.stringify(toJson(circuit), null, 2)}\n` },
} as const satisfies Record<Format, { suffix: string; write: (circuit: Circuit) => string }>;
