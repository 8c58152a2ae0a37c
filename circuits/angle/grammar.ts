import { createParse } from 'mathjs/number';

/** A node of a syntax tree, of mathjs's node types and with their names of fields. */
export interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly op?: string;
  readonly args?: readonly SyntaxNode[];
  readonly fn?: SyntaxNode;
  readonly content?: SyntaxNode;
  readonly condition?: SyntaxNode;
  readonly trueExpr?: SyntaxNode;
  readonly falseExpr?: SyntaxNode;
}

type NodeClass = new (...values: unknown[]) => SyntaxNode;
type Parse = (text: string) => SyntaxNode;

declare module 'mathjs/number' {
  /** Makes the parser from what it builds its trees of. */
  export function createParse(parts: Record<string, unknown>): Parse;
}

/** mathjs's node types; of those that are read, here or by the parser, the arguments of the constructor by name. */
const fields: Readonly<Record<string, readonly string[]>> = {
  ConstantNode: ['value'],
  SymbolNode: ['name'],
  ParenthesisNode: ['content'],
  OperatorNode: ['op', 'fn', 'args', 'implicit', 'isPercentage'],
  FunctionNode: ['fn', 'args'],
  ConditionalNode: ['condition', 'trueExpr', 'falseExpr'],
  AccessorNode: ['object', 'index', 'optionalChaining'],
  ArrayNode: ['items'],
  AssignmentNode: [],
  BlockNode: [],
  FunctionAssignmentNode: [],
  IndexNode: [],
  ObjectNode: [],
  RangeNode: [],
  RelationalNode: [],
};

/** A class of plain records: mathjs's own evaluate, compile and print, which would be three quarters of its parser. */
function nodeClass([type, names]: [string, readonly string[]]): [string, NodeClass] {
  class RecordNode implements SyntaxNode {
    readonly type = type;
    constructor(...values: unknown[]) {
      for (const [i, name] of names.entries()) Object.assign(this, { [name]: values[i] });
    }
  }
  Object.assign(RecordNode.prototype, { isNode: true, [`is${type}`]: true }); // how mathjs tells them apart
  return [type, RecordNode];
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (Number.isNaN(value) && text !== 'NaN') throw new SyntaxError(`${text} is no number`);
  return value;
}

function makeParser(): Parse {
  const byType = (_: string, signatures: Record<string, Parse>): Parse => signatures.string;
  return createParse({
    ...Object.fromEntries(Object.entries(fields).map(nodeClass)),
    typed: Object.assign(byType, { addConversion: () => {} }),
    numeric: parseNumber,
    config: { number: 'number' },
  });
}

let parser: Parse | undefined;

/**
 * The syntax tree of an expression in mathjs's grammar, for numbers. The parser is made when it is first needed.
 *
 * @throws SyntaxError if the text does not parse
 */
export function syntaxTree(text: string): SyntaxNode {
  parser ??= makeParser();
  return parser(text);
}
