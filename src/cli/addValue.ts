import { expected } from '../foundation/errors.js';
import { number } from './values.js';

/** Collects the values of an option `--set name=value` that may be repeated. */
export function addValue(text: string, values: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [, symbol, value] = /^([A-Za-z_]\w*)=(.+)$/.exec(text) ?? [];
  if (symbol === undefined) throw expected('--set', 'name=value', text);
  return { ...values, [symbol]: number('--set')(value) };
}
