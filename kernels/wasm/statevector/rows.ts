import type { Angles } from '../../backend.js';
import type { StatevectorEngine } from './engine.js';
import * as layout from './layout.js';
import type { Row } from './steps.js';

/** Beyond, an angle is reduced before the kernel's own reduction, which would lose its digits. */
const LARGEST_ANGLE = 2 ** 20;

/** Samples are filled up to a multiple of this. */
const PADDING = 4;

export const padded = (batch: number): number => Math.ceil(batch / PADDING) * PADDING;

/** One row to compute, and the rows of the plan that it serves. */
interface Computed {
  readonly angles: Float64Array;
  readonly multiplier: number;
  readonly rows: number[];
}

/** The rows of a run: equal angles with equal multipliers are computed once. */
export interface RowPlan {
  readonly computed: readonly Computed[];
  /** Bytes of the row table, of the angles and of the rows. */
  readonly tableBytes: number;
  readonly stagingBytes: number;
  readonly bytes: number;
}

export function planRows(rows: readonly Row[], angles: Angles, batch: number, bytesPerNumber: number): RowPlan {
  const distinct: Float64Array[] = [];
  const first = angles.map((values) => {
    const known = distinct.find((other) => sameNumbers(other, values));
    if (known !== undefined) return known;
    distinct.push(values);
    return values;
  });
  const computed: Computed[] = [];
  const known = new Map<Float64Array, Computed[]>();
  rows.forEach(({ source, multiplier }, row) => {
    const values = 'slot' in source ? first[source.slot] : Float64Array.of(source.constant);
    const others = known.get(values) ?? [];
    known.set(values, others);
    let own = others.find((other) => other.multiplier === multiplier);
    if (own === undefined) {
      own = { angles: values, multiplier, rows: [] };
      others.push(own);
      computed.push(own);
    }
    own.rows.push(row);
  });
  const numbers = computed.reduce((sum, { angles: own }) => sum + 2 * padded(own.length), 0);
  return {
    computed,
    tableBytes: rows.length * layout.ROW_ENTRY,
    stagingBytes: 8 * padded(batch),
    bytes: numbers * bytesPerNumber,
  };
}

/** Whether two arrays hold the same angles; three of them tell most that differ apart. */
function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  const { length } = a;
  if (length !== b.length || length === 1 || a[0] !== b[0]) return false;
  if (a[length - 1] !== b[length - 1] || a[length >> 1] !== b[length >> 1]) return false;
  for (let k = 1; k < length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Computes the rows at `address` and writes their table. */
export function writeRows(
  engine: StatevectorEngine,
  { computed }: RowPlan,
  at: { readonly table: number; readonly staging: number; readonly rows: number },
): void {
  const { memory, bytesPerNumber } = engine;
  const table = new Int32Array(memory.buffer, at.table);
  const multipliers = new Float64Array(memory.buffer, at.table);
  const staging = new Float64Array(memory.buffer, at.staging);
  let staged: Float64Array | undefined;
  let next = at.rows;
  for (const { angles, multiplier, rows } of computed) {
    const count = padded(angles.length);
    const large = isLarge(angles, multiplier);
    if (staged !== angles || large) {
      staging.set(large ? angles.map((angle) => reduced(angle * multiplier)) : angles);
      staging.fill(staging[angles.length - 1], angles.length, count);
      staged = large ? undefined : angles;
    }
    engine.fillRow(at.staging, count, large ? 1 : multiplier, next, next + count * bytesPerNumber);
    for (const row of rows) {
      const entry = (row * layout.ROW_ENTRY) / 4;
      table[entry + layout.ROW_COSINES / 4] = next;
      table[entry + layout.ROW_SINES / 4] = count * bytesPerNumber;
      table[entry + layout.ROW_PER_SAMPLE / 4] = angles.length > 1 ? 1 : 0;
      multipliers[(row * layout.ROW_ENTRY + layout.ROW_MULTIPLIER) / 8] = multiplier;
    }
    next += 2 * count * bytesPerNumber;
  }
}

function isLarge(angles: Float64Array, multiplier: number): boolean {
  const limit = LARGEST_ANGLE / Math.max(multiplier, 1);
  for (let k = 0; k < angles.length; k++) if (Math.abs(angles[k]) > limit) return true;
  return false;
}

const reduced = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));
