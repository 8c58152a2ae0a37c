/**
 * The kernels of the statevector backend, as text: gpu.js parses the source of a function, which minifiers rewrite.
 *
 * A state is one array of 2·batch·2ⁿ floats, and every thread makes one of them: t = 2·(sample·2ⁿ + index) + part, part 0 the
 * real and 1 the imaginary one. What may exceed 2²⁴ stays within an integer expression: variables are float32.
 */

/** −1 for part 0 and 1 for part 1: the sign of its partner's share in a complex product. */
const SIDE = '((this.thread.x & 1) * 2 - 1)';

/** Statements that set `fold` to a number of the parity of index & zMask. */
const foldParity = (index: string): string => `
  let fold = ((${index} & zMask) ^ ((${index} & zMask) >> 16)) & 65535;
  fold = fold ^ (fold >> 8);
  fold = fold ^ (fold >> 4);
  fold = fold ^ (fold >> 2);
  fold = (fold ^ (fold >> 1)) & 1;
`;

/**
 * One instruction: keep·own + (−1)^parity(j & z)·mix·partner_j with j = index ⊕ x, where the controls are met (`count` < 0),
 * or the matrix of `count` targets times own; else own. A term of an observable is added in the same way.
 *
 * `flip` is 2x, and the index's bits start at bit 1 of t. Of `table`, samples have `stride` numbers: keep re, im, mix re, im. Of a
 * matrix, there are two numbers a target, the bit of t that it is as low and high 15 bits, then the entries.
 */
export const stepText = `function step(own, partner, table, shift, flip, zMask, controlMask, controlValue, stride, count) {
  if (((this.thread.x >> 1) & controlMask) !== controlValue) return own[this.thread.x];
  if (count < 0) {
    ${foldParity('((this.thread.x ^ flip) >> 1)')}
    const sign = 1 - 2 * fold;
    const k = (this.thread.x >> shift) * stride;
    const kept = table[k] * own[this.thread.x] + ${SIDE} * table[k + 1] * own[this.thread.x ^ 1];
    const mixed = table[k + 2] * partner[this.thread.x ^ flip] + ${SIDE} * table[k + 3] * partner[this.thread.x ^ flip ^ 1];
    return kept + sign * mixed;
  }
  let size = 1;
  let row = 0;
  for (let target = 0; target < count; target++) {
    const low = table[2 * target];
    const high = table[2 * target + 1];
    if ((this.thread.x & low) + ((this.thread.x >> 15) & high) > 0) row += size;
    size *= 2;
  }
  let sum = 0;
  for (let column = 0; column < size; column++) {
    let low = 0;
    let high = 0;
    let differing = column ^ row;
    for (let target = 0; target < count; target++) {
      low += table[2 * target] * (differing & 1);
      high += table[2 * target + 1] * (differing & 1);
      differing = differing >> 1;
    }
    const entry = 2 * (count + row * size + column);
    sum += table[entry] * own[this.thread.x ^ low ^ (high << 15)];
    sum += ${SIDE} * table[entry + 1] * own[this.thread.x ^ low ^ (high << 15) ^ 1];
  }
  return sum;
}`;

/** |0…0⟩ for every sample. */
export const groundText = `function ground(mask) {
  if ((this.thread.x & mask) === 0) return 1;
  return 0;
}`;

/** Index k of the sum of this thread, the sample above it. Neighbouring threads read neighbouring amplitudes. */
const INDEX =
  '(((this.thread.x >> (numQubits - depth)) << numQubits) | (k << (numQubits - depth)) | (this.thread.x & ((1 << (numQubits - depth)) - 1)))';

/**
 * Sums over 2^depth ≤ 2¹⁵ indices j each of (−1)^parity(j & z)·conj(bra_{j ⊕ x})·ket_j, j meeting the controls: the real part
 * (`part` 0) or the imaginary. The 2^(numQubits − depth) sums of a sample follow each other.
 */
export const overlapText = `function overlap(bra, ket, numQubits, depth, part, xMask, zMask, controlMask, controlValue) {
  let sum = 0;
  for (let k = 0; k < (1 << depth); k++) {
    if ((${INDEX} & controlMask) === controlValue) {
      ${foldParity(INDEX)}
      const straight = bra[(${INDEX} ^ xMask) << 1] * ket[(${INDEX} << 1) | part];
      const crossed = bra[((${INDEX} ^ xMask) << 1) | 1] * ket[((${INDEX} << 1) | part) ^ 1];
      sum += (1 - 2 * fold) * (straight + (1 - 2 * part) * crossed);
    }
  }
  return sum;
}`;
