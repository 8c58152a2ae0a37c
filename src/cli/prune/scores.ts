import type { Attribution } from '../../tf/structure/attribute.js';

/** A node or an edge of a network before pruning. */
export interface Scored {
  readonly layer: number;
  /** The node that the edge goes to, and the one that it comes from; of a node its own number alone. */
  readonly output?: number;
  /** Which factor of the node the edge goes to, where it is a product. */
  readonly factor?: number;
  readonly input?: number;
  readonly node?: number;
  readonly score: number;
  readonly stays: boolean;
}

/** What was scored, and what is left of it. */
export interface Scores {
  readonly inputs: readonly string[];
  readonly nodes: readonly Scored[];
  readonly edges: readonly Scored[];
}

/**
 * Scores beside what becomes of each part.
 *
 * @param sums   which of the sums that edges lead to make each node, layer by layer
 * @param kept   the nodes that are left, inputs first
 * @param masks  the edges that are left between them, layer by layer
 */
export function scoresOf(
  { nodes, edges }: Attribution,
  inputs: readonly string[],
  sums: readonly (readonly (readonly number[])[])[],
  kept: readonly (readonly number[])[],
  masks: readonly ArrayLike<number>[],
): Scores {
  return {
    inputs,
    nodes: nodes.flatMap((scores, layer) =>
      Array.from(scores, (score, node) => ({ layer, node, score, stays: kept[layer].includes(node) })),
    ),
    edges: edges.flatMap((scores, layer) => {
      const inDim = nodes[layer].length;
      const keptSums = kept[layer + 1].flatMap((node) => sums[layer][node]);
      return Array.from(scores, (score, at) => {
        const [sum, input] = [Math.floor(at / inDim), at % inDim];
        const [row, column] = [keptSums.indexOf(sum), kept[layer].indexOf(input)];
        const stays = row >= 0 && column >= 0 && masks[layer][row * kept[layer].length + column] === 1;
        const output = sums[layer].findIndex((parts) => parts.includes(sum));
        const factor = sums[layer][output].length > 1 && { factor: sums[layer][output].indexOf(sum) };
        return { layer, output, ...factor, input, score, stays };
      });
    }),
  };
}

/** Scores as a table for people: a line a part. */
export function scoreTable({ inputs, nodes, edges }: Scores): string {
  const last = Math.max(...nodes.map(({ layer }) => layer));
  const nodeName = (layer: number, node: number): string => {
    if (layer === 0) return inputs[node];
    return layer === last ? `output ${node}` : `node ${layer}.${node}`;
  };
  const rows = [
    ...nodes.map(({ layer, node, ...rest }) => ({ name: nodeName(layer, node!), ...rest })),
    ...edges.map(({ layer, output, factor, input, ...rest }) => ({
      name: `${nodeName(layer, input!)} → ${nodeName(layer + 1, output!)}${factor === undefined ? '' : `, factor ${factor}`}`,
      ...rest,
    })),
  ];
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(
    ({ name, score, stays }) => `${name.padEnd(width)}  ${score.toFixed(4).padStart(8)}  ${stays ? 'stays' : 'goes'}`,
  );
  return `${lines.join('\n')}\n`;
}
