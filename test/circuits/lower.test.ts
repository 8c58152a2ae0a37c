import { describe, expect, it } from 'vitest';
import { type Circuit, type Control, circuit, controlled, type Operation, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { lower, lowerOperation } from '../../circuits/lower.js';
import { distance } from '../../circuits/matrix.js';
import { Random } from '../../src/foundation/random.js';
import { randomCircuit, rows } from './randomCircuit.js';
import { circuitUnitary, operationsUnitary, operationUnitary } from './unitary.js';

const isElementary = ({ gate, controls }: Operation): boolean =>
  controls.length === 0
    ? ['h', 's', 'sdg', 'x', 'rz', 'gphase'].includes(gate.name)
    : gate.name === 'x' && controls.length === 1 && controls[0].value === 1;

const count = (source: readonly Operation[], name: string): number =>
  source.filter(({ gate, controls }) => gate.name === name && (name !== 'x' || controls.length > 0)).length;

const patterns: readonly (readonly (0 | 1)[])[] = [[], [1], [0], [1, 1], [0, 1], [1, 1, 0]];

describe.each(rows.map((gate) => [gate.name, gate] as const))('gate %s', (_, gate) => {
  it.each(patterns.map((pattern) => [pattern]))('under controls on %j keeps its unitary, phase included', (pattern) => {
    const random = new Random(11);
    const numQubits = Math.max(1, gate.numTargets + pattern.length);
    const qubits = [...random.permutation(numQubits)];
    const angles = gate.parameters.map(() => random.uniform(-7, 7));
    const controls = pattern.map((value, k): Control => ({ qubit: qubits[gate.numTargets + k], value }));
    const operation = { ...op(gate, qubits.slice(0, gate.numTargets), ...angles), controls };
    const lowered = lowerOperation(operation);
    expect(lowered.every(isElementary)).toBe(true);
    const error = distance(operationsUnitary(lowered, numQubits), operationUnitary(operation, numQubits));
    expect(error).toBeLessThan(lowered.length * 4 * Number.EPSILON + 8 * Number.EPSILON);
  });
});

describe('lower', () => {
  it('keeps the unitary of random circuits within 1e-12, phase included', () => {
    for (let seed = 0; seed < 12; seed++) {
      const source = randomCircuit(seed, 4, 15, 3);
      expect(distance(circuitUnitary(lower(source)), circuitUnitary(source)), `seed ${seed}`).toBeLessThan(1e-12);
    }
  });

  it.each([4, 5])('takes %i controls without further qubits, in a number of operations that stays polynomial', (k) => {
    const controls = Array.from({ length: k }, (_, j) => j + 1);
    for (const operation of [op('x', [0]), op('rz', [0], 0.7), op('p', [0], -1.9), op('h', [0])]) {
      const whole = controlled(operation, ...controls);
      const lowered = lowerOperation(whole);
      expect(lowered.every(isElementary)).toBe(true);
      expect(lowered.length).toBeLessThan(12 * k ** 3);
      const error = distance(operationsUnitary(lowered, k + 1), operationUnitary(whole, k + 1));
      expect(error, operation.gate.name).toBeLessThan(lowered.length * 4 * Number.EPSILON);
    }
  });

  it('lowers twenty controls', () => {
    const lowered = lowerOperation(controlled(op('x', [20]), ...Array.from({ length: 20 }, (_, j) => j)));
    expect(lowered.length).toBeLessThan(12 * 20 ** 3);
  });

  it.each([
    ['ccx', controlled(op('x', [0]), 1, 2), 6],
    ['crz', controlled(op('rz', [0], 1), 1), 2],
    ['cry', controlled(op('ry', [0], 1), 1), 2],
    ['cswap', controlled(op('swap', [0, 1]), 2), 8],
    ['ch', controlled(op('h', [0]), 1), 2],
    ['cy', controlled(op('y', [0]), 1), 1],
    ['rzz', op('rzz', [0, 1], 1), 2],
    ['crxx', controlled(op('rxx', [0, 1], 1), 2), 4],
  ])('writes %s with as few cx as the textbook', (_, operation, wanted) => {
    expect(count(lowerOperation(operation), 'x')).toBe(wanted);
  });

  it('keeps symbols symbolic, and the result agrees at any values', () => {
    const source = circuit({
      numQubits: 3,
      data: ['x'],
      operations: [controlled(op('u', [0], 'theta', 'w*x + b', 'x^2'), 1, { qubit: 2, value: 0 })],
    });
    const lowered = lower(source);
    expect(lowered.data).toEqual(['x']);
    expect([...lowered.parameters].sort()).toEqual(['b', 'theta', 'w']);
    const values = { theta: 0.4, w: 2, b: -1, x: 0.77 };
    expect(distance(circuitUnitary(lowered, values), circuitUnitary(source, values))).toBeLessThan(1e-13);
  });

  it('leaves alone what the target has', () => {
    const source: Circuit = randomCircuit(5, 3, 10);
    expect(lower(source, () => true)).toStrictEqual(source);
    const toffoli = controlled(op('x', [0]), 1, 2);
    const keep = ({ gate, controls }: Operation) => gate === gates.x && controls.length === 2;
    expect(lowerOperation(toffoli, keep)).toEqual([toffoli]);
  });

  it('asks a gate of the user for a decomposition, and follows the one it gives', () => {
    const bare: Gate = { ...gates.h, name: 'mine', decomposition: undefined };
    expect(() => lowerOperation(op(bare, [0]))).toThrow(
      'lower: gate "mine" has neither a generator nor a decomposition. Give your gate one of the two.',
    );
    expect(lowerOperation(op({ ...bare, decomposition: gates.sx.decomposition }, [0])).length).toBe(3);
  });
});
