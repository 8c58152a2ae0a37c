import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/foundation/random.js';
import { kan } from '../../../src/tf/KAN.js';
import type { EdgeLayer } from '../../../src/tf/layers/edgeLayer.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { qkan } from '../../../src/tf/QKAN.js';
import { attribute } from '../../../src/tf/structure/attribute.js';
import { keptParts } from '../../../src/tf/structure/keep.js';
import { prune } from '../../../src/tf/structure/prune.js';
import { type FitOptions, fit, type TrainingState } from '../../../src/tf/training/fit.js';
import { ParameterVector } from '../../../src/tf/training/variables.js';
import { useBackend } from '../environment.js';

await useBackend('wasm');

const random = new Random(5);
const x = tf.tensor2d(
  Float32Array.from({ length: 120 }, () => random.uniform(-1, 1)),
  [40, 3],
);

/** Moves every weight from its start, statistics and shifts of normalisation included. */
function trained(model: tfl.Sequential): tfl.Sequential {
  for (const weight of model.weights) {
    if (weight.originalName.endsWith('mask') || weight.originalName.endsWith('grid')) continue;
    const values = Float32Array.from(weight.read().dataSync(), (value) => value + random.uniform(0.05, 0.3));
    weight.write(tf.tensor(values, weight.read().shape));
  }
  return model;
}

/** Sets what edges (o, i) of a layer are made of to 0, without their masks. */
function kill(layer: tfl.layers.Layer, edges: readonly (readonly [o: number, i: number])[]): void {
  for (const weight of layer.weights) {
    if (!/coefficients|post_weight|post_bias|base_weight/.test(weight.originalName)) continue;
    const [, inDim, ...rest] = weight.read().shape;
    const block = rest.reduce((product, size) => product * size, 1);
    const values = Float32Array.from(weight.read().dataSync());
    for (const [o, i] of edges) values.fill(0, (o * inDim + i) * block, (o * inDim + i + 1) * block);
    weight.write(tf.tensor(values, weight.read().shape));
  }
}

const quantum = { postactivationWeightTrainable: true, postactivationBiasTrainable: true, reps: 2, seed: 3 };
/** Networks [3, 4, 2], the options that pruning must keep, and what becomes of hidden nodes that count for nothing. */
const networks: readonly [name: string, make: () => tfl.Sequential, nodes: 'go' | 'are masked' | 'stay'][] = [
  ['QKAN', () => qkan({ width: [3, 4, 2], ...quantum, preactivationTrainable: true, ansatz: 'mix' }), 'go'],
  ['QKAN behind batch normalisation', () => qkan({ width: [3, 4, 2], ...quantum, batchNormalization: true }), 'go'],
  ['QKAN of shared circuits', () => qkan({ width: [3, 4, 2], ...quantum, group: 2 }), 'are masked'],
  ['KAN', () => kan({ width: [3, 4, 2], basis: { name: 'bspline', grid: 4, degree: 2 } }), 'go'],
  ['KAN with biases', () => kan({ width: [3, 4, 2], basis: 'fourier', postactivationWeightTrainable: true }), 'go'],
  ['KAN of trained windows', () => kan({ width: [3, 4, 2], basis: 'relu', baseActivation: 'tanh' }), 'go'],
  ['KAN behind batch normalisation', () => kan({ width: [3, 4, 2], normalization: 'batch' }), 'go'],
  [
    'KAN of shared rational functions',
    () => kan({ width: [3, 4, 2], basis: { name: 'rational', groups: 2 } }),
    'are masked',
  ],
  ['AF-KAN', () => kan({ width: [3, 4, 2], basis: 'af' }), 'stay'],
];

const outputs = (model: tfl.LayersModel, input: tf.Tensor = x) => [...(model.apply(input) as tf.Tensor).dataSync()];
const furthest = (a: number[], b: number[]) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));
const edgeLayers = (model: tfl.LayersModel) => model.layers.filter((layer) => 'edges' in layer) as EdgeLayer[];

describe('pruning', () => {
  it.each(networks)('%s: what counts for nothing goes, and the function stays', async (_, make, become) => {
    const model = trained(make());
    const [first, second] = edgeLayers(model);
    // node 2 reads nothing, node 0 is read by none, and so are its edges; edge (1, 0) of the second layer is dead
    kill(first, [
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
    kill(second, [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 2],
      [1, 2],
    ]);
    const before = outputs(model);
    const { model: pruned, nodes, edges } = await prune(model, x, { node: 0, edge: 0 });
    expect(nodes).toEqual([[0, 1, 2], become === 'go' ? [1, 3] : [0, 1, 2, 3], [0, 1]]);
    expect(edges).toBe(become === 'stay' ? 12 + 3 : 6 + 3);
    expect(edgeLayers(pruned).map(({ units }) => units)).toEqual([become === 'go' ? 2 : 4, 2]);
    expect(furthest(outputs(pruned), before)).toBeLessThan(2e-6 * Math.max(...before.map(Math.abs)));
    expect(outputs(model)).toEqual(before); // the old network is as it was
    const settings = (layer: tfl.layers.Layer) => ({ ...layer.getConfig(), units: 0 });
    expect(edgeLayers(pruned).map(settings)).toEqual(edgeLayers(model).map(settings));
  });

  it('takes inputs out where it is asked to, and says which are left', async () => {
    const model = trained(kan({ width: [3, 2, 1] }));
    kill(edgeLayers(model)[0], [
      [0, 1],
      [1, 1],
    ]);
    const { model: pruned, nodes } = await prune(model, x, { node: 0, edge: 0, input: 0 });
    expect(nodes[0]).toEqual([0, 2]);
    expect(pruned.inputs[0].shape).toEqual([null, 2]);
    const rest = tf.gather(x, tf.tensor1d(nodes[0] as number[], 'int32'), 1);
    expect(furthest(outputs(pruned, rest), outputs(model))).toBeLessThan(1e-5);
    const kept = await prune(model, x, { node: 0, edge: 0 });
    expect(kept.nodes[0]).toEqual([0, 1, 2]); // not asked, not taken
  });

  it('removes what nothing reaches or what reaches nothing, again and again', () => {
    const scores = {
      nodes: [[1, 1], [1, 1], [1, 1], [1]].map((list) => Float64Array.from(list)),
      edges: [
        [1, 1, 0, 0],
        [0, 1, 1, 0],
        [1, 1],
      ].map((list) => Float64Array.from(list)),
    };
    // node 1 of the first hidden layer is reached by no edge; so node 0 of the second neither
    expect(keptParts(scores, {})).toEqual({
      nodes: [[true, true], [true, false], [false, true], [true]],
      edges: [
        [true, true, false, false],
        [false, false, true, false],
        [false, true],
      ],
    });
  });

  describe.each([
    ['adam', 30],
    ['lbfgs', 3],
  ] as const)('in a training by %s', (method, steps) => {
    const data = { x, y: tf.sin(tf.mul(tf.slice2d(x, [0, 0], [-1, 1]), 3)) as tf.Tensor2D };
    const stage = (count: number) => ({ schedule: [{ method, steps: count }] });
    const stateAfter = async (model: tfl.LayersModel, options: FitOptions = {}) => {
      let last: TrainingState | undefined;
      await fit(model, data, {
        ...stage(steps),
        ...options,
        onStep: async (_, state) => {
          last = await state();
        },
      });
      return last!;
    };

    it('goes on from what the optimiser knew of the parts that are left', async () => {
      const model = kan({ width: [3, 3, 1], basis: 'fourier', seed: 4 });
      const state = await stateAfter(model, { earlyStopping: { patience: 99 } });
      const node = Math.min(...attribute(model, x).nodes[1]); // the least of them goes
      const { model: pruned, training, nodes } = await prune(model, x, { node, edge: 0, training: state });
      expect(nodes[1].length).toBe(2);
      const own = [...new ParameterVector(pruned).read()];
      expect([...Float32Array.from(training!.parameters)]).toEqual(own); // the parameters are those of the network
      expect(training).toMatchObject({ stepInStage: steps, history: state.history, best: null });
      const after = await fit(pruned, data, { ...stage(2 * steps), resume: training! });
      const [first, last] = [after.history[steps].loss, after.history[2 * steps - 1].loss];
      expect(last).toBeLessThan(first);
    });

    it('changes no bit where nothing goes', async () => {
      const make = () => qkan({ width: [3, 2, 1], reps: 2, seed: 4 });
      const [one, other] = [make(), make()];
      const state = await stateAfter(one);
      const { model: pruned, training } = await prune(one, x, { node: 0, edge: 0, training: state });
      await fit(pruned, data, { ...stage(steps + 2), resume: training! });
      await fit(other, data, stage(steps + 2));
      expect(outputs(pruned)).toEqual(outputs(other));
    });
  });

  it('keeps no curvature that turned round', async () => {
    const model = kan({ width: [3, 3, 1], basis: 'fourier', seed: 4 });
    kill(edgeLayers(model)[1], [[0, 1]]);
    const length = new ParameterVector(model).length;
    const perNode = length - new ParameterVector((await prune(model, x, { node: 0, edge: 0 })).model).length;
    expect(perNode).toBe(4 * 11); // three edges to the node and one from it
    const { state } = await fit(model, { x, y: tf.zeros([40, 1]) }, { schedule: [{ method: 'lbfgs', steps: 1 }] });
    kill(edgeLayers(model)[1], [[0, 1]]);
    const step = new Float64Array(length).fill(1);
    const gone = Float64Array.from({ length }, (_, k) => (k >= 3 * 11 && k < 6 * 11 ? 4 : -1)); // along what goes alone
    const pairs = [
      { step, change: step },
      { step, change: gone },
    ];
    const training = { ...state, optimiser: { iterations: 2, evaluations: 2, pairs } };
    const { training: left } = await prune(model, x, { node: 0, edge: 0, training });
    const ones = new Float64Array(length - perNode).fill(1);
    expect(left!.optimiser).toEqual({ iterations: 2, evaluations: 2, pairs: [{ step: ones, change: ones }] });
  });

  it('refuses to leave nothing, and models of other layers', async () => {
    const model = kan({ width: [3, 2, 1] });
    await expect(prune(model, x, { edge: 2 })).rejects.toThrow(/nothing is left of the layer ".*" and its 6 edges/);
    await expect(prune(model, x, { node: -1 })).rejects.toThrow(/prune: expected node ≥ 0, got -1/);
    await expect(prune(model, x, { node: Number.NaN })).rejects.toThrow(/prune: expected node to be a finite number/);
    const other = tfl.sequential({ layers: [new Linear({ units: 1, inputShape: [3] })] });
    expect(() => attribute(other, x)).toThrow(/the layer ".*" \(Linear\) has no edges/);
    expect(() => attribute(model, tf.zeros([4, 2]))).toThrow(/x of shape \[samples, 3\] .*got "\[4, 2\]"/);
  });
});

describe('attribution', () => {
  it('is the share of the standard deviation, carried backwards', () => {
    const model = trained(kan({ width: [3, 2, 2] }));
    const [first, second] = edgeLayers(model);
    const { edges, nodes } = attribute(model, x);
    const deviation = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const hidden = first.apply(x) as tf.Tensor2D;
    const parts = (layer: EdgeLayer, input: tf.Tensor2D) => layer.edges(input).arraySync();
    const column = (rows: number[][][], o: number, i: number) => rows.map((row) => row[o][i]);
    const whole = (rows: number[][][], o: number) => rows.map((row) => row[o].reduce((sum, value) => sum + value, 0));
    const [below, above] = [parts(first, x), parts(second, hidden)];
    const score = (o: number, i: number) => (0.5 * deviation(column(above, o, i))) / deviation(whole(above, o));
    expect(edges[1][1]).toBeCloseTo(score(0, 1), 5);
    expect(nodes[1][0]).toBeCloseTo(score(0, 0) + score(1, 0), 5);
    const ratio = deviation(column(below, 0, 2)) / deviation(whole(below, 0));
    expect(edges[0][2]).toBeCloseTo(nodes[1][0] * ratio, 5);
    expect(nodes[0][2]).toBeCloseTo(edges[0][2] + edges[0][5], 12);
  });

  it('does not see an affine map between layers: batch normalisation', () => {
    const plain = trained(qkan({ width: [3, 2, 1], seed: 2 }));
    const [first] = edgeLayers(plain);
    const normalised = tfl.sequential({ layers: [first, tfl.layers.batchNormalization()] });
    const scores = attribute(normalised, x);
    const alone = attribute(tfl.sequential({ layers: [first] }), x);
    expect(scores.edges).toEqual(alone.edges);
  });

  it('gives nothing to masked edges, and leaves no tensors behind', () => {
    const model = trained(qkan({ width: [3, 2, 1] }));
    edgeLayers(model)[0].setMask([1, 0, 1, 1, 0, 1]);
    const before = tf.memory().numTensors;
    const { edges, nodes } = attribute(model, x);
    expect(tf.memory().numTensors).toBe(before);
    expect([edges[0][1], edges[0][4], nodes[0][1]]).toEqual([0, 0, 0]);
  });
});
