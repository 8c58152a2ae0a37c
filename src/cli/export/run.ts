import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DaruanError } from '../../foundation/errors.js';
import type { LayerDescription } from '../../tf/describe.js';
import { writeFileAtomically } from '../../tf/storage/files.js';
import { circuitName } from '../circuitName.js';
import { formats } from '../formats.js';
import { trainedCircuits } from '../trainedCircuits.js';
import type { CircuitOptions } from './command.js';
import { valued } from './valued.js';

/** Writes the chosen circuits of a trained network; returns what belongs on stdout. */
export async function exportCircuits(folder: string, options: CircuitOptions): Promise<string> {
  const { format, out, set } = options;
  const edges = chosenEdges(await trainedCircuits('export', folder), options);
  const { suffix, write } = formats[format];
  if (out === undefined) {
    if (edges.length === 1) return write(valued(edges[0].circuit(), set));
    throw new DaruanError(
      'export',
      `${edges.length} circuits are chosen, but stdout holds one`,
      'Name a folder with --out, or choose one with --layer, --output and --input.',
    );
  }
  await mkdir(out, { recursive: true });
  for (const edge of edges)
    await writeFileAtomically(join(out, `${edge.name}.${suffix}`), write(valued(edge.circuit(), set)));
  process.stderr.write(`${edges.length} circuit(s) in ${out}\n`);
  return '';
}

function chosenEdges(layers: readonly LayerDescription[], { layer, output, input }: CircuitOptions) {
  check('--layer', layer, layers.length, 'layer');
  const edges = layers.flatMap(({ inDim, outDim, circuit }, l) => {
    if (layer !== undefined && l !== layer) return [];
    const places = Array.from({ length: outDim * inDim }, (_, edge) => [Math.floor(edge / inDim), edge % inDim]);
    return places
      .filter(([o, i]) => (output === undefined || o === output) && (input === undefined || i === input))
      .map(([o, i]) => ({ name: circuitName(l, o, i), circuit: () => circuit(o, i) }));
  });
  if (edges.length > 0) return edges;
  const dimensions = layers.filter((_, l) => layer === undefined || l === layer);
  check('--output', output, Math.max(...dimensions.map(({ outDim }) => outDim)), 'output');
  check('--input', input, Math.max(...dimensions.map(({ inDim }) => inDim)), 'input');
  throw new DaruanError('export', 'no layer has such an edge', 'Add --layer.');
}

function check(option: string, value: number | undefined, count: number, what: string): void {
  if (value === undefined || value < count) return;
  throw new DaruanError(option, `there is no ${what} ${value}`, `They count from 0 to ${count - 1}.`);
}
