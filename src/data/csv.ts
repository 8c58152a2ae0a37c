import { DaruanError, expected } from '../foundation/errors.js';

/** Named columns of numbers. */
export interface Table {
  readonly columns: readonly string[];
  readonly numRows: number;
  /** Shape [numRows, columns.length], row-major. */
  readonly values: Float64Array;
}

/** A number as people and programs write it; no hexadecimal, no NaN, no infinity, no digits grouped by commas. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * A table from CSV text: a header line with the names of the columns, then one line of numbers a row. Fields are
 * separated by commas and may stand in double quotes; empty lines are passed over.
 *
 * @param only  the columns that are wanted; others need not hold numbers and are left out. Default: all.
 * @throws if there is no header, a name is missing or used twice, a row has too many or too few fields, or a field is
 *         no finite number: the error names its line and column
 * @example const { columns, values } = await parseCsv('x,y\n0,1\n1,3\n'); // ['x', 'y'], Float64Array [0, 1, 1, 3]
 */
export async function parseCsv(text: string, only?: readonly string[]): Promise<Table> {
  if (typeof text !== 'string') throw expected('parseCsv', 'text', text);
  const [head, ...rows] = await readRecords(text);
  if (!head) throw new DaruanError('parseCsv', 'the text is empty', 'Its first line names the columns.');
  const names = head.record;
  checkNames(names);
  const columns = only ?? names;
  const positions = columns.map((name) => {
    if (names.includes(name)) return names.indexOf(name);
    throw new DaruanError(
      'parseCsv',
      `there is no column "${name}"`,
      `The columns are ${names.map((known) => `"${known}"`).join(', ')}.`,
    );
  });
  const values = new Float64Array(rows.length * columns.length);
  rows.forEach(({ record, info }, row) => {
    if (record.length !== names.length) {
      throw expected(`parseCsv, line ${info.lines}`, `${names.length} fields, as in the header`, record.length);
    }
    positions.forEach((position, k) => {
      const value = NUMBER.test(record[position]) ? Number(record[position]) : Number.NaN;
      if (!Number.isFinite(value)) {
        throw expected(
          `parseCsv, line ${info.lines}, column "${names[position]}"`,
          'a finite number',
          record[position],
          'Remove the row, or the column.',
        );
      }
      values[row * columns.length + k] = value;
    });
  });
  return { columns: [...columns], numRows: rows.length, values };
}

async function readRecords(text: string): Promise<ParsedRecord[]> {
  // Loaded when it is needed, in the build that works in browsers too: who reads no CSV pays nothing for it.
  const { parse } = await import('csv-parse/browser/esm/sync');
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
    return parse(text, options) as unknown as ParsedRecord[];
  } catch (cause) {
    const { lines, message } = cause as { lines?: number; message: string };
    const where = lines === undefined ? 'parseCsv' : `parseCsv, line ${lines}`;
    throw new DaruanError(where, `the text is no CSV: ${message}`, 'Close every quote.', { cause });
  }
}

function checkNames(names: readonly string[]): void {
  names.forEach((name, at) => {
    if (name === '') throw new DaruanError('parseCsv, line 1', `column ${at + 1} has no name`, 'Name every column.');
    if (NUMBER.test(name)) {
      throw new DaruanError(
        'parseCsv, line 1',
        `the header has the number ${name} in place of a name`,
        'Begin with a line that names the columns.',
      );
    }
    if (names.indexOf(name) !== at) {
      throw new DaruanError('parseCsv, line 1', `two columns are called "${name}"`, 'Give each a name of its own.');
    }
  });
}
