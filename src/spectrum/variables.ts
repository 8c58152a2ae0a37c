import type { Circuit } from '../../circuits/circuit.js';
import type { CompiledCircuit } from '../compile/compile.js';
import { DaruanError, expected } from '../foundation/errors.js';

/** The variables of a series: those that are named, or all data of the circuit. */
export function chosenVariables(
  where: string,
  source: Circuit | CompiledCircuit,
  compiled: CompiledCircuit,
  variables: readonly string[] | undefined,
): readonly string[] {
  const chosen = variables ?? ('data' in source ? source.data : []);
  if (!Array.isArray(chosen)) throw expected(where, 'variables as a list of symbols', chosen);
  if (chosen.length === 0) {
    throw new DaruanError(where, 'there is no data symbol', 'Name the variables of the series in "variables".');
  }
  chosen.forEach((name, k) => {
    if (!compiled.symbols.includes(name)) {
      const symbols = compiled.symbols.join(', ') || 'it has none';
      throw expected(where, `variables to name symbols of the circuit (${symbols})`, name);
    }
    if (chosen.indexOf(name) !== k) throw new DaruanError(where, `variables name "${name}" twice`, 'Name each once.');
  });
  return chosen;
}
