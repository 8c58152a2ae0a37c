import { describe, expect, test } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { distance, distanceUpToPhase } from '../../circuits/matrix.js';
import { compile } from '../../src/compile/compile.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { parameterShift } from '../../src/gradient/parameterShift.js';
import { statevector } from '../../src/simulate/simulate.js';
import { largestDifference } from '../gradient/randomCircuit.js';

test('symbols are parameters, then data; every varying angle has a slot of its own', () => {
  const source = circuit({
    numQubits: 2,
    data: ['x'],
    operations: [op('rz', [0], 'x'), op('ry', [1], 'a'), op('ry', [1], 'a'), op('rx', [0], 0.5), op('h', [0])],
  });
  const { symbols, program, slots } = compile(source);
  expect(symbols).toEqual(['a', 'x']);
  expect(program.numSlots).toBe(3);
  expect(slots.map(({ label }) => label)).toEqual(['operation 0 ("rz")', 'operation 1 ("ry")', 'operation 2 ("ry")']);
  expect(program.instructions.map(({ kind }) => kind)).toEqual(['rotate', 'rotate', 'rotate', 'rotate', 'matrix']);
  expect(program.instructions[3]).toMatchObject({ angle: { constant: 0.5 }, xMask: 1, zMask: 0 });
});

test('controls become a mask and a value', () => {
  const operation = controlled(op('rxx', [3, 1], 'a'), 0, { qubit: 2, value: 0 });
  const { program } = compile(circuit({ numQubits: 4, operations: [operation] }));
  expect(program.instructions[0]).toMatchObject({ xMask: 0b1010, zMask: 0, controlMask: 0b101, controlValue: 0b001 });
});

test('a compiled circuit is returned as it is', () => {
  const compiled = compile(circuit({ numQubits: 1, operations: [op('h', [0])] }));
  expect(compile(compiled)).toBe(compiled);
});

test('u is one matrix where its angles are numbers, three rotations where not, and the same state', () => {
  const angles = [0.4, -1.3, 2.2] as const;
  const around = (u: ReturnType<typeof op>) => circuit({ numQubits: 2, operations: [op('h', [1]), controlled(u, 1)] });
  const fixed = around(op('u', [0], ...angles));
  const open = around(op('u', [0], 'a', 'b', 'c'));
  expect(compile(fixed).program.instructions.length).toBe(2);
  expect(compile(open).program.numSlots).toBe(3);
  const [a, b, c] = angles;
  expect(distance(statevector(open, { a, b, c }), statevector(fixed))).toBeLessThan(1e-15);
});

describe('a gate of the user’s own', () => {
  const bare: Gate = {
    name: 'mine',
    numTargets: 1,
    parameters: ['a', 'b'],
    matrix: (a, b) => gates.u.matrix(a, b, 0),
    inverse: () => [],
    symbol: 'M',
  };

  test('runs with constant angles from its matrix alone', () => {
    const source = circuit({ numQubits: 1, operations: [op('h', [0]), op(bare, [0], 0.3, 0.8)] });
    const same = circuit({ numQubits: 1, operations: [op('h', [0]), op('u', [0], 0.3, 0.8, 0)] });
    expect(statevector(source)).toEqual(statevector(same));
  });

  test('is differentiated through its decomposition', () => {
    const gate: Gate = { ...bare, decomposition: (a, b) => [{ gate: 'u', targets: [0], angles: [a, b, 0] }] };
    const source = circuit({ numQubits: 1, operations: [op(gate, [0], 'a', '2*b')] });
    const values = { a: 0.3, b: 0.8 };
    expect(
      distanceUpToPhase(
        statevector(source, values),
        gates.u.matrix(0.3, 1.6, 0).filter((_, i) => i % 4 < 2),
      ),
    ).toBeLessThan(1e-15);
    const { jacobian } = adjoint.jacobian(source, 'X', values);
    // ⟨X⟩ = sin a · cos 2b
    expect(jacobian.a[0]).toBeCloseTo(Math.cos(0.3) * Math.cos(1.6), 14);
    expect(jacobian.b[0]).toBeCloseTo(-2 * Math.sin(0.3) * Math.sin(1.6), 14);
  });

  test('with a generator needs nothing else, for gradients too', () => {
    const gate: Gate = { ...gates.rzz, name: 'mine' };
    const of = (g: Gate) =>
      circuit({
        numQubits: 2,
        operations: [op('h', [0]), op('ry', [1], 0.4), op(g, [0, 1], 'a^2'), op('rx', [0], 'a')],
      });
    const [mine, row] = [of(gate), of(gates.rzz)].map((source) =>
      parameterShift.jacobian(source, ['Z', 'XZ'], { a: [0.3, 1.4] }),
    );
    expect(largestDifference(mine.jacobian.a, row.jacobian.a)).toBe(0);
    expect(mine.values).toEqual(row.values);
  });
});
