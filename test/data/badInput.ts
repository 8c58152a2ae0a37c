import { parseCsv } from '../../src/data/csv.js';
import { tableToDataset } from '../../src/data/dataset.js';
import { parseFormula } from '../../src/data/formula.js';
import { readIdx } from '../../src/data/idx.js';
import { regressionErrors } from '../../src/data/metrics.js';
import { createDataset } from '../../src/data/sample.js';
import { besselJ, besselK } from '../../src/data/special/bessel.js';
import { ellipticF } from '../../src/data/special/elliptic.js';
import { legendreP } from '../../src/data/special/legendre.js';
import { split } from '../../src/data/split.js';
import { standardise } from '../../src/data/standardise.js';
import { booleanDataset } from '../../src/data/suites/boolean.js';
import { findError, findSuite } from '../../src/data/suites/find.js';
import { fourierClassTask } from '../../src/data/suites/fourierClass.js';
import { modularAddition, offDiagonalRatio, spectralConcentration } from '../../src/data/suites/modular.js';
import { formulaTask, taskNamed } from '../../src/data/suites/task.js';

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
  {
    name: 'a formula of a suite that speaks of an unknown name',
    run: () => formulaTask('mine', 'u*w', { u: [-1, 1], v: [0, 1] }),
    message: 'formula: "(x1)*w" speaks of w, which is not defined.',
  },
  {
    name: 'a task that its suite has not',
    run: () => taskNamed([formulaTask('mine', 'u', { u: [-1, 1] })], 'yours'),
    message: 'taskNamed: the suite has no task "yours". It has mine.',
  },
  {
    name: 'a Bessel function at a negative argument',
    run: () => besselJ(0, -1),
    message: 'besselJ: expected x in (0, 200], got -1.',
  },
  {
    name: 'a Bessel function of too high an order',
    run: () => besselK(30, 1),
    message: 'besselK: expected order in 0 … 20, got 30.',
  },
  {
    name: 'an elliptic integral with m = 1',
    run: () => ellipticF(1, 1),
    message: 'ellipticF: expected m in [0, 0.99]',
  },
  {
    name: 'a Ferrers function close to its singularity',
    run: () => legendreP(0.5, 0, -1),
    message: 'legendreP: expected x in [−0.95, 1], got -1.',
  },
  {
    name: 'more bits than a table holds',
    run: () => booleanDataset('parity', 17),
    message: 'booleanDataset: expected numBits to be an integer in 1 … 16, got 17.',
  },
  {
    name: 'a Boolean function that is not known',
    run: () => booleanDataset(untyped('nor'), 2),
    message: 'booleanDataset: expected name to be one of "parity"',
  },
  {
    name: 'a Fourier class without a period',
    run: () => fourierClassTask({ halfPeriod: 0 }),
    message: 'fourierClassTask: expected halfPeriod > 0, got 0.',
  },
  {
    name: 'a share of composed functions beyond 1',
    run: () => findSuite({ composed: 1.5 }),
    message: 'findSuite: expected composed in [0, 1], got 1.5.',
  },
  {
    name: 'too few predictions of a function',
    run: () => findError(findSuite()[0], [1, 2]),
    message: 'findError: expected prediction of shape [256]',
  },
  {
    name: 'addition modulo 1',
    run: () => modularAddition(1),
    message: 'modularAddition: expected modulus to be an integer in 2 … 500, got 1.',
  },
  {
    name: 'a spectrum of nothing',
    run: () => spectralConcentration([]),
    message: 'spectralConcentration: expected the number of weights to be an integer ≥ 2, got 0.',
  },
  {
    name: 'features that fill no rows',
    run: () => offDiagonalRatio(new Float64Array(5), 2),
    message: 'offDiagonalRatio: expected features of shape [samples, width]',
  },
  {
    name: 'a compressed IDX file',
    run: () => readIdx(Uint8Array.of(0x1f, 0x8b, 8, 0)),
    message: 'readIdx: the file is compressed. Decompress it by gunzip.',
  },
  {
    name: 'bytes that are no IDX file',
    run: () => readIdx(Uint8Array.of(1, 2, 3, 4)),
    message: 'readIdx: the bytes do not begin as an IDX file does.',
  },
  {
    name: 'an IDX file that ends early',
    run: () => readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7)),
    message: 'readIdx: axes [3] need 11 bytes, the file has 9.',
  },
  {
    name: 'an IDX file without its lengths',
    run: () => readIdx(Uint8Array.of(0, 0, 8, 2, 0)),
    message: 'readIdx: the file ends within the lengths of its 2 axes.',
  },
];
