import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../../src/data/formula.js';
import { Random } from '../../../src/foundation/random.js';
import { kan } from '../../../src/tf/KAN.js';
import { hasEdges } from '../../../src/tf/layers/edgeLayer.js';
import { KANLayer } from '../../../src/tf/layers/KANLayer.js';
import { Multiplication } from '../../../src/tf/layers/Multiplication.js';
import { measuredNetwork } from '../../../src/tf/measuredNetwork.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { attribute } from '../../../src/tf/structure/attribute.js';
import { autoSymbolic } from '../../../src/tf/structure/autoSymbolic.js';
import { extendReps } from '../../../src/tf/structure/extendReps.js';
import { fourierFormulas } from '../../../src/tf/structure/fourierFormulas.js';
import { remember, rewind } from '../../../src/tf/structure/history.js';
import { keptParts } from '../../../src/tf/structure/keep.js';
import { prune } from '../../../src/tf/structure/prune.js';
import { refine } from '../../../src/tf/structure/refine.js';
import { summary } from '../../../src/tf/structure/summary.js';
import { transferEdges } from '../../../src/tf/structure/transferEdges.js';
import { fit } from '../../../src/tf/training/fit.js';
import type { NodeCount } from '../../../src/tf/width.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(7);
const x = tf.tensor2d(
  Float32Array.from({ length: 120 }, () => random.uniform(-1, 1)),
  [40, 3],
);
const outputs = (model: tfl.LayersModel, input: tf.Tensor = x) => [...(model.predict(input) as tf.Tensor).dataSync()];
const furthest = (a: number[], b: number[]) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));
const edgeLayers = (model: tfl.LayersModel) => model.layers.filter(hasEdges);
const arities = (model: tfl.LayersModel) =>
  model.layers.flatMap((layer) => (layer instanceof Multiplication ? [layer.arities] : []));

/** [3, [1, [2, 3, 2]], 2]: sums 0 and factors 1-2, 3-5, 6-7. */
const width: readonly NodeCount[] = [3, [1, [2, 3, 2]], 2];
const networks: readonly [string, () => tfl.Sequential][] = [
  ['KAN', () => kan({ width, basis: 'fourier', seed: 3 })],
  ['KAN behind batch normalisation', () => kan({ width, normalization: 'batch', seed: 3 })],
  ['QKAN', () => qkan({ width, reps: 2, seed: 3, preactivationTrainable: true })],
];

/** Leaves the given edges [o, i] of a layer alone. */
function keepOnly(layer: tfl.layers.Layer, edges: readonly (readonly [o: number, i: number])[]): void {
  if (!hasEdges(layer)) return;
  const mask = new Float32Array(layer.edgeMask().length);
  const inDim = mask.length / layer.units;
  for (const [o, i] of edges) mask[o * inDim + i] = 1;
  layer.setMask(mask);
}

describe('pruning with products', () => {
  it.each(networks)('%s: products go with all of their factors, and the function stays', async (_, make) => {
    const model = make();
    const [first, second] = edgeLayers(model);
    // the product of three is read by none, and the sum; edges to the others are half of those there are
    keepOnly(
      first,
      [0, 1, 2, 3, 4, 5, 6, 7].map((o) => [o, o % 3]),
    );
    keepOnly(second, [
      [0, 1],
      [1, 1],
      [1, 3],
    ]);
    const before = outputs(model);
    const { model: pruned, nodes, edges } = await prune(model, x, { node: 0, edge: 0 });
    expect([nodes, edges]).toEqual([
      [
        [0, 1, 2],
        [1, 3],
        [0, 1],
      ],
      4 + 3,
    ]);
    expect(arities(pruned)).toEqual([[2, 2]]);
    expect(edgeLayers(pruned).map(({ units }) => units)).toEqual([4, 2]);
    expect(furthest(outputs(pruned), before)).toBeLessThan(2e-6 * Math.max(1, ...before.map(Math.abs)));
    expect(outputs(model)).toEqual(before);
  });

  it('leaves a layer that multiplies nothing where no product stays', async () => {
    const model = kan({ width: [3, [1, 1], 1], seed: 1 });
    keepOnly(edgeLayers(model)[1], [[0, 0]]);
    const { model: pruned, nodes } = await prune(model, x, { edge: 0 });
    expect([nodes[1], arities(pruned)]).toEqual([[0], [[]]]);
    expect(furthest(outputs(pruned), outputs(model))).toBeLessThan(1e-6);
  });

  it('keeps a factor that does not vary, since the product needs it', async () => {
    const model = kan({ width: [3, [0, 1], 1], basis: { name: 'bspline', grid: 3 }, seed: 1 });
    const [first] = edgeLayers(model);
    keepOnly(first, [
      [0, 0],
      [1, 1],
    ]);
    const still = tf.concat([tf.slice(x, [0, 0], [40, 1]), tf.fill([40, 1], 0.3), tf.slice(x, [0, 2], [40, 1])], 1);
    const { edges, nodes } = attribute(model, still as tf.Tensor2D);
    expect(Math.max(edges[0][4], nodes[0][1])).toBeLessThan(1e-6); // the mean is rounded
    const { model: pruned, edges: left } = await prune(model, still as tf.Tensor2D);
    expect(left).toBe(3);
    expect(outputs(pruned, still)).toEqual(outputs(model, still));
  });

  it('keeps what a factor is made of, layer below layer, where nothing else would feed it', () => {
    const list = (...values: number[]) => Float64Array.from(values);
    // factor 0 reads node 0, which varies; factor 1 is masked but for its edge from node 1, which does not
    const scores = {
      nodes: [list(1), list(1, 0, 0), list(1), list(1)],
      edges: [list(1, 0, 0), list(1, 0, 0, 0, 0, 0), list(1)],
    };
    const sums = [[[0], [1], [2]], [[0, 1]], [[0]]];
    const masks = [list(1, 1, 1), list(1, 1, 1, 0, 1, 0), list(1)];
    expect(keptParts(scores, {}, { sums, masks })).toEqual({
      nodes: [[true], [true, true, false], [true], [true]],
      edges: [[true, true, false], [true, false, false, false, true, false], [true]],
    });
    // a product that nothing needs takes its factors with it
    const unread = { ...scores, edges: [...scores.edges.slice(0, 2), list(0)] };
    expect(keptParts(unread, {}, { sums, masks }).nodes).toEqual([[true], [false, false, false], [false], [true]]);
    // one all of whose edges are masked was a number before
    const none = [masks[0], list(1, 1, 1, 0, 0, 0), masks[2]];
    expect(keptParts(scores, {}, { sums, masks: none }).nodes[1]).toEqual([true, false, false]);
  });
});

describe('attribution with products', () => {
  it('gives a factor the share that the product loses where it is held at its mean', () => {
    const model = kan({ width: [3, [1, [2, 3]], 1], seed: 4 });
    const { nodes, sums } = attribute(model, x);
    const values = (edgeLayers(model)[0].apply(x) as tf.Tensor2D).arraySync();
    const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const deviation = (list: number[]) => Math.sqrt(mean(list.map((value) => (value - mean(list)) ** 2)));
    const product = values.map((row) => row[3] * row[4] * row[5]);
    const middle = mean(values.map((row) => row[4]));
    const lost = values.map((row) => row[3] * (row[4] - middle) * row[5]);
    expect([sums.map(({ length }) => length), nodes.map(({ length }) => length)]).toEqual([
      [6, 1],
      [3, 3, 1],
    ]);
    expect(sums[0][4]).toBeCloseTo((nodes[1][2] * deviation(lost)) / deviation(product), 5);
    expect(sums[0][0]).toBe(nodes[1][0]);
    expect(sums[1]).toEqual(nodes[2]);
  });
});

describe('formulas with products', () => {
  it('are exact Fourier series of a QKAN, multiplied', () => {
    const model = qkan({ width: [3, [1, [2, 3]], 1], reps: 1, seed: 5, baseActivation: 'tanh' });
    const read = parseFormula(fourierFormulas(model)[0], 3);
    const wanted = outputs(model);
    for (const [s, row] of x.arraySync().slice(0, 8).entries()) expect(read(row)).toBeCloseTo(wanted[s], 4);
  });

  it('are read off edges that look like functions', () => {
    const model = qkan({ width: [3, [1, 1], [1, 1]], reps: 1, seed: 5, baseActivation: 'none' });
    const { formulas, network } = autoSymbolic(model, x, { digits: 9, library: ['sin'] });
    expect(network.map((layer) => layer.arities)).toEqual([[2], [2]]);
    const wanted = outputs(model);
    const read = formulas.map((formula) => parseFormula(formula, 3));
    for (const [s, row] of x.arraySync().slice(0, 8).entries()) {
      read.forEach((f, o) => {
        expect(f(row)).toBeCloseTo(wanted[2 * s + o], 4);
      });
    }
  });

  it('are not, where something stands between sums and products', () => {
    const edges = new KANLayer({ units: 2, inputShape: [3] });
    const model = tfl.sequential({
      layers: [edges, tfl.layers.batchNormalization(), new Multiplication({ arities: [2] })],
    });
    expect(() => autoSymbolic(model, x)).toThrow(
      /autoSymbolic: the layer ".*" \(BatchNormalization\) stands between sums and their products\. Put it behind/,
    );
  });
});

describe('other tools with products', () => {
  it.each([
    [
      'extendReps',
      () => qkan({ width, reps: 1, preactivationTrainable: true }),
      async (m: tfl.LayersModel) => (await extendReps(m, 2)).model,
    ],
    ['refine', () => kan({ width, basis: { name: 'bspline', grid: 3 } }), (m: tfl.LayersModel) => refine(m, 6)],
    [
      'remember and rewind',
      () => kan({ width }),
      async (m: tfl.LayersModel) => {
        const { state } = await fit(m, { x, y: tf.ones([40, 2]) }, { schedule: [{ method: 'lbfgs', steps: 1 }] });
        return (await rewind(await remember([], 'a', { model: m, training: state, notes: null }), 'a')).model;
      },
    ],
  ] as const)('%s keeps the function', async (_, make, change) => {
    const model = make();
    const changed = await change(model);
    expect(arities(changed)).toEqual([[2, 3, 2]]);
    expect(furthest(outputs(changed), outputs(model))).toBeLessThan(2e-5);
  });

  it('transferEdges gives a KAN the products of a QKAN', () => {
    const small: readonly NodeCount[] = [3, [1, 1], 1];
    const [from, to] = [qkan({ width: small, reps: 1 }), kan({ width: small, basis: { name: 'bspline', grid: 8 } })];
    expect(Math.max(...transferEdges(from, to, x, 3))).toBeLessThan(0.02);
    expect(furthest(outputs(from), outputs(to))).toBeLessThan(0.1);
    expect(() => transferEdges(from, kan({ width: [3, [0, [3]], 1] }), x)).toThrow(
      /expected a model of width \[3,3,× 2,1\], got \[3, 3, "× 3", 1\]/,
    );
  });

  it('summary counts multiplications', () => {
    const { layers } = summary(kan({ width }));
    expect(layers[1]).toMatchObject({ kind: 'Multiplication', shape: [4], trained: 0, fixed: 0, flops: 1 + 2 + 1 });
  });

  it('are refused by name where products have no meaning', async () => {
    const model = qkan({ width: [3, [0, 1], 1] });
    expect(() => measuredNetwork(model)).toThrow(/measuredNetwork: the layer ".*" is no QKANLayer/);
    const layers = [new Multiplication({ arities: [2], inputShape: [3] }), new KANLayer({ units: 1 })];
    const inputs = tfl.sequential({ layers });
    await expect(prune(inputs, x)).rejects.toThrow(
      /prune: the layer ".*" \(Multiplication\) does not multiply the sums of a layer of edges\. Put one behind/,
    );
  });
});
