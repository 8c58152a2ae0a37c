import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountsShape, readCounts, writeCounts } from '../../src/deploy/counts.js';

const shapes: readonly CountsShape[] = ['ibm', 'ionq', 'braket'];
const list = (found: ReadonlyMap<number, number>) => [...found].sort(([a], [b]) => a - b);

describe('Counts', () => {
  it.each([
    ['Qiskit: qubit 0 is the last character', { '110': 30, '001': 70 }, 'ibm'],
    ['Qiskit: spaces stand between registers', { '1 10': 30, '0 01': 70 }, 'ibm'],
    ['Qiskit: raw results are hexadecimal', { '0x6': 30, '0x1': 70 }, 'ibm'],
    ['IonQ: keys are integers, values probabilities', { '6': 0.3, '1': 0.7 }, 'ionq'],
    ['IonQ: under the key of a job', { probabilities: { '6': 0.3, '1': 0.7 } }, 'ionq'],
    ['Braket: qubit 0 is the first character', { measurementCounts: { '011': 30, '100': 70 } }, 'braket'],
    [
      'Braket: unless the order is said',
      { measuredQubits: [2, 0, 1], measurementCounts: { '101': 30, '010': 70 } },
      'braket',
    ],
  ] as const)('%s', (_, source, shape) => {
    expect(list(readCounts(source, shape, 3, 100))).toEqual([
      [1, 70],
      [6, 30],
    ]);
    expect(list(readCounts(JSON.stringify(source), shape, 3, 100))).toEqual([
      [1, 70],
      [6, 30],
    ]);
  });

  it('are counted by Braket shot by shot too', () => {
    const measurements = [
      [0, 1, 1],
      [1, 0, 0],
      [0, 1, 1],
    ];
    expect(list(readCounts({ measurements, measuredQubits: [0, 1, 2] }, 'braket', 3, 3))).toEqual([
      [1, 1],
      [6, 2],
    ]);
  });

  it.each(shapes)('survive being written and read: %s', (shape) => {
    const histograms = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 2 ** 20 - 1 }), fc.integer({ min: 1, max: 999 })),
      {
        selector: ([index]) => index,
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(histograms, (entries) => {
        const shots = entries.reduce((sum, [, count]) => sum + count, 0);
        const text = JSON.stringify(writeCounts(new Map(entries), shape, 20));
        const found = list(readCounts(text, shape, 20, shots));
        expect(found.map(([index]) => index)).toEqual(list(new Map(entries)).map(([index]) => index));
        found.forEach(([index, count]) => {
          expect(Math.abs(count - new Map(entries).get(index)!)).toBeLessThan(1e-12 * shots);
        });
      }),
      { seed: 3, numRuns: 50 },
    );
  });
});
