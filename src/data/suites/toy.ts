import { besselJ } from '../special/bessel.js';
import { cube, formulaTask, functionTask, type RegressionTask } from './task.js';

const sum = (n: number, term: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => term(i + 1)).join('+');

/**
 * The toy functions of the paper on Kolmogorov-Arnold networks, and four that lack derivatives or crowd their waves.
 *
 * @see arXiv:2404.19756, section 2 and 3
 * @example toySuite().map(({ name }) => name)
 */
export const toySuite = (): readonly RegressionTask[] => [
  functionTask('J0', 'J0(20*x)', { x: [-1, 1] }, (x) => besselJ(0, Math.abs(20 * x[0])), true),
  formulaTask('exp-sine', 'exp(sin(pi*x1)+x2^2)', cube(2, [-1, 1]), true),
  formulaTask('product', 'x1*x2', cube(2, [-1, 1])),
  formulaTask('quotient', 'x1/x2', cube(2, [0.5, 1])),
  formulaTask('two-sines', 'exp((sin(pi*(x1^2+x2^2))+sin(pi*(x3^2+x4^2)))/2)', cube(4, [-1, 1]), true),
  functionTask(
    'exp-J0',
    'exp(J0(20*x1)+x2^2)',
    cube(2, [-1, 1]),
    (x) => Math.exp(besselJ(0, Math.abs(20 * x[0])) + x[1] ** 2),
    true,
  ),
  formulaTask('sphere', `tanh(5*(${sum(4, (i) => `x${i}^4`)}-1))`, cube(4, [-1, 1])),
  formulaTask('distance', 'sqrt((x1-x2)^2+(x3-x4)^2)', cube(4, [-1, 1])),
  formulaTask('sines-100', `exp((${sum(100, (i) => `sin(pi*x${i}/2)^2`)})/100)`, cube(100, [-1, 1]), true),
  formulaTask(
    'bumps',
    sum(5, (i) => `exp(-300*(x-${(-1 + 0.4 * (i - 0.5)).toFixed(1)})^2)`),
    { x: [-1, 1] },
  ),
  formulaTask('corner', 'abs(x)', { x: [-1, 1] }),
  formulaTask('step', 'x > 0 ? 1 : 0', { x: [-1, 1] }),
  formulaTask('sawtooth', '2*x-floor(2*x)', { x: [-1, 1] }),
  formulaTask('chirp', 'sin(1/(x+0.1))', { x: [0, 1] }, true),
];
