import { checkChoice, checkInteger, checkLength } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { checkArities, checkFactors, countNodes } from '../network/multiplication.js';
import { checkCurve, checkText } from './checks.js';
import { type NetworkOptions, type NetworkPicture, type PlotCurve, productNodes } from './networkPicture.js';
import { checkPictureOptions } from './theme.js';

const WHERE = 'networkSvg';

/** Throws unless the network is whole and the options are sound. */
export function checkNetwork(network: NetworkPicture, options: NetworkOptions): void {
  checkPictureOptions(WHERE, options);
  const { edges = 'boxes', removed = 'faint', verticalScale = 'edge', maxEdges } = options;
  checkChoice(WHERE, 'edges', edges, ['boxes', 'lines']);
  checkChoice(WHERE, 'removed', removed, ['faint', 'absent']);
  checkChoice(WHERE, 'verticalScale', verticalScale, ['edge', 'layer']);
  if (maxEdges !== undefined) checkInteger(WHERE, 'maxEdges', maxEdges, 1);
  if (!Array.isArray(network?.layers) || network.layers.length === 0) {
    throw expected(WHERE, 'a network { layers: [ … ] } of at least one layer', network?.layers ?? network);
  }
  network.layers.forEach((layer, l) => {
    const name = `layers[${l}]`;
    const { inDim, outDim, curves, importance, arities } = layer ?? {};
    checkInteger(WHERE, `${name}.inDim`, inDim, 1);
    checkInteger(WHERE, `${name}.outDim`, outDim, 1);
    if (arities !== undefined) {
      checkArities(WHERE, `${name}.arities`, arities);
      checkFactors(`${WHERE}, ${name}`, productNodes(layer));
    }
    const before = l === 0 ? inDim : countNodes(productNodes(network.layers[l - 1]));
    if (inDim !== before) {
      const what = network.layers[l - 1].arities ? 'number of nodes' : 'outDim';
      throw expected(WHERE, `${name}.inDim to be ${before}, the ${what} of the layer before`, inDim);
    }
    const shape = `[outDim, inDim] = [${outDim}, ${inDim}]`;
    if (curves?.length !== outDim * inDim) {
      throw expected(WHERE, `${name}.curves of shape ${shape}, ${outDim * inDim} curves`, curves?.length ?? curves);
    }
    curves.forEach((curve: PlotCurve, e: number) => {
      checkCurve(WHERE, `${name}.curves[${e}]`, curve);
    });
    checkLength(WHERE, `${name}.importance`, importance, outDim * inDim, shape);
    for (let e = 0; e < importance.length; e++) {
      if (!(importance[e] >= 0 && importance[e] < Infinity)) {
        throw expected(WHERE, `${name}.importance[${e}] to be a finite number ≥ 0`, importance[e]);
      }
    }
  });
  checkNames('inputNames', network.inputNames, network.layers[0].inDim);
  checkNames('outputNames', network.outputNames, countNodes(productNodes(network.layers[network.layers.length - 1])));
  checkText(WHERE, 'title', network.title);
}

function checkNames(name: string, names: readonly string[] | undefined, length: number): void {
  if (names === undefined) return;
  if (!Array.isArray(names) || names.length !== length) {
    throw expected(WHERE, `${length} ${name}`, names?.length ?? names);
  }
  names.forEach((entry, i) => {
    checkText(WHERE, `${name}[${i}]`, entry ?? null);
  });
}

/** Throws if there are more edges than can be read. */
export function checkNumEdges(numEdges: number, options: NetworkOptions): void {
  const boxes = (options.edges ?? 'boxes') === 'boxes';
  const limit = options.maxEdges ?? (boxes ? 200 : 20_000);
  if (numEdges <= limit) return;
  throw expected(
    WHERE,
    `at most ${limit} edges (maxEdges)`,
    numEdges,
    boxes
      ? "Pass edges: 'lines' to draw them without boxes, or raise maxEdges."
      : 'Draw fewer layers, or raise maxEdges.',
  );
}
