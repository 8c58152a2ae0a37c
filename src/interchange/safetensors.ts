import { DaruanError, expected } from '../foundation/errors.js';

/** A tensor as plain numbers, row-major. */
export interface PlainTensor {
  readonly shape: readonly number[];
  /** Numbers of 64 bits are read as float64, others as float32. */
  readonly values: Float32Array | Float64Array;
}

/** Named tensors, with notes that are text. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, PlainTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const WHERE = 'readSafetensors';
/** A longer header is taken for a broken file, as the format's own reader does. */
const LONGEST_HEADER = 100_000_000;

/** Number types that are read: bytes each, and how they become numbers. */
const types: Readonly<
  Record<string, { bytes: number; read: (view: DataView, count: number) => PlainTensor['values'] }>
> = {
  F64: {
    bytes: 8,
    read: (view, count) => Float64Array.from({ length: count }, (_, k) => view.getFloat64(8 * k, true)),
  },
  F32: {
    bytes: 4,
    read: (view, count) => Float32Array.from({ length: count }, (_, k) => view.getFloat32(4 * k, true)),
  },
  F16: {
    bytes: 2,
    read: (view, count) => Float32Array.from({ length: count }, (_, k) => half(view.getUint16(2 * k, true))),
  },
  I64: {
    bytes: 8,
    read: (view, count) => Float64Array.from({ length: count }, (_, k) => Number(view.getBigInt64(8 * k, true))),
  },
  BF16: {
    bytes: 2,
    read: (view, count) => Float32Array.from({ length: count }, (_, k) => brain(view.getUint16(2 * k, true))),
  },
};

/** IEEE binary16. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16: the upper half of a float32. */
function brain(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0];
}

/**
 * The tensors of a safetensors file.
 *
 * @param file  the bytes: the length of the header (8 bytes), the header (JSON), the numbers (little-endian)
 * @throws if the file is cut off, overlaps itself, or holds other types than F64, F32, F16, BF16 and I64
 * @see https://huggingface.co/docs/safetensors
 */
export function readSafetensors(file: Uint8Array): TensorFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 8) throw expected(WHERE, 'at least 8 bytes', file.length, 'The file may have been cut off.');
  const length = Number(view.getBigUint64(0, true));
  if (length > LONGEST_HEADER || 8 + length > file.length) {
    throw expected(WHERE, `a header of at most ${file.length - 8} bytes`, length, 'The file may have been cut off.');
  }
  const { __metadata__: metadata, ...entries } = headerOf(file.subarray(8, 8 + length));
  const data = file.length - 8 - length;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const { dtype, shape, data_offsets: offsets } = checkEntry(name, entry, data);
    const { bytes, read } = types[dtype];
    const count = shape.reduce((product, size) => product * size, 1);
    const [from, to] = offsets;
    if (to - from !== bytes * count) throw expected(WHERE, `${bytes * count} bytes of "${name}"`, to - from);
    return [
      name,
      { shape, values: read(new DataView(view.buffer, view.byteOffset + 8 + length + from, to - from), count) },
    ];
  });
  return { tensors: Object.fromEntries(tensors), metadata: checkMetadata(metadata) };
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return header as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new DaruanError(WHERE, 'the header is not a JSON object', 'Give the bytes of a safetensors file.');
}

function checkEntry(name: string, entry: unknown, bytes: number): Entry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Entry;
  const wholes = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!Object.hasOwn(types, dtype)) {
    throw expected(WHERE, `"${name}" of type ${Object.keys(types).join(', ')}`, dtype, 'Convert it first.');
  }
  if (!wholes(shape)) throw expected(WHERE, `the shape of "${name}"`, shape);
  if (!wholes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1] || offsets[1] > bytes) {
    throw expected(WHERE, `"${name}" within the ${bytes} bytes of data`, offsets, 'The file may have been cut off.');
  }
  return { dtype, shape, data_offsets: offsets as [number, number] };
}

function checkMetadata(metadata: unknown): Record<string, string> {
  const entries = Object.entries((metadata ?? {}) as object);
  if (!entries.every(([, value]) => typeof value === 'string'))
    throw expected(WHERE, 'metadata that is text', metadata);
  return Object.fromEntries(entries);
}

/**
 * A safetensors file of tensors, in the order of their names' appearance: float64 as F64, float32 as F32.
 *
 * @throws if a tensor's shape does not fit its numbers
 */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  let at = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    if (count !== values.length) throw expected('writeSafetensors', `${count} numbers of "${name}"`, values.length);
    const from = at;
    at += values.byteLength;
    return [name, { dtype: values instanceof Float64Array ? 'F64' : 'F32', shape, data_offsets: [from, at] }];
  });
  const notes = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  const text = JSON.stringify({ ...notes, ...Object.fromEntries(entries) });
  const header = new TextEncoder().encode(text);
  const padded = Math.ceil(header.length / 8) * 8; // with blanks, so that the numbers are aligned
  const file = new Uint8Array(8 + padded + at).fill(0x20, 8, 8 + padded);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  file.set(header, 8);
  let to = 8 + padded;
  for (const { values } of Object.values(tensors)) {
    for (const value of values) {
      if (values instanceof Float64Array) view.setFloat64(to, value, true);
      else view.setFloat32(to, value, true);
      to += values.BYTES_PER_ELEMENT;
    }
  }
  return file;
}
