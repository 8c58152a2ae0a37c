import { formatAngle } from '../../circuits/angle/format.js';
import type { Angles } from '../../kernels/backend.js';
import { DaruanError } from '../foundation/errors.js';
import type { CompiledCircuit, Slot } from './compile.js';
import type { BoundValues } from './values.js';

/** How many rows a slot needs: one a sample, or one for all if all its symbols are shared. */
export const rowsOf = (slot: Slot, { batch, columns }: BoundValues): number =>
  slot.angle.symbols.some((symbol) => columns[symbol].length > 1) ? batch : 1;

/** Whether the slot's angle is a symbol itself, as most are: its value, with slope 1. */
const isSymbol = ({ expression }: Slot): boolean => typeof expression !== 'number' && expression.kind === 'symbol';

/** Writes the values of a slot's symbols for one sample into `point`. */
function load(slot: Slot, { columns }: BoundValues, sample: number, point: Float64Array): void {
  for (const symbol of slot.angle.symbols) {
    point[symbol] = columns[symbol].length === 1 ? columns[symbol][0] : columns[symbol][sample];
  }
}

/**
 * The angle table for the given values, in radians.
 *
 * @throws if an angle has no finite value (a division by 0, acos of 2); the error names operation, angle and values
 */
export function slotAngles(where: string, { symbols, slots }: CompiledCircuit, bound: BoundValues): Angles {
  const point = new Float64Array(symbols.length);
  return slots.map((slot) => {
    if (isSymbol(slot)) return bound.columns[slot.angle.symbols[0]]; // finite already
    const table = new Float64Array(rowsOf(slot, bound));
    for (let row = 0; row < table.length; row++) {
      load(slot, bound, row, point);
      table[row] = slot.angle.value(point);
      if (!Number.isFinite(table[row])) throw notFinite(where, 'the angle', symbols, slot, point, table[row]);
    }
    return table;
  });
}

/**
 * ∂angle/∂symbol of one slot for the symbols `wrt` (positions among the circuit's symbols): shape [rows, wrt].
 *
 * @throws if a slope is not finite (acos at ±1)
 */
export function slotSlopes(
  where: string,
  { symbols }: CompiledCircuit,
  slot: Slot,
  bound: BoundValues,
  wrt: readonly number[],
): Float64Array {
  const point = new Float64Array(symbols.length);
  const into = new Float64Array(symbols.length);
  const result = new Float64Array(rowsOf(slot, bound) * wrt.length);
  for (let row = 0; row * wrt.length < result.length; row++) {
    load(slot, bound, row, point);
    into.fill(0);
    slot.angle.gradient(point, 1, into);
    wrt.forEach((symbol, k) => {
      result[row * wrt.length + k] = into[symbol];
      if (!Number.isFinite(into[symbol])) {
        throw notFinite(where, `∂/∂${symbols[symbol]} of the angle`, symbols, slot, point, into[symbol]);
      }
    });
  }
  return result;
}

/** Whether the slot's angle contains one of the symbols. */
export const dependsOn = (slot: Slot, wrt: readonly number[]): boolean =>
  slot.angle.symbols.some((symbol) => wrt.includes(symbol));

/**
 * The chain rule from slots to symbols: ∂f/∂symbol = Σ_slot ∂f/∂angle · ∂angle/∂symbol, per sample.
 *
 * @param slotGradients one array a slot, shape [batch, width]; undefined where no symbol of `wrt` enters
 * @returns one array for each of `wrt`, shape [batch, width]
 */
export function pullback(
  where: string,
  compiled: CompiledCircuit,
  bound: BoundValues,
  slotGradients: readonly (Float64Array | undefined)[],
  width: number,
  wrt: readonly number[],
): Float64Array[] {
  const result = wrt.map(() => new Float64Array(bound.batch * width));
  compiled.slots.forEach((slot, index) => {
    const gradient = slotGradients[index];
    const own = wrt.filter((symbol) => slot.angle.symbols.includes(symbol));
    if (!gradient || own.length === 0) return;
    const sums = own.map((symbol) => result[wrt.indexOf(symbol)]);
    if (isSymbol(slot)) {
      for (let entry = 0; entry < gradient.length; entry++) sums[0][entry] += gradient[entry];
      return;
    }
    const slopes = slotSlopes(where, compiled, slot, bound, own);
    const perSample = slopes.length === own.length ? 0 : own.length;
    sums.forEach((sum, k) => {
      for (let entry = 0; entry < gradient.length; entry++) {
        sum[entry] += slopes[Math.floor(entry / width) * perSample + k] * gradient[entry];
      }
    });
  });
  return result;
}

function notFinite(
  where: string,
  what: string,
  symbols: readonly string[],
  slot: Slot,
  point: Float64Array,
  value: number,
): DaruanError {
  const at = slot.angle.symbols.map((symbol) => `${symbols[symbol]} = ${point[symbol]}`).join(', ');
  return new DaruanError(
    where,
    `${what} ${formatAngle(slot.expression)} of ${slot.label} is ${value} at ${at}`,
    'Keep the values inside the domain of the angle.',
  );
}
