import type { ModelArtifacts } from '../storage/model.js';

/** A weight of another shape: where each of its entries comes from. */
export interface Grown {
  readonly shape: readonly number[];
  /** Index in the old weight, or −1 for a new entry. */
  readonly source: Int32Array;
  /** Values of the new entries; those of old ones are not read. */
  readonly values: Float64Array;
}

/**
 * Appends entries along an axis, the same ones everywhere.
 *
 * @param added  the entries of the appended slices, row-major
 */
export function growRows(shape: readonly number[], axis: number, added: readonly number[]): Grown {
  const size = (dimensions: readonly number[]) => dimensions.reduce((product, n) => product * n, 1);
  const outer = size(shape.slice(0, axis));
  const inner = size(shape.slice(axis));
  const width = inner + added.length;
  const source = new Int32Array(outer * width).fill(-1);
  const values = new Float64Array(outer * width);
  for (let k = 0; k < outer; k++) {
    for (let j = 0; j < inner; j++) source[k * width + j] = k * inner + j;
    values.set(added, k * width + inner);
  }
  const slices = shape[axis] + added.length / size(shape.slice(axis + 1));
  return { shape: shape.map((size, k) => (k === axis ? slices : size)), source, values };
}

/** Keeps the given rows of each leading axis, in their order. */
export function pickRows(shape: readonly number[], rows: readonly (readonly number[])[]): Grown {
  const rest = shape.slice(rows.length).reduce((product, n) => product * n, 1);
  let starts = [0];
  rows.forEach((kept, axis) => {
    starts = starts.flatMap((start) => kept.map((row) => start * shape[axis] + row));
  });
  const source = Int32Array.from(starts.flatMap((start) => Array.from({ length: rest }, (_, k) => start * rest + k)));
  const sizes = [...rows.map(({ length }) => length), ...shape.slice(rows.length)];
  return { shape: sizes, source, values: new Float64Array(source.length) };
}

/** The numbers of a grown weight. */
export const grow = ({ source, values }: Grown, old: ArrayLike<number>): Float64Array =>
  values.map((value, k) => (source[k] < 0 ? value : old[source[k]]));

/** The weights of a model with some of them grown; the architecture is left as it is. */
export function growArtifacts(artifacts: ModelArtifacts, grown: ReadonlyMap<string, Grown>): ModelArtifacts {
  let at = 0;
  const parts: Uint8Array[] = [];
  const specs = artifacts.specs.map((spec) => {
    const count = spec.shape.reduce((product, n) => product * n, 1);
    const bytes = artifacts.weights.slice(at, at + 4 * count); // every weight is float32
    at += 4 * count;
    const growth = grown.get(spec.name);
    parts.push(growth ? new Uint8Array(Float32Array.from(grow(growth, new Float32Array(bytes.buffer))).buffer) : bytes);
    return growth ? { ...spec, shape: [...growth.shape] } : spec;
  });
  const weights = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((end, part) => {
    weights.set(part, end);
    return end + part.length;
  }, 0);
  return { ...artifacts, specs, weights };
}
