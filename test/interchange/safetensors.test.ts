import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DaruanError } from '../../src/foundation/errors.js';
import { readSafetensors, writeSafetensors } from '../../src/interchange/safetensors.js';

/** A file as the format's specification lays it out, byte by byte. */
function fileOf(header: string, data: number[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(new BigUint64Array([BigInt(text.length)]).buffer);
  return Uint8Array.from([...length, ...text, ...data]);
}

describe('safetensors', () => {
  it('reads float64, float32, float16, bfloat16 and int64', () => {
    const header = JSON.stringify({
      __metadata__: { format: 'pt' },
      half: { dtype: 'F16', shape: [4], data_offsets: [0, 8] },
      brain: { dtype: 'BF16', shape: [2, 1], data_offsets: [8, 12] },
      single: { dtype: 'F32', shape: [], data_offsets: [12, 16] },
      double: { dtype: 'F64', shape: [1], data_offsets: [16, 24] },
      count: { dtype: 'I64', shape: [], data_offsets: [24, 32] },
    });
    const data = [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x55, 0x35, 0x80, 0x3f, 0x49, 0xc0, 0, 0, 0x20, 0x40];
    const { tensors, metadata } = readSafetensors(
      fileOf(header, [...data, 0x18, 0x2d, 0x44, 0x54, 0xfb, 0x21, 9, 0x40, 0xfe, ...Array(7).fill(0xff)]),
    );
    expect(metadata).toEqual({ format: 'pt' });
    expect([...tensors.half.values]).toEqual([1, -2, 2 ** -24, Math.fround(1365 / 4096)]);
    expect(tensors.brain).toEqual({ shape: [2, 1], values: Float32Array.of(1, -3.140625) });
    expect(tensors.single).toEqual({ shape: [], values: Float32Array.of(2.5) });
    expect(tensors.double.values[0]).toBe(Math.PI);
    expect(tensors.count.values).toEqual(Float64Array.of(-2));
  });

  it('reads back what it writes, bit for bit', () => {
    const values = fc.oneof(fc.float32Array(), fc.float64Array());
    const named = fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => !name.startsWith('__')),
      values,
    );
    fc.assert(
      fc.property(named, fc.dictionary(fc.string(), fc.string()), (arrays, metadata) => {
        const tensors = Object.fromEntries(
          Object.entries(arrays).map(([name, array]) => [name, { shape: [array.length], values: array }]),
        );
        const read = readSafetensors(writeSafetensors({ tensors, metadata }));
        expect(read.metadata).toEqual({ ...metadata });
        expect(read.tensors).toEqual({ ...tensors });
      }),
      { numRuns: 100, seed: 20261123 },
    );
  });

  it('aligns the numbers to eight bytes, as the format asks', () => {
    for (const name of ['a', 'ab', 'abcdefg']) {
      const file = writeSafetensors({ tensors: { [name]: { shape: [1], values: Float64Array.of(1) } }, metadata: {} });
      expect(new DataView(file.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    }
  });

  it('answers broken files with its own error, whatever is broken', () => {
    const whole = writeSafetensors({
      tensors: { a: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) } },
      metadata: { note: 'x' },
    });
    for (let length = 0; length < whole.length; length++) {
      expect(() => readSafetensors(whole.slice(0, length)), `${length} bytes`).toThrow(DaruanError);
    }
    const broken = (entry: object) => fileOf(JSON.stringify({ a: entry }), [0, 0, 0, 0]);
    const good = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
    expect(readSafetensors(broken(good)).tensors.a.values).toEqual(Float32Array.of(0));
    for (const change of [
      { dtype: 'I8' },
      { dtype: 'toString' },
      { shape: [2] },
      { shape: [-1] },
      { shape: 1 },
      { data_offsets: [0, 5] },
      { data_offsets: [4, 0] },
      { data_offsets: [0] },
    ]) {
      expect(() => readSafetensors(broken({ ...good, ...change })), JSON.stringify(change)).toThrow(DaruanError);
    }
  });
});
