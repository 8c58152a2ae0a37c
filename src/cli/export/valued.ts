import { bind, type Circuit } from '../../../circuits/circuit.js';

/** The circuit with the values that `--set` gives. */
export const valued = (circuit: Circuit, values: Readonly<Record<string, number>> = {}): Circuit =>
  Object.keys(values).length === 0 ? circuit : bind(circuit, values);
