import { describe, expect, it } from 'vitest';
import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { circuit, op } from '../../circuits/circuit.js';
import { expressibility } from '../../src/spectrum/expressibility.js';
import { effectiveDimension, quantumFisher } from '../../src/spectrum/fisher.js';
import { gradientVariance } from '../../src/spectrum/gradientVariance.js';
import { redundancy } from '../../src/spectrum/redundancy.js';

describe('The rank of the Jacobian', () => {
  const cases = (['pz', 'mix', 'rpz', 'real'] as const).flatMap((name) => [1, 3].map((r) => [name, r] as const));
  it.each(cases)('of %s, r = %i, is what is known of θ, of θ and b, and of all', (name, r) => {
    const family = ansatze[name];
    const { theta, weights, biases } = family.names(r);
    const values = {
      ...Object.fromEntries(weights.map((w) => [w, 1])),
      ...Object.fromEntries(biases.map((b) => [b, 0])),
    };
    const rank = (trained: readonly string[], fixed: Record<string, number>) =>
      redundancy(family.circuit(r), 'Z', { trained, values: fixed, seed: 3 }).rank;
    const known = {
      pz: [2 * r + 1, 2 * r + 1, 3 * r + 1],
      mix: [2 * r + 1, 2 * r + 1, 3 * r + 1],
      rpz: [r + 1, 2 * r + 1, 3 * r + 1],
      real: [1, 1, 2],
    }[name];
    const fixedWeights = Object.fromEntries(weights.map((w) => [w, 1]));
    expect([
      rank(theta, values),
      rank([...theta, ...biases], fixedWeights),
      rank([...theta, ...biases, ...weights], {}),
    ]).toEqual(known);
  });

  it.each([2, 3])('of pz with weights %i^l is 2r + 1 in θ, whatever the number of frequencies', (base) => {
    const { theta, weights, biases } = ansatze.pz.names(4);
    const values = Object.fromEntries([...weights.map((w, l) => [w, base ** l]), ...biases.map((b) => [b, 0])]);
    const { rank, redundant } = redundancy(ansatze.pz.circuit(4), 'Z', { trained: theta, values });
    expect([rank, redundant]).toEqual([9, 1]);
  });
});

describe('The quantum Fisher information', () => {
  it('of two turns about one axis has rank 1, of generic turns as many as a state has directions', () => {
    const of = (...gates: ('rx' | 'ry' | 'rz')[]) => {
      const operations = [op('h', [0]), ...gates.map((gate, k) => op(gate, [0], `t${k}`))];
      const values = Object.fromEntries(gates.map((_, k) => [`t${k}`, 0.3 + k]));
      return quantumFisher(circuit({ numQubits: 1, operations }), values);
    };
    expect(of('rz', 'rz').rank).toBe(1);
    expect(of('rz', 'ry').rank).toBe(2);
    expect(of('rz', 'ry', 'rz', 'rx').rank).toBe(2);
    expect(of('rz').matrix[0]).toBeCloseTo(1, 14);
  });

  it('is averaged over the data, where more directions are seen', () => {
    const source = ansatze.pz.circuit(1);
    const values = Object.fromEntries(source.parameters.map((name, k) => [name, 0.4 + 0.7 * k]));
    const one = quantumFisher(source, { ...values, x: 0.3 });
    const many = quantumFisher(source, { ...values, x: [0.3, 1.1, -2, 2.5] });
    expect(one.rank).toBe(2);
    expect(many.rank).toBeGreaterThan(2);
    expect(many.eigenvalues.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      many.symbols.reduce((sum, _, k) => sum + many.matrix[k * (many.symbols.length + 1)], 0),
      12,
    );
  });

  it('gives an effective dimension between 0 and the number of parameters', () => {
    const full = Float64Array.of(1, 0, 0, 1);
    const half = Float64Array.of(1, 0, 0, 0);
    // det(1 + κF̂) = (1 + κ)² and 1 + 2κ.
    const kappa = 1e6 / (2 * Math.PI * Math.log(1e6));
    expect(effectiveDimension(full, 2, 1e6)).toBeCloseTo((2 * Math.log(1 + kappa)) / Math.log(kappa), 12);
    expect(effectiveDimension(half, 2, 1e6)).toBeCloseTo(Math.log(1 + 2 * kappa) / Math.log(kappa), 12);
    expect(effectiveDimension(new Float64Array(4), 2, 1e6)).toBe(0);
    // Two draws, equally likely: the mean of √det, scaled by the mean trace.
    const both = effectiveDimension(Float64Array.of(2, 0, 0, 2, 0, 0, 0, 0), 2, 1e6);
    expect(both).toBeCloseTo((2 * Math.log((1 + (1 + 2 * kappa)) / 2)) / Math.log(kappa), 12);
  });
});

describe('Expressibility', () => {
  it('of one state is the logarithm of the number of bins', () => {
    const fixed = circuit({ numQubits: 1, operations: [op('h', [0])] });
    expect(expressibility(fixed, { pairs: 50, bins: 75 }).divergence).toBeCloseTo(Math.log(75), 12);
  });

  it('falls from one turn to a Haar-random unitary, down to the floor of counting', () => {
    const turns = (...gates: ('ry' | 'rz')[]) =>
      circuit({ numQubits: 1, operations: [op('h', [0]), ...gates.map((gate, k) => op(gate, [0], `t${k}`))] });
    const one = expressibility(turns('rz'), { pairs: 2000, bins: 20, seed: 1 });
    const two = expressibility(turns('rz', 'ry'), { pairs: 2000, bins: 20, seed: 1 });
    // cos θ uniform makes it Haar: θ = acos(1 − 2u) is not to be had with uniform angles, so it stays above the floor.
    expect(one.divergence).toBeGreaterThan(2 * two.divergence);
    expect(two.divergence).toBeGreaterThan(0);
    expect(one.haar.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14);
    expect(one.found.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const again = expressibility(turns('rz'), { pairs: 2000, bins: 20, seed: 1 });
    expect(again.divergence).toBe(one.divergence);
    // Fidelities are (1 + cos δ)/2 with δ uniform: shares by the arcsine law, of which 2000 pairs are counted.
    const until = (k: number) => (2 / Math.PI) * Math.asin(Math.sqrt(k / 20));
    const shares = Array.from({ length: 20 }, (_, k) => until(k + 1) - until(k));
    const exact = shares.reduce((sum, share) => sum + share * Math.log(20 * share), 0);
    expect(Math.abs(one.divergence - exact - one.floor)).toBeLessThan(0.05);
  });

  it('of four qubits knows that random states are far apart', () => {
    const { divergence, haar } = expressibility(entanglingAnsatze.ring.circuit(4, 3), { pairs: 300, bins: 75 });
    expect(haar[74]).toBeLessThan(1e-20);
    expect(divergence).toBeLessThan(1);
  });
});

describe('The variance of a derivative', () => {
  it('of a product of n cosines halves with each qubit', () => {
    const family = (n: number) => ({
      circuit: circuit({ numQubits: n, operations: Array.from({ length: n }, (_, q) => op('ry', [q], `t${q}`)) }),
      observable: 'Z'.repeat(n),
    });
    const { variance, slope, mean } = gradientVariance(family, [1, 2, 3, 4, 5], { samples: 1500, seed: 2 });
    // Var(sin · Π cos) = 2⁻ⁿ, each to some 1/√1500 · 2ⁿ/² of itself.
    variance.forEach((value, k) => {
      expect(Math.abs(value * 2 ** (k + 1) - 1)).toBeLessThan((6 * 1.5 ** ((k + 1) / 2)) / Math.sqrt(1500));
    });
    expect(Math.abs(slope + 1)).toBeLessThan(0.15);
    expect(Math.abs(mean[0])).toBeLessThan(6 * Math.sqrt(0.5 / 1500));
  });
});
