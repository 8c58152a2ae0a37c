import { create, parseDependencies } from 'mathjs/number';
import { describe, expect, it } from 'vitest';
import { type SyntaxNode, syntaxTree } from '../../../circuits/angle/grammar.js';

const { parse } = create({ parseDependencies }, {});
const known = ['ConstantNode', 'SymbolNode', 'ParenthesisNode', 'OperatorNode', 'FunctionNode', 'ConditionalNode'];

/** A tree as nested lists, of the fields that are read; what an unknown type of node holds is left out. */
function outline(node: SyntaxNode | undefined): unknown {
  if (!node) return null;
  const { type, value, name, op, args = [], fn, content, condition, trueExpr, falseExpr } = node;
  if (!known.includes(type)) return type;
  const called = type === 'FunctionNode' ? outline(fn) : null;
  const parts = [content, condition, trueExpr, falseExpr].map(outline);
  return [type, value ?? null, type === 'SymbolNode' ? name : null, op ?? null, called, args.map(outline), parts];
}

describe('The grammar', () => {
  it.each([
    '2*theta + pi/2',
    '-2^3^x',
    '2 theta x',
    '1/2 x + 3 y / 4 z',
    '-3/4 x',
    'sin(2 pi (x + 1)) cos x(y)',
    'a ? b : c > d ? 1e-3 : .5',
    'a < b',
    'a < b < c',
    'not a and b or c xor d',
    'a mod 2 % 3',
    'x!',
    "x' + 7%",
    '0x1F + 0b101',
    'atan2(y, x)(z)',
    'NaN + Infinity + true',
    '[1, 2; 3, 4]',
    'f(x) = x^2',
    'a.b[2]',
    '{a: 1}',
    '1:3',
    'a = 1; b',
    '"text"',
    'a ?? b',
    'x in y to z',
    '',
  ])('is mathjs’s own: %j', (text) => {
    expect(outline(syntaxTree(text))).toEqual(outline(parse(text) as unknown as SyntaxNode));
  });

  it.each(['2*', '(a', 'a b)', '1 +* 2', '@', '"open', 'a ? b'])('refuses what mathjs refuses: %j', (text) => {
    const problem = (read: (text: string) => unknown): string | undefined => {
      try {
        read(text);
      } catch (error) {
        return error instanceof SyntaxError ? error.name : String(error);
      }
    };
    expect(problem(syntaxTree)).toBe('SyntaxError');
    expect(problem(parse as (text: string) => unknown)).toBe('SyntaxError');
  });

  it('refuses fractions in base 16, which OpenQASM does not have, though mathjs does', () => {
    expect(() => syntaxTree('0x1.8')).toThrow(SyntaxError);
  });
});
