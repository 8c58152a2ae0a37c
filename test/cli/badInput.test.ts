import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { badInput, CIRCUIT, NOTHING, PERCEPTRON, RESULTS, TABLE } from './badInput.js';
import { run } from './inProcess.js';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daruan-bad-'));
  writeFileSync(join(folder, 'table.csv'), 'a,b,y\n1,2,3\n2,3,5\n3,4,7\n4,5,9\n5,6,11\n');
  writeFileSync(
    join(folder, 'circuit.json'),
    '{"format":"daruan.circuit","version":1,"numQubits":1,"data":["x"],"operations":[{"gate":"ry","targets":[0],"angles":["a*x"]}]}',
  );
  const source = ['--data', join(folder, 'table.csv'), '--target', 'y'];
  for (const [name, ...options] of [
    ['results', '--width', '2,3,1'],
    ['perceptron', '--layer', 'mlp'],
  ]) {
    const { code } = await run(['train', ...source, ...options, '--steps', '1', '--out', join(folder, name)]);
    expect(code).toBe(0);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(badInput)('refuses $args with one line, before anything is written', async ({ args, message }) => {
  const places = {
    [TABLE]: 'table.csv',
    [RESULTS]: 'results',
    [PERCEPTRON]: 'perceptron',
    [NOTHING]: 'nothing',
    [CIRCUIT]: 'circuit.json',
  };
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
