import { parseCsv } from '../../src/data/csv.js';
import { tableToDataset } from '../../src/data/dataset.js';
import { parseFormula } from '../../src/data/formula.js';
import { regressionErrors } from '../../src/data/metrics.js';
import { createDataset } from '../../src/data/sample.js';
import { split } from '../../src/data/split.js';
import { standardise } from '../../src/data/standardise.js';

const untyped = (value: unknown) => value as never;
const one = { numInputs: 1 };
const table = { columns: ['a', 'b'], numRows: 2, values: Float64Array.of(1, 2, 3, 4) };
const dataset = tableToDataset(table, { targets: 'b' });

/** Bad input of the functions that read, make and divide data, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'a target that is infinite within the range',
    run: () => createDataset('1/x', one),
    message: 'createDataset: the target "1/x" is Infinity at x = 0. Choose a range in which it is finite.',
  },
  {
    name: 'a target that is undefined at a corner of the range',
    run: () => createDataset('sqrt(x1 + x2)', { numInputs: 2, range: [-1, 2] }),
    message: 'createDataset: the target "sqrt(x1 + x2)" is NaN at x1 = -1, x2 = -1.',
  },
  {
    name: 'a function that returns no number',
    run: () =>
      createDataset(
        untyped(() => '3'),
        one,
      ),
    message: 'createDataset: the target is 3 at x = -1.',
  },
  {
    name: 'a target that is neither function nor text',
    run: () => createDataset(untyped(3), one),
    message: 'createDataset: expected a function, or an expression as text, got 3.',
  },
  {
    name: 'a range upside down',
    run: () => createDataset('x', { numInputs: 1, range: [1, -1] }),
    message: 'createDataset: expected range 1 with low < high, got [1, -1].',
  },
  {
    name: 'a range without end',
    run: () => createDataset('x', { numInputs: 1, range: [0, Infinity] }),
    message: 'createDataset: expected the bounds of range 1 to be a finite number, got Infinity.',
  },
  {
    name: 'too few ranges',
    run: () => createDataset('x1', { numInputs: 3, range: [[0, 1]] }),
    message: 'createDataset: expected a range [low, high], or 3 of them',
  },
  {
    name: 'no samples',
    run: () => createDataset('x', { numInputs: 1, trainSamples: 0 }),
    message: 'createDataset: expected trainSamples to be an integer ≥ 1, got 0.',
  },
  {
    name: 'a fraction as seed',
    run: () => createDataset('x', { numInputs: 1, seed: 0.5 }),
    message: 'createDataset: expected seed to be an integer in 0 … 4294967295, got 0.5.',
  },
  {
    name: 'a formula cut off',
    run: () => parseFormula('x +', 1),
    message: 'formula: "x +" is no expression: Unexpected end of expression',
  },
  {
    name: 'an empty formula',
    run: () => parseFormula('  ', 1),
    message: 'formula: expected an expression as text, got "  ".',
  },
  {
    name: 'a formula of an input that is not there',
    run: () => parseFormula('x1 + x3', 2),
    message: 'formula: "x1 + x3" speaks of x3, which is not defined. The inputs are x1, x2.',
  },
  {
    name: 'x among several inputs',
    run: () => parseFormula('x', 2),
    message: 'formula: "x" speaks of x, which is not defined. The inputs are x1, x2.',
  },
  {
    name: 'an unknown function',
    run: () => parseFormula('foo(x)', 1),
    message: 'formula: "foo(x)" uses foo, which a formula cannot contain.',
  },
  {
    name: 'a function with the name of a property of every object',
    run: () => parseFormula('toString(x) + constructor', 1),
    message: 'uses toString, which a formula cannot contain.',
  },
  {
    name: 'an assignment',
    run: () => parseFormula('y = x', 1),
    message: 'formula: "y = x" uses AssignmentNode, which a formula cannot contain.',
  },
  {
    name: 'a missing argument',
    run: () => parseFormula('atan2(x)', 1),
    message: 'formula: expected 2 argument(s) of atan2, got 1.',
  },
  { name: 'empty text', run: () => parseCsv(''), message: 'parseCsv: the text is empty.' },
  {
    name: 'numbers in place of a header',
    run: () => parseCsv('1,2\n3,4\n'),
    message: 'parseCsv, line 1: the header has the number 1 in place of a name.',
  },
  {
    name: 'a column without a name',
    run: () => parseCsv('x,\n1,2\n'),
    message: 'parseCsv, line 1: column 2 has no name. Name every column.',
  },
  {
    name: 'two columns of one name',
    run: () => parseCsv('x,x\n1,2\n'),
    message: 'parseCsv, line 1: two columns are called "x".',
  },
  {
    name: 'a row that is too short, after an empty line',
    run: () => parseCsv('x,y\n1,2\n\n3\n'),
    message: 'parseCsv, line 4: expected 2 fields, as in the header, got 1.',
  },
  {
    name: 'a word in place of a number',
    run: () => parseCsv('x,y\n1,2\n3,red\n'),
    message: 'parseCsv, line 3, column "y": expected a finite number, got "red".',
  },
  {
    name: 'a missing number',
    run: () => parseCsv('x,y\n,2\n'),
    message: 'parseCsv, line 2, column "x": expected a finite number, got "".',
  },
  {
    name: 'a number too large for a double',
    run: () => parseCsv('x\n1e999\n'),
    message: 'parseCsv, line 2, column "x": expected a finite number, got "1e999".',
  },
  {
    name: 'a quote that is never closed',
    run: () => parseCsv('x,y\n1,"2\n'),
    message: /^parseCsv, line \d+: the text is no CSV: Quote Not Closed/,
  },
  {
    name: 'a wanted column that is not there',
    run: () => parseCsv('x,y\n1,2\n', ['z']),
    message: 'parseCsv: there is no column "z". The columns are "x", "y".',
  },
  {
    name: 'a target column that is not there',
    run: () => tableToDataset(table, { targets: 'c' }),
    message: 'table: there is no column "c". The columns are "a", "b".',
  },
  {
    name: 'a column that is input and target',
    run: () => tableToDataset(table, { targets: 'a', inputs: ['a', 'b'] }),
    message: 'tableToDataset: column "a" is named twice.',
  },
  {
    name: 'no column left for the inputs',
    run: () => tableToDataset(table, { targets: ['a', 'b'] }),
    message: 'tableToDataset: no column is left for the inputs.',
  },
  {
    name: 'a table without rows',
    run: () => tableToDataset({ ...table, numRows: 0, values: new Float64Array(0) }, { targets: 'a' }),
    message: 'tableToDataset: the table has no rows.',
  },
  {
    name: 'a share of samples above one',
    run: () => split(dataset, { testFraction: 20 }),
    message: 'split: expected testFraction in [0, 1), got 20.',
  },
  {
    name: 'too few samples to divide',
    run: () => split(dataset, { testFraction: 0.1 }),
    message: 'split: 2 sample(s) cannot be divided with 0.1 of them for testing.',
  },
  {
    name: 'a scale of another length',
    run: () => standardise(Float64Array.of(1, 2), { mean: [0, 0], scale: [1] }),
    message: 'standardise: expected scale of shape [inputs], 2 numbers, got 1.',
  },
  {
    name: 'predictions of another shape than the targets',
    run: () => regressionErrors(Float64Array.of(1), Float64Array.of(1, 2)),
    message: 'regressionErrors: expected prediction of shape [samples, targets], 2 numbers, got 1.',
  },
];
