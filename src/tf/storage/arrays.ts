import { fromBase64, toBase64 } from '../../foundation/base64.js';

/** JSON text in which every Float64Array is kept bit for bit, as `{ "$float64": base64 }` (little-endian). */
export const stringify = (value: unknown): string =>
  JSON.stringify(value, (_, item) =>
    item instanceof Float64Array
      ? { $float64: toBase64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)) }
      : item,
  );

/** What `stringify` wrote. */
export const parse = (text: string): unknown =>
  JSON.parse(text, (_, item) =>
    typeof item?.$float64 === 'string' ? new Float64Array(fromBase64(item.$float64).buffer) : item,
  );
