import type { Precision } from '../engine.js';
import { HEAP } from './layout.js';

/** What the kernel reads of a program, as it is copied to memory at `HEAP`. */
export class Image {
  private readonly words: number[] = [];
  private readonly float = new Float64Array(1);
  private readonly single = new Float32Array(1);

  constructor(private readonly precision: Precision) {}

  /** The address of what is added next. */
  get end(): number {
    return HEAP + 4 * this.words.length;
  }

  addIntegers(values: Iterable<number>): void {
    for (const value of values) this.words.push(value | 0);
  }

  /** Numbers of the kernel's precision. */
  addNumbers(values: Iterable<number>): void {
    for (const value of values) {
      if (this.precision === 'float64') {
        this.float[0] = value;
        this.words.push(...new Int32Array(this.float.buffer));
      } else {
        this.single[0] = value;
        this.words.push(new Int32Array(this.single.buffer)[0]);
      }
    }
  }

  /** A multiple of 64 bytes. */
  toArray(): Int32Array {
    return Int32Array.from({ length: Math.ceil(this.words.length / 16) * 16 }, (_, k) => this.words[k] ?? 0);
  }
}
