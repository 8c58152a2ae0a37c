import type { Cursor, Version } from './cursor.js';
import type { ExpressionNode } from './syntax.js';

/** Operators of two sides from the loosest to the tightest; those of a level group from the left. */
const levels: Readonly<Record<Version, readonly (readonly string[])[]>> = {
  2: [['=='], ['+', '-'], ['*', '/']],
  3: [
    ['||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['==', '!='],
    ['<', '>', '<=', '>='],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ],
};

const powers: Readonly<Record<Version, readonly string[]>> = { 2: ['^', '**'], 3: ['**'] };
const signs: Readonly<Record<Version, readonly string[]>> = { 2: ['-', '+'], 3: ['-', '+', '!', '~'] };

/** Types that a value can be turned into. */
export const casts: readonly string[] = ['float', 'angle', 'int', 'uint', 'bool', 'bit'];

/** More operators in one expression are no formula; the bound keeps trees shallow. */
const MAX_OPERATORS = 500;

/** One expression. */
export function parseExpression(cursor: Cursor): ExpressionNode {
  let operators = 0;
  const count = (): void => {
    operators += 1;
    if (operators > MAX_OPERATORS) {
      throw cursor.fault(cursor.peek(), `an expression of more than ${MAX_OPERATORS} operators`, 'Name its parts.');
    }
  };

  const binary = (level: number): ExpressionNode => {
    const words = levels[cursor.version][level];
    if (words === undefined) return unary();
    let left = binary(level + 1);
    while (words.some((word) => cursor.is(word))) {
      count();
      const at = cursor.peek();
      const operator = cursor.next().text;
      left = { kind: 'binary', operator, left, right: binary(level + 1), at };
    }
    return left;
  };

  const unary = (): ExpressionNode => {
    if (!signs[cursor.version].some((word) => cursor.is(word))) return power();
    count();
    const at = cursor.next();
    return cursor.nested((): ExpressionNode => ({ kind: 'unary', operator: at.text, operand: unary(), at }));
  };

  /** Binds tighter than a sign before it, and groups from the right. */
  const power = (): ExpressionNode => {
    const base = atom();
    if (!powers[cursor.version].some((word) => cursor.is(word))) return base;
    count();
    const at = cursor.next();
    const right = cursor.nested(unary);
    return { kind: 'binary', operator: '**', left: base, right, at };
  };

  const atom = (): ExpressionNode => {
    const at = cursor.peek();
    if (at.kind === 'integer' || at.kind === 'real') {
      cursor.next();
      return { kind: 'number', value: Number(at.text.replaceAll('_', '')), isInteger: at.kind === 'integer', at };
    }
    if (cursor.accept('(')) {
      const inner = cursor.nested(() => binary(0));
      cursor.expect(')');
      return inner;
    }
    if (at.kind === 'text' && cursor.version === 3 && /^["'][01_]+["']$/.test(at.text)) {
      cursor.next();
      return { kind: 'bits', value: Number(`0b${at.text.replaceAll(/["'_]/g, '')}`), at };
    }
    if (at.kind !== 'name') cursor.fail('an expression');
    const name = cursor.next().text;
    if (cursor.accept('(')) {
      const parts = cursor.is(')') ? [] : cursor.nested(() => cursor.list(() => binary(0)));
      cursor.expect(')');
      return { kind: 'call', name, parts, at };
    }
    if (cursor.accept('[')) {
      const index = cursor.nested(() => binary(0));
      cursor.expect(']');
      if (cursor.version === 3 && casts.includes(name) && cursor.accept('(')) {
        const part = cursor.nested(() => binary(0)); // int[8](…): the size has no effect
        cursor.expect(')');
        return { kind: 'call', name, parts: [part], at };
      }
      return { kind: 'element', name, index, at };
    }
    return { kind: 'name', name, at };
  };

  return cursor.nested(() => binary(0));
}
