import { describe, expect, it } from 'vitest';
import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { type Circuit, circuit, controlled, op } from '../../circuits/circuit.js';
import { planActivation } from '../../src/activation/plan.js';
import { Random } from '../../src/foundation/random.js';
import { expectation } from '../../src/simulate/simulate.js';
import { activationSeries, activationSpectrum } from '../../src/spectrum/activation.js';
import { circuitSpectrum } from '../../src/spectrum/circuit.js';
import { drawParameters } from '../../src/spectrum/draws.js';
import { evaluateSpectrum } from '../../src/spectrum/evaluate.js';
import { fourierCoefficients } from '../../src/spectrum/fourier.js';
import { fundamental } from '../../src/spectrum/fundamental.js';
import type { Spectrum } from '../../src/spectrum/spectrum.js';
import { largestDifference } from '../gradient/randomCircuit.js';
import { spectrumCases } from '../simulate/circuitCases.js';
import { recordedCircuit } from './recorded.js';

const magnitudes = ({ coefficients }: Spectrum) =>
  Array.from({ length: coefficients.length / 2 }, (_, k) => Math.hypot(coefficients[2 * k], coefficients[2 * k + 1]));

describe('The recorded circuits', () => {
  it.each(spectrumCases)('have the recorded coefficients: $num_qubits qubit(s), $layers layers', (recorded) => {
    const { frequencies, coefficients, method } = circuitSpectrum(recordedCircuit(recorded), 'Z');
    expect(method).toBe(recorded.num_qubits === 1 ? 'propagation' : 'transform');
    expect([...frequencies]).toEqual(recorded.coefficients.map(([k]) => k));
    const expected = recorded.coefficients.flatMap(([, re, im]) => [re, im]);
    expect(largestDifference(coefficients, expected)).toBeLessThan(1e-13);
  });
});

describe('Every ansatz', () => {
  const draws = 5;
  const cases = (['pz', 'rpz', 'mix', 'real'] as const).flatMap((name) =>
    [1, 2, 3].flatMap((base) => [1, 2, 3, 4, 5].map((reps) => [name, base, reps] as const)),
  );
  it.each(cases)('%s with weights %i^l, r = %i: propagation is the transform', (name, base, reps) => {
    const family = ansatze[name as AnsatzName];
    const source = family.circuit(reps);
    const weights = Object.fromEntries(Array.from({ length: reps }, (_, l) => [`w_${l}`, base ** l]));
    const biases = Object.fromEntries(Array.from({ length: reps }, (_, l) => [`b_${l}`, 0.3 * l - 0.4]));
    const rows = drawParameters(source.parameters, draws, 17, { ...weights, ...biases });
    const spectrum = activationSpectrum(planActivation(source), rows, draws);
    const width = source.parameters.length;
    const values = Object.fromEntries(
      source.parameters.map((p, at) => [p, rows.filter((_, i) => i % width === at)] as const),
    );
    const one = Object.fromEntries(Object.entries(values).map(([p, list]) => [p, p in weights ? list[0] : list]));
    const { degree, coefficients } = fourierCoefficients(source, 'Z', one);
    expect([...spectrum.frequencies]).toEqual(Array.from({ length: degree + 1 }, (_, k) => k));
    // Each of the 2d + 1 values is off by some eps, their mean by no more.
    expect(largestDifference(spectrum.coefficients, coefficients)).toBeLessThan(1e-14 * (4 + reps));
  });

  it('real has one frequency, the sum of its weights, whatever they are', () => {
    const spectrum = circuitSpectrum(ansatze.real.circuit(3), 'Z', {
      ...Object.fromEntries([0, 1, 2].map((l) => [`theta_${l}_0`, 0.7 * l + 0.2])),
      ...{ w_0: 0.8, w_1: 1.7, w_2: 0.4, b_0: 0, b_1: 0, b_2: 0 },
    });
    const sizes = magnitudes(spectrum);
    const found = [...spectrum.frequencies].filter((_, k) => sizes[k] > 1e-15);
    expect(found.length).toBe(1);
    expect(found[0]).toBeCloseTo(2.9, 14);
  });

  it('px is a series of sines in acos x', () => {
    const source = ansatze.px.circuit(4);
    const values = Object.fromEntries(
      source.parameters.map((p, k) => [p, p[0] === 'w' ? 1 : p[0] === 'b' ? 0 : 0.9 * k]),
    );
    const { variables, frequencies, coefficients } = circuitSpectrum(source, 'Z', values);
    expect([variables, [...frequencies]]).toEqual([['acos x'], [0, 1, 2, 3, 4]]);
    expect(coefficients.filter((_, at) => at % 2 === 0).every((re) => Math.abs(re) < 1e-15)).toBe(true);
  });

  it('pz near θ = 0 with weights 2^l has the frequencies 0, 1, 3, 7, 15 alone, to first order', () => {
    const source = ansatze.pz.circuit(4);
    const small = (p: string, k: number) =>
      p[0] === 'w' ? 2 ** Number(p[2]) : p[0] === 'b' ? 0 : 1e-6 * (1 + (k % 3));
    const spectrum = circuitSpectrum(
      source,
      'Z',
      Object.fromEntries(source.parameters.map((p, k) => [p, small(p, k)])),
    );
    const found = [...spectrum.frequencies].filter((_, k) => magnitudes(spectrum)[k] > 1e-10);
    expect(found).toEqual([0, 1, 3, 7, 15]);
  });
});

describe('Propagation', () => {
  it('for a batch is propagation one by one, also with weights of either sign and 0', () => {
    const source = ansatze.mix.circuit(6);
    const fixed = { w_0: 1.5, w_1: -1.5, w_2: 0, w_3: 0.7, w_4: -0.2, w_5: 2, b_1: 0.4 };
    const rows = drawParameters(source.parameters, 3, 5, fixed);
    const plan = planActivation(source, [
      ['X', 0.3],
      ['Z', 0.5],
      ['I', 2],
    ]);
    const { frequencies, coefficients, batch } = activationSpectrum(plan, rows, 3);
    const width = source.parameters.length;
    for (let b = 0; b < batch; b++) {
      const terms = activationSeries(plan, rows.slice(b * width, (b + 1) * width));
      expect(terms.map(({ frequency }) => frequency)).toEqual([...frequencies]);
      const own = coefficients.subarray(2 * b * frequencies.length, 2 * (b + 1) * frequencies.length);
      expect([...own]).toEqual(terms.flatMap(({ re, im }) => [re, im]));
    }
  });

  it('is the function, for real weights and biases', () => {
    const random = new Random(3);
    const source = ansatze.pz.circuit(5);
    const values = Object.fromEntries(source.parameters.map((p) => [p, random.uniform(-3, 3)]));
    const x = Float64Array.from({ length: 20 }, () => random.uniform(-4, 4));
    const f = expectation(source, 'Z', { ...values, x });
    expect(largestDifference(evaluateSpectrum(circuitSpectrum(source, 'Z', values), x), f)).toBeLessThan(1e-13);
  });
});

describe('Numbers have a common step', () => {
  it.each([
    [[1, 2, 3], 1],
    [[0.1, 0.2, 0.3], 0.1],
    [[0.5, 0.75], 0.25],
    [[1 / 3, 1 / 7], 1 / 21],
    [[], 1],
    [[1, Math.SQRT2], undefined],
    [[2, 1 + 1e-11], undefined],
    [[5000, 1], undefined],
  ])('of %j', (numbers, step) => {
    const found = fundamental(numbers);
    if (step === undefined) expect(found).toBeUndefined();
    else expect(Math.abs(found! - step)).toBeLessThan(1e-15);
  });
});

describe('Circuits of several qubits and variables', () => {
  const random = new Random(11);
  const parameters = { a: [0.3, 1.9, -1], b: 0.8 };
  const source = circuit({
    numQubits: 2,
    data: ['x', 'y'],
    operations: [
      op('h', [0]),
      op('ry', [1], 'a'),
      op('rx', [0], 'x + b'),
      op('rz', [1], 'y - x'),
      controlled(op('ry', [0], 'y'), 1),
      op('rxx', [0, 1], 'b'),
      op('ry', [1], '-3*x'),
      op('p', [0], 'a*y'),
    ],
  });
  const check = (
    from: Circuit,
    values: Record<string, number | number[]>,
    spectrum: Spectrum,
    tolerance: number,
  ): void => {
    const [x, y] = [0, 1].map(() => Array.from({ length: 6 }, () => random.uniform(-5, 5)));
    const points = x.flatMap((_, k) => [x[k], y[k]]);
    const found = evaluateSpectrum(spectrum, points);
    for (let k = 0; k < 6; k++) {
      const f = expectation(from, 'ZX', { ...values, x: x[k], y: y[k] });
      expect(
        largestDifference(
          Float64Array.from(f, (_, b) => found[6 * b + k]),
          f,
        ),
      ).toBeLessThan(tolerance);
    }
  };

  it('are transformed on one grid, with half frequencies where controlled rotations make them', () => {
    const values = { ...parameters, a: 2 };
    const spectrum = circuitSpectrum(source, 'ZX', values);
    expect(spectrum.method).toBe('transform');
    expect(Math.min(...[...spectrum.frequencies].filter((w) => w > 0))).toBe(0.5);
    check(source, values, spectrum, 1e-13);
  });

  it('are transformed for a batch', () => {
    const batched = circuit({ ...source, operations: source.operations.slice(0, 7) });
    const spectrum = circuitSpectrum(batched, 'ZX', parameters);
    expect(spectrum.batch).toBe(3);
    check(batched, parameters, spectrum, 1e-13);
  });

  it('are fitted where frequencies are incommensurate, with a condition number', () => {
    const values = { a: Math.SQRT2, b: 0.8 };
    const kept = source.operations.filter(({ gate }) => gate.name !== 'rxx' && gate.name !== 'ry');
    const fitted = circuit({ ...source, operations: [op('ry', [1], 'a'), ...kept, op('rxx', [0, 1], 'b')] });
    const spectrum = circuitSpectrum(fitted, 'ZX', values);
    expect(spectrum.method).toBe('leastSquares');
    expect(spectrum.conditionNumber).toBeGreaterThan(1);
    expect(spectrum.conditionNumber).toBeLessThan(100);
    check(fitted, values, spectrum, 1e-13 * spectrum.conditionNumber);
  });

  it('without data in any gate are constants', () => {
    const constant = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'a')] });
    const { frequencies, coefficients } = circuitSpectrum(constant, 'Z', { a: 0 });
    expect([[...frequencies], [...coefficients]]).toEqual([[0], [1, 0]]);
  });

  it('have derivatives of any order', () => {
    const values = { ...parameters, a: 2 };
    const spectrum = circuitSpectrum(source, 'ZX', values);
    const h = 1e-4;
    const at = (x: number, y: number) => evaluateSpectrum(spectrum, [x, y])[0];
    const mixed = (at(1 + h, h) - at(1 + h, -h) - at(1 - h, h) + at(1 - h, -h)) / (4 * h * h);
    // h² times a fourth derivative of at most 5³ · 3, and eps/h².
    expect(Math.abs(evaluateSpectrum(spectrum, [1, 0], [1, 1])[0] - mixed)).toBeLessThan(1e-5);
    const first = (at(1 + h, 0.2) - at(1 - h, 0.2)) / (2 * h);
    expect(Math.abs(evaluateSpectrum(spectrum, [1, 0.2], [1, 0])[0] - first)).toBeLessThan(1e-6);
    const slope = (x: number) => evaluateSpectrum(spectrum, [x, 0.2], [2, 0])[0];
    const third = (slope(1 + h) - slope(1 - h)) / (2 * h);
    expect(Math.abs(evaluateSpectrum(spectrum, [1, 0.2], [3, 0])[0] - third)).toBeLessThan(1e-5);
    const second = (at(1 + h, 0.2) - 2 * at(1, 0.2) + at(1 - h, 0.2)) / (h * h);
    expect(Math.abs(evaluateSpectrum(spectrum, [1, 0.2], [2, 0])[0] - second)).toBeLessThan(1e-5);
  });
});
