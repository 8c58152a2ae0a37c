import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../cli/launch.js';
import { numbersOf } from '../plot/picture.js';
import { pictures } from './pictures.js';

// Sines may differ in the last digit between engines, and so may a hundredth of a pixel: texts are compared without
// their numbers, and the numbers to a tenth.
it.each(Object.entries(pictures))('%s is what the sources draw: npm run pictures makes it anew', (name, make) => {
  const [kept, made] = [readFileSync(join(root, 'notebooks/pictures', name), 'utf8'), make()];
  expect(made.replace(/[\d.]+/g, '0')).toBe(kept.replace(/[\d.]+/g, '0'));
  const [before, after] = [numbersOf(kept), numbersOf(made)];
  expect(after.length).toBe(before.length);
  expect(after.every((value, k) => Math.abs(value - before[k]) <= 0.1)).toBe(true);
});
