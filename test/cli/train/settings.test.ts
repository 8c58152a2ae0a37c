import { expect, it } from 'vitest';
import type { TrainOptions } from '../../../src/cli/train/options.js';
import { extend, settingsFrom } from '../../../src/cli/train/settings.js';

const options: TrainOptions = {
  function: 'x1 * x3',
  layer: 'qkan',
  optimizer: 'adam+lbfgs',
  regularisation: 0,
  testFraction: 0.2,
  seed: 0,
  checkpointEvery: 10,
};

it('Settings take the number of inputs from the formula, and everything else from the defaults', () => {
  expect(settingsFrom(options)).toEqual({
    source: { kind: 'function', formula: 'x1 * x3', numInputs: 3, range: [-1, 1], samples: 1250 },
    layer: 'qkan',
    ansatz: 'pz',
    reps: 3,
    measurement: 'expectation',
    outsideDomain: 'clamp',
    fixedEncoding: false,
    optimizer: 'adam+lbfgs',
    steps: [200, 40],
    regularisation: 0,
    testFraction: 0.2,
    standardise: false,
    seed: 0,
    checkpointEvery: 10,
  });
});

it('Settings take the number of inputs from the width where it is given, and a range each', () => {
  const { source } = settingsFrom({ ...options, width: [4, 1], range: [0, 1, 2, 3, 4, 5, 6, 7] });
  const range = [
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
  ];
  expect(source).toMatchObject({ numInputs: 4, range });
});

it('Settings of a table keep its full path, so that a training can go on from anywhere', () => {
  const { function: _, ...rest } = options;
  const { source } = settingsFrom({ ...rest, data: 'table.csv', target: ['y'], inputs: ['a'] });
  expect(source).toEqual({ kind: 'table', path: `${process.cwd()}/table.csv`, targets: ['y'], inputs: ['a'] });
});

it('A training goes on with other steps only if there are some for each stage', () => {
  const settings = settingsFrom(options);
  expect(extend(settings, { steps: [300, 50] })).toEqual({ ...settings, steps: [300, 50] });
  expect(extend(settings, { checkpointEvery: 5 })).toEqual({ ...settings, checkpointEvery: 5 });
  expect(() => extend(settings, { steps: [300] })).toThrow(
    '--steps: expected 2 numbers, for adam and lbfgs with --optimizer adam+lbfgs, got "300".',
  );
});
