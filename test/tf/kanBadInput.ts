import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { af } from '../../src/basis/af.js';
import { extendGrid } from '../../src/basis/bspline/grid.js';
import { bspline } from '../../src/basis/bspline.js';
import { chebyshev } from '../../src/basis/chebyshev.js';
import { fourier } from '../../src/basis/fourier.js';
import { radial } from '../../src/basis/radial.js';
import { rational } from '../../src/basis/rational.js';
import { relu } from '../../src/basis/relu.js';
import { basisFrom } from '../../src/basis/table.js';
import { wavelet } from '../../src/basis/wavelet.js';
import { kan } from '../../src/tf/KAN.js';
import { KANLayer } from '../../src/tf/layers/KANLayer.js';
import { Multiplication } from '../../src/tf/layers/Multiplication.js';
import { SKANLayer } from '../../src/tf/layers/SKANLayer.js';
import { qkan } from '../../src/tf/QKAN.js';
import { setEdgeMasks, winaMasks } from '../../src/tf/structure/winaMasks.js';
import { updateGrids } from '../../src/tf/training/grids.js';
import { selectBases } from '../../src/tf/training/select.js';

const untyped = (value: unknown) => value as never;
const built = (options: object = {}) => {
  const layer = new KANLayer({ units: 2, ...options });
  layer.apply(tf.zeros([1, 3]));
  return layer;
};
const branches = () => {
  const input = tfl.input({ shape: [2] });
  const sides = [1, 2].map(() => new KANLayer({ units: 1 }).apply(input) as tfl.SymbolicTensor);
  return tfl.model({ inputs: input, outputs: tfl.layers.add().apply(sides) as tfl.SymbolicTensor });
};

/** Bad input of classical bases and their layers, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'bspline: no cells',
    run: () => bspline({ grid: 0 }),
    message: 'bspline: expected grid to be an integer ≥ 1, got 0.',
  },
  {
    name: 'bspline: steps',
    run: () => bspline({ degree: 0 }),
    message: 'bspline: expected degree to be an integer in 1 … 10, got 0.',
  },
  {
    name: 'bspline: a range the wrong way round',
    run: () => bspline({ range: [1, -1] }),
    message: 'bspline: expected range to be [low, high] with low < high, got [1, -1].',
  },
  {
    name: 'bspline: a policy that does not exist',
    run: () => bspline({ outside: untyped('wrap') }),
    message: 'bspline: expected outside to be one of "extend", "clamp", "update", "throw", got "wrap".',
  },
  {
    name: 'bspline: an input outside the grid, where that throws',
    run: () => built({ basis: { name: 'bspline', outside: 'throw' } }).apply(tf.fill([1, 3], 1.5)),
    message: 'bspline: expected input 0 within its grid [-1, 1], got 1.5. Widen the grid, or set outside.',
  },
  {
    name: 'KANLayer: an outside that throws, on tensors',
    run: () => built({ route: 'composed', basis: { name: 'bspline', outside: 'throw' } }),
    message: "KANLayer: inputs outside the grid cannot be told on this route. Set outside: 'clamp'.",
  },
  {
    name: 'extendGrid: half a cell',
    run: () =>
      extendGrid(
        { grid: 1, degree: 1, inDim: 1, outDim: 1, ends: [0, 1] as never, coefficients: [0, 0] as never },
        1.5,
      ),
    message: 'extendGrid: expected grid to be an integer ≥ 1, got 1.5.',
  },
  {
    name: 'fourier: no frequency',
    run: () => fourier({ frequencies: 0 }),
    message: 'fourier: expected frequencies to be an integer ≥ 1, got 0.',
  },
  {
    name: 'radial: one centre',
    run: () => radial({ centres: 1 }),
    message: 'radial: expected centres to be an integer ≥ 2, got 1.',
  },
  {
    name: 'chebyshev: a constant',
    run: () => chebyshev({ degree: 0 }),
    message: 'chebyshev: expected degree to be an integer ≥ 1, got 0.',
  },
  {
    name: 'wavelet: one that does not exist',
    run: () => wavelet({ wavelet: untyped('haar') }),
    message: 'wavelet: expected wavelet to be one of "mexicanHat", "morlet", "gaussianSlope", "shannon", got "haar".',
  },
  { name: 'relu: no cells', run: () => relu({ grid: 0 }), message: 'relu: expected grid to be an integer ≥ 1, got 0.' },
  {
    name: 'af: a combination that does not exist',
    run: () => af({ combination: untyped('max') }),
    message: 'af: expected combination to be one of "quad1"',
  },
  {
    name: 'rational: a start that does not exist',
    run: () => rational({ start: untyped('elu') }),
    message: 'rational: expected start with denominator "sumOfAbsolutes" to be one of "identity"',
  },
  {
    name: 'rational: no groups',
    run: () => rational({ groups: 0 }),
    message: 'rational: expected groups to be an integer ≥ 1, got 0.',
  },
  { name: 'basisFrom: a number', run: () => basisFrom('kan', untyped(3)), message: 'kan: expected basis to be a name' },
  {
    name: 'KANLayer: a basis that does not exist',
    run: () => new KANLayer({ units: 1, basis: untyped('legendre') }),
    message: 'KANLayer: expected basis to be one of "bspline", "fourier"',
  },
  {
    name: 'KANLayer: no units',
    run: () => new KANLayer(untyped({})),
    message: 'KANLayer: expected units to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'KANLayer: a base that does not exist',
    run: () => new KANLayer({ units: 1, baseActivation: untyped('mish') }),
    message: 'KANLayer: expected baseActivation to be one of "silu"',
  },
  {
    name: 'KANLayer: a negative deviation',
    run: () => new KANLayer({ units: 1, coefficientDeviation: -1 }),
    message: 'KANLayer: expected coefficientDeviation ≥ 0, got -1.',
  },
  {
    name: 'KANLayer: a mask of another shape',
    run: () => built().setMask([1, 0]),
    message: 'KANLayer.setMask: expected 6 entries, shape [units, in], got 2.',
  },
  {
    name: 'KANLayer: a mask of halves',
    run: () => built().setMask([1, 0, 0.5, 1, 1, 1]),
    message: 'KANLayer.setMask: a mask holds other numbers than 0 and 1. Scale edges by weights.',
  },
  {
    name: 'KANLayer: coefficients of another shape',
    run: () => built().setParameters([1]),
    message: 'KANLayer.setParameters: expected coefficients of 48 numbers, got 1.',
  },
  {
    name: 'kan: no width',
    run: () => kan(untyped({})),
    message: 'kan: expected width to list at least two layers of nodes',
  },
  {
    name: 'kan: layer normalisation of two features',
    run: () => kan({ width: [2, 5, 1], normalization: 'layer' }),
    message:
      'kan: layer normalisation of the 2 features of width[0] destroys them. Normalise over the batch, or scale the data.',
  },
  {
    name: 'kan: a normalisation that does not exist',
    run: () => kan({ width: [2, 1], normalization: untyped('group') }),
    message: 'kan: expected normalization to be one of "none", "batch", "layer", got "group".',
  },
  {
    name: 'updateGrids: a model with branches',
    run: () => updateGrids(branches(), tf.zeros([2, 2])),
    message: 'updateGrids: the model is not sequential.',
  },
  {
    name: 'af: attention over three inputs',
    run: () => new KANLayer({ units: 2, basis: { name: 'af', attention: true } }).apply(tf.zeros([1, 3])),
    message: 'af: expected at least 4 inputs for attention, which normalises over them, got 3.',
  },
  {
    name: 'winaMasks: nothing kept',
    run: () => winaMasks(kan({ width: [2, 1] }), tf.zeros([1, 2]), 0),
    message: 'winaMasks: expected keep in (0, 1], got 0.',
  },
  {
    name: 'winaMasks: inputs of another width',
    run: () => winaMasks(kan({ width: [2, 1] }), tf.zeros([1, 3]), 1),
    message: 'winaMasks: expected x of shape [samples, 2] with at least 1 sample, got "[1, 3]".',
  },
  {
    name: 'setEdgeMasks: a mask too few',
    run: () => setEdgeMasks(kan({ width: [2, 2, 1] }), [[1, 1, 1, 1]]),
    message: 'setEdgeMasks: expected a mask for each of 2 layers of edges, got 1.',
  },
  {
    name: 'SKANLayer: a pool of one',
    run: () => new SKANLayer({ units: 1, pool: ['fourier'] }),
    message: 'SKANLayer: expected pool to list at least two members, got ["fourier"].',
  },
  {
    name: 'SKANLayer: no temperature',
    run: () => new SKANLayer({ units: 1, temperature: 0 }),
    message: 'SKANLayer: expected temperature > 0, got 0.',
  },
  {
    name: 'SKANLayer: an output that keeps nothing',
    run: () => new SKANLayer({ units: 1, pool: ['fourier', 'af'], kept: [[0, 0]] }),
    message: 'SKANLayer: expected kept of shape [1, 2] with a 1 in each row',
  },
  {
    name: 'selectBases: nothing to select',
    run: () => selectBases(kan({ width: [2, 1] }), { x: tf.zeros([1, 2]), y: tf.zeros([1, 1]) }),
    message: 'selectBases: expected a model with an SKANLayer',
  },
  {
    name: 'kan: inputs that multiply',
    run: () => kan({ width: [[2, 1], 1] }),
    message: 'kan: expected width[0] to be an integer ≥ 1, got [2, 1].',
  },
  {
    name: 'kan: a layer of three numbers',
    run: () => kan({ width: [2, untyped([1, 2, 3]), 1] }),
    message: 'kan: expected width[1] as nodes that add and nodes that multiply, got [1, 2, 3]. As [5, 2].',
  },
  {
    name: 'kan: a layer that neither adds nor multiplies',
    run: () => kan({ width: [2, [0, []], 1] }),
    message: 'kan: expected width[1] to have a node, got [0, []].',
  },
  {
    name: 'kan: half a product',
    run: () => kan({ width: [2, [1, 0.5], 1] }),
    message: 'kan: expected width[1][1] to be an integer ≥ 0, got 0.5.',
  },
  {
    name: 'qkan: a product of one factor',
    run: () => qkan({ width: [2, [1, [2, 1]], 1] }),
    message: 'qkan: expected width[1][1][1] to be an integer ≥ 2, got 1.',
  },
  {
    name: 'Multiplication: no arities',
    run: () => new Multiplication(untyped({})),
    message: 'Multiplication: expected arities to list the number of factors of each product, got undefined.',
  },
  {
    name: 'Multiplication: a number of factors that is none',
    run: () => new Multiplication({ arities: [2, Number.NaN] }),
    message: 'Multiplication: expected arities[1] to be an integer ≥ 2, got NaN.',
  },
  {
    name: 'Multiplication: fewer inputs than factors',
    run: () => new Multiplication({ arities: [2, 3] }).apply(tf.zeros([1, 4])),
    message: 'Multiplication: expected at least 5 inputs, the factors of arities [2, 3], got 4.',
  },
];
