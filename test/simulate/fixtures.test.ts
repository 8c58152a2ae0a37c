import { describe, expect, test } from 'vitest';
import { distanceUpToPhase } from '../../circuits/matrix.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { parameterShift } from '../../src/gradient/parameterShift.js';
import { expectation, statevector } from '../../src/simulate/simulate.js';
import { circuitCases } from './circuitCases.js';

/** At most 50 operations on amplitudes of modulus 1: 50 × a few ε, twice, is below 1e-13. */
const TOLERANCE = 1e-13;

describe.each(circuitCases)('$label of the recorded file', ({ circuit, values, observable, ...recorded }) => {
  test('has the recorded state', () => {
    const state = statevector(circuit, values);
    if (recorded.hasU) expect(distanceUpToPhase(state, recorded.state)).toBeLessThan(TOLERANCE);
    else expect(largest(state, recorded.state)).toBeLessThan(TOLERANCE);
  });

  test('has the recorded expectation value', () => {
    expect(Math.abs(expectation(circuit, observable, values)[0] - recorded.expectation)).toBeLessThan(TOLERANCE);
  });

  test.each([adjoint, parameterShift])('has the recorded gradient by $name', (method) => {
    const { jacobian } = method.jacobian(circuit, observable, values);
    recorded.gradient.forEach((slope, k) => {
      expect(Math.abs(jacobian[`p_${k}`][0] - slope)).toBeLessThan(TOLERANCE);
    });
    expect(Object.keys(jacobian).length).toBe(recorded.gradient.length);
  });
});

const largest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, entry, i) => Math.max(most, Math.abs(entry - b[i])), a.length === b.length ? 0 : Infinity);
