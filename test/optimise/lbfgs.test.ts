import { describe, expect, it } from 'vitest';
import {
  type LbfgsOptions,
  type LbfgsResult,
  lbfgsStart,
  lbfgsStep,
  lbfgsStepAsync,
} from '../../src/optimise/lbfgs.js';
import type { Objective } from '../../src/optimise/objective.js';
import { bowl, inFloat32, rosenbrock } from './objectives.js';

const untilDone = { maxIterations: 1000, maxEvaluations: 5000 };
const minimise = (objective: Objective, start: Float64Array, options: LbfgsOptions = {}): LbfgsResult =>
  lbfgsStep(lbfgsStart(), start, objective, { ...untilDone, ...options });

describe('L-BFGS', () => {
  it('descends Rosenbrock’s valley in 37 iterations, as the PyTorch implementation does (45 evaluations, 6.8e-17)', () => {
    const { state, value, parameters } = minimise(rosenbrock, Float64Array.of(-1.2, 1));
    expect(value).toBeLessThan(6.8e-17);
    expect(state.iterations).toBeLessThanOrEqual(37);
    expect(state.evaluations).toBeLessThanOrEqual(46); // one more, for a value that is 2e5 times smaller
    // Curvature at the minimum is at least 0.39, so a gradient of 1e-10 leaves an error below 3e-10.
    for (const x of parameters) expect(Math.abs(x - 1)).toBeLessThan(3e-10);
  });

  it.each([1, 2, 5, 10, 40])(
    'ends on a quadratic of %i dimensions in about as many iterations, its line search sharp',
    (n) => {
      const start = Float64Array.from({ length: n }, (_, i) => Math.cos(3 * i + 1));
      const { state, reason, gradient } = minimise(bowl(100), start, { curvature: 1e-3 });
      expect(reason).toBe('gradient');
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThanOrEqual(1e-10);
      expect(state.iterations).toBeLessThanOrEqual(n + 3);
    },
  );

  it('solves a quadratic whose curvatures differ by ten orders of magnitude', () => {
    const { value, reason } = minimise(bowl(1e10), new Float64Array(20).fill(1));
    expect(reason).toBe('gradient');
    expect(value).toBeLessThan(1e-20); // ½ n (1e-10)²: every gradient entry is at most 1e-10, every eigenvalue at least 1
  });

  it.each([1, 100, 1e6])('stops soon at the rounding error of a float32 objective with offset %f', (offset) => {
    const [objective, start] = [inFloat32(rosenbrock, offset), new Float64Array(4).fill(-1)];
    const { state, value } = minimise(objective, start, { valueError: 2 ** -22 });
    expect(state.evaluations).toBeLessThan(200);
    expect(value).toBeLessThan(objective(start).value);
  });

  it('finds the minimum of a float32 objective whose relative error stays small', () => {
    const { state, value } = minimise(inFloat32(rosenbrock, 0), new Float64Array(4).fill(-1), { valueError: 2 ** -22 });
    expect(state.evaluations).toBeLessThan(200);
    // Only what the objective returns is rounded, each number relatively: nothing bounds the descent.
    expect(value).toBeLessThan(1e-18);
  });

  it('decides by slopes where values are equal to within their rounding error', () => {
    // Near its minimum the value is constant in float32, its gradient is not: the search still goes there.
    const objective = inFloat32(bowl(1), 1);
    const { parameters } = minimise(objective, Float64Array.of(1e-5), { valueError: 2 ** -22 });
    expect(Math.abs(parameters[0])).toBeLessThanOrEqual(1e-5 * 2 ** -24);
  });

  it('takes steps that all satisfy the strong Wolfe conditions', () => {
    let iterations = 0;
    minimise(rosenbrock, new Float64Array(10).fill(-1), {
      onIteration: ({ from, to, direction, satisfied }) => {
        iterations++;
        expect(satisfied).toBe(true);
        // Anew from the points: the reported slopes and values are not taken on trust.
        const slope = (at: Float64Array) => rosenbrock(at).gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
        const [before, after] = [rosenbrock(from.parameters), rosenbrock(to.parameters)];
        const rounding = 2 ** -50 * before.value;
        expect(slope(from.parameters)).toBeLessThan(0);
        expect(after.value).toBeLessThanOrEqual(before.value + 1e-4 * to.t * slope(from.parameters) + rounding);
        expect(Math.abs(slope(to.parameters))).toBeLessThanOrEqual(-0.9 * slope(from.parameters));
        from.parameters.forEach((x, i) => {
          expect(to.parameters[i]).toBe(x + to.t * direction[i]);
        });
      },
    });
    expect(iterations).toBeGreaterThan(30);
  });

  it('goes on from a stored state bit for bit, as if the step had not been interrupted', () => {
    const start = new Float64Array(10).fill(-1);
    const whole = minimise(rosenbrock, start, { maxIterations: 50 });
    const first = minimise(rosenbrock, start, { maxIterations: 20 });
    expect(first.reason).toBe('iterations');
    const stored = structuredClone({ state: first.state, parameters: first.parameters });
    const second = lbfgsStep(stored.state, stored.parameters, rosenbrock, { ...untilDone, maxIterations: 30 });
    // The interrupted run evaluates the place of the interruption once more.
    expect(second.state).toEqual({ ...whole.state, evaluations: whole.state.evaluations + 1 });
    expect(second).toEqual({ ...whole, state: second.state });
  });

  it('waits for an objective and comes to the same bits', async () => {
    const start = Float64Array.of(-1.2, 1);
    const later = async (x: Float64Array) => rosenbrock(x);
    expect(await lbfgsStepAsync(lbfgsStart(), start, later)).toEqual(lbfgsStep(lbfgsStart(), start, rosenbrock));
  });

  it('ends a step after 20 iterations or 25 evaluations by default, and changes nothing that it is given', () => {
    const [state, start] = [lbfgsStart(), new Float64Array(30).fill(-1)];
    const { state: next, reason } = lbfgsStep(state, start, rosenbrock);
    expect(['iterations', 'evaluations']).toContain(reason);
    expect(next.iterations).toBeLessThanOrEqual(20);
    expect(next.pairs.length).toBe(next.iterations);
    expect(state).toEqual(lbfgsStart());
    expect(start.every((x) => x === -1)).toBe(true);
  });

  it('takes an undefined option for one that is not given', () => {
    const start = Float64Array.of(-1.2, 1);
    const vague = { history: undefined, learningRate: undefined, maxIterations: undefined };
    expect(lbfgsStep(lbfgsStart(), start, rosenbrock, vague)).toEqual(lbfgsStep(lbfgsStart(), start, rosenbrock));
  });

  it('keeps no more curvature than its history', () => {
    expect(minimise(rosenbrock, new Float64Array(10).fill(-1), { history: 7 }).state.pairs.length).toBe(7);
  });

  it('may be given the same gradient array at every evaluation', () => {
    const shared = new Float64Array(2);
    const reusing: Objective = (x) => {
      const { value, gradient } = rosenbrock(x);
      shared.set(gradient);
      return { value, gradient: shared };
    };
    const start = Float64Array.of(-1.2, 1);
    expect(lbfgsStep(lbfgsStart(), start, reusing)).toEqual(lbfgsStep(lbfgsStart(), start, rosenbrock));
  });

  it('backs off from values that are not finite', () => {
    // x − log x, undefined for x ≤ 0: a first step of length 1 against the slope 1 − 1/0.5 < 0 is fine, ten times it is not.
    for (const [start, learningRate] of [
      [5, 100],
      [0.5, 1],
      [40, 1000],
    ]) {
      const objective: Objective = (x) => ({ value: x[0] - Math.log(x[0]), gradient: Float64Array.of(1 - 1 / x[0]) });
      const { parameters, value } = minimise(objective, Float64Array.of(start), { learningRate });
      expect(Math.abs(parameters[0] - 1)).toBeLessThan(1e-7); // √ε: a value cannot tell more
      expect(Math.abs(value - 1)).toBeLessThanOrEqual(2 ** -50);
    }
  });

  it('forgets curvature that misleads and goes on along the gradient', () => {
    const misleading = { step: Float64Array.of(1e40), change: Float64Array.of(1) };
    const state = { ...lbfgsStart(), pairs: [misleading] };
    const { parameters, reason } = lbfgsStep(state, Float64Array.of(3), bowl(1), { ...untilDone });
    expect(reason).toBe('gradient');
    expect(Math.abs(parameters[0])).toBeLessThanOrEqual(1e-10);
  });

  it('says so when no lower value can be found', () => {
    const lying: Objective = (x) => ({ value: Math.abs(x[0]), gradient: Float64Array.of(-1) });
    const { reason, parameters } = minimise(lying, Float64Array.of(2));
    expect(reason).toBe('search');
    expect(parameters[0]).toBe(2);
  });

  it.each<[string, Objective, Float64Array, LbfgsOptions, string]>([
    [
      'a start that is not finite',
      rosenbrock,
      Float64Array.of(0, NaN),
      {},
      'lbfgs: expected parameters[1] to be a finite',
    ],
    [
      'NaN at the start',
      (x) => ({ value: NaN, gradient: x }),
      new Float64Array(2),
      {},
      'lbfgs: expected a finite value at the start, got NaN. Check the data',
    ],
    [
      'an infinite slope at the start',
      () => ({ value: 0, gradient: Float64Array.of(0, Infinity) }),
      new Float64Array(2),
      {},
      'lbfgs: expected gradient[1] to be a finite number, got Infinity.',
    ],
    [
      'a gradient of another length',
      () => ({ value: 0, gradient: new Float64Array(3) }),
      new Float64Array(2),
      {},
      'lbfgs: expected gradient of shape [parameters], 2 numbers, got 3.',
    ],
    [
      'no iterations',
      rosenbrock,
      new Float64Array(2),
      { maxIterations: 0 },
      'lbfgs: expected maxIterations to be an integer ≥ 1, got 0.',
    ],
    [
      'Wolfe constants in the wrong order',
      rosenbrock,
      new Float64Array(2),
      { curvature: 1e-5 },
      'lbfgs: expected 0 < decrease < curvature < 1, got [0.0001, 0.00001].',
    ],
    [
      'a learning rate of zero',
      rosenbrock,
      new Float64Array(2),
      { learningRate: 0 },
      'lbfgs: expected learningRate > 0, got 0.',
    ],
    [
      'a negative tolerance',
      rosenbrock,
      new Float64Array(2),
      { gradientTolerance: -1 },
      'lbfgs: expected gradientTolerance ≥ 0, got -1.',
    ],
  ])('refuses %s', (_, objective, start, options, message) => {
    expect(() => minimise(objective, start, options)).toThrow(message);
  });

  it('refuses a state of another network', () => {
    const { state } = minimise(rosenbrock, Float64Array.of(-1.2, 1));
    expect(() => lbfgsStep(state, new Float64Array(3), rosenbrock)).toThrow(
      'lbfgs: expected a state for 3 parameters, got 2.',
    );
  });
});
