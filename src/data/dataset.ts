import { checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import type { Table } from './csv.js';

/** Samples of a function from named inputs to named targets, row-major. */
export interface Dataset {
  /** Names of the inputs and of the targets. */
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  readonly numSamples: number;
  /** Shape [numSamples, inputs.length]. */
  readonly x: Float64Array;
  /** Shape [numSamples, targets.length]. */
  readonly y: Float64Array;
}

/** Which columns of a table are what. */
export interface ColumnChoice {
  /** The column, or columns, to be predicted. */
  readonly targets: string | readonly string[];
  /** The columns to predict from. Default: all that are no target, in the table's order. */
  readonly inputs?: readonly string[];
}

/**
 * The rows of a table as samples.
 *
 * @throws if a column is not there, is named twice, or none is left for the inputs
 * @example tableToDataset(await parseCsv('x,y\n0,1\n1,3\n'), { targets: 'y' })
 */
export function tableToDataset(table: Table, { targets, inputs }: ColumnChoice): Dataset {
  const wanted = typeof targets === 'string' ? [targets] : targets;
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw expected('tableToDataset', 'targets to name at least one column', targets);
  }
  const given = inputs ?? table.columns.filter((name) => !wanted.includes(name));
  if (given.length === 0) {
    throw new DaruanError('tableToDataset', 'no column is left for the inputs', 'Name fewer targets.');
  }
  const named = [...given, ...wanted];
  const twice = named.find((name, at) => named.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new DaruanError('tableToDataset', `column "${twice}" is named twice`, 'Use each column once.');
  }
  if (table.numRows === 0) throw new DaruanError('tableToDataset', 'the table has no rows', 'Give at least one.');
  return {
    inputs: given,
    targets: wanted,
    numSamples: table.numRows,
    x: selectColumns(table, given),
    y: selectColumns(table, wanted),
  };
}

/**
 * The named columns of a table, in the order of their names; shape [numRows, names.length].
 *
 * @throws if a column is not there
 */
export function selectColumns(table: Table, names: readonly string[]): Float64Array {
  const { columns, numRows, values } = table;
  const positions = names.map((name) => {
    const at = columns.indexOf(name);
    if (at >= 0) return at;
    const known = columns.map((column) => `"${column}"`).join(', ');
    throw new DaruanError('table', `there is no column "${name}"`, `The columns are ${known}.`);
  });
  const width = names.length;
  const chosen = new Float64Array(numRows * width);
  for (let row = 0; row < numRows; row++) {
    for (let k = 0; k < width; k++) chosen[row * width + k] = values[row * columns.length + positions[k]];
  }
  return chosen;
}

/** The samples with the given numbers, in that order. */
export function selectSamples(dataset: Dataset, samples: ArrayLike<number>): Dataset {
  checkLength('dataset', 'x', dataset.x, dataset.numSamples * dataset.inputs.length, '[numSamples, inputs]');
  checkLength('dataset', 'y', dataset.y, dataset.numSamples * dataset.targets.length, '[numSamples, targets]');
  const pick = (values: Float64Array, width: number): Float64Array => {
    const picked = new Float64Array(samples.length * width);
    for (let s = 0; s < samples.length; s++) {
      picked.set(values.subarray(samples[s] * width, (samples[s] + 1) * width), s * width);
    }
    return picked;
  };
  return {
    ...dataset,
    numSamples: samples.length,
    x: pick(dataset.x, dataset.inputs.length),
    y: pick(dataset.y, dataset.targets.length),
  };
}
