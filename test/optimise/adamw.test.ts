import { describe, expect, it } from 'vitest';
import { adamStart, adamStep } from '../../src/optimise/adam.js';
import { adamwStep, clipGradient } from '../../src/optimise/adamw.js';

const x = Float64Array.of(1, -2, 3);
const gradient = Float64Array.of(0.1, 0, -4);

describe('adamwStep', () => {
  it('shortens the parameters that decay, and takes the step of Adam', () => {
    const options = { learningRate: 0.5, weightDecay: 0.1, decays: Uint8Array.of(1, 1, 0) };
    const { parameters, state } = adamwStep(adamStart(3), x, gradient, options);
    const plain = adamStep(adamStart(3), Float64Array.of(0.95, -1.9, 3), gradient, { learningRate: 0.5 });
    expect(parameters).toEqual(plain.parameters);
    expect(state).toEqual(plain.state);
  });

  it('is Adam without decay', () => {
    expect(adamwStep(adamStart(3), x, gradient, { weightDecay: 0 })).toEqual(adamStep(adamStart(3), x, gradient));
  });
});

describe('clipGradient', () => {
  it('keeps the direction and bounds the length', () => {
    const clipped = clipGradient(Float64Array.of(3, 4), 0.5);
    expect(clipped).toEqual({ norm: 5, gradient: Float64Array.of((3 * 0.5) / 5, (4 * 0.5) / 5) });
    const short = Float64Array.of(3, 4);
    expect(clipGradient(short, 5).gradient).toBe(short);
  });
});
