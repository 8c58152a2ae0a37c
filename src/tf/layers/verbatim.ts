/** A value within a layer's saved configuration. */
export interface Verbatim {
  readonly name: string;
}

/**
 * Plain data as a configuration keeps it. tfjs writes the keys and texts of a configuration in snake case and reads them in
 * camel case, which changes "ZI" and "theta_0"; what is called "name" it leaves alone.
 */
export const verbatim = (value: unknown): Verbatim => ({ name: JSON.stringify(value) });

/** What `verbatim` kept, or the value itself where it is something else. */
export const fromVerbatim = <T>(value: T | Verbatim): T => {
  const isKept = typeof value === 'object' && value !== null && Object.keys(value).join() === 'name';
  return isKept ? (JSON.parse((value as Verbatim).name) as T) : (value as T);
};

/** Whether a value that has a name of its own is what `verbatim` kept of an object. */
export const isKeptObject = (value: unknown): value is Verbatim =>
  typeof value === 'object' && value !== null && String((value as Verbatim).name).startsWith('{');
