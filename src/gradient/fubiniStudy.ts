import type { Circuit } from '../../circuits/circuit.js';
import type { Apply, Instruction, Program, Rotate } from '../../kernels/backend.js';
import { type CompiledCircuit, compile } from '../compile/compile.js';
import { dependsOn, slotSlopes } from '../compile/slots.js';
import type { Values } from '../compile/values.js';
import { prepare, type Run } from '../simulate/run.js';
import { type GradientOptions, positions } from './method.js';

export interface Metric {
  /** The symbols in the order of the metric's rows. */
  readonly symbols: readonly string[];
  /** g_ij, shape [batch, symbols, symbols]: symmetric, positive semidefinite. */
  readonly metric: Float64Array;
}

/**
 * The Fubini-Study metric tensor of the states that a circuit prepares, per sample; a quarter of the quantum Fisher
 * information. It is the preconditioner of the natural gradient.
 *
 * g_ij = Re[⟨∂_iψ|∂_jψ⟩ − ⟨∂_iψ|ψ⟩⟨ψ|∂_jψ⟩], the Gram matrix of the ∂_iψ without their part along ψ.
 *
 * @param values  one number (shared) or [batch] numbers for each symbol, radians
 * @throws as `statevector`; on an unknown symbol in `wrt`; if an angle has no finite derivative
 * Cost: 1 or 2 simulations for every rotation with a symbol; memory symbols · batch · 2ⁿ amplitudes.
 * Sources: Provost & Vallee, Commun. Math. Phys. 76, 289 (1980); Stokes et al., Quantum 4, 269 (2020).
 * @example fubiniStudy(circuit({ numQubits: 1, operations: [op('ry', [0], 'theta')] }), { theta: 0.3 })    // metric [1/4]
 */
export function fubiniStudy(
  source: Circuit | CompiledCircuit,
  values: Values = {},
  options: GradientOptions = {},
): Metric {
  const where = 'fubiniStudy';
  const compiled = compile(source, where);
  const run = prepare(where, compiled, values, options);
  const wrt = positions(where, compiled.symbols, options.wrt);
  const { batch } = run.bound;
  const length = 2 * 2 ** compiled.numQubits;
  const state = run.backend.statevector(compiled.program, run.angles, batch);
  const tangents = wrt.map(() => new Float64Array(batch * length));
  compiled.slots.forEach((slot, index) => {
    if (!dependsOn(slot, wrt)) return;
    const slopes = slotSlopes(where, compiled, slot, run.bound, wrt);
    const perSample = slopes.length === wrt.length ? 0 : wrt.length;
    const derivative = slotDerivative(run, index);
    tangents.forEach((tangent, k) => {
      for (let i = 0; i < tangent.length; i++) {
        tangent[i] += slopes[Math.floor(i / length) * perSample + k] * derivative[i];
      }
    });
  });
  const metric = new Float64Array(batch * wrt.length * wrt.length);
  for (let b = 0; b < batch; b++) {
    const row = (states: Float64Array) => states.subarray(b * length, (b + 1) * length);
    for (const tangent of tangents) projectOut(row(tangent), row(state));
    tangents.forEach((left, i) => {
      tangents.forEach((right, j) => {
        metric[(b * wrt.length + i) * wrt.length + j] = realInner(row(left), row(right));
      });
    });
  }
  return { symbols: wrt.map((symbol) => compiled.symbols[symbol]), metric };
}

/**
 * ∂ψ/∂angle of one slot, shape [batch, 2ⁿ, 2]. From exp(iκθ)exp(−iθP/2) under controls (projector Π):
 * ∂U = Π(iκ − iP/2)U, and −iP = exp(−iπP/2), so it is iκ·ΠU + ½·exp(−iπP/2)ΠU, then the rest of the circuit.
 */
function slotDerivative({ compiled, bound, angles, backend }: Run, slot: number): Float64Array {
  const { program, slots } = compiled;
  const { rotation } = slots[slot];
  const after = program.instructions.indexOf(rotation) + 1;
  const insert = (...instructions: Instruction[]): Float64Array => {
    const [first, rest] = [program.instructions.slice(0, after), program.instructions.slice(after)];
    const changed: Program = {
      ...program,
      instructions: [...first, ...projectors(rotation), ...instructions, ...rest],
    };
    return backend.statevector(changed, angles, bound.batch);
  };
  const { xMask, zMask, phase } = rotation;
  const halfTurn: Rotate = {
    kind: 'rotate',
    xMask,
    zMask,
    controlMask: 0,
    controlValue: 0,
    phase: 0,
    angle: { constant: Math.PI },
  };
  const result = insert(halfTurn).map((entry) => entry / 2);
  if (phase !== 0) {
    const projected = insert();
    for (let i = 0; i < result.length; i += 2) {
      result[i] -= phase * projected[i + 1];
      result[i + 1] += phase * projected[i];
    }
  }
  return result;
}

/** |value⟩⟨value| on every control of a rotation. */
function projectors({ controlMask, controlValue }: Rotate): Apply[] {
  const result: Apply[] = [];
  for (let qubit = 0; controlMask >>> qubit !== 0; qubit++) {
    if (((controlMask >>> qubit) & 1) === 0) continue;
    const value = (controlValue >>> qubit) & 1;
    const entries = Float64Array.from([1 - value, 0, 0, 0, 0, 0, value, 0]);
    result.push({ kind: 'matrix', targets: [qubit], entries, controlMask: 0, controlValue: 0 });
  }
  return result;
}

/** v ← v − ψ⟨ψ|v⟩, for ψ of norm 1. */
function projectOut(v: Float64Array, state: Float64Array): void {
  let [re, im] = [0, 0];
  for (let i = 0; i < v.length; i += 2) {
    re += state[i] * v[i] + state[i + 1] * v[i + 1];
    im += state[i] * v[i + 1] - state[i + 1] * v[i];
  }
  for (let i = 0; i < v.length; i += 2) {
    v[i] -= state[i] * re - state[i + 1] * im;
    v[i + 1] -= state[i] * im + state[i + 1] * re;
  }
}

/** Re⟨a|b⟩. */
const realInner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, entry, i) => sum + entry * b[i], 0);
