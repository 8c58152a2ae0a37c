import { DaruanError, describe, expected } from '../foundation/errors.js';

/**
 * What the symbols of a circuit stand for: a number (or an array of length 1) that all samples share, or one number a
 * sample, shape [batch]. All arrays of length other than 1 have the same length: the batch.
 */
export type Values = Readonly<Record<string, number | ArrayLike<number>>>;

/** Values in the order of a circuit's symbols. */
export interface BoundValues {
  readonly batch: number;
  /** One array a symbol, of length `batch`, or of length 1 where all samples share it. */
  readonly columns: readonly Float64Array[];
}

/**
 * Reads `values` in the order of `symbols`.
 *
 * @throws if a symbol has no value, a value has no symbol, lengths disagree, or a value is not finite
 */
export function bindValues(where: string, symbols: readonly string[], values: Values): BoundValues {
  if (typeof values !== 'object' || values === null) {
    throw expected(where, 'values as an object { symbol: number or array }', values);
  }
  const missing = symbols.filter((name) => !Object.hasOwn(values, name) || values[name] === undefined);
  const names = Object.keys(values);
  // with none missing, as many names as symbols are the symbols
  const unknown =
    missing.length === 0 && names.length === symbols.length ? undefined : names.find((name) => !symbols.includes(name));
  if (unknown !== undefined) {
    const known = symbols.join(', ') || 'none';
    throw new DaruanError(where, `the circuit has no symbol "${unknown}"`, `Its symbols are: ${known}.`);
  }
  if (missing.length > 0) {
    const list = missing.map((name) => `"${name}"`).join(', ');
    throw new DaruanError(where, `no value for ${list}`, 'Give each a number, or an array with one number a sample.');
  }
  const columns = symbols.map((name) => column(where, name, values[name]));
  const longest = columns.findIndex(({ length }) => length !== 1);
  const batch = longest < 0 ? 1 : columns[longest].length;
  columns.forEach(({ length }, index) => {
    if (length !== 1 && length !== batch) {
      throw new DaruanError(
        where,
        `"${symbols[longest]}" has ${batch} values but "${symbols[index]}" has ${length}`,
        'All arrays need one number a sample; a number is shared by all samples.',
      );
    }
  });
  return { batch, columns };
}

function column(where: string, name: string, value: number | ArrayLike<number>): Float64Array {
  const isList = typeof value === 'object' && value !== null && Number.isInteger(value.length);
  if (typeof value !== 'number' && !isList) {
    throw expected(where, `"${name}" to be a number or an array of numbers`, value);
  }
  const entries: ArrayLike<number> = typeof value === 'number' ? [value] : value;
  if (entries.length === 0) {
    throw new DaruanError(where, `"${name}" is an empty array`, 'Give at least one value.');
  }
  const result = new Float64Array(entries.length);
  for (let sample = 0; sample < entries.length; sample++) {
    const entry: unknown = entries[sample];
    if (typeof entry !== 'number' || !Number.isFinite(entry)) {
      const label = typeof value === 'number' ? `"${name}"` : `"${name}"[${sample}]`;
      throw new DaruanError(where, `expected ${label} to be a finite number, got ${describe(entry)}`);
    }
    result[sample] = entry;
  }
  return result;
}

/** The same values with one symbol replaced. */
export const withColumn = ({ batch, columns }: BoundValues, symbol: number, values: Float64Array): BoundValues => ({
  batch,
  columns: columns.map((column, index) => (index === symbol ? values : column)),
});

/** One symbol's values for every sample, a new array of shape [batch]. */
export function expanded({ batch, columns }: BoundValues, symbol: number): Float64Array {
  const column = columns[symbol];
  return column.length === batch ? column.slice() : new Float64Array(batch).fill(column[0]);
}
