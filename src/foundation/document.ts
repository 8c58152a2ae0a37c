import { DaruanError, describe, expected } from './errors.js';

/** Reads a value from its path in a document, or throws. */
export type ReadValue<T> = (path: string, value: unknown) => T;

/** Checks the parts of a parsed JSON document. Paths look like `operations[3].angles[0]`; '' is the document. */
export interface DocumentReader {
  readonly fault: (path: string, wanted: string, got: unknown, remedy?: string) => DaruanError;
  /** The value of a text that is JSON. */
  readonly parse: (source: string) => unknown;
  /** An object with these keys and no others. */
  readonly record: (
    path: string,
    value: unknown,
    keys: { readonly required: readonly string[]; readonly optional: readonly string[] },
  ) => Record<string, unknown>;
  readonly list: <T>(path: string, value: unknown, item: ReadValue<T>) => T[];
  readonly text: ReadValue<string>;
  readonly integer: (path: string, value: unknown, minimum: number, maximum: number) => number;
  /** A finite number within bounds. */
  readonly number: (path: string, value: unknown, minimum?: number, maximum?: number) => number;
  /** Throws if a value occurs twice. */
  readonly unique: (path: string, values: readonly (number | string)[]) => void;
  /** Runs `read`; an error of the project gets the place in the document. */
  readonly locate: <T>(path: string, read: () => T) => T;
}

/** A reader whose errors begin with `where`, then the path. */
export function documentReader(where: string): DocumentReader {
  const place = (path: string): string => (path === '' ? where : `${where}: ${path}`);
  const fault = (path: string, wanted: string, got: unknown, remedy = ''): DaruanError =>
    expected(place(path), wanted, got, remedy);
  return {
    fault,
    parse(source) {
      try {
        return JSON.parse(source);
      } catch (cause) {
        throw new DaruanError(where, `the text is no JSON: ${(cause as Error).message}`, '', { cause });
      }
    },
    record(path, value, { required, optional }) {
      const known = [...required, ...optional];
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw fault(path, `an object with keys ${required.join(', ')}`, value);
      }
      const fields = value as Record<string, unknown>;
      const missing = required.find((key) => !Object.hasOwn(fields, key));
      if (missing !== undefined) throw fault(path, `the key "${missing}"`, fields);
      const extra = Object.keys(fields).find((key) => !known.includes(key));
      if (extra !== undefined) {
        throw new DaruanError(place(path), `unknown key "${extra}"`, `Known: ${known.join(', ')}.`);
      }
      return fields;
    },
    list(path, value, item) {
      if (!Array.isArray(value)) throw fault(path, 'a list', value);
      return value.map((entry, index) => item(`${path}[${index}]`, entry));
    },
    text(path, value) {
      if (typeof value !== 'string') throw fault(path, 'text', value);
      return value;
    },
    integer(path, value, minimum, maximum) {
      if (!Number.isInteger(value) || (value as number) < minimum || (value as number) > maximum) {
        throw fault(path, `an integer in ${minimum} … ${maximum}`, value);
      }
      return value as number;
    },
    number(path, value, minimum = -Infinity, maximum = Infinity) {
      if (Number.isFinite(value) && (value as number) >= minimum && (value as number) <= maximum) {
        return value as number;
      }
      const above = minimum === -Infinity ? 'a finite number' : `a number ≥ ${minimum}`;
      throw fault(path, maximum === Infinity ? above : `a number in ${minimum} … ${maximum}`, value);
    },
    unique(path, values) {
      const twice = values.find((value, index) => values.indexOf(value) !== index);
      if (twice !== undefined)
        throw new DaruanError(place(path), `${describe(twice)} occurs twice`, 'All must differ.');
    },
    locate(path, read) {
      try {
        return read();
      } catch (cause) {
        if (!(cause instanceof DaruanError)) throw cause;
        throw new DaruanError(place(path), cause.problem, cause.remedy, { cause });
      }
    },
  };
}
