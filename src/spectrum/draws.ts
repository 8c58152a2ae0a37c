import { checkFinite, checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';

/**
 * Random parameters, uniform in [0, 2π), one row a draw. Encoding weights w_l are 1 and biases b_l are 0, unless told otherwise: draws
 * of random weights have no spectrum in common.
 *
 * @param names  the columns, such as `plan.parameters` or `circuit.parameters`
 * @param seed   a seed, or a generator
 * @param fixed  values of parameters that are not drawn
 * @returns shape [draws, names], radians
 * @throws if a fixed name is not among the names, or its value is not finite
 * @example drawParameters(['theta_0', 'w_0'], 2, 1, { w_0: 3 }); // two rows: a random angle, 3
 */
export function drawParameters(
  names: readonly string[],
  draws: number,
  seed: number | Random,
  fixed: Readonly<Record<string, number>> = {},
): Float64Array {
  const where = 'drawParameters';
  if (!Array.isArray(names)) throw expected(where, 'names of parameters', names);
  checkInteger(where, 'draws', draws, 1);
  for (const [name, value] of Object.entries(fixed)) {
    checkFinite(where, `"${name}"`, value);
    if (!names.includes(name)) {
      throw new DaruanError(where, `there is no parameter "${name}"`, `They are: ${names.join(', ') || 'none'}.`);
    }
  }
  const random = randomFrom(seed);
  const usual = (name: string): number | undefined => (/^w_\d+$/.test(name) ? 1 : /^b_\d+$/.test(name) ? 0 : undefined);
  const given = names.map((name) => (Object.hasOwn(fixed, name) ? fixed[name] : usual(name)));
  const result = new Float64Array(draws * names.length);
  for (let at = 0; at < result.length; at++) {
    result[at] = given[at % names.length] ?? random.uniform(0, 2 * Math.PI);
  }
  return result;
}
