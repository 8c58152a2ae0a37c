import { type Matrix, matrix, scale } from '../../circuits/matrix.js';
import { pauliMatrix } from '../../circuits/pauli.js';
import { expected } from '../foundation/errors.js';
import { type Channel, channel } from './channel.js';

const letters = ['I', 'X', 'Y', 'Z'];
const wordsOf = (numQubits: 1 | 2): string[] =>
  numQubits === 1 ? letters : letters.flatMap((second) => letters.map((first) => first + second));

/** Applies each Pauli word with its probability; words of probability 0 are left out. */
function pauliChannel(name: string, chances: readonly (readonly [word: string, probability: number])[]): Channel {
  const kraus = chances.filter(([, p]) => p > 0).map(([word, p]) => scale(pauliMatrix(word), Math.sqrt(p)));
  return channel(kraus, name);
}

function checkWithin(name: string, what: string, value: number, maximum: number): void {
  if (!(value >= 0 && value <= maximum)) throw expected(name, `${what} in [0, ${maximum}]`, value);
}

/**
 * Depolarising: ρ → (1 − p) ρ + p · tr(ρ) · 1/d on n qubits, d = 2ⁿ. As Pauli errors: each of the d² − 1 words with
 * probability p/d². Its average infidelity is p (1 − 1/d).
 *
 * @param p  in [0, d²/(d² − 1)]; at the upper end the identity never occurs
 * @throws if p is outside
 * @example depolarising(0.01, 2)
 */
export function depolarising(p: number, numQubits: 1 | 2 = 1): Channel {
  if (numQubits !== 1 && numQubits !== 2) throw expected('depolarising', '1 or 2 qubits', numQubits);
  const size = 4 ** numQubits;
  checkWithin('depolarising', 'p', p, size / (size - 1));
  const rest = Math.max(0, 1 - (p * (size - 1)) / size);
  return pauliChannel(
    'depolarising',
    wordsOf(numQubits).map((word, k) => [word, k === 0 ? rest : p / size]),
  );
}

/** Flips the bit: X with probability p in [0, 1]. */
export function bitFlip(p: number): Channel {
  checkWithin('bitFlip', 'p', p, 1);
  return pauliChannel('bitFlip', [
    ['I', 1 - p],
    ['X', p],
  ]);
}

/** Flips the phase: Z with probability p in [0, 1]. Coherences shrink by 1 − 2p. */
export function phaseFlip(p: number): Channel {
  checkWithin('phaseFlip', 'p', p, 1);
  return pauliChannel('phaseFlip', [
    ['I', 1 - p],
    ['Z', p],
  ]);
}

const root = Math.sqrt;

/** Drops operators that vanish, so that a trajectory never draws them. */
const present = (operators: readonly Matrix[]): Matrix[] =>
  operators.filter((operator) => operator.some((value) => value !== 0));

/** Decay to |0⟩: |1⟩ → |0⟩ with probability γ in [0, 1]; coherences shrink by √(1 − γ). Spontaneous emission. */
export function amplitudeDamping(gamma: number): Channel {
  checkWithin('amplitudeDamping', 'gamma', gamma, 1);
  const stay = matrix([
    [1, 0],
    [0, root(1 - gamma)],
  ]);
  const decay = matrix([
    [0, root(gamma)],
    [0, 0],
  ]);
  return channel(present([stay, decay]), 'amplitudeDamping');
}

/** Loss of phase without decay: coherences shrink by √(1 − λ), λ in [0, 1]. */
export function phaseDamping(lambda: number): Channel {
  checkWithin('phaseDamping', 'lambda', lambda, 1);
  const stay = matrix([
    [1, 0],
    [0, root(1 - lambda)],
  ]);
  const scatter = matrix([
    [0, 0],
    [0, root(lambda)],
  ]);
  return channel(present([stay, scatter]), 'phaseDamping');
}

/**
 * Relaxation for a time t at temperature 0: populations decay to |0⟩ by e^(−t/T1), coherences by e^(−t/T2).
 *
 * @param t, t1, t2  in one unit of time; t ≥ 0, T1 > 0, 0 < T2 ≤ 2·T1
 * @throws if a time is out of range
 * @example thermalRelaxation(0.035, 120, 90)    // 35 ns with T1 = 120 µs, T2 = 90 µs
 */
export function thermalRelaxation(t: number, t1: number, t2: number): Channel {
  checkWithin('thermalRelaxation', 't', t, Number.MAX_VALUE);
  if (!(t1 > 0)) throw expected('thermalRelaxation', 'T1 > 0', t1);
  if (!(t2 > 0 && t2 <= 2 * t1)) throw expected('thermalRelaxation', `T2 in (0, 2·T1 = ${2 * t1}]`, t2);
  const coherence = Math.exp(-t / t2);
  const gamma = -Math.expm1(-t / t1);
  // |1⟩ stays with weight 1 − γ, of which the coherences keep e^(−2t/T2).
  const keep = matrix([
    [1, 0],
    [0, coherence],
  ]);
  const dephase = matrix([
    [0, 0],
    [0, root(Math.max(0, 1 - gamma - coherence ** 2))],
  ]);
  const decay = matrix([
    [0, root(gamma)],
    [0, 0],
  ]);
  return channel(present([keep, dephase, decay]), 'thermalRelaxation');
}
