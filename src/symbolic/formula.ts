import { checkInteger } from '../foundation/checks.js';
import { type ProductNodes, sumsOfNodes } from '../network/multiplication.js';
import { symbolicFunctions } from './functions.js';
import { productNodes, type SymbolicNetwork } from './network.js';

/** A sum: coefficients of terms, and a constant. */
export interface Sum {
  readonly terms: readonly { readonly coefficient: number; readonly text: string }[];
  readonly constant: number;
}

/**
 * A formula as text in mathjs's grammar, one an output; x1 … xn are the inputs (x where there is one).
 *
 * @param digits  significant digits of the numbers; what rounds to nothing beside its neighbours is left out. Default 4
 * @example formulas([{ inDim: 1, outDim: 1, edges: [{ name: 'sin', a: 2, b: 0, c: 1 }], bias: Float64Array.of(1) }]) // ['sin(2 * x) + 1']
 */
export function formulas(network: SymbolicNetwork, digits = 4): string[] {
  checkInteger('formulas', 'digits', digits, 1, 17);
  const inputs = network[0].inDim;
  let nodes = inputSums(inputs);
  for (const layer of network) {
    const { inDim, outDim, edges, bias } = layer;
    const before = nodes;
    const sums = Array.from({ length: outDim }, (_, o) => {
      const terms: Sum['terms'][number][] = [];
      let constant = bias[o];
      for (let i = 0; i < inDim; i++) {
        const edge = edges[o * inDim + i];
        if (!edge || edge.c === 0 || edge.name === 'constant') continue;
        const argument = scaled(before[i], edge.a, edge.b);
        if (edge.name === 'linear') {
          const line = scaled(argument, edge.c, 0);
          terms.push(...line.terms);
          constant += line.constant;
        } else if (edge.name === 'exp') {
          // c·exp(s + k) = c·eᵏ·exp(s): one number instead of two
          const text = symbolicFunctions.exp.text(textOf({ ...argument, constant: 0 }, digits));
          terms.push({ coefficient: edge.c * Math.exp(argument.constant), text });
        } else {
          terms.push({ coefficient: edge.c, text: symbolicFunctions[edge.name].text(textOf(argument, digits)) });
        }
      }
      return { terms, constant };
    });
    nodes = productSums(productNodes(layer), sums, digits);
  }
  return nodes.map((node) => textOf(node, digits));
}

/** The inputs x1 … xn, or x. */
export const inputSums = (inputs: number): Sum[] =>
  Array.from({ length: inputs }, (_, i) => ({
    terms: [{ coefficient: 1, text: inputs === 1 ? 'x' : `x${i + 1}` }],
    constant: 0,
  }));

export const scaled = ({ terms, constant }: Sum, factor: number, shift: number): Sum => ({
  terms: terms.map(({ coefficient, text }) => ({ coefficient: factor * coefficient, text })),
  constant: factor * constant + shift,
});

/** The nodes of a layer from its sums: those that are multiplied become products. */
export const productSums = (nodes: ProductNodes, sums: readonly Sum[], digits: number): Sum[] =>
  sumsOfNodes(nodes).map((parts) => {
    if (parts.length === 1) return sums[parts[0]];
    const factors = parts.map((part) => significant(sums[part], digits));
    const varying = factors.filter(({ terms }) => terms.length > 0);
    const number = factors.reduce(
      (product, { terms, constant }) => (terms.length > 0 ? product : product * constant),
      1,
    );
    if (varying.length === 0) return { terms: [], constant: number };
    if (varying.length === 1) return scaled(varying[0], number, 0);
    let coefficient = number;
    const texts = varying.map(({ terms, constant }) => {
      // factors say nothing of their scale: their largest number is 1, and they do not begin with a minus
      const largest = Math.max(...terms.map((term) => Math.abs(term.coefficient)), Math.abs(constant));
      const scale = Math.sign(terms[0].coefficient) * largest;
      coefficient *= scale;
      const isTerm = terms.length === 1 && constant === 0;
      return isTerm ? terms[0].text : `(${textOf(scaled({ terms, constant }, 1 / scale, 0), digits)})`;
    });
    return { terms: [{ coefficient, text: texts.join(' * ') }], constant: 0 };
  });

/** A sum without what rounds to nothing beside its neighbours. */
function significant({ terms, constant }: Sum, digits: number): Sum {
  const largest = Math.max(Math.abs(constant), ...terms.map(({ coefficient }) => Math.abs(coefficient)));
  const least = 0.5 * largest * 10 ** -digits;
  return {
    terms: terms.filter(({ coefficient }) => Math.abs(coefficient) > least),
    constant: Math.abs(constant) > least ? constant : 0,
  };
}

/** A sum as text; what rounds to nothing beside its neighbours is left out. */
export function textOf(sum: Sum, digits: number): string {
  const { terms, constant } = significant(sum, digits);
  const parts = terms.map(({ coefficient, text }) => {
    const size = rounded(Math.abs(coefficient), digits);
    return { negative: coefficient < 0, text: size === '1' ? text : `${size} * ${text}` };
  });
  if (constant !== 0 || parts.length === 0) {
    parts.push({ negative: constant < 0, text: rounded(Math.abs(constant), digits) });
  }
  return parts.reduce(
    (sum, { negative, text }, k) =>
      k === 0 ? `${negative ? '-' : ''}${text}` : `${sum} ${negative ? '-' : '+'} ${text}`,
    '',
  );
}

const rounded = (value: number, digits: number): string => String(Number(value.toPrecision(digits)));
