import { DaruanError } from '../../src/foundation/errors.js';
import type { Condition, DynamicCircuit, DynamicStep } from '../dynamicCircuit.js';
import { type Bits, bitOf, bitsOf, isPossible } from './program.js';

/** What OpenQASM 2 can ask before a statement: whether a whole register has a value. */
interface Question {
  readonly register: string;
  readonly value: number;
}

const refuse = (what: string): DaruanError =>
  new DaruanError('toQasm2', `OpenQASM 2 cannot say ${what}`, 'Write OpenQASM 3, Qiskit or Quil.');

/**
 * The classical registers by which a program can be written: as they are if conditions ask for whole ones, else one a
 * bit if they ask for single bits.
 *
 * @throws if they ask for both, or for anything else
 */
export function askableBits(program: DynamicCircuit, isTaken: (name: string) => boolean): Bits {
  const asked: (readonly number[])[] = [];
  const visit = (condition: Condition): void => {
    if (condition.kind === 'equal') asked.push(condition.bits);
    else if (condition.kind === 'not') visit(condition.operand);
    else throw refuse(`"${condition.kind}" between conditions`);
  };
  for (const step of program.steps) if (step.kind === 'if') visit(step.condition);
  const whole = bitsOf(program, isTaken);
  if (asked.every((bits) => whole.whole(bits) !== undefined)) return whole;
  if (!asked.every((bits) => bits.length === 1)) throw refuse('a condition on some bits of a register');
  const bitRegisters = Array.from({ length: program.numBits }, (_, k) => ({ name: `c${k}`, start: k, size: 1 }));
  return bitsOf({ ...program, bitRegisters }, isTaken);
}

/** The steps of a branch, each behind its question; `say` writes one step without a condition. */
export function asked(
  step: DynamicStep & { readonly kind: 'if' },
  bits: Bits,
  say: (step: DynamicStep) => readonly string[],
): string[] {
  const whether = questionOf(step.condition, bits, true);
  const otherwise = questionOf(step.condition, bits, false);
  const lines = (steps: readonly DynamicStep[], question: Question | boolean | undefined): string[] => {
    if (steps.length === 0 || question === false) return [];
    if (question === undefined) throw refuse('that a register of several bits differs from a value');
    if (steps.some(({ kind }) => kind === 'if')) throw refuse('conditions inside conditions');
    if (question === true) return steps.flatMap(say);
    const changes = steps.findIndex(
      (found) =>
        found.kind === 'measure' && found.bit !== undefined && registerOf(bits.bit(found.bit)) === question.register,
    );
    const isLast = otherwise === false || step.otherwise.length === 0 || steps === step.otherwise;
    if (changes >= 0 && (changes < steps.length - 1 || !isLast))
      throw refuse('a branch that measures into its own condition');
    return steps.flatMap(say).map((line) => `if(${question.register}==${question.value}) ${line}`);
  };
  return [...lines(step.body, whether), ...lines(step.otherwise, otherwise)];
}

const registerOf = (bit: string): string => bit.slice(0, bit.indexOf('['));

/** When a condition is as wanted: at one value of a register, always, never; undefined if at several values. */
function questionOf(condition: Condition, bits: Bits, wanted: boolean): Question | boolean | undefined {
  if (condition.kind === 'not') return questionOf(condition.operand, bits, !wanted);
  if (condition.kind !== 'equal') throw refuse(`"${condition.kind}" between conditions`);
  if (!isPossible(condition)) return !wanted;
  const register = bits.whole(condition.bits);
  if (register === undefined) throw refuse('a condition on some bits of a register');
  if (wanted) return { register, value: condition.value };
  return condition.bits.length === 1 ? { register, value: 1 - bitOf(condition.value, 0) } : undefined;
}
