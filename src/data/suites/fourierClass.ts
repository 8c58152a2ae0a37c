import { checkFinite, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { Random } from '../../foundation/random.js';
import { functionTask, type RegressionTask } from './task.js';

export interface FourierClassOptions {
  /** N, the highest frequency. Default 10. */
  readonly frequencies?: number;
  /** L: inputs lie in [−L, L], the period is 2L. Default 5. */
  readonly halfPeriod?: number;
  /** Of the coefficients. Default 0. */
  readonly seed?: number;
}

/**
 * A random function of the Fourier class,
 *
 *   f(x) = ( a₀ + Σ_{1 ≤ n ≤ N} a_n cos(nπx/L) + b_n sin(nπx/L) ) / √N,   a, b ~ N(0, 1),
 *
 * by which learning in context is studied: on its period what a QKAN with one edge and N repetitions can say.
 *
 * @see arXiv:2306.04891, section 5
 * @example fourierClassTask({ frequencies: 3, seed: 1 }).f([0.5])
 */
export function fourierClassTask(options: FourierClassOptions = {}): RegressionTask {
  const { frequencies = 10, halfPeriod = 5, seed = 0 } = options;
  checkInteger('fourierClassTask', 'frequencies', frequencies, 1);
  checkFinite('fourierClassTask', 'halfPeriod', halfPeriod);
  if (halfPeriod <= 0) throw expected('fourierClassTask', 'halfPeriod > 0', halfPeriod);
  const random = new Random(seed);
  const draw = (length: number) => Array.from({ length }, () => random.normal());
  const [constant, cosines, sines] = [random.normal(), draw(frequencies), draw(frequencies)];
  const f = (x: ArrayLike<number>): number => {
    const angle = (Math.PI * x[0]) / halfPeriod;
    const sum = cosines.reduce(
      (total, a, k) => total + a * Math.cos((k + 1) * angle) + sines[k] * Math.sin((k + 1) * angle),
      constant,
    );
    return sum / Math.sqrt(frequencies);
  };
  const formula = `Fourier series to frequency ${frequencies}`;
  return functionTask(`fourier-${frequencies}`, formula, { x: [-halfPeriod, halfPeriod] }, f, true);
}
