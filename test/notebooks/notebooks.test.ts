import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../built.js';
import { parse } from '../plot/picture.js';
import { codeCells, countShown, importsOf, notebookNames, outputsOf, picturesOf, readNotebook } from './notebook.js';

const folder = join(root, 'notebooks');
const allowed = /^(daruan(\/\w+)?|@tensorflow\/tfjs-(core|layers)|node:[a-z/]+)$/;
describe('The notebooks', () => {
  it('are six', () => {
    expect(notebookNames(folder).map((name) => name[0])).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  describe.each(notebookNames(folder))('%s', (name) => {
    const notebook = readNotebook(folder, name);

    it('is stored as it was executed: every cell, in order, without an error', () => {
      expect(codeCells(notebook).map(({ execution_count }) => execution_count)).toEqual(
        codeCells(notebook).map((_, k) => k + 1),
      );
      expect(outputsOf(notebook).filter(({ output_type }) => output_type === 'error')).toEqual([]);
    });

    it('holds all that it shows, and nothing besides', () => {
      expect(countShown(notebook)).toBeGreaterThan(0);
      expect(outputsOf(notebook)).toHaveLength(countShown(notebook));
    });

    it('holds at least one picture, and pictures are sound', () => {
      expect(picturesOf(notebook).length).toBeGreaterThan(0);
      for (const svg of picturesOf(notebook)) expect(parse(svg).name).toBe('svg');
    });

    it('imports packages by their public names', () => {
      expect(importsOf(notebook).some((module) => /^daruan(\/|$)/.test(module))).toBe(true);
      expect(importsOf(notebook).filter((module) => !allowed.test(module))).toEqual([]);
    });

    it('says nothing of the machine that executed it', () => {
      const text = JSON.stringify(notebook);
      for (const place of [root.replace(/\/$/, ''), homedir(), `${tmpdir()}/`]) expect(text).not.toContain(place);
    });
  });
});
