import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { circuit, op } from '../circuits/circuit.js';
import { toJson } from '../circuits/json.js';
import { toQasm3 } from '../circuits/text/qasm3.js';
import { createProgram } from '../src/cli/program.js';
import { exampleProfiles } from '../src/noise/exampleProfiles.js';
import { requireBuild, root } from './built.js';

/** The lines of the README's shell blocks that call `daruan`, without their comments. */
const lines = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block]) => block.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''))
  .filter((line) => line.startsWith('daruan '));
const trains = (line: string): boolean => line.startsWith('daruan train');
/** What runs for long is told to run for one step. */
const commands = [...lines.filter(trains).map((line) => `${line} --steps 1`), ...lines.filter((line) => !trains(line))];

describe('The commands of the README', { timeout: 120_000 }, () => {
  let folder: string;

  const run = (line: string) =>
    spawnSync('bash', ['-c', line], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 100_000,
      env: { ...process.env, HOME: folder, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` },
    });

  beforeAll(() => {
    requireBuild();
    folder = mkdtempSync(join(tmpdir(), 'daruan-commands-'));
    mkdirSync(join(folder, 'bin'));
    symlinkSync(join(root, 'dist/cli.js'), join(folder, 'bin/daruan'));
    chmodSync(join(root, 'dist/cli.js'), 0o755);
    mkdirSync(join(folder, '.local/share/bash-completion/completions'), { recursive: true });
    cpSync(join(root, 'circuits/library'), join(folder, 'circuits/library'), { recursive: true });
    const example = circuit({
      numQubits: 2,
      data: ['phi'],
      operations: [op('ry', [0], 'phi'), op('rzz', [0, 1], 'theta'), op('rx', [1], 'phi')],
    });
    const files = {
      'circuit.json': JSON.stringify(toJson(example)),
      'program.qasm': toQasm3(example),
      'profile.json': JSON.stringify(exampleProfiles['typical-transmon']),
      'device.json': JSON.stringify(exampleProfiles['typical-transmon']),
      'x.csv': 'x1,x2\n0.1,0.2\n-0.5,0.7\n',
      'table.csv': `a,b,y\n${Array.from({ length: 40 }, (_, k) => `${k / 40},${Math.sin(k)},${Math.cos(k)}`).join('\n')}\n`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const start = run('daruan train --function "exp(sin(pi*x1) + x2^2)" --range -1,1 --steps 1 --out results/start');
    expect([start.status, start.stderr.includes('rror:')]).toEqual([0, false]);
  }, 120_000);

  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it.each(commands)('%s', (line) => {
    const { status, stderr } = run(line);
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  });

  it('show every command of the program', () => {
    const shown = new Set(lines.map((line) => line.split(' ')[1]));
    const all = createProgram('', () => {}).commands.map((command) => command.name());
    expect(all.filter((name) => name !== 'help' && !shown.has(name))).toEqual([]);
  });
});
