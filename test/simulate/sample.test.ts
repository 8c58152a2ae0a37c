import { describe, expect, test } from 'vitest';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { counts, sample } from '../../src/simulate/sample.js';
import { probabilities } from '../../src/simulate/simulate.js';
import { randomCircuit, randomValues } from '../gradient/randomCircuit.js';

const bell = circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] });

describe.each([1, 2, 3])('seed %i', (seed) => {
  test('frequencies follow the probabilities (χ² below its 1 − 1e-6 quantile)', () => {
    const random = new Random(seed);
    const source = randomCircuit(random, 4, 40);
    const values = randomValues(random, source, 2);
    const shots = 20000;
    const chances = probabilities(source, values);
    const outcomes = sample(source, shots, seed, values);
    expect(outcomes.length).toBe(2 * shots);
    for (let b = 0; b < 2; b++) {
      const tally = new Float64Array(16);
      for (const index of outcomes.subarray(b * shots, (b + 1) * shots)) tally[index]++;
      let chi = 0;
      let cells = 0;
      let [restSeen, restExpected] = [0, 0];
      tally.forEach((seen, z) => {
        const mean = shots * chances[16 * b + z];
        if (mean < 5) {
          restSeen += seen;
          restExpected += mean;
        } else {
          chi += (seen - mean) ** 2 / mean;
          cells++;
        }
      });
      if (restExpected > 0) chi += (restSeen - restExpected) ** 2 / Math.max(restExpected, 1);
      // Wilson & Hilferty: quantile ≈ k(1 − 2/9k + z√(2/9k))³ with z = 4.753 for 1 − 1e-6.
      const k = Math.max(cells, 1);
      const quantile = k * (1 - 2 / (9 * k) + 4.753 * Math.sqrt(2 / (9 * k))) ** 3;
      expect(chi).toBeLessThan(quantile);
      expect(cells).toBeGreaterThan(3);
    }
  });
});

test('impossible outcomes never occur', () => {
  const outcomes = sample(bell, 5000, 11);
  expect(new Set(outcomes)).toEqual(new Set([0, 3]));
});

test('draws at the very ends of the interval give possible outcomes', () => {
  class Extreme extends Random {
    constructor(private readonly high: boolean) {
      super(1);
    }
    override uniform(low = 0, high = 1): number {
      return this.high ? high : low;
    }
  }
  const flipped = circuit({ numQubits: 2, operations: [op('x', [0])] });
  for (const high of [false, true]) {
    expect(sample(flipped, 3, new Extreme(high))).toEqual(Uint32Array.of(1, 1, 1));
  }
});

test('a certain outcome always occurs', () => {
  const source = circuit({ numQubits: 3, operations: [op('x', [1])] });
  expect(new Set(sample(source, 100, 1))).toEqual(new Set([2]));
});

test('the same seed gives the same samples, and a generator goes on', () => {
  expect(sample(bell, 50, 4)).toEqual(sample(bell, 50, 4));
  const random = new Random(4);
  const [first, second] = [sample(bell, 25, random), sample(bell, 25, random)];
  expect(new Uint32Array([...first, ...second])).toEqual(sample(bell, 50, 4));
});

test('counts are keyed by bit strings with qubit 0 at the right', () => {
  const of = (...qubits: number[]) => circuit({ numQubits: 3, operations: qubits.map((qubit) => op('x', [qubit])) });
  expect(counts(sample(of(0), 10, 1), 3)).toEqual({ '001': 10 });
  expect(counts(sample(of(1, 2), 10, 1), 3)).toEqual({ '110': 10 });
  const tally = counts(sample(bell, 1000, 3), 2);
  expect(Object.keys(tally).sort()).toEqual(['00', '11']);
  expect(tally['00'] + tally['11']).toBe(1000);
});
