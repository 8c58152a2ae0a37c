import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import typescript from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, root } from '../built.js';
import { findRunner, Workshop } from './execute.js';
import { codeCells, notebookNames, outputsOf, picturesOf, readNotebook, textOf } from './notebook.js';

const stored = join(root, 'notebooks');
const names = notebookNames(stored);
const runner = findRunner(root);
if (!runner.found) console.log(`Notebooks are not executed: ${runner.reason}.`);

/** What Deno's kernel has and Node has not. */
const KERNEL = `declare const Deno: {
  jupyter: { display(data: Record<string, string>, options: { raw: true }): Promise<void> };
};
export {};
`;

describe('The notebooks', () => {
  /** Within the project: packages are found from there upwards. */
  const folder = join(root, `.dist-notebooks-${process.pid}`);
  let workshop: Workshop | undefined;
  beforeAll(() => {
    requireBuild();
    if (runner.found) workshop = new Workshop(runner.deno);
    mkdirSync(folder);
    for (const name of names) {
      copyFileSync(join(stored, name), join(folder, name));
      const cells = codeCells(readNotebook(stored, name)).map(({ source }) => textOf(source));
      writeFileSync(join(folder, name.replace('.ipynb', '.mts')), KERNEL + cells.join('\n'));
    }
  });
  afterAll(() => {
    workshop?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('have sound types', () => {
    const { ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript;
    const program = typescript.createProgram(
      names.map((name) => join(folder, name.replace('.ipynb', '.mts'))),
      {
        module: ModuleKind.Node16,
        moduleResolution: ModuleResolutionKind.Node16,
        target: ScriptTarget.ES2022,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ['node'],
      },
    );
    const problems = typescript.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const line = file ? file.text.slice(0, start).split('\n').length - KERNEL.split('\n').length + 1 : 0;
      return `${file?.fileName}, line ${line}: ${typescript.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(problems).toEqual([]);
  });

  describe.skipIf(!runner.found)('executed from the start, without a network', () => {
    it.each(names)('end within a minute and show what is stored: %s', (name) => {
      const { ok, seconds, log } = workshop!.execute(folder, name);
      expect(ok, log).toBe(true);
      expect(seconds).toBeLessThan(60);
      const [before, after] = [stored, folder].map((place) => readNotebook(place, name));
      expect(outputsOf(after).filter(({ output_type }) => output_type === 'error')).toEqual([]);
      expect(outputsOf(after).length).toBe(outputsOf(before).length);
      expect(picturesOf(after).length).toBeGreaterThan(0);
    });
  });
});
