import type { Attribution } from './attribute.js';

/** Scores up to which a part is removed. */
export interface PruneThresholds {
  /** Of hidden nodes. Default 0.01. */
  readonly node?: number;
  /** Of edges. Default 0.03. */
  readonly edge?: number;
  /** Of inputs. Default: inputs stay. */
  readonly input?: number;
}

/** What stays of a network: node by node, inputs first, and edge (o, i) in entry o·in + i. */
export interface Kept {
  readonly nodes: boolean[][];
  readonly edges: boolean[][];
}

/** What pruning has to know of layers of nodes, inputs first. */
export interface NodeRules {
  /** Which layers of nodes stay, with all edges to them. Default: none. */
  readonly bound?: readonly boolean[];
  /** For each layer of edges, which of its sums make each node: several are multiplied. Default: one each. */
  readonly sums?: readonly (readonly (readonly number[])[])[];
  /** For each layer of edges its mask. Default: no edge is masked. */
  readonly masks?: readonly ArrayLike<number>[];
}

/**
 * What stays: the parts whose score is above its threshold, but for edges of nodes that go and for nodes that nothing reaches or that
 * reach nothing. Outputs stay. A product that stays needs its factors: of one that would be left without edges, since it is next
 * to constant, all stays that it is made of.
 */
export function keptParts(
  { nodes, edges }: Pick<Attribution, 'nodes' | 'edges'>,
  thresholds: PruneThresholds,
  { bound = [], sums, masks }: NodeRules = {},
): Kept {
  const { node = 1e-2, edge = 3e-2, input } = thresholds;
  const last = nodes.length - 1;
  const limit = (l: number) => (l === last || bound[l] ? undefined : l === 0 ? input : node);
  const start: Kept = {
    nodes: nodes.map((scores, l) => Array.from(scores, (score) => limit(l) === undefined || score > limit(l)!)),
    edges: edges.map((scores, l) => Array.from(scores, (score) => bound[l + 1] || score > edge)),
  };
  const links = edges.map((scores, l): Links => {
    const mask = masks?.[l] ?? scores.map(() => 1);
    return linksOf(nodes[l].length, sums?.[l] ?? Array.from(nodes[l + 1], (_, o) => [o]), mask);
  });
  const stays = nodes.map((_, l) => limit(l) === undefined);
  for (const held = new Set<string>(); ; ) {
    const kept = connected(start, links, stays);
    const starving = starvingFactors(kept, links).filter(([l, o]) => !held.has(`${l},${o}`));
    if (starving.length === 0) return kept;
    for (const [l, o] of starving) hold(start, links, l, o, held);
  }
}

/** How a layer of edges joins two layers of nodes. */
interface Links {
  readonly inDim: number;
  readonly sums: readonly (readonly number[])[];
  /** The node above each sum. */
  readonly above: readonly number[];
  readonly mask: ArrayLike<number>;
}

function linksOf(inDim: number, sums: Links['sums'], mask: ArrayLike<number>): Links {
  const above: number[] = [];
  sums.forEach((parts, n) => {
    for (const o of parts) above[o] = n;
  });
  return { inDim, sums, above, mask };
}

/** Without edges of nodes that go, and nodes that nothing reaches or that reach nothing, but for layers that stay. */
function connected(start: Kept, links: readonly Links[], stays: readonly boolean[]): Kept {
  const kept = { nodes: start.nodes.map((layer) => [...layer]), edges: start.edges.map((layer) => [...layer]) };
  for (let changed = true; changed; ) {
    changed = false;
    kept.edges.forEach((layer, l) => {
      const { inDim, above } = links[l];
      layer.forEach((alive, at) => {
        if (!alive || (kept.nodes[l][at % inDim] && kept.nodes[l + 1][above[Math.floor(at / inDim)]])) return;
        layer[at] = false;
        changed = true;
      });
    });
    kept.nodes.forEach((layer, l) => {
      if (stays[l]) return;
      layer.forEach((alive, i) => {
        if (!alive) return;
        const reached = l === 0 || links[l - 1].sums[i].some((o) => isReached(kept, links, l - 1, o));
        if (reached && kept.edges[l].some((edge, at) => edge && at % layer.length === i)) return;
        layer[i] = false;
        changed = true;
      });
    });
  }
  return kept;
}

const isReached = ({ edges }: Kept, links: readonly Links[], l: number, o: number): boolean =>
  edges[l].slice(o * links[l].inDim, (o + 1) * links[l].inDim).includes(true);

/** Factors of products that stay to which no edge leads. */
const starvingFactors = (kept: Kept, links: readonly Links[]): (readonly [l: number, o: number])[] =>
  links.flatMap(({ sums }, l) =>
    sums
      .filter((factors, n) => factors.length > 1 && kept.nodes[l + 1][n])
      .flat()
      .filter((o) => !isReached(kept, links, l, o))
      .map((o) => [l, o] as const),
  );

/** Lets everything stay that a sum is made of. */
function hold(start: Kept, links: readonly Links[], l: number, o: number, held: Set<string>): void {
  if (held.has(`${l},${o}`)) return;
  held.add(`${l},${o}`);
  const { inDim, mask } = links[l];
  for (let i = 0; i < inDim; i++) {
    if (mask[o * inDim + i] === 0) continue;
    start.edges[l][o * inDim + i] = true;
    start.nodes[l][i] = true;
    if (l > 0) for (const below of links[l - 1].sums[i]) hold(start, links, l - 1, below, held);
  }
}
