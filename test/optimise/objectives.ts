import type { Evaluation, Objective } from '../../src/optimise/objective.js';

/** Rosenbrock's valley in any dimension ≥ 2: Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², least at (1, …, 1) with value 0. */
export function rosenbrock(x: Float64Array): Evaluation {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [across, along] = [x[i + 1] - x[i] * x[i], 1 - x[i]];
    value += 100 * across * across + along * along;
    gradient[i] -= 400 * across * x[i] + 2 * along;
    gradient[i + 1] += 200 * across;
  }
  return { value, gradient };
}

/** ½ Σ λ_i x_i² with eigenvalues λ spread evenly in logarithm from 1 to `condition`. */
export const bowl =
  (condition: number): Objective =>
  (x) => {
    const eigenvalue = (i: number): number => (x.length === 1 ? 1 : condition ** (i / (x.length - 1)));
    const gradient = x.map((v, i) => eigenvalue(i) * v);
    return { value: x.reduce((sum, v, i) => sum + 0.5 * v * gradient[i], 0), gradient };
  };

/** `objective + offset` as float32 arithmetic would return it. */
export const inFloat32 =
  (objective: Objective, offset: number): Objective =>
  (x) => {
    const { value, gradient } = objective(x);
    return { value: Math.fround(value + offset), gradient: gradient.map(Math.fround) };
  };
