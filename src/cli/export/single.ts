import { DaruanError } from '../../foundation/errors.js';
import { formats } from '../formats.js';
import { withoutMeasurements } from '../readCircuit.js';
import { circuitOf } from '../source.js';
import { deliver } from '../writeText.js';
import type { CircuitOptions } from './command.js';
import { valued } from './valued.js';

/** Writes one circuit in another format; returns what belongs on stdout. */
export async function exportCircuit(source: string, options: CircuitOptions): Promise<string> {
  for (const option of ['layer', 'output', 'input'] as const) {
    if (options[option] === undefined) continue;
    throw new DaruanError(`--${option}`, 'the source is no network', 'It belongs to a folder of results.');
  }
  const circuit = withoutMeasurements(await circuitOf(source, {}));
  return deliver(formats[options.format].write(valued(circuit, options.set)), options.out);
}
