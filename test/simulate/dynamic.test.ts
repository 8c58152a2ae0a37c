import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toCircuit } from '../../circuits/dynamicCircuit.js';
import { fromQasm2, fromQasm3 } from '../../circuits/text/fromQasm.js';
import { sampleDynamic } from '../../src/simulate/dynamic.js';
import { probabilities } from '../../src/simulate/simulate.js';

const folder = new URL('../fixtures/qasm2/corpus/', import.meta.url);
const load = (name: string) => fromQasm2(readFileSync(new URL(`${name}.qasm`, folder), 'utf8'), { name });

/** How often each text of bits occurs, the last bit of the program first. */
function tally(bits: Uint8Array, numBits: number): Record<string, number> {
  const result: Record<string, number> = {};
  for (let at = 0; at < bits.length; at += numBits) {
    const key = [...bits.subarray(at, at + numBits)].reverse().join('');
    result[key] = (result[key] ?? 0) + 1;
  }
  return result;
}

const run = (name: string, shots: number): Record<string, number> => {
  const source = load(name);
  return tally(sampleDynamic(source, shots, 11), source.numBits);
};

/** Five standard deviations of a count. */
const spread = (shots: number, chance: number): number => 5 * Math.sqrt(shots * chance * (1 - chance));

describe('Programs as people write them', () => {
  it('ghz: all bits agree, either way equally often', () => {
    const found = run('ghz', 4000);
    expect(Object.keys(found).sort()).toEqual(['00000', '11111']);
    expect(Math.abs(found['11111'] - 2000)).toBeLessThan(spread(4000, 0.5));
  });

  it('qft: the inverse gives back 5', () => {
    expect(run('qft', 100)).toEqual({ '0101': 100 });
  });

  it('grover: two rounds find 110 with the chance sin²(5 asin(1/√8))', () => {
    const chance = Math.sin(5 * Math.asin(Math.sqrt(1 / 8))) ** 2;
    expect(Math.abs(run('grover', 4000)['110'] - 4000 * chance)).toBeLessThan(spread(4000, chance));
  });

  it('adder: 5 + 11 = 16', () => {
    expect(run('adder', 50)).toEqual({ 10000: 50 });
  });

  it('ansatz: shots have the probabilities of the circuit', () => {
    const source = load('ansatz');
    const exact = probabilities(toCircuit(source).circuit);
    const found = run('ansatz', 20_000);
    for (const [index, chance] of exact.entries()) {
      const count = found[index.toString(2).padStart(3, '0')] ?? 0;
      expect(Math.abs(count - 20_000 * chance)).toBeLessThan(spread(20_000, chance) + 1);
    }
  });

  it('teleportation: what arrives turns back to 0, whatever was measured', () => {
    const found = run('teleportation', 2000);
    expect(Object.keys(found).sort()).toEqual(['000', '001', '010', '011']);
    for (const count of Object.values(found)) expect(Math.abs(count - 500)).toBeLessThan(spread(2000, 0.25));
  });

  it('phase estimation: 5/8 is found bit by bit', () => {
    expect(run('phase_estimation', 200)).toEqual({ '101': 200 });
  });

  it('repetition code: the flip is found and undone', () => {
    expect(run('repetition_code', 50)).toEqual({ 11111: 50 });
  });

  it('every program of the corpus has a test above', () => {
    const names = readdirSync(folder).map((file) => file.replace('.qasm', ''));
    expect(names.sort()).toEqual(
      'adder ansatz ghz grover phase_estimation qft repetition_code teleportation'.split(' '),
    );
  });
});

describe('sampleDynamic', () => {
  const head = 'include "stdgates.inc";';

  it('measures mid-circuit: what is measured again is the same', () => {
    const source = fromQasm3(
      `${head} qubit q; bit[3] c; h q; c[0] = measure q; c[1] = measure q; x q; c[2] = measure q;`,
    );
    const found = tally(sampleDynamic(source, 1000, 3), 3);
    expect(Object.keys(found).sort()).toEqual(['011', '100']);
  });

  it('resets an entangled qubit, and leaves the other one mixed', () => {
    const source = fromQasm3(`${head} qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; reset q[0]; c = measure q;`);
    const found = tally(sampleDynamic(source, 1000, 3), 2);
    expect(Object.keys(found).sort()).toEqual(['00', '10']);
    expect(Math.abs(found['10'] - 500)).toBeLessThan(spread(1000, 0.5));
  });

  it('takes the other branch, and conditions inside conditions', () => {
    const source = fromQasm3(
      `${head} qubit[2] q; bit[2] c; h q[0]; c[0] = measure q[0];
       if (c[0]) { x q[1]; if (c == 1) { x q[0]; } } else { x q[0]; x q[1]; } c = measure q;`,
    );
    expect(Object.keys(tally(sampleDynamic(source, 200, 3), 2)).sort()).toEqual(['10', '11']);
  });

  it('takes values for symbols, and is reproducible', () => {
    const source = fromQasm3(
      `${head} input float theta; qubit q; bit c; ry(theta) q; c = measure q; if (c) ry(-theta) q;`,
    );
    expect(sampleDynamic(source, 10, 1, { theta: Math.PI })).toEqual(new Uint8Array(10).fill(1));
    const [a, b] = [0, 1].map(() => sampleDynamic(source, 500, 9, { theta: 1 }));
    expect(a).toEqual(b);
    const ones = a.reduce((sum, bit) => sum + bit, 0);
    expect(Math.abs(ones - 500 * Math.sin(0.5) ** 2)).toBeLessThan(spread(500, Math.sin(0.5) ** 2));
    expect(() => sampleDynamic(source, 10, 1, { phi: 1 })).toThrow(
      'sampleDynamic: the circuit has no symbol "phi". It has: theta.',
    );
    expect(() => sampleDynamic(source, 10, 1)).toThrow(/^sampleDynamic: /);
    expect(() => sampleDynamic(source, 0, 1)).toThrow('sampleDynamic: expected shots to be an integer ≥ 1, got 0.');
  });
});
