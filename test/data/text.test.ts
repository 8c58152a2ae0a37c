import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterTokenizer, tokenizerFromJson, tokenizerToJson } from '../../src/data/characters.js';
import { markovText } from '../../src/data/markovText.js';
import { ngramLoss } from '../../src/data/ngram.js';
import { consecutiveWindows, sampleWindows } from '../../src/data/windows.js';
import { Random } from '../../src/foundation/random.js';

describe('characterTokenizer', () => {
  it('gives back every text, also after saving', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const tokenizer = characterTokenizer(text);
        const loaded = tokenizerFromJson(JSON.parse(JSON.stringify(tokenizerToJson(tokenizer))));
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
        expect(loaded.encode(text)).toEqual(tokenizer.encode(text));
      }),
      { seed: 1 },
    );
  });

  it('numbers characters in the order of their code points, whatever the text', () => {
    expect(characterTokenizer('nab😀a').vocabulary).toEqual(['a', 'b', 'n', '😀']);
    expect(characterTokenizer('baan').encode('nab')).toEqual(Int32Array.of(2, 0, 1));
  });
});

describe('markovText', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(markovText({ length: 50, seed: 1 })).toBe(markovText({ length: 50, seed: 1 }));
    expect(markovText({ length: 50, seed: 1 })).not.toBe(markovText({ length: 50, seed: 2 }));
  });

  it('is explained by pairs of letters, and not by single ones', () => {
    const text = markovText({ length: 20_000, letters: 6, choices: 3, seed: 1 });
    const tokens = characterTokenizer(text).encode(text);
    const [train, test] = [tokens.subarray(0, 15_000), tokens.subarray(15_000)];
    const [one, two, three, four] = [1, 2, 3, 4].map((n) => ngramLoss(train, test, { n, vocabularySize: 6 }));
    // The entropy of (4/7, 2/7, 1/7), which a model of pairs reaches; 5000 draws know it within 0.02 (two standard errors).
    const entropy = [4, 2, 1].reduce((sum, weight) => sum - (weight / 7) * Math.log(weight / 7), 0);
    expect(Math.abs(three - entropy)).toBeLessThan(0.02);
    expect(Math.abs(four - entropy)).toBeLessThan(0.06); // and longer pasts only add noise of counting
    expect(two).toBeGreaterThan(entropy + 0.4);
    expect(one).toBeGreaterThan(two);
  });
});

describe('ngramLoss', () => {
  it('counts: after a comes b two times of three', () => {
    const loss = ngramLoss([0, 1, 0, 1, 0, 0], [0, 1], { n: 2, vocabularySize: 2, smoothing: 1e-9 });
    expect(loss).toBeCloseTo(-Math.log(2 / 3), 8);
    const smoothed = ngramLoss([0, 1], [1, 1], { n: 2, vocabularySize: 2, smoothing: 1 });
    expect(smoothed).toBeCloseTo(Math.log(2), 12);
  });
});

describe('windows', () => {
  const text = Int32Array.from({ length: 11 }, (_, k) => k);

  it('are labelled with the next tokens', () => {
    const all = consecutiveWindows(text, 5);
    expect(all).toEqual({
      count: 2,
      context: 5,
      tokens: text.slice(0, 10),
      labels: text.slice(1, 11),
    });
  });

  it('begin anywhere that leaves a label, and nowhere else', () => {
    const starts = new Set<number>();
    const { tokens, labels } = sampleWindows(text, 9, 60, new Random(1));
    tokens.forEach((token, at) => {
      expect(labels[at]).toBe(token + 1);
      if (at % 9 === 0) starts.add(token);
    });
    expect([...starts].sort()).toEqual([0, 1]);
  });
});
