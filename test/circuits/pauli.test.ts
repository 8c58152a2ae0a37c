import { describe, expect, it } from 'vitest';
import { distance, identity, kronecker, type Matrix, product } from '../../circuits/matrix.js';
import { masks, observable, pauliMatrix, pauliOn } from '../../circuits/pauli.js';

const words = ['', 'X', 'IZ', 'XYZ', 'YYI', 'ZIXY'];

/** The matrix of a word from its masks: P|z⟩ = i^(number of Y) (−1)^popcount(z & zMask) |z ⊕ xMask⟩. */
function fromMasks(word: string): Matrix {
  const size = 2 ** word.length;
  const { xMask, zMask } = masks(word);
  const bits = (value: number) => [...value.toString(2)].filter((c) => c === '1').length;
  const result = new Float64Array(2 * size * size);
  for (let column = 0; column < size; column++) {
    const quarter = (bits(xMask & zMask) + 2 * bits(column & zMask)) % 4;
    const to = 2 * ((column ^ xMask) * size + column);
    result[to] = [1, 0, -1, 0][quarter];
    result[to + 1] = [0, 1, 0, -1][quarter];
  }
  return result;
}

describe('Pauli words', () => {
  it.each(words)('"%s": masks and matrix say the same', (word) => {
    expect(distance(fromMasks(word), pauliMatrix(word))).toBe(0);
  });

  it.each(words)('"%s" squares to the identity', (word) => {
    const matrix = pauliMatrix(word);
    expect(distance(product(matrix, matrix), identity(2 ** word.length))).toBe(0);
  });

  it('put their first character on the lowest bit', () => {
    expect(distance(pauliMatrix('XZ'), kronecker(pauliMatrix('Z'), pauliMatrix('X')))).toBe(0);
    expect(pauliOn('Z', 2)).toBe('IIZ');
    expect(masks('XY', [3, 1])).toEqual({ xMask: 0b1010, zMask: 0b0010 });
  });
});

describe('observable', () => {
  it('reads its three forms alike', () => {
    const terms = [{ word: 'ZZ', coefficient: 1 }];
    expect(observable('ZZ')).toEqual({ terms });
    expect(observable([['ZZ', 1]])).toEqual({ terms });
    expect(observable({ terms })).toEqual({ terms });
  });
});
