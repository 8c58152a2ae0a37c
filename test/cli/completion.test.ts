import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeProgram } from '../../src/cli/completion/description.js';
import { createProgram } from '../../src/cli/program.js';
import { run } from './inProcess.js';

const program = describeProgram(createProgram('0', () => {}));
const script = async (shell: string): Promise<string> => (await run(['completion', shell])).stdout;

/** What bash would offer after these words. */
async function offered(...words: string[]): Promise<string[]> {
  const list = words.map((word) => `'${word}'`).join(' ');
  const text = `${await script('bash')}
COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _daruan; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', text], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('The completion for bash', () => {
  it('parses', async () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: await script('bash'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('offers commands, options, their values, and files', async () => {
    expect(await offered('daruan', 'e')).toEqual(['export']);
    expect(await offered('daruan', '')).toEqual([...program.commands.map(({ name }) => name), '--help', '--version']);
    expect(await offered('daruan', 'train', '--ansatz', 'p')).toEqual(['pz', 'px']);
    expect(await offered('daruan', 'train', '--reps', '')).toEqual([]);
    expect(await offered('daruan', 'spectrum', 'package.j')).toEqual(['package.json']);
    expect(await offered('daruan', 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it.each(program.commands)('offers every option of $name', async ({ name, options }) => {
    expect(await offered('daruan', name, '--')).toEqual(options.map(({ flag }) => flag));
  });
});

describe.each(['zsh', 'fish'])('The completion for %s', (shell) => {
  it('has every command and every option', async () => {
    const text = await script(shell);
    for (const { name, options } of program.commands) {
      expect(text).toContain(name);
      for (const { flag } of options) expect(text).toContain(shell === 'fish' ? `-l ${flag.slice(2)}` : `'${flag}[`);
    }
  });

  it.skipIf(!existsSync(`/usr/bin/${shell}`))('parses, where the shell is installed', async () => {
    const { status, stderr } = spawnSync(shell, ['-n'], { input: await script(shell), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('Every command', () => {
  it.each(program.commands)('$name has help with examples and its exit status', async ({ name, description }) => {
    const { code, stdout, stderr } = await run([name, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(description);
    expect(stdout).toContain('Exit status: 0 ');
    expect(stdout.match(new RegExp(`^ {2}daruan ${name} `, 'gm'))?.length).toBeGreaterThanOrEqual(2);
  });
});
