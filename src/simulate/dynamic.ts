import { circuit, type Operation } from '../../circuits/circuit.js';
import { type DynamicCircuit, type DynamicStep, holds, type Measurement } from '../../circuits/dynamicCircuit.js';
import { checkInteger } from '../foundation/checks.js';
import { DaruanError } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { prepare, type SimulationOptions } from './run.js';
import { squaredModuli } from './simulate.js';

/**
 * Runs a dynamic circuit `shots` times from |0…0⟩, all its bits 0 at first. The shots stay together until a measurement or
 * a reset parts them, so that each state is computed once.
 *
 * @param random  a seed, or a generator
 * @param values  a number for each symbol, radians
 * @returns bits at the end, shape [shots, numBits]; shots of equal outcomes stand together
 * @throws if values are missing, unknown or not finite; if `shots` is no positive integer
 * Cost: O(steps · 2ⁿ) for each history of outcomes before the last gate that occurs, at most `shots`.
 * @example sampleDynamic(fromQasm2('OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; h q[0]; measure q -> c;'), 1000, 7)
 */
export function sampleDynamic(
  source: DynamicCircuit,
  shots: number,
  random: number | Random,
  values: Readonly<Record<string, number>> = {},
  options: SimulationOptions = {},
): Uint8Array {
  checkInteger('sampleDynamic', 'shots', shots, 1);
  const generator = randomFrom(random);
  const { numQubits, numBits } = source;
  const result = new Uint8Array(shots * numBits);
  let written = 0;
  const finish = (bits: Uint8Array): void => {
    result.set(bits, written);
    written += numBits;
  };

  const evolve = (state: Float64Array | undefined, operations: readonly Operation[]): Float64Array => {
    const part = circuit({ numQubits, operations });
    const own = Object.fromEntries(
      part.parameters.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]),
    );
    const { compiled, angles, backend } = prepare('sampleDynamic', part, own, options);
    return backend.statevector(compiled.program, angles, 1, state);
  };

  /** All the rest of `count` shots that share a state and bits. */
  const run = (
    steps: readonly DynamicStep[],
    before: Float64Array | undefined,
    bits: Uint8Array,
    count: number,
  ): void => {
    let state = before;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      if (step.kind === 'gate') {
        const until = steps.findIndex(({ kind }, at) => at > index && kind !== 'gate');
        const gates = steps.slice(index, until < 0 ? steps.length : until);
        state = evolve(
          state,
          gates.flatMap((found) => (found.kind === 'gate' ? [found.operation] : [])),
        );
        index += gates.length - 1;
      } else if (step.kind === 'if') {
        const chosen = holds(step.condition, bits) ? step.body : step.otherwise;
        if (chosen.length === 0) continue;
        run([...chosen, ...steps.slice(index + 1)], state, bits, count);
        return;
      } else {
        state ??= evolve(undefined, []);
        const rest = steps.slice(index);
        if (rest.every((found) => found.kind === 'measure')) {
          measureAll(rest, state, bits, count, generator, finish);
          return;
        }
        const [ones, norm] = weight(state, step.qubit);
        let up = 0;
        for (let shot = 0; shot < count; shot++) if (generator.uniform(0, norm) < ones) up += 1;
        for (const [value, part] of [[0, count - up] as const, [1, up] as const]) {
          if (part === 0) continue;
          const after = Uint8Array.from(bits);
          if (step.kind === 'measure' && step.bit !== undefined) after[step.bit] = value;
          const kept = collapse(state, step.qubit, value, step.kind === 'reset', value === 1 ? ones : norm - ones);
          run(steps.slice(index + 1), kept, after, part);
        }
        return;
      }
    }
    for (let shot = 0; shot < count; shot++) finish(bits);
  };

  checkSymbols(source, values);
  run(source.steps, undefined, new Uint8Array(numBits), shots);
  return result;
}

/** Σ|amplitude|² where the qubit is 1, and over all. */
function weight(state: Float64Array, qubit: number): [ones: number, all: number] {
  let [ones, all] = [0, 0];
  for (let i = 0; 2 * i < state.length; i++) {
    const chance = state[2 * i] ** 2 + state[2 * i + 1] ** 2;
    all += chance;
    if (((i >> qubit) & 1) === 1) ones += chance;
  }
  return [ones, all];
}

/** The state after the outcome `value` of weight `chance`, the qubit then brought to 0 on request. */
function collapse(state: Float64Array, qubit: number, value: 0 | 1, reset: boolean, chance: number): Float64Array {
  const result = new Float64Array(state.length);
  const scale = 1 / Math.sqrt(chance);
  for (let i = 0; 2 * i < state.length; i++) {
    if (((i >> qubit) & 1) !== value) continue;
    const to = reset ? i & ~(1 << qubit) : i;
    result[2 * to] = scale * state[2 * i];
    result[2 * to + 1] = scale * state[2 * i + 1];
  }
  return result;
}

/** Measurements with nothing after them: basis states by their probabilities. */
function measureAll(
  measurements: readonly Measurement[],
  state: Float64Array,
  bits: Uint8Array,
  count: number,
  generator: Random,
  finish: (bits: Uint8Array) => void,
): void {
  const cumulative = squaredModuli(state);
  for (let i = 1; i < cumulative.length; i++) cumulative[i] += cumulative[i - 1];
  const total = cumulative[cumulative.length - 1];
  for (let shot = 0; shot < count; shot++) {
    const point = generator.uniform(0, total);
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > point) high = middle;
      else low = middle + 1;
    }
    const after = Uint8Array.from(bits);
    for (const { qubit, bit } of measurements) if (bit !== undefined) after[bit] = (low >> qubit) & 1;
    finish(after);
  }
}

/** Throws if a value is given that no angle asks for. */
function checkSymbols(source: DynamicCircuit, values: Readonly<Record<string, number>>): void {
  const operations: Operation[] = [];
  const visit = (step: DynamicStep): void => {
    if (step.kind === 'gate') operations.push(step.operation);
    if (step.kind === 'if') [...step.body, ...step.otherwise].forEach(visit);
  };
  source.steps.forEach(visit);
  const { parameters } = circuit({ numQubits: source.numQubits, operations });
  const unknown = Object.keys(values).find((name) => !parameters.includes(name));
  if (unknown !== undefined) {
    const known = parameters.join(', ') || 'none';
    throw new DaruanError('sampleDynamic', `the circuit has no symbol "${unknown}"`, `It has: ${known}.`);
  }
}
