import type { Circuit } from '../../circuits/circuit.js';
import type { Angles, Backend } from '../../kernels/backend.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { type CompiledCircuit, compile } from '../compile/compile.js';
import { slotAngles } from '../compile/slots.js';
import { type BoundValues, bindValues, type Values } from '../compile/values.js';
import { expected } from '../foundation/errors.js';

export interface SimulationOptions {
  /** What moves the amplitudes; the float64 reference by default. */
  readonly backend?: Backend;
}

/** A circuit with its values, ready for a backend. */
export interface Run {
  readonly compiled: CompiledCircuit;
  readonly bound: BoundValues;
  readonly angles: Angles;
  readonly backend: Backend;
}

/** Checks and compiles what all simulating functions take; `where` is the public function that errors name. */
export function prepare(
  where: string,
  source: Circuit | CompiledCircuit,
  values: Values,
  { backend = referenceBackend }: SimulationOptions,
): Run {
  if (typeof backend?.statevector !== 'function') {
    throw expected(where, 'a backend', backend, 'Pass the backend itself, not its name.');
  }
  if ((backend as { asynchronous?: boolean }).asynchronous) {
    throw expected(where, 'a backend that answers at once', backend.name, 'Call this function of simulateOn(backend).');
  }
  const compiled = compile(source, where);
  const bound = bindValues(where, compiled.symbols, values);
  return { compiled, bound, angles: slotAngles(where, compiled, bound), backend };
}
