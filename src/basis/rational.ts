import { checkChoice, checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type Basis, elementwise } from './basis.js';
import { type DenominatorForm, type RationalFit, rationalFits } from './rational/fits.js';

/** Functions that a rational basis may start as. */
export type RationalStart =
  | keyof (typeof rationalFits)['sumOfAbsolutes']
  | keyof (typeof rationalFits)['absoluteOfSum'];

export interface RationalOptions {
  /** The form of the denominator. Default `'sumOfAbsolutes'`, which stays tame outside the interval of the fits. */
  readonly denominator?: DenominatorForm;
  /** Default `'silu'`. */
  readonly start?: RationalStart;
  /** Number of groups of neighbouring inputs with a function each; at most the number of inputs is used. Default 8. */
  readonly groups?: number;
  /** Whether all groups have one numerator, as in the paper. Default true. */
  readonly sharedNumerator?: boolean;
}

const NUMERATOR = 6;
const DENOMINATOR = 4;

/**
 * The group-rational basis of GR-KAN: one function an input, F = P/Q with P = a_0 + … + a_5 x⁵ and Q of degree 4 in one of two
 * forms, shared by the inputs of a group; blocks `numerator` [1 or groups, 6] and `denominator` [groups, 4] are trained.
 * The layer's weights start with variance 1/(in · E[F(z)²]), z ~ N(0, 1): outputs then have the variance of inputs.
 * At b_j = 0 the derivative of |b_j| is taken as 1, so that a start as the identity can leave it.
 *
 * @cost one rational function an input
 * @see arXiv:2409.10594
 */
export function rational(options: RationalOptions = {}): Basis {
  const { denominator: form = 'sumOfAbsolutes', start = 'silu', groups = 8, sharedNumerator = true } = options;
  checkChoice('rational', 'denominator', form, Object.keys(rationalFits) as DenominatorForm[]);
  const fits: Readonly<Record<string, RationalFit>> = rationalFits[form];
  checkChoice('rational', `start with denominator "${form}"`, start, Object.keys(fits));
  checkInteger('rational', 'groups', groups, 1);
  if (typeof sharedNumerator !== 'boolean')
    throw expected('rational', 'sharedNumerator to be a boolean', sharedNumerator);
  const fit = fits[start];
  const sumOfAbsolutes = form === 'sumOfAbsolutes';
  const parts = { numerator: 0, value: 0, inner: 0, slope: 0 };
  const second = secondMoment((x) => evaluate(x, fit.numerator, 0, fit.denominator, 0).value);

  /** P/Q with coefficients from given places; leaves P in `parts`, Q in the returned object. */
  function evaluate(x: number, a: ArrayLike<number>, p: number, b: ArrayLike<number>, q: number) {
    const t = sumOfAbsolutes ? Math.abs(x) : x;
    let [inner, slope, numerator] = [0, 0, 0];
    for (let j = DENOMINATOR; j >= 1; j--) {
      const coefficient = sumOfAbsolutes ? Math.abs(b[q + j - 1]) : b[q + j - 1];
      inner = (inner + coefficient) * t;
      slope = slope * t + j * coefficient;
    }
    for (let j = NUMERATOR - 1; j >= 0; j--) numerator = numerator * x + a[p + j];
    parts.numerator = numerator;
    parts.inner = inner; // Σ b_j t^j, and its derivative by t
    parts.slope = slope;
    parts.value = numerator / (1 + Math.abs(inner));
    return parts;
  }

  return {
    name: 'rational',
    options: { denominator: form, start, groups, sharedNumerator },
    size: 1,
    base: 'none',
    bias: true,
    deviation: (inDim) => Math.sqrt(1 / (inDim * second)),
    blocks(inDim) {
      const count = Math.min(groups, inDim);
      const block = (name: string, rows: number, row: readonly number[]) => ({
        name,
        shape: [rows, row.length],
        values: Float64Array.from({ length: rows * row.length }, (_, at) => row[at % row.length]),
        trainable: true,
      });
      return [
        block('numerator', sharedNumerator ? 1 : count, fit.numerator),
        block('denominator', count, fit.denominator),
      ];
    },
    ...elementwise({
      value(x, i, { inDim, parameters: [a, b] }, out, at) {
        const group = Math.floor((i * Math.min(groups, inDim)) / inDim);
        out[at] = evaluate(x, a, sharedNumerator ? 0 : group * NUMERATOR, b, group * DENOMINATOR).value;
      },
      slope(x, i, { inDim, parameters: [a, b] }, upstream, at, [gradA, gradB]) {
        const group = Math.floor((i * Math.min(groups, inDim)) / inDim);
        const [p, q] = [sharedNumerator ? 0 : group * NUMERATOR, group * DENOMINATOR];
        const { numerator, inner, slope } = evaluate(x, a, p, b, q);
        const quotient = 1 / (1 + Math.abs(inner));
        const share = upstream[at] * quotient;
        const pull = share * numerator * quotient; // upstream·P/Q²
        let [power, derivative] = [1, 0];
        for (let j = 0; j < NUMERATOR; j++) {
          gradA[p + j] += share * power;
          if (j + 1 < NUMERATOR) derivative += (j + 1) * a[p + j + 1] * power;
          power *= x;
        }
        const t = sumOfAbsolutes ? Math.abs(x) : x;
        const sign = inner < 0 ? -1 : 1; // of the sum; with absolutes it is 1
        power = t;
        for (let j = 0; j < DENOMINATOR; j++) {
          const turn = sumOfAbsolutes && b[q + j] < 0 ? -1 : sign;
          gradB[q + j] -= pull * turn * power;
          power *= t;
        }
        const byX = sumOfAbsolutes && x < 0 ? -slope : sign * slope;
        return share * derivative - pull * byX;
      },
    }),
  };
}

/** E[f(z)²] for z ~ N(0, 1), by the trapezoidal rule. */
function secondMoment(f: (z: number) => number): number {
  let sum = 0;
  for (let k = -320; k <= 320; k++) {
    const z = k / 40;
    sum += f(z) ** 2 * Math.exp((-z * z) / 2);
  }
  return sum / (40 * Math.sqrt(2 * Math.PI));
}
