import type { Circuit } from '../../circuits/circuit.js';
import { type CompiledCircuit, compile } from '../compile/compile.js';
import { slotAngles, slotSlopes } from '../compile/slots.js';
import { type BoundValues, bindValues } from '../compile/values.js';
import { adjoint } from '../gradient/adjoint.js';
import { type MeasuredLayer, rotationsApart } from './network.js';

/** A layer's circuit, taken apart for binding and shifting. */
export interface LayerCircuit {
  /** Operations whose angle is no number have a generator and one angle: rotation s is the s-th of them. */
  readonly source: Circuit;
  readonly compiled: CompiledCircuit;
}

export function layerCircuit(layer: MeasuredLayer): LayerCircuit {
  const source = rotationsApart(layer.circuit);
  return { source, compiled: compile(source, 'deploy') };
}

/** What the symbols of an edge's circuit stand for, for all samples. */
export function edgeValues(layer: MeasuredLayer, edge: number, x: Float64Array): Record<string, number | Float64Array> {
  const { parameters, data } = layer.circuit;
  const input = edge % layer.inDim;
  const samples = x.length / layer.inDim;
  return {
    ...Object.fromEntries(parameters.map((name, p) => [name, layer.parameters[edge * parameters.length + p]])),
    [data[0]]: Float64Array.from({ length: samples }, (_, b) => x[b * layer.inDim + input]),
  };
}

/** `edgeValues` in the order of the compiled circuit's symbols; a data slot that no angle uses is left out by it. */
export const bindEdge = (
  where: string,
  { compiled }: LayerCircuit,
  layer: MeasuredLayer,
  edge: number,
  x: Float64Array,
) => bindValues(where, compiled.symbols, edgeValues(layer, edge, x));

/** The angle of each rotation, radians: one array a rotation, shape [samples] or [1]. */
export const rotationAngles = (where: string, { compiled }: LayerCircuit, bound: BoundValues) =>
  slotAngles(where, compiled, bound);

/** ∂angle/∂symbol of each rotation for all symbols, parameters first, then the data: shape [samples, symbols] each. */
export function rotationSlopes(where: string, { compiled }: LayerCircuit, bound: BoundValues): Float64Array[] {
  const all = compiled.symbols.map((_, position) => position);
  return compiled.slots.map((slot) => {
    const rows = slotSlopes(where, compiled, slot, bound, all);
    const result = new Float64Array(bound.batch * all.length);
    for (let at = 0; at < result.length; at++) result[at] = rows[at % rows.length];
    return result;
  });
}

/**
 * What an ideal device says of one edge: f and its derivatives, from the simulator.
 *
 * @param x  the layer's inputs, shape [samples, in]
 * @returns f and ∂f/∂x, shape [samples] each
 */
export function exactEdge(layer: MeasuredLayer, edge: number, x: Float64Array) {
  const [slot] = layer.circuit.data;
  const values = edgeValues(layer, edge, x);
  const { values: f, jacobian } = adjoint.jacobian(layer.circuit, [layer.observable], values, { wrt: [slot] });
  return { f, slope: jacobian[slot] };
}
