import { affineIn } from '../../circuits/angle/affine.js';
import { compileAngle } from '../../circuits/angle/differentiate.js';
import { type Angle, symbolsOf } from '../../circuits/angle/expression.js';
import { formatAngle } from '../../circuits/angle/format.js';
import type { Circuit } from '../../circuits/circuit.js';
import type { Rotate } from '../../kernels/backend.js';
import { type CompiledCircuit, compile, type Slot } from '../compile/compile.js';
import { type BoundValues, bindValues, type Values } from '../compile/values.js';
import { DaruanError } from '../foundation/errors.js';
import { positions } from './method.js';

/** More reachable frequencies than this are refused: a rule or a spectrum of that size is of no use. */
const MAX_FREQUENCIES = 4096;

/**
 * The distinct eigenvalues of the generator of one rotation: ±1/2 for exp(−iθP/2), 0 too under controls, 0 and 1 for the
 * phase gate. Up to a sign that the frequencies do not see.
 */
export function rotationEigenvalues({ xMask, zMask, phase, controlMask }: Rotate): number[] {
  const eigenvalues = xMask === 0 && zMask === 0 ? [phase - 0.5] : [phase - 0.5, phase + 0.5];
  if (controlMask !== 0) eigenvalues.push(0);
  return merge(eigenvalues);
}

/**
 * The frequencies that ⟨O⟩ can have in the angle of one rotation: the positive differences of the eigenvalues of its
 * generator. exp(−iθP/2) has {1}; under controls, {1/2, 1}; the phase gate and a controlled global phase have {1}.
 */
export function rotationFrequencies(rotation: Rotate): number[] {
  const eigenvalues = rotationEigenvalues(rotation);
  return merge(eigenvalues.flatMap((a) => eigenvalues.map((b) => a - b)).filter((gap) => gap > 0));
}

/**
 * The frequencies that ⟨O⟩ can have in one symbol: all sums over the rotations of slope · gap, where each rotation
 * contributes a difference of eigenvalues of its generator or 0. An upper bound: coefficients may vanish.
 *
 * @param symbol  parameter or data; every angle must be affine in it
 * @param values  needed for the symbols that slopes depend on (w in w·x); others may be given too; one sample
 * @returns positive, ascending, in 1/(unit of the symbol)
 * @throws if an angle is not affine in the symbol; the error names it
 * Cost: O(rotations · frequencies).
 * Source: Schuld, Sweke, Meyer, Phys. Rev. A 103, 032430 (2021).
 * @example frequencies(circuit({ numQubits: 1, data: ['x'], operations: [op('ry', [0], 'x'), op('rz', [0], '2*x')] }), 'x')
 *          // [1, 2, 3]
 */
export function frequencies(source: Circuit | CompiledCircuit, symbol: string, values: Values = {}): number[] {
  const where = 'frequencies';
  const compiled = compile(source, where);
  const [position] = positions(where, compiled.symbols, [symbol]);
  // Symbols that no slope depends on need no value: they do not matter.
  const needed = new Set(affineSlopes(where, compiled, position).flatMap(({ slope }) => symbolsOf(slope)));
  const free = compiled.symbols.filter((name) => !needed.has(name) && !Object.hasOwn(values, name));
  const zeros = Object.fromEntries(free.map((name) => [name, 0]));
  return reachable(where, compiled, bindValues(where, compiled.symbols, { ...zeros, ...values }), position);
}

interface SlopedSlot {
  readonly slot: Slot;
  readonly slope: Angle;
}

function affineSlopes(where: string, { symbols, slots }: CompiledCircuit, symbol: number): SlopedSlot[] {
  return slots
    .filter((slot) => slot.angle.symbols.includes(symbol))
    .map((slot) => {
      const affine = affineIn(slot.expression, symbols[symbol]);
      if (!affine) {
        throw new DaruanError(
          where,
          `the angle ${formatAngle(slot.expression)} of ${slot.label} is not affine in "${symbols[symbol]}"`,
          'Only slope·symbol + intercept gives a finite set of frequencies.',
        );
      }
      return { slot, slope: affine.slope };
    });
}

/** `frequencies` for values that are bound; the slopes must be the same in all samples. */
export function reachable(where: string, compiled: CompiledCircuit, bound: BoundValues, symbol: number): number[] {
  let sums = [0];
  for (const { slot, slope } of affineSlopes(where, compiled, symbol)) {
    const value = Math.abs(sharedValue(where, compiled, bound, slope, slot));
    if (value === 0) continue;
    const steps = [0, ...rotationFrequencies(slot.rotation)].flatMap((gap) => [gap * value, -gap * value]);
    sums = merge(sums.flatMap((sum) => steps.map((step) => sum + step)));
    if (sums.length > 2 * MAX_FREQUENCIES + 1) {
      throw new DaruanError(
        where,
        `"${compiled.symbols[symbol]}" reaches more than ${MAX_FREQUENCIES} frequencies`,
        'Use the adjoint method, or the shift rule gate by gate.',
      );
    }
  }
  const largest = sums.at(-1)!;
  return sums.filter((sum) => sum > 1e-12 * largest);
}

function sharedValue(
  where: string,
  { symbols }: CompiledCircuit,
  { columns }: BoundValues,
  slope: Angle,
  slot: Slot,
): number {
  const { value, symbols: inner } = compileAngle(slope, symbols);
  const varying = inner.find((symbol) => columns[symbol].some((entry) => entry !== columns[symbol][0]));
  if (varying !== undefined) {
    throw new DaruanError(
      where,
      `the slope ${formatAngle(slope)} in ${slot.label} differs between samples, since "${symbols[varying]}" does`,
      'Give it the same value in all samples.',
    );
  }
  const point = Float64Array.from(columns, (column) => column[0]);
  const result = value(point);
  if (!Number.isFinite(result)) {
    throw new DaruanError(where, `the slope ${formatAngle(slope)} in ${slot.label} is ${result}`, 'Change the values.');
  }
  return result;
}

/** Ascending; numbers that differ by rounding only become one. */
function merge(numbers: readonly number[]): number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const gap = 1e-12 * Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  return sorted.filter((entry, i) => i === 0 || entry - sorted[i - 1] > gap);
}
