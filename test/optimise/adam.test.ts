import { describe, expect, it } from 'vitest';
import { type AdamOptions, adamStart, adamStep } from '../../src/optimise/adam.js';

const EPSILON = 2 ** -52;

describe('Adam', () => {
  it('takes a first step of the learning rate against the sign of the gradient, whatever its size', () => {
    // t = 1: m/(1 − β₁) = g and v/(1 − β₂) = g², so the step is η g / (|g| + ε).
    const { parameters } = adamStep(adamStart(3), Float64Array.of(1, 1, 1), Float64Array.of(1e-3, -7, 0), {
      learningRate: 0.1,
      epsilon: 1e-30,
    });
    for (const [i, wanted] of [0.9, 1.1, 1].entries()) {
      expect(Math.abs(parameters[i] - wanted)).toBeLessThanOrEqual(4 * EPSILON);
    }
  });

  it('follows values worked out by hand over two steps', () => {
    // η = 1, β₁ = ½, β₂ = ¾, ε = 1; g = 2, then g = −4, from x = 0.
    // Step 1: m = 1, v = 1; m̂ = 2, v̂ = 4; x = −2/3.
    // Step 2: m = −3/2, v = 19/4; m̂ = −2, v̂ = (19/4)/(7/16) = 76/7; x = −2/3 + 2/(√(76/7) + 1).
    const options = { learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 1 };
    const first = adamStep(adamStart(1), Float64Array.of(0), Float64Array.of(2), options);
    expect(first.state).toEqual({ steps: 1, mean: Float64Array.of(1), square: Float64Array.of(1) });
    expect(Math.abs(first.parameters[0] + 2 / 3)).toBeLessThanOrEqual(EPSILON);
    const second = adamStep(first.state, first.parameters, Float64Array.of(-4), options);
    expect(second.state).toEqual({ steps: 2, mean: Float64Array.of(-1.5), square: Float64Array.of(4.75) });
    const wanted = -2 / 3 + 2 / (Math.sqrt(76 / 7) + 1);
    expect(Math.abs(second.parameters[0] - wanted)).toBeLessThanOrEqual(4 * EPSILON);
  });

  it('changes neither the state nor the parameters that it is given', () => {
    const [state, parameters] = [adamStart(2), Float64Array.of(1, 2)];
    adamStep(state, parameters, Float64Array.of(3, 4));
    expect(state).toEqual(adamStart(2));
    expect([...parameters]).toEqual([1, 2]);
  });

  it('goes on from a stored state bit for bit', () => {
    const gradientAt = (x: Float64Array): Float64Array => x.map((v, i) => Math.sin(v + i));
    const run = (steps: number, from: { state: ReturnType<typeof adamStart>; parameters: Float64Array }) => {
      let at = from;
      for (let i = 0; i < steps; i++) at = adamStep(at.state, at.parameters, gradientAt(at.parameters));
      return at;
    };
    const start = { state: adamStart(5), parameters: new Float64Array(5).fill(0.3) };
    expect(run(20, structuredClone(run(13, start)))).toEqual(run(33, start));
  });

  it.each<[string, Float64Array, AdamOptions, string]>([
    [
      'a gradient of another length',
      new Float64Array(1),
      {},
      'adamStep: expected gradient of shape [parameters], 2 num',
    ],
    [
      'NaN in the gradient',
      Float64Array.of(0, NaN),
      {},
      'adamStep: expected gradient[1] to be a finite number, got NaN.',
    ],
    [
      'a negative learning rate',
      new Float64Array(2),
      { learningRate: -1 },
      'adamStep: expected learningRate ≥ 0, got -1.',
    ],
    ['a decay of one', new Float64Array(2), { beta2: 1 }, 'adamStep: expected beta2 in [0, 1), got 1.'],
    ['no epsilon', new Float64Array(2), { epsilon: 0 }, 'adamStep: expected epsilon > 0, got 0.'],
  ])('refuses %s', (_, gradient, options, message) => {
    expect(() => adamStep(adamStart(2), new Float64Array(2), gradient, options)).toThrow(message);
  });
});
