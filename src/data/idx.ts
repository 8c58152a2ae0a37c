import { DaruanError } from '../foundation/errors.js';

/** An array as an IDX file holds it, the format of MNIST and its kin. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float64Array;
}

/** Type code -> bytes a number, and how one is read. Numbers are big-endian. */
const TYPES: Readonly<
  Record<number, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }>
> = {
  8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, read: (view, at) => view.getFloat64(at) },
};

/**
 * Reads an IDX file: two zero bytes, a type, the number of axes, their lengths, the numbers.
 *
 * @param bytes  the file, not compressed
 * @throws if the bytes are no IDX file, or their number does not fit its axes
 * @example readIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 9])).values; // Float64Array [7, 9]
 */
export function readIdx(bytes: Uint8Array): IdxArray {
  const fault = (problem: string, remedy = ''): DaruanError => new DaruanError('readIdx', problem, remedy);
  if (!(bytes instanceof Uint8Array)) throw fault('the file is not given as bytes', 'Pass a Uint8Array.');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw fault('the file is compressed', 'Decompress it by gunzip.');
  const type = TYPES[bytes[2]];
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || !type) {
    throw fault('the bytes do not begin as an IDX file does', 'It starts with 0, 0, a type and the number of axes.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + 4 * bytes[3];
  if (bytes.length < start) throw fault(`the file ends within the lengths of its ${bytes[3]} axes`);
  const shape = Array.from({ length: bytes[3] }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== start + count * type.bytes) {
    throw fault(`axes [${shape}] need ${start + count * type.bytes} bytes, the file has ${bytes.length}`);
  }
  const values = Float64Array.from({ length: count }, (_, k) => type.read(view, start + k * type.bytes));
  return { shape, values };
}
