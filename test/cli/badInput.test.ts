import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { report } from '../../src/cli/exit.js';
import { createProgram } from '../../src/cli/program.js';
import { badInput, NOTHING, RESULTS, TABLE } from './badInput.js';

let folder: string;

/** Runs the program within this process: its exit status, and what it printed. */
async function run(args: readonly string[]) {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      printed[name] += chunk;
      return true;
    }),
  );
  let code = 0;
  const setExitCode = (status: number): void => {
    code = status;
  };
  try {
    await createProgram('0', setExitCode).parseAsync(args, { from: 'user' });
  } catch (error) {
    code = report(error);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { code, ...printed };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daruan-bad-'));
  writeFileSync(join(folder, 'table.csv'), 'a,b,y\n1,2,3\n2,3,5\n3,4,7\n4,5,9\n5,6,11\n');
  const source = ['--data', join(folder, 'table.csv'), '--target', 'y'];
  const { code } = await run([
    'train',
    ...source,
    '--width',
    '2,3,1',
    '--steps',
    '1',
    '--out',
    join(folder, 'results'),
  ]);
  expect(code).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(badInput)('refuses $args with one line, before anything is written', async ({ args, message }) => {
  const places = { [TABLE]: 'table.csv', [RESULTS]: 'results', [NOTHING]: 'nothing' };
  const real = args.map((arg) =>
    Object.entries(places).reduce((text, [word, name]) => text.replace(word, join(folder, name)), arg),
  );
  const { code, stdout, stderr } = await run(real);
  expect([code, stdout]).toEqual([1, '']);
  const lines = stderr.split('\n').filter((line) => !line.startsWith('Backend '));
  expect(lines).toEqual([expect.stringMatching(/^daruan: .+/), '']);
  if (typeof message === 'string') expect(lines[0]).toContain(message);
  else expect(lines[0]).toMatch(message);
  expect(existsSync(join(folder, 'nothing'))).toBe(false);
});
