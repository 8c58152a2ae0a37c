import { type Circuit, circuit, placeStep } from '../../circuits/circuit.js';
import { type Observable, observable } from '../../circuits/pauli.js';
import type { BaseFunctionName } from '../basis/baseFunctions.js';
import { checkAllFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';

/**
 * A trained QKAN layer as a device sees it: y_o = Σ_i weight·f_oi(x_i) + bias + base·baseActivation(x_i), where f_oi is the
 * expectation value of `observable` after the circuit of edge (o, i). Edge (o, i) is entry o·inDim + i of every list.
 */
export interface MeasuredLayer {
  readonly inDim: number;
  readonly outDim: number;
  /** One qubit, one data slot; the same circuit for every edge, with its parameters as symbols. */
  readonly circuit: Circuit;
  /** On that qubit. */
  readonly observable: Observable;
  /** Shape [out·in, circuit.parameters], radians. */
  readonly parameters: Float64Array;
  /** Shape [out, in] each. */
  readonly weight: Float64Array;
  readonly bias: Float64Array;
  readonly base: Float64Array;
  readonly baseActivation: BaseFunctionName | 'none';
  /** The parameters that `fineTune` may change; all by default. */
  readonly trained?: readonly string[];
  /** Edges of the same number share their parameters, shape [out, in]; none do by default. */
  readonly circuitOf?: readonly number[];
}

/** Layers one after another. */
export type MeasuredNetwork = readonly MeasuredLayer[];

/** Throws unless layers fit each other and each is of one qubit and one data slot. */
export function checkNetwork(where: string, network: MeasuredNetwork): void {
  if (!Array.isArray(network) || network.length === 0) {
    throw expected(where, 'a network of at least one layer', network, 'Make it with measuredNetwork(model).');
  }
  network.forEach((layer, l) => {
    const name = `layer ${l}`;
    checkInteger(where, `inDim of ${name}`, layer?.inDim, 1);
    checkInteger(where, `outDim of ${name}`, layer.outDim, 1);
    if (l > 0 && network[l - 1].outDim !== layer.inDim) {
      throw expected(where, `${network[l - 1].outDim} inputs of ${name}, the outputs before it`, layer.inDim);
    }
    const { numQubits, data, parameters } = layer.circuit;
    if (numQubits !== 1 || data.length !== 1) {
      const found = `${numQubits} qubit(s), data [${data.join(', ')}]`;
      throw expected(where, `a circuit of one qubit and one data slot in ${name}`, found);
    }
    if (observable(layer.observable).terms.some(({ word }) => word.replace(/I+$/, '').length > 1)) {
      throw new DaruanError(where, `the observable of ${name} is not of one qubit`, 'Use X, Y and Z on qubit 0.');
    }
    const edges = layer.inDim * layer.outDim;
    checkLength(where, `parameters of ${name}`, layer.parameters, edges * parameters.length, '[out·in, parameters]');
    for (const key of ['weight', 'bias', 'base'] as const) {
      checkLength(where, `${key} of ${name}`, layer[key], edges, '[out, in]');
      checkAllFinite(where, `${key} of ${name}`, layer[key]);
    }
    checkAllFinite(where, `parameters of ${name}`, layer.parameters);
  });
}

/** Coefficients of 1, X, Y and Z. */
export function readout(layer: MeasuredLayer): { readonly offset: number; readonly letters: [string, number][] } {
  const sums = new Map<string, number>();
  for (const { word, coefficient } of layer.observable.terms) {
    const letter = word.replace(/I+$/, '');
    sums.set(letter, (sums.get(letter) ?? 0) + coefficient);
  }
  const letters = [...sums].filter(([letter, coefficient]) => letter !== '' && coefficient !== 0);
  return { offset: sums.get('') ?? 0, letters };
}

/** The circuit with every angle that is not a number in a gate with a generator: one such operation a rotation to shift. */
export function rotationsApart(source: Circuit): Circuit {
  const apart = (operation: Circuit['operations'][number]): Circuit['operations'][number][] => {
    const { gate, angles } = operation;
    if (gate.generator || angles.every((angle) => typeof angle === 'number')) return [operation];
    if (!gate.decomposition) {
      const problem = `gate "${gate.name}" has symbolic angles but neither generator nor decomposition`;
      throw new DaruanError('deploy', problem, 'Give your gate one of the two.');
    }
    return gate.decomposition(...angles).flatMap((step) => apart(placeStep(step, operation)));
  };
  return circuit({ ...source, operations: source.operations.flatMap(apart) });
}
