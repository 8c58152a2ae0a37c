/**
 * The one error class of the project. Every message reads `where: what is wrong. Remedy.`
 *
 * @example
 * throw expected('statevector', 'numQubits in 1 … 26', 40, 'Use fewer qubits.');
 * // DaruanError: statevector: expected numQubits in 1 … 26, got 40. Use fewer qubits.
 */
export class DaruanError extends Error {
  override readonly name = 'DaruanError';

  /**
   * @param where   the public function, file or option at fault
   * @param problem what is wrong, a clause without final full stop
   * @param remedy  what to do about it: one or more sentences
   */
  constructor(
    readonly where: string,
    readonly problem: string,
    readonly remedy: string = '',
    options?: ErrorOptions,
  ) {
    super(`${where}: ${problem}.${remedy === '' ? '' : ` ${remedy}`}`, options);
  }
}

/** A `DaruanError` in the form `where: expected …, got …. Remedy.` */
export function expected(where: string, wanted: string, got: unknown, remedy = ''): DaruanError {
  return new DaruanError(where, `expected ${wanted}, got ${describe(got)}`, remedy);
}

/** Shows a value in an error: strings quoted, long arrays by their length, everything else as it prints. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 57)}…` : value}"`;
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value)) return `an array of length ${(value as unknown as ArrayLike<number>).length}`;
  if (Array.isArray(value)) {
    return value.length > 6 ? `an array of length ${value.length}` : `[${value.map(describe).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) return `an object with keys [${Object.keys(value).join(', ')}]`;
  return String(value);
}
