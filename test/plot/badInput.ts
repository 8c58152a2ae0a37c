import { circuit, op } from '../../circuits/circuit.js';
import { activationSvg } from '../../src/plot/activation.js';
import { blochSvg } from '../../src/plot/bloch/bloch.js';
import { circuitSvg } from '../../src/plot/circuit/circuit.js';
import { curvesSvg } from '../../src/plot/curves.js';
import { lossSvg } from '../../src/plot/loss.js';
import { networkSvg } from '../../src/plot/network.js';
import { frequencyGrowthSvg } from '../../src/plot/spectrum/growth.js';
import { spectrumHistorySvg } from '../../src/plot/spectrum/history.js';
import { spectrumSvg } from '../../src/plot/spectrum/spectrum.js';
import { blochPath } from '../../src/simulate/blochPath.js';
import { network } from './networks.js';
import { spectrum } from './spectra.js';

const untyped = (value: unknown) => value as never;
const good = network([2, 1]);
const [layer] = good.layers;
const line = { x: [0, 1], y: [0, 1] };
/** The first layer with some of its parts replaced. */
const having = (change: object) => networkSvg(untyped({ layers: [{ ...layer, ...change }] }));
const history = [
  { step: 1, loss: 0.5 },
  { step: 2, loss: 0.1 },
];

/** Bad input of the functions that draw, and what each must say. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'no network',
    run: () => networkSvg(untyped(undefined)),
    message: 'networkSvg: expected a network { layers: [ … ] } of at least one layer, got undefined.',
  },
  {
    name: 'a network without layers',
    run: () => networkSvg({ layers: [] }),
    message: 'networkSvg: expected a network { layers: [ … ] } of at least one layer, got [].',
  },
  {
    name: 'a layer that is null',
    run: () => networkSvg(untyped({ layers: [null] })),
    message: 'networkSvg: expected layers[0].inDim to be an integer ≥ 1, got undefined.',
  },
  {
    name: 'too few curves',
    run: () => having({ curves: layer.curves.slice(1) }),
    message: 'networkSvg: expected layers[0].curves of shape [outDim, inDim] = [1, 2], 2 curves, got 1.',
  },
  {
    name: 'a curve that is none',
    run: () => having({ curves: [line, 3] }),
    message: 'networkSvg: expected layers[0].curves[1] as { x, y }, got 3.',
  },
  {
    name: 'a curve of unequal lengths',
    run: () => having({ curves: [line, { x: [0, 1, 2], y: [0, 1] }] }),
    message: 'networkSvg: expected layers[0].curves[1].y of shape x, 3 numbers, got 2.',
  },
  {
    name: 'a curve of one point',
    run: () => having({ curves: [line, { x: [0], y: [0] }] }),
    message: 'networkSvg: expected layers[0].curves[1].x as at least 2 numbers, got [0].',
  },
  {
    name: 'a curve with NaN',
    run: () => having({ curves: [line, { x: [0, 1], y: [0, Number.NaN] }] }),
    message: 'networkSvg: expected layers[0].curves[1].y[1] to be a finite number, got NaN.',
  },
  {
    name: 'a curve that runs backwards',
    run: () => having({ curves: [line, { x: [1, 0], y: [0, 1] }] }),
    message: 'networkSvg: layers[0].curves[1].x does not increase at entry 1. Sort the points by x, each x once.',
  },
  {
    name: 'too few importances',
    run: () => having({ importance: [1] }),
    message: 'networkSvg: expected layers[0].importance of shape [outDim, inDim] = [1, 2], 2 numbers, got 1.',
  },
  {
    name: 'a negative importance',
    run: () => having({ importance: [1, -1] }),
    message: 'networkSvg: expected layers[0].importance[1] to be a finite number ≥ 0, got -1.',
  },
  {
    name: 'layers that do not fit each other',
    run: () => networkSvg({ layers: [...good.layers, layer] }),
    message: 'networkSvg: expected layers[1].inDim to be 1, the outDim of the layer before, got 2.',
  },
  {
    name: 'too few names',
    run: () => networkSvg({ ...good, inputNames: ['x'] }),
    message: 'networkSvg: expected 2 inputNames, got 1.',
  },
  {
    name: 'a name that is no text',
    run: () => networkSvg({ ...good, outputNames: [untyped(7)] }),
    message: 'networkSvg: expected outputNames[0] to be a string, got 7.',
  },
  {
    name: 'more boxes than can be read',
    run: () => networkSvg(network([15, 14])),
    message:
      "networkSvg: expected at most 200 edges (maxEdges), got 210. Pass edges: 'lines' to draw them without boxes, or raise maxEdges.",
  },
  {
    name: 'more lines than asked for',
    run: () => networkSvg(network([15, 14]), { edges: 'lines', maxEdges: 209 }),
    message: 'networkSvg: expected at most 209 edges (maxEdges), got 210. Draw fewer layers, or raise maxEdges.',
  },
  {
    name: 'an unknown theme',
    run: () => networkSvg(good, { theme: untyped('pink') }),
    message: 'networkSvg: expected theme to be one of "auto", "light", "dark", got "pink".',
  },
  {
    name: 'options that are none',
    run: () => networkSvg(good, untyped(null)),
    message: 'networkSvg: expected options as an object, got null.',
  },
  {
    name: 'an empty history',
    run: () => lossSvg([]),
    message: 'lossSvg: expected a history of at least one step, got [].',
  },
  {
    name: 'a loss that is not finite',
    run: () => lossSvg([...history, { step: 3, loss: Number.POSITIVE_INFINITY }]),
    message: 'lossSvg: expected history[2].loss to be a finite number, got Infinity.',
  },
  {
    name: 'a validation loss that is not finite',
    run: () => lossSvg([{ step: 1, loss: 1, validationLoss: Number.NaN }]),
    message: 'lossSvg: expected history[0].validationLoss to be a finite number, got NaN.',
  },
  {
    name: 'a loss of zero on a logarithmic axis',
    run: () => lossSvg([...history, { step: 3, loss: 0 }]),
    message: "lossSvg: history[2].loss is 0, which has no place on a logarithmic axis. Pass verticalScale: 'linear'.",
  },
  {
    name: 'a loss that no axis can hold',
    run: () => lossSvg([...history, { step: 3, loss: 1e301 }]),
    message: 'lossSvg: expected history[2].loss within ±1e300 to be drawn, got 1e+301.',
  },
  {
    name: 'a step twice',
    run: () => lossSvg([...history, { step: 2, loss: 0.1 }]),
    message: 'lossSvg: expected history[2].step above 2, the step before, got 2.',
  },
  {
    name: 'a picture too small for its axes',
    run: () => lossSvg(history, { width: 20 }),
    message: 'lossSvg: expected width of at least 240 pixels, got 20.',
  },
  {
    name: 'an activation without values',
    run: () => activationSvg(untyped({ x: [0, 1] })),
    message: 'activationSvg: expected activation.y of shape x, 2 numbers, got undefined.',
  },
  {
    name: 'a Fourier term of negative frequency',
    run: () => activationSvg({ ...line, terms: [{ frequency: -1, re: 0, im: 0 }] }),
    message: 'activationSvg: expected terms[0].frequency ≥ 0, got -1. Give terms of frequency ≥ 0 only',
  },
  {
    name: 'a Fourier term with NaN',
    run: () => activationSvg({ ...line, terms: [{ frequency: 1, re: 0, im: Number.NaN }] }),
    message: 'activationSvg: expected terms[0].im to be a finite number, got NaN.',
  },
  {
    name: 'acos x outside of [−1, 1]',
    run: () => activationSvg({ x: [0, 2], y: [0, 1], variable: 'acos x', terms: [{ frequency: 1, re: 1, im: 0 }] }),
    message: 'activationSvg: x runs over 0 … 2, outside of [−1, 1] where acos x is defined. Cut the curve,',
  },
  {
    name: 'a picture of no circuit',
    run: () => circuitSvg(untyped({ numQubits: 1 })),
    message: 'circuitSvg: expected a circuit, got an object with keys [numQubits]. Make it with circuit(), or read it.',
  },
  {
    name: 'a picture of a circuit with unknown repeats',
    run: () => circuitSvg(circuit({ numQubits: 1, operations: [] }), { repeats: untyped('roll') }),
    message: 'circuitSvg: expected repeats to be one of "unfold", "fold", got "roll".',
  },
  {
    name: 'a circuit in too narrow a picture',
    run: () => circuitSvg(circuit({ numQubits: 1, operations: [] }), { width: 200 }),
    message: 'circuitSvg: expected width of at least 320 pixels, got 200.',
  },
  {
    name: 'a spectrum in two variables',
    run: () => spectrumSvg({ ...spectrum(1), variables: ['x', 'y'] }),
    message: 'spectrumSvg: expected spectrum in one variable, got ["x", "y"]. Keep the others at a value',
  },
  {
    name: 'a spectrum that is none',
    run: () => spectrumSvg(untyped([1, 2])),
    message: 'spectrumSvg: expected spectrum as { variables, frequencies, batch, coefficients }, got [1, 2].',
  },
  {
    name: 'a spectrum with too few coefficients',
    run: () => spectrumSvg({ ...spectrum(2), batch: 3 }),
    message:
      'spectrumSvg: expected spectrum.coefficients of shape [batch, frequencies, 2] = [3, 4, 2], 24 numbers, got 16.',
  },
  {
    name: 'a spectrum whose frequencies are not sorted',
    run: () => spectrumSvg({ ...spectrum(1, 2), frequencies: Float64Array.of(1, 0) }),
    message: 'spectrumSvg: spectrum.frequencies do not increase at entry 1. Sort them, each once.',
  },
  {
    name: 'violins of one draw',
    run: () => spectrumSvg(spectrum(1), { kind: 'violin' }),
    message: "spectrumSvg: violins show distributions, but there is one draw. Use kind: 'bar'.",
  },
  {
    name: 'more violins than fit',
    run: () => spectrumSvg(spectrum(4, 100), { kind: 'violin' }),
    message: /^spectrumSvg: 100 frequencies leave 6\.\d pixels for a violin, which needs 10\. Use kind/,
  },
  {
    name: 'an unknown kind of spectrum',
    run: () => spectrumSvg(spectrum(1), { kind: untyped('pie') }),
    message: 'spectrumSvg: expected kind to be one of "bar", "violin", "radial", got "pie".',
  },
  {
    name: 'a history of spectra without steps',
    run: () => spectrumHistorySvg({ steps: [], spectra: [] }),
    message: 'spectrumHistorySvg: expected a history { steps, spectra } of at least one step, got an object',
  },
  {
    name: 'a history with a spectrum too few',
    run: () => spectrumHistorySvg({ steps: [0, 1], spectra: [spectrum(1)] }),
    message: 'spectrumHistorySvg: expected 2 spectra, one a step, got 1.',
  },
  {
    name: 'a history that goes back',
    run: () => spectrumHistorySvg({ steps: [1, 0], spectra: [spectrum(1), spectrum(1)] }),
    message: 'spectrumHistorySvg: steps do not increase at entry 1. Sort the history by its steps.',
  },
  {
    name: 'growth of nothing',
    run: () => frequencyGrowthSvg([]),
    message: 'frequencyGrowthSvg: expected 1 to 6 series, got 0.',
  },
  {
    name: 'growth to zero',
    run: () => frequencyGrowthSvg([{ name: 'a', reps: [1, 2], counts: [1, 0] }]),
    message: 'frequencyGrowthSvg: expected series[0].counts[1] > 0, for a logarithmic axis, got 0.',
  },
  {
    name: 'growth with repetitions twice',
    run: () => frequencyGrowthSvg([{ name: 'a', reps: [1, 1], counts: [1, 2] }]),
    message: 'frequencyGrowthSvg: expected series[0].reps[1] to be an integer ≥ 2, got 1.',
  },
  {
    name: 'a path that is none',
    run: () => blochSvg(untyped([])),
    message: 'blochSvg: expected a path { steps: [ … ] }, got []. Make it with blochPath().',
  },
  {
    name: 'a path outside of the Bloch sphere',
    run: () =>
      blochSvg({ steps: [{ gate: 'x', angles: [], role: 'fixed', points: Float64Array.of(0, 0, 1, 0, 0, 2) }] }),
    message: 'blochSvg: point 1 of step 0 lies outside of the Bloch sphere. Its length is at most 1.',
  },
  {
    name: 'a path without a value for a symbol',
    run: () => blochPath(circuit({ numQubits: 1, operations: [op('rx', [0], 'a')] })),
    message: 'blochPath: "a" has no value. Give every symbol one.',
  },
  {
    name: 'a product of one factor',
    run: () => having({ arities: [1] }),
    message: 'networkSvg: expected layers[0].arities[0] to be an integer ≥ 2, got 1.',
  },
  {
    name: 'more factors than sums',
    run: () => having({ arities: [2] }),
    message: 'networkSvg, layers[0]: expected at least 2 inputs, the factors of arities [2], got 1.',
  },
  {
    name: 'a layer that reads factors in place of their product',
    run: () => networkSvg({ layers: [{ ...network([1, 2]).layers[0], arities: [2] }, network([2, 1]).layers[0]] }),
    message: 'networkSvg: expected layers[1].inDim to be 1, the number of nodes of the layer before, got 2.',
  },
  {
    name: 'a path of a qubit that is not there',
    run: () => blochPath(circuit({ numQubits: 1, operations: [] }), {}, 1),
    message: 'blochPath: expected qubit to be an integer in 0 … 0, got 1.',
  },
  {
    name: 'more curves than colours',
    run: () => curvesSvg(Array.from({ length: 7 }, () => ({ name: 'a', x: [0], y: [0] }))),
    message: 'curvesSvg: expected 1 to 6 curves, got 7.',
  },
  {
    name: 'a curve of several with fewer y than x',
    run: () => curvesSvg([{ name: 'a', x: [0, 1], y: [1] }]),
    message: 'curvesSvg: expected curves[0].y of shape x, 2 numbers, got 1.',
  },
  {
    name: 'an error bar of negative length',
    run: () => curvesSvg([{ name: 'a', x: [0, 1], y: [1, 2], errors: [0, -1] }]),
    message: 'curvesSvg: expected curves[0].errors[1] ≥ 0, got -1.',
  },
  {
    name: 'an error bar that reaches 0 on a logarithmic axis',
    run: () => curvesSvg([{ name: 'a', x: [0], y: [1], errors: [1] }], { verticalScale: 'log' }),
    message:
      "curvesSvg: expected curves[0].y − errors > 0, for a logarithmic axis, got 0. Pass verticalScale: 'linear'.",
  },
];
