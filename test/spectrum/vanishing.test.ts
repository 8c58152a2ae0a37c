import { describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { circuit, op } from '../../circuits/circuit.js';
import { planActivation } from '../../src/activation/plan.js';
import { vanishingFrequencies } from '../../src/spectrum/vanishing.js';

const of = (name: keyof typeof ansatze, reps: number, values = {}) =>
  vanishingFrequencies(planActivation(ansatze[name].circuit(reps)), { values });
const said = (list: ReturnType<typeof of>) =>
  list.map(({ frequency, part, reason }) => `${frequency} ${part} ${reason}`);
const own = (...operations: ReturnType<typeof op>[]) =>
  said(vanishingFrequencies(planActivation(circuit({ numQubits: 1, data: ['x'], operations }))));

describe('What vanishes, and why:', () => {
  it('nothing of pz and mix', () => {
    for (const reps of [1, 2, 4]) {
      expect(of('pz', reps)).toEqual([]);
      expect(of('mix', reps)).toEqual([]);
    }
  });

  it.each([2, 3])(
    'nothing of pz, mix, or rpz with biases, with weights %i^l: every integer up to the highest is there',
    (base) => {
      for (const name of ['pz', 'mix', 'rpz'] as const) {
        for (const reps of [2, 3, 4, 5]) {
          const weights = Array.from({ length: reps }, (_, l) => [`w_${l}`, base ** l]);
          const biases = Array.from({ length: reps }, (_, l) => [`b_${l}`, Math.sqrt(2 + l)]);
          expect(of(name, reps, Object.fromEntries([...weights, ...biases]))).toEqual([]);
        }
      }
    },
  );

  it('the sines of rpz without biases, which is even; nothing of it with them', () => {
    expect(said(of('rpz', 3))).toEqual(['1 im even', '2 im even', '3 im even']);
    expect(of('rpz', 3, { b_0: 0.3, b_1: -0.2, b_2: 1 })).toEqual([]);
    // Equal biases move the function: f(x) = even(x + b) is not even about 0.
    expect(of('rpz', 1, { b_0: 0.3 })).toEqual([]);
  });

  it('the cosines of px and its constant, since it is odd in acos x', () => {
    expect(said(of('px', 3))).toEqual(['0 both odd', '1 re odd', '2 re odd', '3 re odd']);
  });

  it('all of real but one cosine, for no path leads elsewhere', () => {
    expect(said(of('real', 4))).toEqual([0, 1, 2, 3].map((k) => `${k} both selection`));
    expect(said(of('real', 2, { w_1: 2.5 }))).toEqual([
      '0 both selection',
      '1 both selection',
      '1.5 both selection',
      '2.5 both selection',
    ]);
  });

  it('what a data gate would do that meets its own eigenstate', () => {
    // The first gate acts on |0⟩ along its own axis: the function does not see it.
    expect(own(op('rz', [0], '3*x'), op('ry', [0], 'a'), op('rz', [0], 'x'), op('ry', [0], 'b'))).toEqual([
      '1 im even',
      '2 both selection',
      '3 both selection',
      '4 both selection',
    ]);
  });

  it('what gates about one axis do apart, if nothing but turns about that axis is between them', () => {
    expect(
      own(op('ry', [0], 'a'), op('rz', [0], 'x'), op('rz', [0], 'b'), op('rz', [0], '2*x'), op('ry', [0], 'c')),
    ).toEqual(['1 both selection', '2 both selection']);
  });

  it('a constant that only a component along the axis of the data could make', () => {
    expect(own(op('ry', [0], 'x'))).toEqual(['0 both selection', '1 im even']);
    expect(own(op('h', [0]), op('ry', [0], 'x'))).toEqual(['0 both selection', '1 re odd']);
  });
});
