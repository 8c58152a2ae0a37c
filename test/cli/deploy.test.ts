import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProfiles } from '../../src/noise/exampleProfiles.js';
import { bundleProgram, type Program } from './launch.js';

describe('The program deploys a trained network', { timeout: 120_000 }, () => {
  let program: Program;
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const numbers = (csv: string) =>
    csv
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daruan-deploy-'));
    program = await bundleProgram('deploy');
    const table = Array.from({ length: 21 }, (_, k) => `${k / 2},${Math.sin(k / 5) / 2}`);
    writeFileSync(path('table.csv'), ['t,y', ...table, ''].join('\n'));
    writeFileSync(path('x.csv'), 'extra,t\nred,1\nblue,4.5\n');
    writeFileSync(path('device.json'), JSON.stringify(exampleProfiles['typical-transmon']));
    const source = ['--data', path('table.csv'), '--target', 'y', '--standardise', '--width', '1,2,1', '--reps', '1'];
    await program.run(['train', ...source, '--steps', '5', '--out', path('results')]);
  }, 60_000);

  afterAll(async () => {
    await program?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('through files alone, round by round, to outputs with error bars that agree with its predictions', async () => {
    const jobs = path('jobs');
    const given = ['--inputs', path('x.csv'), '--profile', path('device.json'), '--shots', '4096', '--packing', '3'];
    const deployed = await program.run([
      'deploy',
      path('results'),
      ...given,
      '--readout',
      'calibration',
      '--out',
      jobs,
    ]);
    expect(deployed.code).toBe(0);
    expect(JSON.parse(deployed.stdout)).toEqual({
      folder: jobs,
      round: 1,
      rounds: 2,
      jobs: 4,
      circuits: 4,
      shots: 4096,
    });
    expect(deployed.stderr).toContain('Round 1 of 2: 4 job(s) of 4096 shots, 4 circuits');
    expect(readdirSync(join(jobs, 'round-1')).sort()).toEqual([
      'calibration-0.qasm',
      'calibration-1.qasm',
      'job-0001.qasm',
      'job-0002.qasm',
    ]);

    const early = await program.run(['collect', jobs]);
    expect([early.code, early.stdout]).toEqual([1, '']);
    expect(early.stderr).toMatch(/^daruan: file: there is no file ".*round-1\/job-0001\.counts\.json"\. /);

    const first = await program.run(['run-jobs', jobs, '--seed', '3']);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toContain('the device "typical-transmon", simulated');
    expect((await program.run(['collect', jobs])).code).toBe(0);
    expect((await program.run(['run-jobs', jobs, '--seed', '3'])).code).toBe(0);
    const last = await program.run(['collect', jobs]);
    expect(last.code).toBe(0);
    expect(last.stdout).toBe(readFileSync(join(jobs, 'outputs.csv'), 'utf8'));
    expect(last.stdout).toMatch(/^output_0,error_0\n/);
    const { activations } = JSON.parse(readFileSync(join(jobs, 'round-1/result.json'), 'utf8'));
    expect(activations.values.length).toBe(4);

    const { stdout } = await program.run(['predict', path('results'), '--data', path('x.csv')]);
    const predicted = numbers(stdout);
    expect(predicted.length).toBe(2);
    numbers(last.stdout).forEach(([value, error], k) => {
      expect(error).toBeGreaterThan(0.005);
      expect(error).toBeLessThan(0.2);
      expect(Math.abs(value - predicted[k][0])).toBeLessThan(4 * error);
    });
  });

  it('and refuses what it cannot do in one line, with nothing written', async () => {
    const given = ['deploy', path('results'), '--inputs', path('x.csv')];
    writeFileSync(
      path('broken.json'),
      JSON.stringify({ ...exampleProfiles['typical-ions'], qubits: [{ gateError: 2 }] }),
    );
    const broken = await program.run([...given, '--profile', path('broken.json'), '--out', path('none')]);
    expect([broken.code, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toMatch(
      /^daruan: --profile .*broken\.json: readProfile: qubits\[0\]: expected the key "readout"/,
    );
    expect(existsSync(path('none'))).toBe(false);
    const full = await program.run([...given, '--out', path('jobs')]);
    expect(full.stderr).toMatch(/^daruan: --out: ".*manifest\.json" is there already\. Choose another folder\.\n$/);
  });

  it('and explains itself, with examples', async () => {
    for (const command of ['deploy', 'run-jobs', 'collect']) {
      const { code, stdout, stderr } = await program.run([command, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/\nExamples:\n {2}daruan [\w-]+ [\s\S]*\nExit status: 0 /);
    }
  });
});
