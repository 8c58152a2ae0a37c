import { create, type MathNode, parseDependencies } from 'mathjs/number';

let parser: ((text: string) => MathNode) | undefined;

/** The syntax tree of an expression in mathjs's grammar, for numbers. The parser is made when it is first needed. */
export function syntaxTree(text: string): MathNode {
  parser ??= create({ parseDependencies }, {}).parse as (text: string) => MathNode;
  return parser(text);
}
