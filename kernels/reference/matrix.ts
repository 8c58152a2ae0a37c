import type { Apply } from '../backend.js';

/** A matrix instruction with what its loops need, so that they allocate nothing. */
export interface PreparedMatrix extends Apply {
  /** A†, row-major, interleaved. */
  readonly adjoint: Float64Array;
  /** Where the basis state with the given target bits lies, relative to the one with none set. */
  readonly offsets: Int32Array;
  readonly targetMask: number;
  /** Scratch: the amplitudes of one group. */
  readonly group: Float64Array;
}

/** Works out offsets and adjoint of a matrix instruction. */
export function prepareMatrix(instruction: Apply): PreparedMatrix {
  const { targets, entries } = instruction;
  const size = 2 ** targets.length;
  const adjoint = new Float64Array(entries.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      adjoint[2 * (column * size + row)] = entries[2 * (row * size + column)];
      adjoint[2 * (column * size + row) + 1] = -entries[2 * (row * size + column) + 1];
    }
  }
  const offsets = new Int32Array(size);
  for (let bits = 0; bits < size; bits++) {
    for (let t = 0; t < targets.length; t++) if (bits & (1 << t)) offsets[bits] |= 1 << targets[t];
  }
  return { ...instruction, adjoint, offsets, targetMask: offsets[size - 1], group: new Float64Array(2 * size) };
}

/**
 * state ← A|state⟩ where the controls are met: every group of amplitudes that differ in the target bits alone is
 * multiplied by A. Without targets A is one number.
 *
 * @param state   one state, shape [2ⁿ, 2], changed in place
 * @param entries A or A†
 */
export function applyMatrix(state: Float64Array, prepared: PreparedMatrix, entries: Float64Array): void {
  const { offsets, targetMask, controlMask, controlValue, group } = prepared;
  const size = offsets.length;
  for (let base = 0; base < state.length / 2; base++) {
    if ((base & targetMask) !== 0 || (base & controlMask) !== controlValue) continue;
    for (let k = 0; k < size; k++) {
      group[2 * k] = state[2 * (base + offsets[k])];
      group[2 * k + 1] = state[2 * (base + offsets[k]) + 1];
    }
    for (let row = 0; row < size; row++) {
      let [re, im] = [0, 0];
      for (let k = 0; k < size; k++) {
        const at = 2 * (row * size + k);
        re += entries[at] * group[2 * k] - entries[at + 1] * group[2 * k + 1];
        im += entries[at] * group[2 * k + 1] + entries[at + 1] * group[2 * k];
      }
      state[2 * (base + offsets[row])] = re;
      state[2 * (base + offsets[row]) + 1] = im;
    }
  }
}
