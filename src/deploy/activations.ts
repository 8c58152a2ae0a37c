import { bindEdge, layerCircuit, rotationSlopes } from './edges.js';
import type { Manifest } from './manifest.js';
import { type Measured, taskValue } from './measure.js';
import { type MeasuredLayer, readout } from './network.js';
import { shiftRules } from './tasks.js';

/** Measured activations f of a layer, with one standard error each. Removed edges hold 0. */
export interface Activations {
  /** Shape [samples, out, in]. */
  readonly values: Float64Array;
  readonly standardErrors: Float64Array;
  readonly gradients?: ActivationGradients;
}

/** ∂f/∂symbol of each edge's own circuit. */
export interface ActivationGradients {
  /** The parameters of the circuit, then its data. */
  readonly symbols: readonly string[];
  /** Shape [samples, out, in, symbols]. */
  readonly values: Float64Array;
  readonly standardErrors: Float64Array;
}

/** Activations from the values of a round's tasks. */
export function activationsOf(
  layer: MeasuredLayer,
  manifest: Manifest,
  measured: ReadonlyMap<string, Measured>,
): Activations {
  const { samples } = manifest;
  const edges = layer.weight.length;
  const { offset, letters } = readout(layer);
  const parts = layerCircuit(layer);
  const rules = shiftRules(parts);
  const { symbols } = parts.compiled;
  const width = symbols.length;
  const [values, errors] = [new Float64Array(samples * edges), new Float64Array(samples * edges)];
  const [slopes, slopeErrors] = [new Float64Array(samples * edges * width), new Float64Array(samples * edges * width)];
  for (let edge = 0; edge < edges; edge++) {
    if (layer.weight[edge] === 0) continue;
    const place = { output: Math.floor(edge / layer.inDim), input: edge % layer.inDim };
    const bound = bindEdge('collect', parts, layer, edge, Float64Array.from(manifest.inputs));
    const angleSlopes = manifest.settings.gradients ? rotationSlopes('collect', parts, bound) : [];
    for (let sample = 0; sample < samples; sample++) {
      const at = sample * edges + edge;
      /** ⟨observable⟩ without its constant. */
      const expectation = (shift?: { rotation: number; angle: number }): Measured =>
        total(
          letters.map(([basis, coefficient]) => {
            const found = taskValue(measured, manifest, { sample, ...place, basis, ...(shift && { shift }) });
            return [coefficient, found];
          }),
        );
      const f = expectation();
      values[at] = offset + f.value;
      errors[at] = Math.sqrt(f.variance);
      if (!manifest.settings.gradients) continue;
      const turns = rules.map((rule, rotation) =>
        total((rule?.shifts ?? []).map((angle, j) => [rule!.coefficients[j], expectation({ rotation, angle })])),
      );
      symbols.forEach((_, symbol) => {
        const slope = total(turns.map((turn, s) => [angleSlopes[s][sample * width + symbol], turn]));
        slopes[at * width + symbol] = slope.value;
        slopeErrors[at * width + symbol] = Math.sqrt(slope.variance);
      });
    }
  }
  const gradients = { symbols, values: slopes, standardErrors: slopeErrors };
  return { values, standardErrors: errors, ...(manifest.settings.gradients && { gradients }) };
}

/** Σ coefficient · value of independent measurements. */
const total = (terms: readonly (readonly [coefficient: number, measured: Measured])[]): Measured =>
  terms.reduce(
    (sum, [coefficient, { value, variance }]) => ({
      value: sum.value + coefficient * value,
      variance: sum.variance + coefficient ** 2 * variance,
    }),
    { value: 0, variance: 0 },
  );
