import { popcount } from '../../reference/pauli.js';
import { reach } from './stages.js';
import type { Constant, Step } from './steps.js';
import { adjointOf, product } from './structure.js';
import type { Term } from './words.js';

/** |U†U − 1| that is rounding. */
const UNITARITY = 2 ** -48;

/**
 * Takes from the end of a program what expectation values do not need, ⟨ψ|S†OS|ψ⟩ being that of S†OS: a flip of a bit under at
 * most one control makes of a Pauli word another one, and a step that commutes with all words drops out. A step is at the end if
 * it may change places with all that stay behind it.
 */
export function absorbTrailing(
  steps: readonly Step[],
  terms: readonly Term[],
): { readonly steps: readonly Step[]; readonly terms: readonly Term[] } {
  const kept: Step[] = [];
  let words = terms;
  let [blockedMixed, blockedDiagonal] = [0, 0];
  for (const step of [...steps].reverse()) {
    const { mixed, diagonal } = reach(step);
    const last = (mixed & (blockedMixed | blockedDiagonal)) === 0 && (diagonal & blockedMixed) === 0;
    if (last && isWordFlip(step)) words = words.map((word) => flipped(word, step));
    else if (!last || words.some((word) => !commutes(step, word)) || !isUnitaryStep(step)) {
      kept.push(step);
      blockedMixed |= mixed;
      blockedDiagonal |= diagonal;
    }
  }
  return { steps: kept.reverse(), terms: words };
}

const isOdd = (mask: number): boolean => (popcount(mask) & 1) === 1;

const isWordFlip = (step: Step): step is Constant =>
  step.kind === 'constant' && step.structure === 'flip' && (step.controlMask & (step.controlMask - 1)) === 0;

/** S†PS of a flip S, with its sign; the signs are those of Aaronson and Gottesman, arXiv:quant-ph/0406196. */
function flipped(word: Term, { targets, controlMask, controlValue }: Constant): Term {
  const target = 1 << targets[0];
  const [flipsControl, flipsTarget] = [(word.xMask & controlMask) !== 0, (word.xMask & target) !== 0];
  const [signsControl, signsTarget] = [(word.zMask & controlMask) !== 0, (word.zMask & target) !== 0];
  const turned = flipsControl && signsTarget && flipsTarget === signsControl;
  const negative = turned !== (signsTarget && controlValue === 0);
  return {
    ...word,
    xMask: flipsControl ? word.xMask ^ target : word.xMask,
    zMask: signsTarget ? word.zMask ^ controlMask : word.zMask,
    coefficient: negative ? -word.coefficient : word.coefficient,
  };
}

/** Whether a step surely commutes with a word. */
function commutes(step: Step, { xMask, zMask }: Term): boolean {
  const { mixed, diagonal } = reach(step);
  if (((mixed | diagonal) & (xMask | zMask)) === 0) return true;
  if ((step.controlMask & xMask) !== 0) return false;
  if (step.kind === 'diagonal') return !isOdd(step.zMask & xMask);
  return step.kind === 'turn' && isOdd(step.xMask & zMask) === isOdd(step.zMask & xMask);
}

function isUnitaryStep(step: Step): boolean {
  if (step.kind === 'turn') return true;
  if (step.kind === 'diagonal') {
    if (!('entries' in step.numbers)) return true;
    const [evenRe, evenIm, oddRe, oddIm] = step.numbers.entries;
    return [evenRe ** 2 + evenIm ** 2, oddRe ** 2 + oddIm ** 2].every((square) => Math.abs(square - 1) <= UNITARITY);
  }
  const size = 2 ** step.targets.length;
  return product(adjointOf(step.entries), step.entries).every(
    (value, k) => Math.abs(value - (k % (2 * size + 2) === 0 ? 1 : 0)) <= UNITARITY,
  );
}
