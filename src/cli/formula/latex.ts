import { create, parseDependencies } from 'mathjs/number';

/** A formula in mathjs's grammar as LaTeX, with x1 as x_1. */
export function toLatex(text: string): string {
  const { parse } = create(parseDependencies);
  return parse(text).toTex({
    handler: (node: { type: string; name?: string }) => {
      const index = node.type === 'SymbolNode' ? /^x(\d+)$/.exec(node.name!)?.[1] : undefined;
      return index === undefined ? undefined : ` x_{${index}}`;
    },
  });
}
