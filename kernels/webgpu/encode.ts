import type { Angles, Apply, Instruction, Rotate } from '../backend.js';
import { popcount } from '../reference/pauli.js';
import { adjointEntries, angleOf, productMatrix, rotationCoefficients, roundRows, varies } from './coefficients.js';
import { type Pass, type Step, slotOf } from './passes.js';
import { WORDS } from './passText.js';

/** Passes as the shaders read them. */
export interface EncodedPasses {
  readonly words: Uint32Array;
  readonly coefficients: Float32Array;
  readonly passes: readonly { readonly localsAt: number; readonly stepsAt: number; readonly steps: number }[];
  /** The slot of each slope that is measured, in the order of their numbers. */
  readonly slots: readonly number[];
}

/**
 * Writes passes for samples first … first + samples − 1. A step is
 * [kind, x, z local, z other, controls local, their values, controls other, their values, coefficients, stride a sample, extra, targets];
 * kind 0 is a rotation (undoing, extra is the number of its slope plus 1, targets its power of i), 1 a gate on one qubit, 2 a matrix.
 *
 * @param undo  write the inverses, and have slopes measured
 */
export function encodePasses(
  passes: readonly Pass[],
  angles: Angles,
  first: number,
  samples: number,
  undo: boolean,
): EncodedPasses {
  const words: number[] = [];
  const numbers: Float32Array[] = [];
  let length = 0;
  const slots: number[] = [];
  /** Rows of coefficients, one set or one a sample. */
  const store = (own: boolean, values: (sample: number) => Float32Array): { at: number; stride: number } => {
    const at = length / 2;
    for (let sample = 0; sample < (own ? samples : 1); sample++) {
      const set = values(first + sample);
      numbers.push(set);
      length += set.length;
    }
    return { at, stride: own ? (length / 2 - at) / samples : 0 };
  };
  const written = passes.map(({ steps, locals }) => {
    const localsAt = words.length;
    words.push(...locals);
    const rows: number[][] = [];
    const extras: { row: number; words: number[] }[] = [];
    const inTile = (mask: number): number =>
      locals.reduce((bits, bit, k) => bits | (mask & (1 << bit) ? 1 << k : 0), 0) >>> 0;
    const others = ~locals.reduce((mask, bit) => mask | (1 << bit), 0);
    for (const step of steps) {
      const encoded = encodeStep(step, angles, undo, store);
      const { controlMask, controlValue } = encoded.controls;
      rows.push([
        encoded.kind,
        inTile(encoded.x),
        inTile(encoded.z),
        encoded.z & others,
        inTile(controlMask),
        inTile(controlValue),
        controlMask & others,
        controlValue & others,
        encoded.at,
        encoded.stride,
        0,
        encoded.last,
      ]);
      if (encoded.slot !== undefined) rows[rows.length - 1][10] = slots.push(encoded.slot);
      if (encoded.targets) {
        const { targets } = encoded;
        const offsets = Array.from({ length: 2 ** targets.length }, (_, bits) =>
          inTile(targets.reduce((mask, target, t) => mask | (bits & (1 << t) ? 1 << target : 0), 0)),
        );
        extras.push({ row: rows.length - 1, words: [...offsets, ...targets.map((target) => locals.indexOf(target))] });
      }
    }
    for (const { row, words: more } of extras) {
      rows[row][10] = words.length;
      words.push(...more);
    }
    const stepsAt = words.length;
    for (const row of rows) words.push(...row);
    return { localsAt, stepsAt, steps: words.length === stepsAt ? 0 : (words.length - stepsAt) / WORDS };
  });
  const coefficients = new Float32Array(Math.max(2, length));
  let at = 0;
  for (const set of numbers) {
    coefficients.set(set, at);
    at += set.length;
  }
  return { words: Uint32Array.from(words), coefficients, passes: written, slots };
}

interface EncodedStep {
  readonly kind: 0 | 1 | 2;
  readonly x: number;
  readonly z: number;
  readonly controls: { readonly controlMask: number; readonly controlValue: number };
  readonly at: number;
  readonly stride: number;
  readonly last: number;
  readonly slot?: number | undefined;
  readonly targets?: readonly number[];
}

type Store = (own: boolean, values: (sample: number) => Float32Array) => { at: number; stride: number };

function encodeStep({ instructions }: Step, angles: Angles, undo: boolean, store: Store): EncodedStep {
  const [first] = instructions;
  if (instructions.length > 1) {
    const own = instructions.some((gate) => varies(gate, angles));
    const bit = first.kind === 'rotate' ? first.xMask | first.zMask : 1 << first.targets[0];
    const stored = store(own, (sample) => roundRows(productMatrix(instructions, angles, sample), 4));
    return { kind: 1, x: bit, z: 0, controls: { controlMask: 0, controlValue: 0 }, ...stored, last: 0 };
  }
  return first.kind === 'rotate' ? encodeRotation(first, angles, undo, store) : encodeMatrix(first, undo, store);
}

function encodeRotation(rotation: Rotate, angles: Angles, undo: boolean, store: Store): EncodedStep {
  const slot = undo ? slotOf(rotation as Instruction) : undefined;
  const stored = store(varies(rotation, angles), (sample) => {
    const theta = angleOf(rotation, angles, sample) * (undo ? -1 : 1);
    const pair = [...roundRows(rotationCoefficients(rotation, theta), 4)];
    return Float32Array.from(undo ? [...pair, 2 * rotation.phase, 0] : pair);
  });
  const { xMask, zMask } = rotation;
  return { kind: 0, x: xMask, z: zMask, controls: rotation, ...stored, last: popcount(xMask & zMask) & 3, slot };
}

function encodeMatrix(matrix: Apply, undo: boolean, store: Store): EncodedStep {
  const { targets } = matrix;
  const entries = undo ? adjointEntries(matrix) : matrix.entries;
  const stored = store(false, () => roundRows([...entries], 2 * 2 ** targets.length));
  const x = targets.reduce((mask, target) => mask | (1 << target), 0);
  const shape = { x, z: 0, controls: matrix, ...stored };
  return targets.length === 1 ? { kind: 1, ...shape, last: 0 } : { kind: 2, ...shape, last: targets.length, targets };
}
