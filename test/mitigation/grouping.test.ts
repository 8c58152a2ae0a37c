import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { commutesQubitwise, groupWords, measurementCircuit, wordExpectation } from '../../src/mitigation/grouping.js';
import { shotExpectation } from '../../src/mitigation/shotExpectation.js';
import { noisyExpectation, noisyProbabilities } from '../../src/noise/noisy.js';
import { expectation, probabilities } from '../../src/simulate/simulate.js';
import { randomCircuit, randomObservable, randomValues } from '../gradient/randomCircuit.js';
import { randomNoise } from '../noise/models.js';

const words = fc.array(fc.string({ unit: fc.constantFrom('I', 'X', 'Y', 'Z'), minLength: 1, maxLength: 5 }), {
  maxLength: 14,
});

describe('Groups of words', () => {
  it('hold each word once, in a basis that measures it', () => {
    fc.assert(
      fc.property(words, (list) => {
        const groups = groupWords(list);
        const wanted = [...new Set(list)].filter((word) => !/^I*$/.test(word)).sort();
        expect(groups.flatMap((group) => group.words).sort()).toEqual(wanted);
        for (const { basis, words: members } of groups) {
          for (const word of members) {
            for (const [j, letter] of [...word].entries()) if (letter !== 'I') expect(basis[j]).toBe(letter);
          }
        }
        for (const [k, { basis }] of groups.entries()) {
          for (const other of groups.slice(0, k)) expect(commutesQubitwise(basis, other.basis)).toBe(false);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('are few: two for an Ising chain in a field, three for a Heisenberg chain', () => {
    const at = (letters: string, k: number) => 'I'.repeat(k) + letters;
    const ising = [0, 1, 2, 3, 4].flatMap((k) => [at('ZZ', k), at('X', k)]);
    expect(groupWords(ising).length).toBe(2);
    const heisenberg = [0, 1, 2, 3].flatMap((k) => ['XX', 'YY', 'ZZ'].map((letters) => at(letters, k)));
    expect(
      groupWords(heisenberg)
        .map(({ basis }) => basis)
        .sort(),
    ).toEqual(['XXXXX', 'YYYYY', 'ZZZZZ']);
  });

  it.each([1, 2])('lead from counts back to expectations (seed %i)', (seed) => {
    const random = new Random(seed);
    const source = randomCircuit(random, 3, 20);
    const values = randomValues(random, source, 1);
    const list = ['XYZ', 'ZZI', 'IYI', 'IIX', 'ZYX', 'Y'];
    const exact = expectation(source, list, values);
    for (const { basis, words: members } of groupWords(list)) {
      const chances = probabilities(measurementCircuit(source, basis), values);
      for (const word of members) {
        expect(Math.abs(wordExpectation(word, chances) - exact[list.indexOf(word)])).toBeLessThan(1e-13);
      }
    }
  });
});

describe('An expectation from shots', () => {
  it('has the variance (1 − m²)/shots of one word, and the mean', () => {
    const source = circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] });
    const [runs, shots] = [600, 200];
    const a = new Float64Array(runs).fill(0.9);
    const { mean, standardError } = shotExpectation(source, 'Z', shots, 3, { a });
    const m = Math.cos(0.9);
    const average = mean.reduce((sum, value) => sum + value, 0) / runs;
    const variance = mean.reduce((sum, value) => sum + (value - average) ** 2, 0) / (runs - 1);
    const wanted = (1 - m * m) / shots;
    expect(Math.abs(average - m)).toBeLessThan(5 * Math.sqrt(wanted / runs));
    // a sample variance of n normal numbers has the relative deviation √(2/(n − 1))
    expect(Math.abs(variance / wanted - 1)).toBeLessThan(5 * Math.sqrt(2 / (runs - 1)));
    const stated = standardError.reduce((sum, value) => sum + value ** 2, 0) / runs;
    expect(Math.abs(stated / wanted - 1)).toBeLessThan(0.05);
  });

  it.each([1, 2, 3])('of many words agrees with the noisy circuit within 5 standard errors (seed %i)', (seed) => {
    const random = new Random(seed);
    const source = randomCircuit(random, 3, 20);
    const values = randomValues(random, source, 2);
    const { rules } = randomNoise(random, 3);
    const sum = [...randomObservable(random, 3), ['III', 0.7] as [string, number]];
    const exact = noisyExpectation(source, [sum], values, { noise: { rules } });
    const { mean, standardError } = shotExpectation(source, sum, 3000, seed, values, { noise: { rules } });
    expect(mean.length).toBe(2);
    for (const b of [0, 1]) expect(Math.abs(mean[b] - exact[b])).toBeLessThan(5 * standardError[b]);
  });

  it('sees readout errors, and a word of I alone is known', () => {
    const source = circuit({ numQubits: 1, operations: [] });
    const noise = { readout: [{ p01: 0.2, p10: 0 }] };
    expect(noisyProbabilities(source, {}, { noise })).toEqual(Float64Array.of(0.8, 0.2));
    const { mean, standardError } = shotExpectation(source, 'Z', 4000, 5, {}, { noise });
    expect(Math.abs(mean[0] - 0.6)).toBeLessThan(5 * standardError[0]);
    expect(shotExpectation(source, [['I', 2]], 10, 5)).toEqual({
      mean: Float64Array.of(2),
      standardError: Float64Array.of(0),
    });
  });
});
