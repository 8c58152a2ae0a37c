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

/**
 * What stays: the parts whose score is above its threshold, but for edges of nodes that go and for nodes that nothing reaches or that
 * reach nothing. Outputs stay.
 *
 * @param bound  which layers of nodes stay, with all edges to them, inputs first. Default: none
 */
export function keptParts(
  { nodes, edges }: Attribution,
  thresholds: PruneThresholds,
  bound: readonly boolean[] = [],
): Kept {
  const { node = 1e-2, edge = 3e-2, input } = thresholds;
  const last = nodes.length - 1;
  const limit = (l: number) => (l === last || bound[l] ? undefined : l === 0 ? input : node);
  const kept: Kept = {
    nodes: nodes.map((scores, l) => Array.from(scores, (score) => limit(l) === undefined || score > limit(l)!)),
    edges: edges.map((scores, l) => Array.from(scores, (score) => bound[l + 1] || score > edge)),
  };
  for (let changed = true; changed; ) {
    changed = false;
    kept.edges.forEach((layer, l) => {
      const inDim = nodes[l].length;
      layer.forEach((alive, at) => {
        if (!alive || (kept.nodes[l][at % inDim] && kept.nodes[l + 1][Math.floor(at / inDim)])) return;
        layer[at] = false;
        changed = true;
      });
    });
    kept.nodes.forEach((layer, l) => {
      if (limit(l) === undefined) return;
      const [inDim, below] = [layer.length, nodes[l - 1]?.length ?? 0];
      layer.forEach((alive, i) => {
        if (!alive) return;
        const reached = l === 0 || kept.edges[l - 1].some((edge, at) => edge && Math.floor(at / below) === i);
        if (reached && kept.edges[l].some((edge, at) => edge && at % inDim === i)) return;
        layer[i] = false;
        changed = true;
      });
    });
  }
  return kept;
}
