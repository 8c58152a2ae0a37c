import { gates } from '../../circuits/gates.js';
import { conjugateTranspose, identity, type Matrix, product } from '../../circuits/matrix.js';
import { type Locals, NEGLIGIBLE, type WeylForm, weylForm } from './weyl.js';

/** How a family of devices entangles two qubits. */
export type PairStyle = 'cz' | 'ecr' | 'iswap' | 'rzz' | 'ms';

/** What a two-qubit unitary is made of, in order of time: one-qubit unitaries on the pair, and native gates. */
export type PairStep =
  | { readonly kind: 'turn'; readonly on: 0 | 1; readonly matrix: Matrix }
  /** The native gate; its angle where it has one, radians in [0, π/2]. */
  | { readonly kind: 'native'; readonly angle: number };

const { h, sdg, x, z } = gates;
const rx = (angle: number): Matrix => gates.rx.matrix(angle);
const ry = (angle: number): Matrix => gates.ry.matrix(angle);
const rz = (angle: number): Matrix => gates.rz.matrix(angle);
const HALF_PI = Math.PI / 2;

const turn = (on: 0 | 1, matrix: Matrix): PairStep => ({ kind: 'turn', on, matrix });
const both = (matrix: Matrix): PairStep[] => [turn(0, matrix), turn(1, matrix)];
const locals = ([first, second]: Locals): PairStep[] => [turn(0, first), turn(1, second)];
const native = (angle = 0): PairStep => ({ kind: 'native', angle });

const isZero = (angle: number): boolean => Math.abs(angle) < NEGLIGIBLE;

/** The least number of cz that a unitary needs (G. Vidal, C. M. Dawson, doi:10.1103/PhysRevA.69.010301). */
export function czCount({ coordinates: [a, b, c] }: WeylForm): 0 | 1 | 2 | 3 {
  if (isZero(a)) return 0;
  if (isZero(b) && isZero(c) && isZero(a - Math.PI / 4)) return 1;
  return isZero(c) ? 2 : 3;
}

const cx = (control: 0 | 1): PairStep[] => {
  const target = control === 0 ? 1 : 0;
  return [turn(target, h.matrix()), native(), turn(target, h.matrix())];
};

/** exp(i(aXX + bYY + cZZ)) from so many cz; `count` is what `czCount` says, or more. */
function czCore([a, b, c]: WeylForm['coordinates'], count: 0 | 1 | 2 | 3): PairStep[] {
  if (count === 0) return [];
  if (count === 1) return [...both(h.matrix()), native(), ...both(product(h.matrix(), rz(-HALF_PI)))];
  if (count === 2) {
    // cx turns XX into X on its control and ZZ into Z on its target; a quarter turn puts b where c is
    return [...both(rx(-HALF_PI)), ...cx(0), turn(0, rx(-2 * a)), turn(1, rz(-2 * b)), ...cx(0), ...both(rx(HALF_PI))];
  }
  return [
    turn(1, rz(-HALF_PI)),
    ...cx(1),
    turn(0, rz(HALF_PI - 2 * c)),
    turn(1, ry(2 * a - HALF_PI)),
    ...cx(0),
    turn(1, ry(HALF_PI - 2 * b)),
    ...cx(1),
    turn(0, rz(HALF_PI)),
  ];
}

const fromCz = (form: WeylForm, count = czCount(form)): PairStep[] => [
  ...locals(form.before),
  ...czCore(form.coordinates, count),
  ...locals(form.after),
];

/** cz = (RZ(π/2) ⊗ RZ(π/2)) · H₁ · ecr · H₁ · X₀, up to a phase. */
const czFromEcr: readonly PairStep[] = [
  turn(0, x.matrix()),
  turn(1, h.matrix()),
  native(),
  turn(1, h.matrix()),
  ...both(rz(HALF_PI)),
];

const swap = gates.swap.matrix();

/**
 * cz is iswap between turns, and a swap. The swaps are carried out by names alone: an even number of them cancels, an odd
 * number is taken from the unitary before, so that three iswap always do.
 */
function fromIswap(unitary: Matrix): PairStep[] {
  const form = weylForm(unitary);
  const swapped = weylForm(product(swap, unitary));
  const count = czCount(form);
  const odd = czCount(swapped) === 1 ? 1 : 3;
  const steps = count === 0 || (odd === 3 && count <= 2) ? fromCz(form, count === 0 ? 0 : 2) : fromCz(swapped, odd);
  let flip: 0 | 1 = 0;
  return steps.flatMap((step): PairStep[] => {
    if (step.kind === 'turn') return [{ ...step, on: step.on === flip ? 0 : 1 }];
    flip = flip === 0 ? 1 : 0;
    return [...both(sdg.matrix()), native()];
  });
}

/** exchange[i][j]: a turn that takes axis i to axis j, up to a sign. */
const exchange = (from: number, to: number): Matrix =>
  from === to ? identity(2) : [rz, ry, rx][from + to - 1](HALF_PI);

/** From gates exp(−iθPP/2), 0 < θ ≤ π/2, about one axis (0, 1, 2 for X, Y, Z): as many as there are coordinates. */
function fromTurns(unitary: Matrix, axis: number): PairStep[] {
  const { before, coordinates, after } = weylForm(unitary);
  const core = coordinates.flatMap((coordinate, k): PairStep[] => {
    if (isZero(coordinate)) return [];
    const to = exchange(axis, k);
    // exp(iaPP) is exp(−iθPP/2) of θ = −2a; a flip of P on one qubit turns the sign
    const flip = coordinate < 0 ? [] : [turn(0, k === 2 ? x.matrix() : z.matrix())];
    const around = conjugateTranspose(to);
    return [...flip, ...both(around), native(2 * Math.abs(coordinate)), ...both(to), ...flip];
  });
  return [...locals(before), ...core, ...locals(after)];
}

/** A two-qubit unitary, its first qubit the least significant bit, from native gates; up to a global phase. */
export const pairStyles: Readonly<Record<PairStyle, (unitary: Matrix) => readonly PairStep[]>> = {
  cz: (unitary) => fromCz(weylForm(unitary)),
  ecr: (unitary) => fromCz(weylForm(unitary)).flatMap((step) => (step.kind === 'native' ? czFromEcr : [step])),
  iswap: fromIswap,
  rzz: (unitary) => fromTurns(unitary, 2),
  ms: (unitary) => fromTurns(unitary, 0),
};
