import { parseAngle } from '../../circuits/angle/parse.js';
import { circuit, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { identity, scale } from '../../circuits/matrix.js';
import { simulateOn } from '../../src/asynchronous/simulateOn.js';
import { compile } from '../../src/compile/compile.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { finiteDifference } from '../../src/gradient/finiteDifference.js';
import { frequencies } from '../../src/gradient/frequencies.js';
import { fubiniStudy } from '../../src/gradient/fubiniStudy.js';
import { hessian } from '../../src/gradient/hessian.js';
import { parameterShift } from '../../src/gradient/parameterShift.js';
import { shiftRule } from '../../src/gradient/shiftRule.js';
import { spsa } from '../../src/gradient/spsa.js';
import { counts, sample } from '../../src/simulate/sample.js';
import { expectation, probabilities, statevector } from '../../src/simulate/simulate.js';

const source = circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'theta'), op('rz', [0], 'x')] });
const good = { theta: 0.1, x: [1, 2] };
const turned = (angle: string) => circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], angle)] });

/** A gate of two angles that says nothing but its matrix. */
const opaque: Gate = {
  name: 'opaque',
  numTargets: 1,
  parameters: ['a', 'b'],
  matrix: (a, b) => gates.u.matrix(a, b, 0),
  inverse: () => [],
  symbol: 'O',
};
const using = (gate: Gate, ...angles: (number | string)[]) =>
  circuit({ numQubits: 1, operations: [op(gate, [0], ...angles)] });
const untyped = (value: unknown) => value as never;

/** Bad input of the functions that compile, simulate and differentiate, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'a circuit that is none',
    run: () => statevector(untyped({ qubits: 2 })),
    message: 'statevector: expected a circuit, got an object with keys [qubits]. Make one with circuit(',
  },
  {
    name: 'no circuit at all',
    run: () => expectation(untyped(undefined), 'Z'),
    message: 'expectation: expected a circuit, got undefined.',
  },
  {
    name: 'the name of a backend in place of a backend',
    run: () => statevector(source, good, { backend: untyped('wasm') }),
    message: 'statevector: expected a backend, got "wasm". Pass the backend itself, not its name.',
  },
  {
    name: 'values that are no object',
    run: () => statevector(source, untyped(3)),
    message: 'statevector: expected values as an object { symbol: number or array }, got 3.',
  },
  {
    name: 'missing values',
    run: () => statevector(source),
    message: 'statevector: no value for "theta", "x". Give each a number, or an array with one number a sample.',
  },
  {
    name: 'a value for an unknown symbol',
    run: () => expectation(source, 'Z', { ...good, phi: 1 }),
    message: 'expectation: the circuit has no symbol "phi". Its symbols are: theta, x.',
  },
  {
    name: 'arrays of different lengths',
    run: () => probabilities(source, { theta: [1, 2, 3], x: [1, 2] }),
    message: 'probabilities: "theta" has 3 values but "x" has 2. All arrays need one number a sample',
  },
  {
    name: 'an empty array',
    run: () => statevector(source, { theta: 0, x: [] }),
    message: 'statevector: "x" is an empty array. Give at least one value.',
  },
  {
    name: 'NaN as a value',
    run: () => statevector(source, { theta: NaN, x: 0 }),
    message: 'statevector: expected "theta" to be a finite number, got NaN.',
  },
  {
    name: 'infinity within an array',
    run: () => adjoint.jacobian(source, 'Z', { theta: 0, x: [0, Infinity] }),
    message: 'adjoint.jacobian: expected "x"[1] to be a finite number, got Infinity.',
  },
  {
    name: 'text as a value',
    run: () => statevector(source, { theta: untyped('0.1'), x: 0 }),
    message: 'statevector: expected "theta" to be a number or an array of numbers, got "0.1".',
  },
  {
    name: 'text within an array',
    run: () => statevector(source, { theta: 0, x: untyped(['1']) }),
    message: 'statevector: expected "x"[0] to be a finite number, got "1".',
  },
  {
    name: 'an angle outside its domain',
    run: () => expectation(turned('acos(x)'), 'Z', { x: [0, 2] }),
    message: 'expectation: the angle acos(x) of operation 0 ("ry") is NaN at x = 2. Keep the values inside the domain',
  },
  {
    name: 'an angle without a derivative there',
    run: () => adjoint.jacobian(turned('acos(x)'), 'Z', { x: 1 }),
    message: 'adjoint.jacobian: ∂/∂x of the angle acos(x) of operation 0 ("ry") is -Infinity at x = 1.',
  },
  {
    name: 'an angle without a second derivative there',
    run: () => hessian(turned('(x^2)^0.75'), 'Z', { x: 0 }),
    message: /hessian: .* of the angle \(x\^2\)\^0\.75 of operation 0 \("ry"\) is (NaN|Infinity)/,
  },
  {
    name: 'a word longer than the circuit',
    run: () => expectation(source, 'IZ', good),
    message: 'expectation: observable "IZ" has 2 letters, but the circuit has 1 qubit(s). Letter j acts on qubit j.',
  },
  {
    name: 'a letter that is no Pauli operator',
    run: () => expectation(source, ['Z', 'Q'], good),
    message: 'observable: expected a Pauli word of I, X, Y and Z, got "Q".',
  },
  {
    name: 'an observable that is none',
    run: () => expectation(source, untyped(['Z', 4]), good),
    message: 'expectation: expected an observable, got 4. Write "ZZ"',
  },
  {
    name: 'an empty list of observables',
    run: () => parameterShift.jacobian(source, [], good),
    message: 'parameterShift.jacobian: the list of observables is empty. Give at least one',
  },
  {
    name: 'a symbolic angle of a gate that cannot be differentiated',
    run: () => compile(using(opaque, 'a', 0.3)),
    message: 'compile: operation 0 ("opaque") has angles that are not numbers, but its gate has neither generator nor',
  },
  {
    name: 'a gate that is not unitary',
    run: () => statevector(using({ ...opaque, matrix: () => scale(identity(2), 1.1) }, 0, 0)),
    message: 'statevector: operation 0 ("opaque"): its matrix is not unitary. A gate must satisfy U†U = 1.',
  },
  {
    name: 'a gate whose matrix has the wrong size',
    run: () => statevector(using({ ...opaque, matrix: () => identity(4) }, 0, 0)),
    message: 'statevector: operation 0 ("opaque"): its matrix has 32 numbers, not 8.',
  },
  {
    name: 'a gate whose generator contradicts its matrix',
    run: () => statevector(using({ ...gates.rx, generator: { word: 'Y', phase: 0 } }, 'a'), { a: 1 }),
    message: 'statevector: operation 0 ("rx"): its matrix differs from its generator.',
  },
  {
    name: 'shots that are no positive integer',
    run: () => sample(source, 0, 1, good),
    message: 'sample: expected shots to be an integer ≥ 1, got 0.',
  },
  {
    name: 'a negative seed',
    run: () => sample(source, 10, -1, good),
    message: 'Random: expected seed to be an integer in 0 … 4294967295, got -1.',
  },
  {
    name: 'samples that do not fit the number of qubits',
    run: () => counts(Uint32Array.of(0, 5), 2),
    message: 'counts: expected samples of 2 qubit(s), got 5.',
  },
  {
    name: 'a simulator on the name of a backend',
    run: () => simulateOn(untyped('gpujs')),
    message: 'simulateOn: expected a backend, got "gpujs". Await it first: simulateOn(await backends.gpujs()).',
  },
  {
    name: 'an upstream gradient of the wrong shape',
    run: () => adjoint.vjp(source, ['Z', 'X'], good, new Float64Array(3)),
    message: 'adjoint.vjp: expected upstream of shape [batch 2, observables 2], 4 numbers, got 3.',
  },
  {
    name: 'an upstream gradient with NaN',
    run: () => parameterShift.vjp(source, 'Z', good, Float64Array.of(1, NaN)),
    message: 'parameterShift.vjp: expected upstream[1] to be a finite number, got NaN.',
  },
  {
    name: 'an unknown symbol in wrt',
    run: () => fubiniStudy(source, good, { wrt: ['y'] }),
    message: 'fubiniStudy: expected wrt to name symbols of the circuit (theta, x), got "y".',
  },
  {
    name: 'a symbol named twice in wrt',
    run: () => adjoint.jacobian(source, 'Z', good, { wrt: ['x', 'x'] }),
    message: 'adjoint.jacobian: wrt names "x" twice. Name each symbol once.',
  },
  {
    name: 'wrt that is no list',
    run: () => adjoint.jacobian(source, 'Z', good, { wrt: untyped('x') }),
    message: 'adjoint.jacobian: expected wrt as a list of symbols, got "x".',
  },
  {
    name: 'an unknown shift rule',
    run: () => parameterShift.jacobian(source, 'Z', good, { rule: untyped('magic') }),
    message: 'parameterShift.jacobian: expected rule to be one of "gate", "joint", got "magic".',
  },
  {
    name: 'a finite difference without a step',
    run: () => finiteDifference.jacobian(source, 'Z', good, { step: 0 }),
    message: 'finiteDifference.jacobian: expected a positive step, got 0.',
  },
  {
    name: 'random directions without a seed',
    run: () => spsa.jacobian(source, 'Z', good),
    message: 'spsa.jacobian: no seed is given. Pass { seed: 7 } or a Random.',
  },
  {
    name: 'a shift rule without frequencies',
    run: () => shiftRule([]),
    message: 'shiftRule: there are no frequencies. A constant needs no rule',
  },
  {
    name: 'a shift rule for a negative frequency',
    run: () => shiftRule([1, -2]),
    message: 'shiftRule: expected positive frequencies, got -2.',
  },
  {
    name: 'a shift rule for a derivative of order 0',
    run: () => shiftRule([1], 0),
    message: 'shiftRule: expected order to be an integer in 1 … 8, got 0.',
  },
  {
    name: 'frequencies of a curved angle',
    run: () => frequencies(circuit({ numQubits: 1, operations: [op('rz', [0], parseAngle('sin(a)'))] }), 'a'),
    message: 'frequencies: the angle sin(a) of operation 0 ("rz") is not affine in "a".',
  },
];
