import { ansatze } from '../../circuits/ansatz/table.js';
import { circuit, op } from '../../circuits/circuit.js';
import { planActivation } from '../../src/activation/plan.js';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { approximationNumbers, truncationError } from '../../src/spectrum/approximation.js';
import { circuitSpectrum } from '../../src/spectrum/circuit.js';
import { drawParameters } from '../../src/spectrum/draws.js';
import { evaluateSpectrum } from '../../src/spectrum/evaluate.js';
import { expressibility } from '../../src/spectrum/expressibility.js';
import { effectiveDimension, quantumFisher } from '../../src/spectrum/fisher.js';
import { gradientVariance } from '../../src/spectrum/gradientVariance.js';
import { recordSpectra } from '../../src/spectrum/history.js';
import { reachableFrequencies } from '../../src/spectrum/reachable.js';
import { redundancy } from '../../src/spectrum/redundancy.js';
import { sampledSpectrum } from '../../src/spectrum/sampled.js';
import { coefficientStatistics } from '../../src/spectrum/statistics.js';
import { vanishingFrequencies } from '../../src/spectrum/vanishing.js';

const untyped = (value: unknown) => value as never;
const plan = planActivation(ansatze.pz.circuit(1));
const width = plan.parameters.length;
const pair = circuit({ numQubits: 2, data: ['x'], operations: [op('ry', [0], 'w*x'), op('ry', [1], 'a*x^2')] });
const wave = { variables: ['x'], frequencies: Float64Array.of(0, 1), batch: 1, coefficients: new Float64Array(4) };
const ring = (n: number) => ({ circuit: circuit({ numQubits: n, operations: [op('h', [0])] }), observable: 'Z' });

/** Bad input of the functions that analyse spectra, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'parameters of another number of draws',
    run: () => activationSpectrum(plan, new Float64Array(width), 2),
    message: `activationSpectrum: expected parameters of shape [batch 2, parameters ${width}], ${2 * width} numbers, got ${width}`,
  },
  {
    name: 'a parameter that is no number',
    run: () => activationSpectrum(plan, new Float64Array(width).fill(Number.NaN)),
    message: 'activationSpectrum: expected parameters[0] to be a finite number, got NaN',
  },
  {
    name: 'draws of different encoding weights',
    run: () =>
      activationSpectrum(
        plan,
        Float64Array.from({ length: 2 * width }, (_, k) => k),
        2,
      ),
    message: /the encoding weight of data gate 0 is \d+ in draw 0, but \d+ in draw 1\. Draws of different frequencies/,
  },
  {
    name: 'a variable that the circuit has not',
    run: () => circuitSpectrum(pair, 'Z', {}, { variables: ['y'] }),
    message: 'circuitSpectrum: expected variables to name symbols of the circuit (w, a, x), got "y"',
  },
  {
    name: 'a variable named twice',
    run: () => circuitSpectrum(pair, 'Z', {}, { variables: ['x', 'x'] }),
    message: 'circuitSpectrum: variables name "x" twice. Name each once.',
  },
  {
    name: 'a value for the variable of a series',
    run: () => circuitSpectrum(pair, 'Z', { x: 1 }),
    message: 'circuitSpectrum: "x" has a value, but the series is in "x". Leave it out.',
  },
  {
    name: 'a circuit without data',
    run: () => reachableFrequencies(circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] })),
    message: 'reachableFrequencies: there is no data symbol. Name the variables of the series',
  },
  {
    name: 'an angle that is not affine in the data',
    run: () => reachableFrequencies(pair),
    message: 'reachableFrequencies: the angle a*x^2 of operation 1 ("ry") is not affine in "x". Only slope·variable',
  },
  {
    name: 'a weight that is no number',
    run: () => reachableFrequencies(ansatze.pz.circuit(1), { values: { w_0: Number.NaN } }),
    message: 'reachableFrequencies: expected "w_0" to be a finite number, got NaN',
  },
  {
    name: 'a weight that the circuit has not',
    run: () => reachableFrequencies(ansatze.pz.circuit(1), { values: { w_7: 1 } }),
    message: 'reachableFrequencies: the circuit has no symbol "w_7". Its symbols are: ',
  },
  {
    name: 'no function to sample',
    run: () => sampledSpectrum(untyped('sin'), [1]),
    message: 'sampledSpectrum: expected a function of points, got "sin"',
  },
  {
    name: 'a degree below 0',
    run: () => sampledSpectrum((x) => x, [-1]),
    message: 'sampledSpectrum: expected degrees[0] to be an integer in 0 … 4096, got -1',
  },
  {
    name: 'a function with too few values',
    run: () => sampledSpectrum(() => [1], [1]),
    message: 'sampledSpectrum: expected the values of the function of shape [points 3], 3 numbers, got 1',
  },
  {
    name: 'a function that is not finite',
    run: () => sampledSpectrum((x) => x.map((t) => 1 / t), [1]),
    message: 'sampledSpectrum: expected f[0] to be a finite number, got Infinity',
  },
  {
    name: 'a function with more frequencies than were asked for',
    run: () => sampledSpectrum((x) => x.map((t) => Math.cos(3 * t)), [2]),
    message:
      /beyond the degrees \[2\], at frequency 3 for one: on a second grid it is up to .* away from its series\. Raise/,
  },
  {
    name: 'a spectrum that is none',
    run: () => coefficientStatistics(untyped({})),
    message: 'coefficientStatistics: expected a spectrum, got an object with keys []. Compute one with',
  },
  {
    name: 'a level above 1',
    run: () => coefficientStatistics(wave, [2]),
    message: 'coefficientStatistics: expected levels in [0, 1], got [2]',
  },
  {
    name: 'orders of another number of variables',
    run: () => evaluateSpectrum(wave, [0], [1, 2]),
    message: 'evaluateSpectrum: expected orders of shape [variables 1], 1 numbers, got 2',
  },
  {
    name: 'a point that is no number',
    run: () => evaluateSpectrum(wave, [Number.NaN]),
    message: 'evaluateSpectrum: expected points[0] to be a finite number, got NaN',
  },
  {
    name: 'a fixed parameter that is not drawn from',
    run: () => drawParameters(['a'], 1, 0, { b: 1 }),
    message: 'drawParameters: there is no parameter "b". They are: a.',
  },
  {
    name: 'no draws',
    run: () => vanishingFrequencies(plan, { draws: 0 }),
    message: 'vanishingFrequencies: expected draws to be an integer ≥ 1, got 0',
  },
  {
    name: 'a trained parameter that the circuit has not',
    run: () => redundancy(ansatze.pz.circuit(1), 'Z', { trained: ['a'] }),
    message: 'redundancy: the circuit has no parameter "a". It has: theta_0_0',
  },
  {
    name: 'a range without points',
    run: () => redundancy(ansatze.pz.circuit(1), 'Z', { range: [1, 1] }),
    message: 'redundancy: expected a range [low, high], got [1, 1]',
  },
  {
    name: 'a missing value for the quantum Fisher information',
    run: () => quantumFisher(ansatze.pz.circuit(1)),
    message: /^fubiniStudy: no value for "theta_0_0", .*\. Give each a number/,
  },
  {
    name: 'too few samples for an effective dimension',
    run: () => effectiveDimension(Float64Array.of(1), 1, 2),
    message: /^effectiveDimension: expected γn\/\(2π log n\) > 1, got 0\.\d+\. Ask for more samples\.$/,
  },
  {
    name: 'Fisher matrices of another size',
    run: () => effectiveDimension(new Float64Array(5), 2, 1000),
    message: 'effectiveDimension: expected matrices / 2² to be an integer ≥ 1, got 1.25',
  },
  {
    name: 'no bins',
    run: () => expressibility(ansatze.pz.circuit(1), { bins: 0 }),
    message: 'expressibility: expected bins to be an integer ≥ 1, got 0',
  },
  {
    name: 'sizes that do not increase',
    run: () => gradientVariance(ring, [2, 2]),
    message: 'gradientVariance: expected sizes[1] to be an integer ≥ 3, got 2',
  },
  {
    name: 'a circuit without parameters to scan',
    run: () => gradientVariance(ring, [1]),
    message: 'gradientVariance: the circuit of size 1 has no parameters. Give it at least one.',
  },
  {
    name: 'a bandwidth below 0',
    run: () => truncationError(wave, -1),
    message: 'truncationError: expected a bandwidth ≥ 0, got -1',
  },
  {
    name: 'repetitions without end',
    run: () => approximationNumbers(wave, [31]),
    message: 'approximationNumbers: expected each of reps to be an integer in 1 … 30, got 31',
  },
  {
    name: 'a recorder of nothing',
    run: () => recordSpectra(untyped(undefined)),
    message: 'recordSpectra: expected a function that computes a spectrum, got undefined',
  },
];
