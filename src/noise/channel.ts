import {
  conjugateTranspose,
  dimension,
  distance,
  identity,
  kronecker,
  type Matrix,
  product,
  sum,
} from '../../circuits/matrix.js';
import { checkAllFinite } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';

/** A quantum channel ρ → Σ_k K_k ρ K_k†, trace-preserving. */
export interface Channel {
  readonly name: string;
  readonly numQubits: number;
  /** Each of shape [2^numQubits, 2^numQubits, 2]; qubit 0 of the channel is the least significant bit. */
  readonly kraus: readonly Matrix[];
}

/** |Σ K†K − 1| that still counts as trace-preserving: rounding of operators written with a dozen digits. */
const COMPLETENESS = 1e-10;

/**
 * A channel from its Kraus operators. A map of Kraus form is completely positive; that it keeps the trace, Σ K†K = 1, is
 * checked.
 *
 * @param kraus  K_k, each of shape [2^n, 2^n, 2] (re, im), row-major; n = 1 or 2
 * @throws if shapes differ or do not fit, a number is not finite, or Σ K†K is not the identity
 * @example channel([matrix([[1, 0], [0, Math.sqrt(0.9)]]), matrix([[0, Math.sqrt(0.1)], [0, 0]])], 'decay')
 */
export function channel(kraus: readonly Matrix[], name = 'channel'): Channel {
  const where = `channel "${name}"`;
  const remedy = 'Make each with matrix([[…], […]]).';
  if (!Array.isArray(kraus) || kraus.length === 0)
    throw expected(where, 'a list of Kraus operators', kraus?.length, remedy);
  const numQubits = Math.log2(kraus[0] instanceof Float64Array ? kraus[0].length / 2 : 0) / 2;
  if (numQubits !== 1 && numQubits !== 2) throw expected(where, 'matrices of 2 or 4 rows', kraus[0], remedy);
  for (const [k, operator] of kraus.entries()) {
    if (operator?.length !== kraus[0].length) {
      throw expected(where, `all operators of shape [${2 ** numQubits}, ${2 ** numQubits}, 2]`, operator, remedy);
    }
    checkAllFinite(where, `operator ${k}`, operator);
  }
  const total = kraus.map((operator) => product(conjugateTranspose(operator), operator)).reduce(sum);
  const excess = distance(total, identity(2 ** numQubits));
  if (excess > COMPLETENESS) {
    throw new DaruanError(
      where,
      `Σ K†K differs from the identity by ${excess.toPrecision(2)}`,
      'A channel keeps the trace: divide the operators by the root of that sum, or add the one that is missing.',
    );
  }
  return { name, numQubits, kraus };
}

/**
 * The channel as a matrix on vec(ρ): S = Σ K ⊗ K*, of shape [4^n, 4^n, 2]. The high n bits of its index are the row of ρ,
 * the low n bits the column.
 */
export const superoperator = ({ kraus }: Channel): Matrix =>
  kraus.map((operator) => kronecker(operator, conjugate(operator))).reduce(sum);

/** A*, entry by entry. */
export const conjugate = (a: Matrix): Matrix => a.map((value, i) => (i % 2 === 0 ? value : -value));

/** First `a`, then `b`: operators b_j a_k. */
export const composeChannels = (a: Channel, b: Channel): Channel =>
  channel(
    b.kraus.flatMap((second) => a.kraus.map((first) => product(second, first))),
    `${a.name}, ${b.name}`,
  );

/** Two channels of one qubit side by side: `low` on the first qubit, `high` on the second. */
export const besideChannels = (low: Channel, high: Channel): Channel =>
  channel(
    high.kraus.flatMap((second) => low.kraus.map((first) => kronecker(second, first))),
    `${low.name} ⊗ ${high.name}`,
  );

/**
 * How far a channel is from doing nothing: 1 − F, with F = (Σ_k |tr K_k|² + d) / (d² + d) the fidelity averaged over pure
 * states, d = 2^n. It is what randomised benchmarking reports as the error of a gate.
 *
 * Source: Nielsen, Phys. Lett. A 303, 249 (2002).
 */
export function averageInfidelity({ kraus }: Channel): number {
  const d = dimension(kraus[0]);
  let overlap = 0;
  for (const operator of kraus) {
    let [re, im] = [0, 0];
    for (let i = 0; i < d; i++) {
      re += operator[2 * i * (d + 1)];
      im += operator[2 * i * (d + 1) + 1];
    }
    overlap += re * re + im * im;
  }
  return 1 - (overlap + d) / (d * d + d);
}
