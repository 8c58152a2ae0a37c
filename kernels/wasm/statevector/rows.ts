import type { Angles } from '../../backend.js';
import type { StatevectorEngine } from './engine.js';
import * as layout from './layout.js';
import type { Row } from './steps.js';

/** Beyond, an angle is reduced before the kernel's own reduction, which would lose its digits. */
const LARGEST_ANGLE = 2 ** 20;

/** Samples are filled up to a multiple of this. */
const PADDING = 4;

export const padded = (batch: number): number => Math.ceil(batch / PADDING) * PADDING;

/** cos and sin of one multiple of angles that differ from sample to sample, and the rows of the plan that it serves. */
interface PerSample {
  readonly angles: Float64Array;
  readonly multiplier: number;
  readonly rows: number[];
}

/** The rows of a run. Those that all samples share lie together; equal ones of the others are computed once. */
export interface RowPlan {
  readonly shared: { readonly rows: Int32Array; readonly angles: Float64Array };
  readonly perSample: readonly PerSample[];
  readonly rows: readonly Row[];
  /** Bytes of the row table, of the angles and of the rows. */
  readonly tableBytes: number;
  readonly stagingBytes: number;
  readonly bytes: number;
}

export function planRows(rows: readonly Row[], angles: Angles, batch: number, bytesPerNumber: number): RowPlan {
  const shared = new Int32Array(rows.length);
  const sharedAngles = new Float64Array(rows.length);
  const perSample: PerSample[] = [];
  let numShared = 0;
  for (let row = 0; row < rows.length; row++) {
    const { source, multiplier } = rows[row];
    const values = 'slot' in source ? angles[source.slot] : undefined;
    if (values === undefined || values.length === 1) {
      shared[numShared] = row;
      sharedAngles[numShared++] = small((values === undefined ? constantOf(source) : values[0]) * multiplier);
      continue;
    }
    const known = perSample.find((own) => own.multiplier === multiplier && sameNumbers(own.angles, values));
    if (known !== undefined) known.rows.push(row);
    else perSample.push({ angles: values, multiplier, rows: [row] });
  }
  const numbers = 2 * (padded(numShared) + perSample.length * padded(batch));
  return {
    shared: { rows: shared.subarray(0, numShared), angles: sharedAngles.subarray(0, numShared) },
    perSample,
    rows,
    tableBytes: rows.length * layout.ROW_ENTRY,
    stagingBytes: 8 * padded(Math.max(batch, numShared)),
    bytes: numbers * bytesPerNumber,
  };
}

const constantOf = (source: Row['source']): number => ('constant' in source ? source.constant : 0);

/** Whether two arrays hold the same angles; three of them tell most that differ apart. */
function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  const { length } = a;
  if (a[0] !== b[0] || a[length - 1] !== b[length - 1] || a[length >> 1] !== b[length >> 1]) return false;
  for (let k = 1; k < length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Where the rows that all samples share were computed from, and where they lie. */
export interface SharedRows {
  readonly staging: Float64Array;
  readonly stagingAt: number;
  readonly cosines: number;
  readonly sines: number;
}

/** Computes the shared rows anew for other angles. */
export function renewShared(
  engine: StatevectorEngine,
  { shared, rows }: RowPlan,
  angles: Angles,
  { staging, stagingAt, cosines, sines }: SharedRows,
): void {
  const count = shared.rows.length;
  if (count === 0) return;
  for (let k = 0; k < count; k++) {
    const { source, multiplier } = rows[shared.rows[k]];
    staging[k] = small(('slot' in source ? angles[source.slot][0] : source.constant) * multiplier);
  }
  staging.fill(staging[count - 1], count);
  engine.fillRow(stagingAt, staging.length, 1, cosines, sines);
}

/** Computes the rows at `at.rows` and writes their table. */
export function writeRows(
  engine: StatevectorEngine,
  { shared, perSample, rows }: RowPlan,
  at: { readonly table: number; readonly staging: number; readonly rows: number },
): SharedRows {
  const { memory, bytesPerNumber } = engine;
  const table = new Int32Array(memory.buffer, at.table, (rows.length * layout.ROW_ENTRY) / 4);
  const multipliers = new Float64Array(memory.buffer, at.table, (rows.length * layout.ROW_ENTRY) / 8);
  let next = at.rows;

  /** Computes the cosines and sines of `length` numbers; returns where the cosines are. */
  function compute(angles: Float64Array, multiplier: number): number {
    const count = padded(angles.length);
    const staging = new Float64Array(memory.buffer, at.staging, count);
    staging.set(angles);
    staging.fill(staging[angles.length - 1], angles.length);
    const cosines = next;
    const sines = cosines + count * bytesPerNumber;
    engine.fillRow(at.staging, count, multiplier, cosines, sines);
    next = sines + count * bytesPerNumber;
    return cosines;
  }

  function point(row: number, cosines: number, distance: number, isPerSample: boolean): void {
    const entry = (row * layout.ROW_ENTRY) / 4;
    table[entry + layout.ROW_COSINES / 4] = cosines;
    table[entry + layout.ROW_SINES / 4] = distance;
    table[entry + layout.ROW_PER_SAMPLE / 4] = isPerSample ? 1 : 0;
    multipliers[(row * layout.ROW_ENTRY + layout.ROW_MULTIPLIER) / 8] = rows[row].multiplier;
  }

  const count = padded(shared.rows.length);
  const distance = count * bytesPerNumber;
  const first = next;
  if (count > 0) {
    const cosines = compute(shared.angles, 1);
    for (let k = 0; k < shared.rows.length; k++) point(shared.rows[k], cosines + k * bytesPerNumber, distance, false);
  }
  for (const { angles, multiplier, rows: served } of perSample) {
    const cosines = isLarge(angles, multiplier)
      ? compute(
          angles.map((angle) => small(angle * multiplier)),
          1,
        )
      : compute(angles, multiplier);
    for (const row of served) point(row, cosines, padded(angles.length) * bytesPerNumber, true);
  }
  const staging = new Float64Array(memory.buffer, at.staging, count);
  return { staging, stagingAt: at.staging, cosines: first, sines: first + distance };
}

function isLarge(angles: Float64Array, multiplier: number): boolean {
  const limit = LARGEST_ANGLE / Math.max(multiplier, 1);
  for (let k = 0; k < angles.length; k++) if (angles[k] > limit || angles[k] < -limit) return true;
  return false;
}

/** The same angle, not above `LARGEST_ANGLE`. */
const small = (angle: number): number =>
  Math.abs(angle) > LARGEST_ANGLE ? Math.atan2(Math.sin(angle), Math.cos(angle)) : angle;
