import { documentReader } from '../foundation/document.js';
import { DaruanError } from '../foundation/errors.js';

/** Who counts: Qiskit's bit strings, IonQ's probabilities by integers, Braket's measurement counts. */
export type CountsShape = 'ibm' | 'ionq' | 'braket';

/** How often each outcome occurred; bit k of a key is qubit k of the circuit. Not integers where probabilities came back. */
export type Histogram = ReadonlyMap<number, number>;

const { fault, parse, list, number, integer } = documentReader('readCounts');

/**
 * The counts that a provider returned, as text or as a parsed value, in one form.
 *
 * `ibm`: `{ "011": 7 }`, qubit 0 the last character (spaces between registers are passed over), or `{ "0x3": 7 }`.
 * `ionq`: `{ "3": 0.5 }`, probabilities by basis index, qubit 0 the least significant bit; also under `probabilities`.
 * `braket`: `{ "measurementCounts": { "110": 7 } }`, the first character the first of `measuredQubits` (qubit 0 unless
 * said otherwise); or `{ "measurements": [[1, 1, 0], …] }`, one row a shot.
 *
 * @param shots  what probabilities are multiplied by
 * @throws one error that names the key, if keys do not fit `numQubits`, or nothing was counted
 * @example readCounts({ '10': 30, '00': 70 }, 'ibm', 2, 100).get(2)    // 30
 */
export function readCounts(source: unknown, shape: CountsShape, numQubits: number, shots: number): Histogram {
  const parsed = typeof source === 'string' ? parse(source) : source;
  if (typeof parsed !== 'object' || parsed === null) throw fault('', 'an object of counts', parsed);
  const found = readers[shape](parsed as Record<string, unknown>, numQubits, shots);
  const total = [...found.values()].reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) throw new DaruanError('readCounts', 'nothing was counted', 'Run the job again.');
  return found;
}

type Reader = (source: Record<string, unknown>, numQubits: number, shots: number) => Map<number, number>;

const readers: Readonly<Record<CountsShape, Reader>> = {
  ibm: (source, numQubits) => {
    const result = new Map<number, number>();
    for (const [key, value] of Object.entries(source)) {
      const bits = key.replaceAll(' ', '');
      const index = /^0x[0-9a-f]+$/i.test(bits) ? Number(bits) : fromBits(key, [...bits].reverse(), numQubits);
      if (!(index < 2 ** numQubits)) throw fault(`"${key}"`, `an outcome of ${numQubits} qubit(s)`, index);
      add(result, index, number(`"${key}"`, value, 0));
    }
    return result;
  },
  ionq: (source, numQubits, shots) => {
    const result = new Map<number, number>();
    const chances = (source.probabilities ?? source) as Record<string, unknown>;
    for (const [key, value] of Object.entries(chances)) {
      if (!/^\d+$/.test(key) || Number(key) >= 2 ** numQubits) {
        throw fault('', `keys that are integers below 2^${numQubits}`, key);
      }
      add(result, Number(key), shots * number(`"${key}"`, value, 0, 1 + 1e-6));
    }
    return result;
  },
  braket: (source, numQubits) => {
    const result = new Map<number, number>();
    const { measurements, measurementCounts, measuredQubits } = source;
    const order =
      measuredQubits === undefined
        ? Array.from({ length: numQubits }, (_, k) => k)
        : list('measuredQubits', measuredQubits, (path, value) => integer(path, value, 0, numQubits - 1));
    const place = (bits: readonly string[]): string[] => {
      const placed = new Array<string>(numQubits).fill('0');
      order.forEach((qubit, k) => {
        placed[qubit] = bits[k];
      });
      return placed;
    };
    if (new Set(order).size !== numQubits) throw fault('measuredQubits', `all ${numQubits} qubits`, order);
    if (measurements !== undefined) {
      list('measurements', measurements, (path, row) => {
        const bits = list(path, row, (at, bit) => String(integer(at, bit, 0, 1)));
        if (bits.length !== numQubits) throw fault(path, `${numQubits} bits`, bits.length);
        add(result, fromBits(path, place(bits), numQubits), 1);
      });
      return result;
    }
    if (typeof measurementCounts !== 'object' || measurementCounts === null) {
      throw fault('', 'the key "measurementCounts" or "measurements"', source);
    }
    for (const [key, value] of Object.entries(measurementCounts)) {
      if (key.length !== numQubits) throw fault(`"${key}"`, `a string of ${numQubits} bits`, key.length);
      add(result, fromBits(key, place([...key]), numQubits), number(`"${key}"`, value, 0));
    }
    return result;
  },
};

/** The index whose bit k is `bits[k]`. */
function fromBits(key: string, bits: readonly string[], numQubits: number): number {
  if (bits.length !== numQubits || bits.some((bit) => bit !== '0' && bit !== '1')) {
    throw fault(`"${key}"`, `a string of ${numQubits} bits`, key);
  }
  return bits.reduce((sum, bit, k) => sum + (bit === '1' ? 2 ** k : 0), 0);
}

const add = (into: Map<number, number>, index: number, count: number): void => {
  into.set(index, (into.get(index) ?? 0) + count);
};

/** Counts of basis indices in the shape of a provider: the inverse of `readCounts`. */
export function writeCounts(histogram: Histogram, shape: CountsShape, numQubits: number): unknown {
  const bits = (index: number): string => index.toString(2).padStart(numQubits, '0');
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  const keyed = (key: (index: number) => string, scale = 1) =>
    Object.fromEntries([...histogram].map(([index, count]) => [key(index), count / scale]));
  if (shape === 'ibm') return keyed(bits);
  if (shape === 'ionq') return { probabilities: keyed(String, total) };
  return {
    measuredQubits: Array.from({ length: numQubits }, (_, k) => k),
    measurementCounts: keyed((index) => [...bits(index)].reverse().join('')),
  };
}

/** How often qubit k was read as 1, and out of how many. */
export function onesOf(histogram: Histogram, qubit: number): { readonly ones: number; readonly shots: number } {
  let [ones, shots] = [0, 0];
  for (const [index, count] of histogram) {
    shots += count;
    if (Math.floor(index / 2 ** qubit) % 2 === 1) ones += count;
  }
  return { ones, shots };
}
