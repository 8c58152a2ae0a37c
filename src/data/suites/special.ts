import { besselI, besselJ, besselK, besselY } from '../special/bessel.js';
import { ellipticE, ellipticF, ellipticSine } from '../special/elliptic.js';
import { legendreP } from '../special/legendre.js';
import { functionTask, type NamedRanges, type RegressionTask } from './task.js';

const wave: NamedRanges = { order: [0, 2], x: [0.5, 8] };
const growth: NamedRanges = { order: [0, 2], x: [0.5, 3] };
const arc: NamedRanges = { phi: [-1.5, 1.5], m: [0, 0.9] };
const polynomial: NamedRanges = { degree: [0, 4], x: [-0.8, 0.8] };

type Row = readonly [name: string, formula: string, ranges: NamedRanges, f: (a: number, b: number) => number];

const rows: readonly Row[] = [
  ['ellipj', 'sn(phi|m)', arc, ellipticSine],
  ['ellipkinc', 'F(phi|m)', arc, ellipticF],
  ['ellipeinc', 'E(phi|m)', arc, ellipticE],
  ['jv', 'J_order(x)', wave, besselJ],
  ['yv', 'Y_order(x)', wave, besselY],
  ['kv', 'K_order(x)', growth, besselK],
  ['iv', 'I_order(x)', growth, besselI],
  ['lpmv0', 'P_degree(x)', polynomial, (degree, x) => legendreP(degree, 0, x)],
  ['lpmv1', 'P_degree^1(x)', polynomial, (degree, x) => legendreP(degree, 1, x)],
  ['lpmv2', 'P_degree^2(x)', polynomial, (degree, x) => legendreP(degree, 2, x)],
];

/**
 * Special functions of two variables, on bounded ranges; named as in SciPy.
 *
 * @see arXiv:2404.19756, table 1, which does not state its ranges
 * @cost some 300 to 2,000 operations a value
 */
export const specialSuite = (): readonly RegressionTask[] =>
  rows.map(([name, formula, ranges, f]) => functionTask(name, formula, ranges, (x) => f(x[0], x[1])));
