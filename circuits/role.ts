import { symbolsOf } from './angle/expression.js';
import type { Operation } from './circuit.js';

/** What an operation turns by: data, something that is trained, or nothing that changes. */
export type Role = 'data' | 'trainable' | 'fixed';

/** The role of an operation in a circuit with this data. */
export function roleOf({ angles }: Pick<Operation, 'angles'>, data: readonly string[]): Role {
  const symbols = angles.flatMap(symbolsOf);
  if (symbols.some((name) => data.includes(name))) return 'data';
  return symbols.length === 0 ? 'fixed' : 'trainable';
}
