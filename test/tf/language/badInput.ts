import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { circuit, op } from '../../../circuits/circuit.js';
import { characterTokenizer, tokenizerFromJson } from '../../../src/data/characters.js';
import { markovText } from '../../../src/data/markovText.js';
import { ngramLoss } from '../../../src/data/ngram.js';
import { consecutiveWindows, sampleWindows } from '../../../src/data/windows.js';
import { Random } from '../../../src/foundation/random.js';
import { adamStart } from '../../../src/optimise/adam.js';
import { adamwStep, clipGradient } from '../../../src/optimise/adamw.js';
import { compareParameters, type FeedForward, mlpBlock } from '../../../src/tf/language/feedForward.js';
import { type GenerateOptions, generate } from '../../../src/tf/language/generate.js';
import { evaluateLanguageModel } from '../../../src/tf/language/loss.js';
import { type LanguageModelArgs, languageModel } from '../../../src/tf/language/model.js';
import type { LanguageTrainingOptions } from '../../../src/tf/language/settings.js';
import { trainLanguageModel } from '../../../src/tf/language/train.js';
import { CausalAttention } from '../../../src/tf/layers/CausalAttention.js';
import { CircuitLayer } from '../../../src/tf/layers/CircuitLayer.js';
import { DaruanConv2d } from '../../../src/tf/layers/DaruanConv2d.js';
import { HQKAN } from '../../../src/tf/layers/HQKAN.js';
import { KANConv2d } from '../../../src/tf/layers/KANConv2d.js';
import { Linear } from '../../../src/tf/layers/Linear.js';
import { PositionEmbedding } from '../../../src/tf/layers/PositionEmbedding.js';
import { TokenEmbedding } from '../../../src/tf/layers/TokenEmbedding.js';
import { qkan } from '../../../src/tf/QKAN.js';

const untyped = (value: unknown) => value as never;
const applied = (layer: tfl.layers.Layer, shape: number[]) => layer.apply(tf.zeros(shape));
const model = (args: Partial<LanguageModelArgs> = {}) =>
  languageModel({ vocabularySize: 3, context: 2, width: 4, heads: 2, blocks: 0, ...args });
const text = Int32Array.of(0, 1, 2, 0, 1);
const training = (options: Partial<LanguageTrainingOptions>, tokens = text) =>
  trainLanguageModel(model(), tokens, { steps: 1, ...options });
const generating = (options: Partial<GenerateOptions>, start = [0]) =>
  generate(model(), start, { length: 1, ...options });
const pair = circuit({ numQubits: 2, data: ['x'], operations: [op('rx', [0], 'x'), op('rzz', [0, 1], 'theta')] });

/** Bad input of texts, language models and the layers that are made of others, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'characterTokenizer: no text',
    run: () => characterTokenizer(''),
    message: 'characterTokenizer: expected a text, got "".',
  },
  {
    name: 'tokenizer: a character that it does not know',
    run: () => characterTokenizer('ab').encode('abc'),
    message:
      'tokenizer: character 2, "c", is not in the vocabulary of 2. Make the tokenizer of a text that has all characters.',
  },
  {
    name: 'tokenizer: a number that is no token',
    run: () => characterTokenizer('ab').decode([0, 2]),
    message: 'tokenizer: expected a token in 0 … 1, got 2.',
  },
  {
    name: 'tokenizerFromJson: another document',
    run: () => tokenizerFromJson(untyped({ format: 'daruan.circuit', version: 1 })),
    message: 'tokenizerFromJson: expected a document "daruan.characters" of version 1, got "daruan.circuit 1".',
  },
  {
    name: 'tokenizerFromJson: a character twice',
    run: () => tokenizerFromJson({ format: 'daruan.characters', version: 1, vocabulary: ['a', 'a'] }),
    message: 'tokenizerFromJson: expected a vocabulary of different characters, got ["a", "a"].',
  },
  {
    name: 'markovText: one letter',
    run: () => markovText({ length: 10, letters: 1 }),
    message: 'markovText: expected letters to be an integer in 2 … 26, got 1.',
  },
  {
    name: 'markovText: more successors than letters',
    run: () => markovText({ length: 10, letters: 3, choices: 4 }),
    message: 'markovText: expected choices to be an integer in 1 … 3, got 4.',
  },
  {
    name: 'markovText: more pasts than memory',
    run: () => markovText({ length: 10, letters: 26, order: 6 }),
    message: 'markovText: expected order to be an integer in 1 … 5, got 6.',
  },
  {
    name: 'ngramLoss: a token outside the vocabulary',
    run: () => ngramLoss([0, 1, 2], [0, 1], { n: 2, vocabularySize: 2 }),
    message: 'ngramLoss: expected token 2 to be an integer in 0 … 1, got 2.',
  },
  {
    name: 'ngramLoss: a text that is too short',
    run: () => ngramLoss([0, 1], [0], { n: 2, vocabularySize: 2 }),
    message: 'ngramLoss: expected at least 2 tokens, got 1.',
  },
  {
    name: 'ngramLoss: no smoothing',
    run: () => ngramLoss([0, 1], [0, 1], { n: 2, vocabularySize: 2, smoothing: 0 }),
    message: 'ngramLoss: expected smoothing > 0, got 0.',
  },
  {
    name: 'ngramLoss: too long pasts',
    run: () => ngramLoss([0, 1], [0, 1], { n: 9, vocabularySize: 10 }),
    message: 'ngramLoss: there are 1000000000 pasts with a successor. Take a smaller n.',
  },
  {
    name: 'sampleWindows: a text no longer than a window',
    run: () => sampleWindows(text, 5, 1, new Random(1)),
    message: 'sampleWindows: expected a text of more than 5 tokens, got 5.',
  },
  {
    name: 'consecutiveWindows: an empty window',
    run: () => consecutiveWindows(text, 0),
    message: 'consecutiveWindows: expected context to be an integer ≥ 1, got 0.',
  },
  {
    name: 'adamwStep: a negative decay',
    run: () => adamwStep(adamStart(1), Float64Array.of(1), Float64Array.of(1), { weightDecay: -1 }),
    message: 'adamwStep: expected weightDecay ≥ 0, got -1.',
  },
  {
    name: 'adamwStep: decays of another length',
    run: () => adamwStep(adamStart(1), Float64Array.of(1), Float64Array.of(1), { decays: Uint8Array.of(1, 1) }),
    message: 'adamwStep: expected decays of shape [parameters], 1 numbers, got 2.',
  },
  {
    name: 'clipGradient: to nothing',
    run: () => clipGradient(Float64Array.of(1), 0),
    message: 'clipGradient: expected maximum > 0, got 0.',
  },
  {
    name: 'Linear: no units',
    run: () => new Linear(untyped({})),
    message: 'Linear: expected units to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'Linear: an activation that does not exist',
    run: () => new Linear({ units: 1, activation: untyped('swish') }),
    message: /^Linear: expected activation to be one of .*, got "swish"\.$/,
  },
  {
    name: 'Linear: a negative deviation',
    run: () => new Linear({ units: 1, deviation: -1 }),
    message: 'Linear: expected deviation ≥ 0, got -1.',
  },
  {
    name: 'HQKAN: no latent features',
    run: () => new HQKAN(untyped({ units: 2 })),
    message: 'HQKAN: expected latent to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'HQKAN: options of its QKAN layers',
    run: () => new HQKAN({ units: 2, latent: 2, reps: 0 }),
    message: 'QKANLayer: expected reps to be an integer ≥ 1, got 0.',
  },
  {
    name: 'DaruanConv2d: no filters',
    run: () => new DaruanConv2d(untyped({ kernelSize: 3 })),
    message: 'DaruanConv2d: expected filters to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'DaruanConv2d: no kernel size',
    run: () => new DaruanConv2d(untyped({ filters: 2 })),
    message: 'DaruanConv2d: expected kernelSize to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'DaruanConv2d: three kernel sizes',
    run: () => new DaruanConv2d({ filters: 2, kernelSize: untyped([3, 3, 3]) }),
    message: 'DaruanConv2d: expected kernelSize to be a number, or two, got [3, 3, 3].',
  },
  {
    name: 'DaruanConv2d: a padding that does not exist',
    run: () => new DaruanConv2d({ filters: 2, kernelSize: 3, padding: untyped('causal') }),
    message: 'DaruanConv2d: expected padding to be one of "valid", "same", got "causal".',
  },
  {
    name: 'DaruanConv2d: an image without channels',
    run: () => applied(new DaruanConv2d({ filters: 2, kernelSize: 3 }), [1, 4, 4]),
    message: 'DaruanConv2d: expected an input of shape [batch, height, width, channels], got "[1, 4, 4]".',
  },
  {
    name: 'DaruanConv2d: an image smaller than the window',
    run: () => applied(new DaruanConv2d({ filters: 2, kernelSize: 3 }), [1, 2, 4, 1]),
    message: 'DaruanConv2d: expected an image that holds a window of 3 × 3 taps, got [2, 4].',
  },
  {
    name: 'KANConv2d: no layer',
    run: () => new KANConv2d(untyped({ kernelSize: 3 })),
    message: 'KANConv2d: expected layer to be a layer, got undefined. For example new QKANLayer({ units: 8 }).',
  },
  {
    name: 'CircuitLayer: no circuit',
    run: () => new CircuitLayer(untyped({ observables: 'Z' })),
    message: 'CircuitLayer: expected a circuit, got undefined.',
  },
  {
    name: 'CircuitLayer: a circuit without data',
    run: () => new CircuitLayer({ circuit: circuit({ numQubits: 1, operations: [op('h', [0])] }), observables: 'Z' }),
    message: 'CircuitLayer: the circuit has no data. Name the symbols that are inputs in its "data".',
  },
  {
    name: 'CircuitLayer: an observable of too many qubits',
    run: () => new CircuitLayer({ circuit: pair, observables: ['ZZZ'] }),
    message: 'CircuitLayer: observable "ZZZ" has 3 letters, but the circuit has 2 qubit(s). Letter j acts on qubit j.',
  },
  {
    name: 'CircuitLayer: a start for a parameter that it does not have',
    run: () => new CircuitLayer({ circuit: pair, observables: 'ZI', initial: { phi: 1 } }),
    message: 'CircuitLayer: the circuit has no parameter "phi". It has theta.',
  },
  {
    name: 'CircuitLayer: too many features',
    run: () => applied(new CircuitLayer({ circuit: pair, observables: 'ZI' }), [1, 2]),
    message: "CircuitLayer: expected 1 features, the circuit's x, got 2.",
  },
  {
    name: 'CausalAttention: heads that do not divide the features',
    run: () => applied(new CausalAttention({ heads: 3 }), [1, 2, 4]),
    message: 'CausalAttention: expected heads to divide 4 features, got 3.',
  },
  {
    name: 'CausalAttention: rows in place of sequences',
    run: () => applied(new CausalAttention({ heads: 2 }), [2, 4]),
    message: 'CausalAttention: expected an input of shape [batch, time, features], got [2, 4].',
  },
  {
    name: 'TokenEmbedding: no vocabulary',
    run: () => new TokenEmbedding(untyped({ width: 2 })),
    message: 'TokenEmbedding: expected vocabularySize to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'PositionEmbedding: a sequence longer than its context',
    run: () => applied(new PositionEmbedding({ context: 2 }), [1, 3, 2]),
    message: 'PositionEmbedding: expected a sequence of at most 2 tokens, got 3.',
  },
  {
    name: 'languageModel: no context',
    run: () => languageModel(untyped({ vocabularySize: 3 })),
    message: 'languageModel: expected context to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'languageModel: heads that do not divide the width',
    run: () => model({ width: 5 }),
    message: 'languageModel: expected heads to divide the width 5, got 2.',
  },
  {
    name: 'languageModel: a block that is a name',
    run: () => model({ blocks: 1, feedForward: untyped('mlp') }),
    message:
      'feedForward: the block builds no layer. Pass mlpBlock(), hqkanBlock(…), or an object whose build(width, seed, name) returns a layer.',
  },
  {
    name: 'languageModel: a block that builds something else',
    run: () => model({ blocks: 1, feedForward: { name: 'none', build: () => untyped(3) } satisfies FeedForward }),
    message: /^feedForward: the block builds no layer\./,
  },
  {
    name: 'compareParameters: no width',
    run: () => compareParameters(mlpBlock(), mlpBlock(), 0),
    message: 'compareParameters: expected width to be an integer ≥ 1, got 0.',
  },
  {
    name: 'trainLanguageModel: another kind of model',
    run: () => trainLanguageModel(qkan({ width: [2, 1], name: 'fit_me' }), text, { steps: 1 }),
    message:
      'trainLanguageModel: expected a language model, tokens [batch, time] → logits [batch, time, vocabulary], got "fit_me".',
  },
  {
    name: 'trainLanguageModel: a token outside the vocabulary',
    run: () => training({}, Int32Array.of(0, 1, 3)),
    message: 'trainLanguageModel: expected token 2 to be an integer in 0 … 2, got 3.',
  },
  {
    name: 'trainLanguageModel: no number of steps',
    run: () => training({ steps: untyped(undefined) }),
    message: 'trainLanguageModel: expected steps to be an integer ≥ 0, got undefined.',
  },
  {
    name: 'trainLanguageModel: windows longer than the context of the model',
    run: () => training({ context: 3 }),
    message: 'trainLanguageModel: expected context to be an integer in 1 … 2, got 3.',
  },
  {
    name: 'trainLanguageModel: a text no longer than a window',
    run: () => training({}, Int32Array.of(0, 1)),
    message: 'trainLanguageModel: expected text of more than 2 tokens, got 2.',
  },
  {
    name: 'trainLanguageModel: a learning rate of 0',
    run: () => training({ learningRate: 0 }),
    message: 'trainLanguageModel: expected learningRate > 0, got 0.',
  },
  {
    name: 'trainLanguageModel: the state of another model',
    run: async () => {
      const { state } = await training({});
      await trainLanguageModel(model({ width: 6 }), text, { steps: 1, resume: state });
    },
    message:
      /^trainLanguageModel: the state to resume has \d+ parameters, the model \d+\. Resume with the model that was/,
  },
  {
    name: 'generate: no text to continue',
    run: () => generating({}, []),
    message: 'generate: there is no text to continue. Start with one token.',
  },
  {
    name: 'generate: what is no token',
    run: () => generating({}, [3]),
    message: 'generate: expected token 0 to be an integer in 0 … 2, got 3.',
  },
  {
    name: 'generate: a negative temperature',
    run: () => generating({ temperature: -1 }),
    message: 'generate: expected temperature ≥ 0, got -1.',
  },
  {
    name: 'evaluateLanguageModel: a text no longer than a window',
    run: () => evaluateLanguageModel(model(), Int32Array.of(0), { context: 2 }),
    message: 'consecutiveWindows: expected a text of more than 2 tokens, got 1.',
  },
];
