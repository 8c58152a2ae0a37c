import type { Range } from '../sample.js';
import { formulaTask, type NamedRanges, type RegressionTask } from './task.js';

const unit: Range = [-1, 1];
const share: Range = [0, 1];
const positive: Range = [0.5, 2];
const above: Range = [1, 2];
const turn: Range = [0, 2 * Math.PI];
const near: Range = [-1, -0.5];
const far: Range = [0.5, 1];

type Row = readonly [name: string, formula: string, ranges: NamedRanges, trigonometric?: 'trigonometric'];

const rows: readonly Row[] = [
  ['I.6.20a', 'exp(-theta^2/2)/sqrt(2*pi)', { theta: [-3, 3] }],
  ['I.6.20', 'exp(-theta^2/(2*sigma^2))/sqrt(2*pi*sigma^2)', { theta: unit, sigma: positive }],
  [
    'I.6.20b',
    'exp(-(theta-theta1)^2/(2*sigma^2))/sqrt(2*pi*sigma^2)',
    { theta: [-1.5, 1.5], theta1: [-1.5, 1.5], sigma: positive },
  ],
  ['I.8.4', 'sqrt((x2-x1)^2+(y2-y1)^2)', { x1: unit, x2: unit, y1: unit, y2: unit }],
  [
    'I.9.18',
    'G*m1*m2/((x2-x1)^2+(y2-y1)^2+(z2-z1)^2)',
    { G: unit, m1: unit, m2: unit, x1: near, x2: far, y1: near, y2: far, z1: near, z2: far },
  ],
  ['I.10.7', 'm0/sqrt(1-v^2/c^2)', { m0: share, v: share, c: above }],
  ['I.11.19', 'x1*y1+x2*y2+x3*y3', { x1: unit, y1: unit, x2: unit, y2: unit, x3: unit, y3: unit }],
  ['I.12.2', 'q1*q2/(4*pi*epsilon*r^2)', { q1: unit, q2: unit, epsilon: positive, r: positive }],
  ['I.12.11', 'q*(E+B*v*sin(theta))', { q: unit, E: unit, B: unit, v: unit, theta: turn }, 'trigonometric'],
  ['I.13.12', 'G*m1*m2*(1/r2-1/r1)', { G: share, m1: share, m2: share, r1: positive, r2: positive }],
  ['I.15.3x', '(x-u*t)/sqrt(1-u^2/c^2)', { x: unit, u: unit, t: unit, c: above }],
  ['I.16.6', '(u+v)/(1+u*v/c^2)', { u: [-0.8, 0.8], v: [-0.8, 0.8], c: above }],
  ['I.18.4', '(m1*r1+m2*r2)/(m1+m2)', { m1: far, r1: unit, m2: far, r2: unit }],
  ['I.26.2', 'asin(n*sin(theta))', { n: [0, 0.99], theta: turn }, 'trigonometric'],
  ['I.27.6', '1/(1/d1+n/d2)', { d1: positive, d2: above, n: positive }],
  [
    'I.29.16',
    'sqrt(x1^2+x2^2-2*x1*x2*cos(theta1-theta2))',
    { x1: unit, x2: unit, theta1: turn, theta2: turn },
    'trigonometric',
  ],
  [
    'I.30.3',
    'I0*sin(n*theta/2)^2/sin(theta/2)^2',
    { I0: share, n: [0, 4], theta: [0.4 * Math.PI, 1.6 * Math.PI] },
    'trigonometric',
  ],
  ['I.30.5', 'asin(lambda/(n*d))', { lambda: unit, n: [1, 1.5], d: [1, 1.5] }],
  ['I.37.4', 'I1+I2+2*sqrt(I1*I2)*cos(delta)', { I1: [0.1, 1], I2: [0.1, 1], delta: turn }, 'trigonometric'],
  ['I.40.1', 'n0*exp(-m*g*x/(k*T))', { n0: share, m: unit, g: unit, x: unit, k: above, T: above }],
  ['I.44.4', 'n*k*T*log(V2/V1)', { n: share, k: share, T: share, V1: positive, V2: positive }],
  [
    'I.50.26',
    'x1*(cos(omega*t)+alpha*cos(omega*t)^2)',
    { x1: share, alpha: share, omega: turn, t: share },
    'trigonometric',
  ],
  ['II.11.27', 'n*alpha/(1-n*alpha/3)*epsilon*E', { n: share, alpha: [0, 2], epsilon: share, E: share }],
  ['II.35.18', 'n0/(exp(mu*B/(k*T))+exp(-mu*B/(k*T)))', { n0: share, mu: share, B: share, k: positive, T: positive }],
  ['III.10.19', 'mu*sqrt(Bx^2+By^2+Bz^2)', { mu: share, Bx: share, By: share, Bz: share }],
  ['III.17.37', 'beta*(1+alpha*cos(theta))', { beta: share, alpha: share, theta: turn }, 'trigonometric'],
];

/**
 * The 26 formulas of Feynman's lectures by which Kolmogorov-Arnold networks are compared, with the ranges of their inputs,
 * all finite within them but for two that grow without bound towards a corner (I.10.7, I.15.3x).
 *
 * @see Udrescu & Tegmark, AI Feynman, arXiv:1905.11481; arXiv:2404.19756, table 2
 * @example feynmanSuite().filter(({ trigonometric }) => trigonometric).length; // 7
 */
export const feynmanSuite = (): readonly RegressionTask[] =>
  rows.map(([name, formula, ranges, kind]) => formulaTask(name, formula, ranges, kind === 'trigonometric'));
