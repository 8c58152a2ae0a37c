import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { gates } from '../../circuits/gates.js';
import { fromQasm2 } from '../../circuits/text/fromQasm.js';
import { circuitSvg } from '../../src/plot/circuit/circuit.js';
import { foldRepeats } from '../../src/plot/circuit/repeats.js';
import { sourceSteps } from '../../src/plot/circuit/steps.js';
import { randomCircuit } from '../circuits/randomCircuit.js';
import { numbersOf, parse, select, textsOf } from './picture.js';

const rows = (svg: string) => select(parse(svg), '.row');
const steps = (svg: string) => select(parse(svg), '.step');
const descriptions = (svg: string): string[] => steps(svg).map(({ children }) => children[0].text);

describe('The picture of a circuit', () => {
  it('draws each operation once, in every row of the gate table', () => {
    const operations = Object.values(gates).map((gate) =>
      op(
        gate,
        Array.from({ length: gate.numTargets }, (_, q) => q),
        ...gate.parameters.map(() => 'x'),
      ),
    );
    const svg = circuitSvg(circuit({ numQubits: 2, data: ['x'], operations }));
    expect(steps(svg)).toHaveLength(operations.length - 1); // all but the global phase, which has a line of its own
    const { children } = select(parse(svg), 'text').find(({ text }) => text.startsWith('global phase')) ?? {};
    expect(children).toBeDefined();
  });

  it('puts what follows on a qubit to the right, and what shares no qubit above each other', () => {
    const svg = circuitSvg(circuit({ numQubits: 2, operations: [op('h', [0]), op('x', [1]), op('z', [0])] }));
    const at = steps(svg).map((step) => Number(select(step, 'rect')[0].attributes.x));
    expect(at[0]).toBe(at[1]);
    expect(at[2]).toBeGreaterThan(at[0]);
  });

  it('tells controls on |1⟩, filled, from those on |0⟩, open', () => {
    const gate = controlled(op('x', [2]), 0, { qubit: 1, value: 0 });
    const [filled, open, plus] = select(parse(circuitSvg(circuit({ numQubits: 3, operations: [gate] }))), 'circle');
    expect(filled.attributes.class).toBe('fill-ink');
    expect(open.attributes.class).toContain('fill-background');
    expect([open.attributes.r, plus.attributes.r].map(Number)).toEqual([4.5, 9.5]);
    expect(descriptions(circuitSvg(circuit({ numQubits: 3, operations: [gate] })))).toEqual([
      'x on q2 where q0 = 1, q1 = 0',
    ]);
  });

  it('writes angles with Greek letters, lowered indices and multiples of π', () => {
    const source = circuit({ numQubits: 1, data: ['x'], operations: [op('rz', [0], 'w_0*x - pi/2 + theta_1_2^2')] });
    const text = select(parse(circuitSvg(source)), 'text').at(-1);
    const [angle] = select(steps(circuitSvg(source))[0], 'text').slice(-1);
    expect(text).toBeDefined();
    expect(select(angle, 'tspan').map(({ text: part }) => part)).toEqual(['0', '\u2009x − π/2 + θ', '1,2', '2']);
  });

  it('goes on in further rows, none wider than asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 320, max: 1200 }), fc.integer({ min: 1, max: 12 }), (most, reps) => {
        const source = ansatze.pz.circuit(reps);
        const root = parse(circuitSvg(source, { width: most }));
        const right = Number(root.attributes.width);
        expect(right).toBeLessThanOrEqual(most);
        expect(select(root, '.step')).toHaveLength(source.operations.length);
        for (const { attributes } of select(root, 'rect').slice(1)) {
          expect(Number(attributes.x) + Number(attributes.width)).toBeLessThanOrEqual(right);
        }
      }),
      { seed: 20261101, numRuns: 20 },
    );
    expect(rows(circuitSvg(ansatze.pz.circuit(12), { width: 360 })).length).toBeGreaterThan(3);
  });

  it('draws any circuit within its bounds', () => {
    for (let seed = 0; seed < 20; seed++) {
      const svg = circuitSvg(randomCircuit(seed, 4, 20), { width: 500 });
      const [, , right, bottom] = parse(svg).attributes.viewBox.split(' ').map(Number);
      for (const { attributes } of select(parse(svg), 'rect').slice(1)) {
        const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => Number(attributes[name]));
        expect(Math.min(x, y, right - x - w, bottom - y - h)).toBeGreaterThanOrEqual(0);
      }
      for (const { attributes } of select(parse(svg), 'path'))
        expect(numbersOf(attributes.d)).not.toContain(Number.NaN);
    }
  });

  it('shows measurements, resets and conditions on a line of bits', () => {
    const program = `OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[1];
      h q[0]; measure q[0] -> c[0]; if (c == 1) x q[1]; reset q[0];`;
    const svg = circuitSvg(fromQasm2(program));
    expect(descriptions(svg)).toEqual(['h on q0', 'measure qubit 0 into c', 'x on q1 if c = 1', 'reset qubit 0']);
    expect(textsOf(parse(svg))).toEqual(expect.arrayContaining(['bits', 'c', 'c = 1', '|0⟩', 'q[0]']));
  });

  it('tells data, parameters and what is fixed apart, and says so in a legend', () => {
    const texts = textsOf(parse(circuitSvg(ansatze.pz.circuit(1))));
    expect(texts).toEqual(expect.arrayContaining(['data', 'parameters', 'fixed']));
    expect(textsOf(parse(circuitSvg(circuit({ numQubits: 1, operations: [op('h', [0])] }))))).not.toContain('fixed');
  });
});

describe('Repeated blocks', () => {
  const fold = (source: Parameters<typeof sourceSteps>[0]) => foldRepeats(sourceSteps(source));
  const shape = (source: Parameters<typeof sourceSteps>[0]) =>
    fold(source).map(({ steps: own, count }) => [own.length, count]);

  it('are found in every ansatz, and unfold to all its steps', () => {
    expect(shape(ansatze.pz.circuit(3))).toEqual([
      [1, 1],
      [3, 3],
      [2, 1],
    ]);
    expect(shape(ansatze.real.circuit(4))).toEqual([
      [1, 1],
      [4, 4],
    ]);
    expect(shape(entanglingAnsatze.brick.circuit(3, 4))).toEqual([
      [20, 2],
      [6, 1],
    ]); // odd and even layers differ
    for (const family of Object.values(entanglingAnsatze)) {
      const source = family.circuit(4, 5);
      const unfolded = fold(source).reduce((sum, { steps: own, count }) => sum + own.length * count, 0);
      expect(unfolded).toBe(source.operations.length);
    }
  });

  it('are none where angles, targets or controls differ', () => {
    const differing = [op('rx', [0], 0.1), op('h', [0]), op('rx', [0], 0.2), op('h', [0])];
    expect(shape(circuit({ numQubits: 1, operations: differing }))).toEqual([[4, 1]]);
    const uneven = ['t_0', 't_1', 't_3'].flatMap((name) => [op('rx', [0], name), op('h', [0])]);
    expect(shape(circuit({ numQubits: 1, operations: uneven }))).toEqual([
      [2, 2],
      [2, 1],
    ]);
  });

  it('are drawn once, with their index in the names and what it runs through above', () => {
    const svg = circuitSvg(ansatze.pz.circuit(5), { repeats: 'fold' });
    expect(steps(svg)).toHaveLength(6);
    expect(textsOf(parse(svg))).toContain('l = 0, 1, …, 4');
    expect(select(parse(svg), 'tspan').map(({ text }) => text)).toContain('l,0');
    const same = circuit({ numQubits: 1, operations: [1, 2, 3].flatMap(() => [op('h', [0]), op('t', [0])]) });
    expect(textsOf(parse(circuitSvg(same, { repeats: 'fold' })))).toContain('× 3');
  });
});
