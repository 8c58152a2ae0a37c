import {
  conjugateTranspose,
  dimension,
  distance,
  identity,
  type Matrix,
  product,
  scale,
} from '../../circuits/matrix.js';
import { applyMatrix, type PreparedMatrix, prepareMatrix } from '../../kernels/reference/matrix.js';
import type { Random } from '../foundation/random.js';
import type { PlacedChannel } from './model.js';

/**
 * Draws one Kraus operator of a channel with probability |K|ψ⟩|² = tr(K†K σ), σ the reduced state of its targets, and applies
 * it to a state of norm 1, in place. Where every K†K is a multiple of 1 (Pauli errors) no state needs to be looked at.
 */
export function jumpOf({ channel, targets }: PlacedChannel): (state: Float64Array, random: Random) => void {
  const operators = channel.kraus.map((entries) =>
    prepareMatrix({ kind: 'matrix', targets, entries, controlMask: 0, controlValue: 0 }),
  );
  const effects = channel.kraus.map((k) => product(conjugateTranspose(k), k));
  const one = identity(dimension(effects[0]));
  const constant = effects.every((effect) => distance(effect, scale(one, effect[0])) < 1e-15);
  const fixed = constant ? effects.map((effect) => effect[0]) : undefined;
  return (state, random) => {
    const reduced = fixed ? undefined : reducedState(state, operators[0]);
    const weights = fixed ?? effects.map((effect) => traceOfProduct(effect, reduced!));
    let left = random.uniform();
    let chosen = -1;
    for (let k = 0; k < weights.length; k++) {
      if (weights[k] <= 0) continue;
      chosen = k; // rounding may leave nothing for the last that can occur
      left -= weights[k];
      if (left < 0) break;
    }
    applyMatrix(state, operators[chosen], operators[chosen].entries);
    const factor = 1 / Math.sqrt(state.reduce((sum, part) => sum + part * part, 0));
    for (let i = 0; i < state.length; i++) state[i] *= factor;
  };
}

/** σ = tr over the other qubits of |ψ⟩⟨ψ|, shape [2ᵏ, 2ᵏ, 2]. */
function reducedState(state: Float64Array, { offsets, targetMask }: PreparedMatrix): Float64Array {
  const size = offsets.length;
  const result = new Float64Array(2 * size * size);
  for (let base = 0; base < state.length / 2; base++) {
    if ((base & targetMask) !== 0) continue;
    for (let row = 0; row < size; row++) {
      const a = 2 * (base + offsets[row]);
      for (let column = 0; column < size; column++) {
        const b = 2 * (base + offsets[column]);
        result[2 * (row * size + column)] += state[a] * state[b] + state[a + 1] * state[b + 1];
        result[2 * (row * size + column) + 1] += state[a + 1] * state[b] - state[a] * state[b + 1];
      }
    }
  }
  return result;
}

/** Re tr(AB). */
function traceOfProduct(a: Matrix, b: Matrix): number {
  const size = dimension(a);
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [at, back] = [2 * (row * size + column), 2 * (column * size + row)];
      sum += a[at] * b[back] - a[at + 1] * b[back + 1];
    }
  }
  return sum;
}
