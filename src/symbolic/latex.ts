import { type SyntaxNode, syntaxTree } from '../../circuits/angle/grammar.js';
import { expected } from '../foundation/errors.js';

const commands: Readonly<Record<string, string>> = {
  exp: '\\exp',
  log: '\\ln',
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
  sinh: '\\sinh',
  cosh: '\\cosh',
  tanh: '\\tanh',
};
const operators: Readonly<Record<string, string>> = { '+': ' + ', '-': ' - ', '*': ' \\cdot ' };

/**
 * A formula in mathjs's grammar as LaTeX: quotients as fractions, x1 as x₁, 2e-9 as 2·10⁻⁹.
 *
 * @throws DaruanError if the text does not parse, or has more than numbers, symbols, arithmetic and functions
 * @example formulaLatex('2.5*exp(sin(3.142 * x1) + (x2)^2) / 3'); // \frac{2.5 \cdot \exp\left(…\right)}{3}
 */
export function formulaLatex(text: string): string {
  let tree: SyntaxNode;
  try {
    tree = syntaxTree(text);
  } catch (cause) {
    throw expected('formulaLatex', 'a formula', text, `${(cause as Error).message}.`);
  }
  return write(tree, text);
}

function write(node: SyntaxNode, text: string): string {
  const own = (part: SyntaxNode | undefined): string => write(part!, text);
  switch (node.type) {
    case 'ConstantNode':
      return String(node.value).replace(/e\+?(-?\d+)$/, ' \\cdot 10^{$1}');
    case 'SymbolNode':
      return symbol(node.name!);
    case 'ParenthesisNode':
      return parentheses(own(node.content));
    case 'FunctionNode':
      return call(node.fn!.name!, node.args!.map(own).join(', '));
    case 'OperatorNode': {
      const { op = '', args = [] } = node;
      if (args.length === 1) return `${op}${own(args[0])}`;
      if (op === '/') return `\\frac{${own(bare(args[0]))}}{${own(bare(args[1]))}}`;
      if (op === '^') return `${base(args[0], own(args[0]))}^{${own(bare(args[1]))}}`;
      if (op in operators) return args.map(own).join(operators[op]);
    }
  }
  throw expected('formulaLatex', 'numbers, symbols, arithmetic and functions', text);
}

const parentheses = (inside: string): string => `\\left(${inside}\\right)`;

/** What a fraction or an exponent holds needs no parentheses. */
const bare = (node: SyntaxNode): SyntaxNode => (node.type === 'ParenthesisNode' ? node.content! : node);

/** A call would take its exponent into its argument. */
const base = (node: SyntaxNode, written: string): string => {
  const symbolInside = node.type === 'ParenthesisNode' && node.content!.type === 'SymbolNode';
  if (symbolInside) return symbol(node.content!.name!);
  return node.type === 'FunctionNode' ? parentheses(written) : written;
};

function symbol(name: string): string {
  if (name === 'pi') return '\\pi';
  const [, letters, index] = /^([A-Za-z]+)_?(\d+)$/.exec(name) ?? [];
  const stem = letters ?? name;
  const written = stem.length === 1 ? stem : `\\mathrm{${stem.replaceAll('_', '\\_')}}`;
  return index === undefined ? written : `${written}_{${index}}`;
}

function call(name: string, argument: string): string {
  if (name === 'sqrt') return `\\sqrt{${argument}}`;
  if (name === 'abs') return `\\left|${argument}\\right|`;
  return `${commands[name] ?? `\\operatorname{${name}}`}${parentheses(argument)}`;
}
