import { describe, expect, it } from 'vitest';
import { formatAngle } from '../../circuits/angle/format.js';
import { append, bind, circuit, compose, controlled, gateNamed, inverse, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { distance, identity, product } from '../../circuits/matrix.js';
import { randomCircuit } from './randomCircuit.js';
import { circuitUnitary } from './unitary.js';

const seeds = [1, 2, 3, 4, 5, 6];
/** Rounding of a product of 30 matrices of at most 16 rows. */
const TOLERANCE = 30 * 16 * Number.EPSILON;

describe('circuit', () => {
  const source = circuit({
    numQubits: 2,
    data: ['x'],
    operations: [op('ry', [0], 'theta'), controlled(op('rx', [1], 'w*x + b'), 0), op('rz', [1], 'theta')],
  });

  it('lists as parameters all symbols that are not data, in order of appearance', () => {
    expect(source.parameters).toEqual(['theta', 'w', 'b']);
    expect(source.data).toEqual(['x']);
  });

  it('binds symbols to numbers, to other symbols and to text', () => {
    const bound = bind(source, { theta: 0.5, x: '2*y' }, ['y']);
    expect(bound.data).toEqual(['y']);
    expect(bound.parameters).toEqual(['w', 'b']);
    expect(bound.operations.map(({ angles }) => angles.map((angle) => formatAngle(angle)))).toEqual([
      ['0.5'],
      ['w*(2*y) + b'],
      ['0.5'],
    ]);
  });

  it('has the same unitary whether symbols are bound before or at evaluation', () => {
    const values = { theta: 0.3, w: -1.1, b: 0.2, x: 0.9 };
    expect(distance(circuitUnitary(bind(source, values)), circuitUnitary(source, values))).toBe(0);
  });

  it('is not changed by what is built from it', () => {
    const before = JSON.stringify(source);
    append(source, op('x', [0]));
    controlled(source, 3);
    bind(source, { w: 1 });
    inverse(source);
    expect(JSON.stringify(source)).toBe(before);
  });

  it('takes a gate of the user by value', () => {
    const twoTurns: Gate = { ...gates.x, name: 'mine', matrix: () => gates.y.matrix(), inverse: () => [] };
    const unitary = circuitUnitary(circuit({ numQubits: 1, operations: [op(twoTurns, [0])] }));
    expect(distance(unitary, gates.y.matrix())).toBe(0);
    expect(gateNamed('rx')).toBe(gates.rx);
  });
});

describe.each(seeds)('random circuit of seed %i', (seed) => {
  const a = randomCircuit(seed, 3, 12);
  const b = randomCircuit(seed + 100, 3, 12);

  it('compose multiplies unitaries, the first circuit first', () => {
    const both = circuitUnitary(compose(a, b));
    expect(distance(both, product(circuitUnitary(b), circuitUnitary(a)))).toBeLessThan(TOLERANCE);
  });

  it('inverse undoes it, global phase included', () => {
    expect(distance(circuitUnitary(compose(a, inverse(a))), identity(8))).toBeLessThan(TOLERANCE);
  });

  it('controlled acts as it on one half of the space and not at all on the other', () => {
    const plain = circuitUnitary(a);
    for (const value of [0, 1] as const) {
      const wide = circuitUnitary(controlled(a, { qubit: 3, value }));
      for (let row = 0; row < 16; row++) {
        for (let column = 0; column < 16; column++) {
          const inside = row >> 3 === value && column >> 3 === value;
          const expectedRe = inside ? plain[2 * ((row & 7) * 8 + (column & 7))] : row === column ? 1 : 0;
          const expectedIm = inside ? plain[2 * ((row & 7) * 8 + (column & 7)) + 1] : 0;
          expect(Math.abs(wide[2 * (row * 16 + column)] - expectedRe)).toBeLessThan(TOLERANCE);
          expect(Math.abs(wide[2 * (row * 16 + column) + 1] - expectedIm)).toBeLessThan(TOLERANCE);
        }
      }
    }
  });
});
