import { expected } from './errors.js';

/** Throws unless `value` is an integer in [minimum, maximum]. */
export function checkInteger(where: string, name: string, value: unknown, minimum: number, maximum = Infinity): void {
  if (!Number.isInteger(value) || (value as number) < minimum || (value as number) > maximum) {
    const range = maximum === Infinity ? `≥ ${minimum}` : `in ${minimum} … ${maximum}`;
    throw expected(where, `${name} to be an integer ${range}`, value);
  }
}

/** Throws unless `value` is a finite number. */
export function checkFinite(where: string, name: string, value: unknown): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw expected(where, `${name} to be a finite number`, value);
  }
}

/** Throws unless every entry of `values` is finite; names the first that is not. */
export function checkAllFinite(where: string, name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw expected(where, `${name}[${i}] to be a finite number`, values[i]);
  }
}

/** Throws unless `values` has exactly `length` entries; `shape` tells how the length comes about. */
export function checkLength(
  where: string,
  name: string,
  values: ArrayLike<number>,
  length: number,
  shape: string,
): void {
  if (values?.length !== length) {
    throw expected(where, `${name} of shape ${shape}, ${length} numbers`, values?.length ?? values);
  }
}

/** Throws unless `value` is one of `choices`. */
export function checkChoice<T extends string>(
  where: string,
  name: string,
  value: unknown,
  choices: readonly T[],
): asserts value is T {
  if (!choices.includes(value as T)) {
    throw expected(where, `${name} to be one of ${choices.map((c) => `"${c}"`).join(', ')}`, value);
  }
}
