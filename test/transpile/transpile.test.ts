import { describe, expect, it } from 'vitest';
import { bind, circuit, controlled, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { type Coupling, gridCoupling, lineCoupling, ringCoupling } from '../../src/transpile/coupling.js';
import { isNative, type Target, targets } from '../../src/transpile/targets.js';
import { type Transpiled, transpile } from '../../src/transpile/transpile.js';
import { randomCircuit } from '../circuits/randomCircuit.js';
import { difference, randomPair, randomTurn, unitaryThrough } from './equality.js';

/** |entry|² of each entry. */
const squares = (a: Float64Array): number[] =>
  Array.from({ length: a.length / 2 }, (_, i) => a[2 * i] ** 2 + a[2 * i + 1] ** 2);

const all: readonly Target[] = Object.values(targets);

/** Some thousand roundings: products of 4×4 matrices and decompositions, some hundred gates. */
const TOLERANCE = 4000 * Number.EPSILON;

const expectNative = ({ circuit: { operations }, target }: Transpiled): void => {
  const foreign = operations.find((operation) => !isNative(target, operation));
  expect(foreign && `${foreign.gate.name}(${foreign.angles.join()})`).toBeUndefined();
};

describe.each(all.map((target) => [target.name, target] as const))('For %s', (_, target) => {
  it('one-qubit unitaries keep their matrix, in native gates', () => {
    const random = new Random(31);
    for (let k = 0; k < 60; k++) {
      const source = randomTurn(random, k % 2 === 0);
      const made = transpile(source, { target });
      expectNative(made);
      expect(difference(source, made), `draw ${k}`).toBeLessThan(TOLERANCE);
      expect(made.statistics.after.operations).toBeLessThanOrEqual(5);
    }
  });

  it('two-qubit unitaries keep their matrix, with at most three entangling gates', () => {
    const random = new Random(32);
    for (let k = 0; k < 60; k++) {
      const source = randomPair(random, k % 2 === 0);
      const made = transpile(source, { target });
      expectNative(made);
      expect(difference(source, made), `draw ${k}`).toBeLessThan(TOLERANCE);
      expect(made.statistics.after.twoQubit).toBeLessThanOrEqual(3);
    }
  });

  it('circuits of five qubits keep their unitary, on a line', () => {
    for (let seed = 0; seed < 2; seed++) {
      const source = randomCircuit(seed, 5, 25, 1);
      const made = transpile(source, { target, coupling: lineCoupling(5), seed });
      expectNative(made);
      expect(difference(source, made), `seed ${seed}`).toBeLessThan(TOLERANCE);
    }
  });

  it('formulas stay formulas, and hold for any values', () => {
    const source = circuit({
      numQubits: 2,
      data: ['x'],
      operations: [
        op('ry', [0], 'w*x + b'),
        controlled(op('rx', [1], 'theta'), 0),
        op('rzz', [0, 1], 'x'),
        op('u', [1], 'a', 'x', 'theta'),
        op('h', [0]),
      ],
    });
    const made = transpile(source, { target });
    expectNative(made);
    expect(made.circuit.data).toEqual(['x']);
    expect([...made.circuit.parameters].sort()).toEqual(['a', 'b', 'theta', 'w']);
    const values = { w: 0.3, x: 1.7, b: -0.2, theta: 2.2, a: 0.9 };
    expect(difference(source, made, values)).toBeLessThan(TOLERANCE);
    expect(difference(bind(source, values), transpile(bind(source, values), { target }))).toBeLessThan(TOLERANCE);
  });

  it('what is left of a circuit and its inverse is nothing', () => {
    const { circuit: made } = transpile(
      circuit({ numQubits: 2, operations: [op('h', [0]), op('ecr', [0, 1]), op('ecr', [0, 1]), op('h', [0])] }),
      { target },
    );
    expect(made.operations).toEqual([]);
  });
});

/** How many entangling gates each target spends on known unitaries: [identity, cx, iswap, two cx around turns, swap]. */
const costs: Readonly<Record<string, readonly number[]>> = {
  'ibm-eagle': [0, 1, 2, 2, 3],
  'ibm-heron': [0, 1, 2, 2, 3],
  'ionq-aria': [0, 1, 2, 1, 3],
  'ionq-forte': [0, 1, 2, 1, 3],
  'rigetti-ankaa': [0, 2, 1, 2, 3],
  'quantinuum-h': [0, 1, 2, 1, 3],
  iqm: [0, 1, 2, 2, 3],
};

it.each(all.map((target) => [target.name, target] as const))(
  '%s spends the least on known unitaries',
  (name, target) => {
    const cx = controlled(op('x', [1]), 0);
    const known = [
      [op('h', [0]), op('rz', [1], 0.3)],
      [cx],
      [op('iswap', [0, 1])],
      [cx, op('ry', [0], 0.4), op('rx', [1], 0.7), cx],
      [op('swap', [0, 1])],
    ];
    const found = known.map((operations) => transpile(circuit({ numQubits: 2, operations }), { target }).statistics);
    expect(found.map(({ after }) => after.twoQubit)).toEqual(costs[name]);
  },
);

const maps: readonly (readonly [string, Coupling])[] = [
  ['a line', lineCoupling(6)],
  ['a ring', ringCoupling(7)],
  ['a grid', gridCoupling(2, 4)],
  ['a star', { numQubits: 6, edges: [1, 2, 3, 4, 5].map((k) => [k, 0] as const) }],
];

describe.each(maps)('On %s', (_, coupling) => {
  it('every entangling gate is on an edge, in its direction, and the unitary is kept', () => {
    const has = (a: number, b: number): boolean => coupling.edges.some(([x, y]) => x === a && y === b);
    for (const seed of [1, 2]) {
      const source = randomCircuit(seed, 5, 15, 1);
      const made = transpile(source, { target: 'ibm-eagle', coupling, seed });
      for (const { targets: qubits } of made.circuit.operations) {
        const [a, b] = qubits.map((qubit) => made.layout.deviceQubits[qubit]);
        if (b !== undefined) expect(has(a, b), `${a}, ${b}`).toBe(true);
      }
      expect(difference(source, made)).toBeLessThan(TOLERANCE);
    }
  });
});

describe('Routing', () => {
  it('adds no swap where the circuit fits the device', () => {
    const operations = [0, 1, 2, 3].map((k) => controlled(op('x', [k + 1]), k));
    const made = transpile(circuit({ numQubits: 5, operations }), { target: 'iqm', coupling: lineCoupling(5) });
    expect([made.statistics.swaps, made.statistics.after.twoQubit]).toEqual([0, 4]);
  });

  it('needs one swap for a triangle on a line', () => {
    const operations = [controlled(op('x', [1]), 0), controlled(op('x', [2]), 1), controlled(op('x', [0]), 2)];
    const source = circuit({ numQubits: 3, operations });
    expect(transpile(source, { target: 'iqm', coupling: lineCoupling(3), seed: 1 }).statistics.swaps).toBe(1);
  });

  it('gives the same circuit for the same seed', () => {
    const source = randomCircuit(4, 5, 20, 1);
    const make = (seed: number) => transpile(source, { target: 'ibm-heron', coupling: gridCoupling(2, 3), seed });
    expect(make(3)).toEqual(make(3));
  });

  it('starts where it is told, and chooses the qubits of the fewest errors otherwise', () => {
    const source = circuit({ numQubits: 2, operations: [controlled(op('x', [1]), 0)] });
    const coupling = lineCoupling(5);
    const told = transpile(source, { target: 'iqm', coupling, initialLayout: [4, 3] });
    expect(told.layout).toEqual({ deviceQubits: [3, 4], initial: [1, 0], final: [1, 0] });
    const twoQubit = coupling.edges.map(([a, b]) => [a, b, a === 2 ? 0.001 : 0.02] as const);
    expect(transpile(source, { target: 'iqm', coupling, errors: { twoQubit } }).layout.deviceQubits).toEqual([2, 3]);
    const readout = [0.1, 0.01, 0.02, 0.1, 0.1];
    expect(transpile(source, { target: 'iqm', coupling, errors: { readout } }).layout.deviceQubits).toEqual([1, 2]);
  });

  it('goes around pairs that fail often', () => {
    const coupling = ringCoupling(6);
    const source = circuit({ numQubits: 6, operations: [controlled(op('x', [3]), 0)] });
    const twoQubit = coupling.edges.map(([a, b], k) => [a, b, k === 1 ? 0.3 : 0.001] as const);
    const made = transpile(source, {
      ...{ target: 'iqm', coupling, errors: { twoQubit } },
      initialLayout: [0, 1, 2, 3, 4, 5],
    });
    const pairs = made.circuit.operations.flatMap(({ targets: [t], controls }) =>
      controls.map(({ qubit }) => [qubit, t].sort().join()),
    );
    expect(pairs).not.toContain('1,2');
    expect(pairs.length).toBeGreaterThan(3);
  });
});

it('Turns about Z at the end are dropped on request, and no probability changes', () => {
  const source = randomCircuit(9, 3, 12, 1);
  for (const target of all) {
    const [kept, dropped] = (['keep', 'drop'] as const).map((finalPhases) =>
      transpile(source, { target, finalPhases }),
    );
    expect(dropped.circuit.operations.length).toBeLessThan(kept.circuit.operations.length);
    const [a, b] = [kept, dropped].map(({ circuit: made, layout }) => squares(unitaryThrough(made, layout)));
    expect(Math.max(...a.map((value, i) => Math.abs(value - b[i])))).toBeLessThan(TOLERANCE);
  }
});
