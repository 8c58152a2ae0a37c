import { DaruanError, expected } from '../foundation/errors.js';

/** Characters and their numbers: token k is entry k of the vocabulary. */
export interface CharacterTokenizer {
  /** One character (Unicode code point) an entry, in the order of their code points. */
  readonly vocabulary: readonly string[];
  /** @throws if a character is not in the vocabulary */
  readonly encode: (text: string) => Int32Array;
  /** @throws if a number is no token */
  readonly decode: (tokens: ArrayLike<number>) => string;
}

/** A tokenizer as a file holds it. */
export interface TokenizerDocument {
  readonly format: 'daruan.characters';
  readonly version: 1;
  readonly vocabulary: readonly string[];
}

/**
 * The tokenizer whose vocabulary is the characters of a text.
 *
 * @throws if the text is empty
 * @example characterTokenizer('banana').encode('nab'); // Int32Array [2, 0, 1]
 */
export function characterTokenizer(text: string): CharacterTokenizer {
  if (typeof text !== 'string' || text.length === 0) throw expected('characterTokenizer', 'a text', text);
  const points = [...new Set(text)].map((character) => character.codePointAt(0)!).sort((a, b) => a - b);
  return tokenizerOf(points.map((point) => String.fromCodePoint(point)));
}

/** A tokenizer as a plain value for `JSON.stringify`. */
export const tokenizerToJson = ({ vocabulary }: CharacterTokenizer): TokenizerDocument => ({
  format: 'daruan.characters',
  version: 1,
  vocabulary,
});

/**
 * The tokenizer that `tokenizerToJson` described.
 *
 * @throws if the value is no such document
 */
export function tokenizerFromJson(document: TokenizerDocument): CharacterTokenizer {
  const { format, version, vocabulary } = document ?? {};
  if (format !== 'daruan.characters' || version !== 1) {
    throw expected('tokenizerFromJson', 'a document "daruan.characters" of version 1', `${format} ${version}`);
  }
  const isCharacter = (entry: unknown) => typeof entry === 'string' && [...entry].length === 1;
  const isWhole = Array.isArray(vocabulary) && vocabulary.length > 0 && vocabulary.every(isCharacter);
  if (!isWhole || new Set(vocabulary).size !== vocabulary.length) {
    throw expected('tokenizerFromJson', 'a vocabulary of different characters', vocabulary);
  }
  return tokenizerOf(vocabulary);
}

function tokenizerOf(vocabulary: readonly string[]): CharacterTokenizer {
  const numbers = new Map(vocabulary.map((character, token) => [character, token]));
  const token = (character: string, place: number): number => {
    const found = numbers.get(character);
    if (found !== undefined) return found;
    throw new DaruanError(
      'tokenizer',
      `character ${place}, "${character}", is not in the vocabulary of ${vocabulary.length}`,
      'Make the tokenizer of a text that has all characters.',
    );
  };
  return {
    vocabulary: [...vocabulary],
    encode: (text) => Int32Array.from([...text], token),
    decode: (tokens) =>
      Array.from(tokens, (number) => {
        if (vocabulary[number] !== undefined) return vocabulary[number];
        throw expected('tokenizer', `a token in 0 … ${vocabulary.length - 1}`, number);
      }).join(''),
  };
}
