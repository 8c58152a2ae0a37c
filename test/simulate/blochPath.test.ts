import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { gates } from '../../circuits/gates.js';
import { blochPath } from '../../src/simulate/blochPath.js';
import { expectation } from '../../src/simulate/simulate.js';
import { randomCircuit } from '../circuits/randomCircuit.js';

const last = ({ points }: { readonly points: Float64Array }): number[] => Array.from(points.subarray(-3));
const lengths = ({ points }: { readonly points: Float64Array }): number[] =>
  Array.from({ length: points.length / 3 }, (_, k) => Math.hypot(...points.subarray(3 * k, 3 * k + 3)));
/** Rounding of one rotation, with room for the few dozen that follow each other. */
const EPSILON = 64 * Number.EPSILON;

describe('The path on the Bloch sphere', () => {
  it('ends each gate of a random circuit where ⟨X⟩, ⟨Y⟩, ⟨Z⟩ say, on every qubit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 3 }), (seed, numQubits) => {
        const source = randomCircuit(seed, numQubits, 12);
        for (let qubit = 0; qubit < numQubits; qubit++) {
          const { steps } = blochPath(source, {}, qubit);
          const words = ['X', 'Y', 'Z'].map((letter) => 'I'.repeat(qubit) + letter);
          const end = [...expectation(source, words)];
          const reached = steps.length > 0 ? last(steps[steps.length - 1]) : [0, 0, 1];
          for (let k = 0; k < 3; k++) expect(Math.abs(reached[k] - end[k])).toBeLessThan(EPSILON);
        }
      }),
      { seed: 20261102, numRuns: 60 },
    );
  });

  it('is continuous, and keeps its distance from the centre along every arc', () => {
    const source = ansatze.pz.circuit(3);
    const values = Object.fromEntries([...source.parameters, 'x'].map((name, k) => [name, 3 * Math.sin(k + 1)]));
    const { steps } = blochPath(source, values);
    expect(steps).toHaveLength(source.operations.length);
    let before = [0, 0, 1];
    for (const step of steps) {
      expect(Array.from(step.points.subarray(0, 3))).toEqual(before);
      for (const length of lengths(step)) expect(Math.abs(length - 1)).toBeLessThan(EPSILON);
      before = last(step);
    }
    expect(steps.map(({ role }) => role).slice(0, 4)).toEqual(['fixed', 'trainable', 'trainable', 'data']);
  });

  it('turns the way that the angle says, as far as it says', () => {
    const quarter = (angle: number) =>
      blochPath(circuit({ numQubits: 1, operations: [op('rx', [0], angle)] })).steps[0].points;
    const middle = (points: Float64Array) => points.subarray(3 * Math.floor((points.length / 3 - 1) / 2)).slice(0, 3);
    expect(middle(quarter(Math.PI))[1]).toBeCloseTo(-1, 12); // Rx(π/2)|0⟩ has ⟨Y⟩ = −1
    expect(middle(quarter(-Math.PI))[1]).toBeCloseTo(1, 12);
    expect(middle(quarter(2 * Math.PI))[2]).toBeCloseTo(-1, 12); // a whole turn is not nothing
    expect(quarter(9 * Math.PI).length).toBeLessThan(3 * 200); // and four turns are not drawn four times
    expect(last({ points: quarter(9 * Math.PI) })[2]).toBeCloseTo(-1, 12);
  });

  it('takes the shorter way for gates without an angle', () => {
    for (const gate of Object.values(gates).filter(
      ({ numTargets, parameters }) => numTargets === 1 && parameters.length === 0,
    )) {
      const start = [op('ry', [0], 0.7), op('rz', [0], 0.4)];
      const { steps } = blochPath(circuit({ numQubits: 1, operations: [...start, op(gate, [0])] }));
      const { points } = steps[2];
      let way = 0;
      for (let k = 3; k < points.length; k++) way += (points[k] - points[k - 3]) ** 2;
      expect(points.length / 3, gate.name).toBeLessThanOrEqual(50);
      expect(Math.sqrt(way)).toBeLessThan(Math.PI);
    }
  });

  it('goes straight, into the sphere, where a gate entangles, and passes over gates elsewhere', () => {
    const bell = circuit({ numQubits: 2, operations: [op('h', [0]), op('t', [1]), controlled(op('x', [1]), 0)] });
    const { steps } = blochPath(bell);
    expect(steps.map(({ gate }) => gate)).toEqual(['h', 'x']);
    expect(steps[1].points).toHaveLength(6);
    expect(Math.hypot(...last(steps[1]))).toBeLessThan(EPSILON);
  });
});
