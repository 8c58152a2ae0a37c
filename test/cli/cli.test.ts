import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { evaluateSeries } from '../../src/spectrum/activation.js';
import { enableProduction, predictArray } from '../../src/tf/plainArrays.js';
import { loadModel } from '../../src/tf/storage/files.js';
import '@tensorflow/tfjs-backend-cpu';
import { loadQdk, readQir, unitaryWithAncillas } from '../circuits/text/qdk.js';
import { bundleProgram, launch, type Outcome, type Program, root } from './launch.js';

/** y = a·b + a, on a grid. */
const table = ['a,b,y'];
for (let a = -3; a <= 3; a++) for (let b = -3; b <= 3; b++) table.push(`${a / 3},${b / 3},${(a * b) / 9 + a / 3}`);

describe('The program', { timeout: 30_000 }, () => {
  let program: Program;
  let folder: string;
  let trained: Outcome;
  const path = (name: string): string => join(folder, name);
  const readJson = (name: string) => JSON.parse(readFileSync(path(name), 'utf8'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daruan-cli-'));
    program = await bundleProgram('cli');
    writeFileSync(path('table.csv'), table.join('\n'));
    const source = ['--data', path('table.csv'), '--target', 'y', '--standardise'];
    trained = await program.run(['train', ...source, '--width', '2,3,1', '--steps', '4', '--out', path('results')]);
  }, 30_000);

  afterAll(async () => {
    await program?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('trains', () => {
    it('with nothing on stdout but the summary, and messages on stderr', () => {
      expect(trained.code).toBe(0);
      expect(JSON.parse(trained.stdout)).toEqual(readJson('results/summary.json'));
      expect(trained.stderr).toMatch(
        /^Backend wasm: it is the first that starts \(node-gpu: .*\)\.\nstep 1 of 4, loss /,
      );
      expect(trained.stderr).toMatch(/\ntrain( +\d\.\d+e-\d+){3} +0\.\d+\ntest /);
      expect(trained.stderr).toMatch(/\d+ parameters, .* s of training\. .*\nThe results are in .*results\n$/);
      expect(trained.stderr).not.toContain('\u001b'); // no bar, no colours: it is no terminal
    });

    it('and leaves every result, whole', () => {
      expect(readdirSync(path('results')).sort()).toEqual([
        'checkpoint.json',
        'circuits',
        'history.json',
        'loss.svg',
        'model',
        'network.svg',
        'spectrum.json',
        'summary.json',
      ]);
      expect(readdirSync(path('results/circuits')).sort()).toEqual(
        [0, 1, 2]
          .flatMap((o) => [0, 1].map((i) => `layer0_edge_${o}_${i}.qasm`))
          .concat([0, 1, 2].map((i) => `layer1_edge_0_${i}.qasm`)),
      );
      for (const picture of ['loss', 'network']) {
        expect(readFileSync(path(`results/${picture}.svg`), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
      }
      const { history } = readJson('results/history.json');
      expect(history.map(({ step, method }: { step: number; method: string }) => [step, method])).toEqual(
        [1, 2, 3, 4].map((step) => [step, 'lbfgs']),
      );
      expect(history[3].loss).toBeLessThan(history[0].loss);
    });

    it('to errors that the summary tells, with every kind of parameter trained', () => {
      const { train, test, parameters, inputs, targets, steps } = readJson('results/summary.json');
      expect({ inputs, targets, steps }).toEqual({ inputs: ['a', 'b'], targets: ['y'], steps: 4 });
      expect(parameters).toBe(9 * (8 + 3 + 3 + 3)); // edges · (θ, w, b, and p, q, c)
      for (const errors of [train, test]) {
        expect(errors.r2).toBeGreaterThan(0.9);
        expect(errors.rmse).toBe(Math.sqrt(errors.mse));
        expect(errors.max).toBeGreaterThanOrEqual(errors.rmse);
      }
    });

    it('and predicts what its model says, in the units of the table', async () => {
      const { code, stdout, stderr } = await program.run(['predict', path('results'), '--data', path('table.csv')]);
      expect([code, stderr]).toEqual([0, '']);
      const [head, ...lines] = stdout.trimEnd().split('\n');
      expect(head).toBe('y');
      const { standardisation } = readJson('results/summary.json');
      const rows = table.slice(1).map((line) => line.split(',').map(Number));
      const x = rows.flatMap((row) => [0, 1].map((i) => (row[i] - standardisation.mean[i]) / standardisation.scale[i]));
      enableProduction(); // no banner
      const expected = predictArray(await loadModel(path('results/model')), Float64Array.from(x));
      expect(lines.length).toBe(49);
      // Another kernel and another backend in float32: some 40 operations of size 1, here and there.
      lines.forEach((line, row) => {
        expect(Math.abs(Number(line) - expected[row])).toBeLessThan(80 * 2 ** -23);
      });
      const worst = Math.max(...lines.map((line, row) => Math.abs(Number(line) - rows[row][2])));
      const { train, test } = readJson('results/summary.json');
      expect(Math.abs(worst - Math.max(train.max, test.max))).toBeLessThan(1e-8); // nine digits
    });

    it('and predicts single points', async () => {
      const points = ['--input', '1,1', '--input', '-1,0.5'];
      const { stdout } = await program.run(['predict', path('results'), ...points]);
      expect(stdout).toMatch(/^y\n-?\d+\.\d+\n-?\d+\.\d+\n$/);
    });

    it('and writes circuits that another reader understands, whose ⟨Z⟩ is the spectrum that it writes', async () => {
      const compile = await loadQdk();
      const spectra = readJson('results/spectrum.json');
      expect(spectra.length).toBe(9);
      const at = 0.3;
      const { stdout } = await program.run([
        'export',
        path('results'),
        '--layer',
        '0',
        '--output',
        '2',
        '--input',
        '1',
      ]);
      expect(stdout).toBe(readFileSync(path('results/circuits/layer0_edge_2_1.qasm'), 'utf8'));
      const bound = stdout.replace(/input float .*\n/, '').replaceAll('*x_ ', `*${at} `);
      const [re, im] = unitaryWithAncillas(readQir(await compile(bound)), 1);
      const { terms } = spectra.find(
        (edge: Record<string, number>) => edge.layer === 0 && edge.output === 2 && edge.input === 1,
      );
      // Angles have 15 digits in the compiler's output.
      expect(Math.abs(2 * (re ** 2 + im ** 2) - 1 - evaluateSeries(terms, at))).toBeLessThan(1e-12);
    });

    it('and exports all circuits as data', async () => {
      const { code, stdout } = await program.run([
        'export',
        path('results'),
        '--format',
        'json',
        '--out',
        path('json'),
      ]);
      expect([code, stdout]).toEqual([0, '']);
      expect(readdirSync(path('json')).length).toBe(9);
      expect(readJson('json/layer1_edge_0_2.json').operations.length).toBe(1 + 3 * 3 + 2);
    });
  });

  describe('goes on', () => {
    const passes = (out: string): string[] => {
      const source = ['--function', 'sin(3*x)', '--samples', '40', '--width', '1,1', '--reps', '2', '--seed', '3'];
      const way = ['--optimizer', 'adam', '--steps', '80', '--batch-size', '8', '--checkpoint-every', '1000'];
      return ['train', ...source, ...way, '--out', out];
    };

    it('after Ctrl-C, and ends with the same bits as if there had been none', async () => {
      const [whole, broken] = await Promise.all([
        program.run(passes(path('whole'))),
        program.run(passes(path('broken')), 'step 1 of 80'),
      ]);
      expect(whole.code).toBe(0);
      expect([broken.code, broken.signal, broken.stdout]).toEqual([130, null, '']);
      expect(broken.stderr).toMatch(/Interrupted: the running step is finished first\. Ctrl-C again quits at once\.\n/);
      expect(broken.stderr).toContain(`Go on with: daruan train --resume ${path('broken')}\n`);
      expect(readdirSync(path('broken'))).toEqual(['checkpoint.json']);
      expect(readJson('broken/checkpoint.json').training.history.length).toBeLessThan(80);

      const resumed = await program.run(['train', '--resume', path('broken')]);
      expect(resumed.code).toBe(0);
      const weights = (name: string) => readFileSync(path(`${name}/model/weights.bin`)).toString('base64');
      expect(weights('broken')).toBe(weights('whole'));
      const losses = (name: string) =>
        readJson(`${name}/history.json`).history.map(({ loss }: { loss: number }) => loss);
      expect(losses('broken')).toEqual(losses('whole'));
      expect(losses('whole').length).toBe(80);
    });

    it('with more steps, where there was an end', async () => {
      cpSync(path('results'), path('longer'), { recursive: true });
      const before = readJson('longer/summary.json');
      const { code } = await program.run(['train', '--resume', path('longer'), '--steps', '6']);
      const after = readJson('longer/summary.json');
      expect([code, before.steps, after.steps]).toEqual([0, 4, 6]);
      expect(after.loss).toBeLessThan(before.loss);
    });

    it('only with the samples that it began with', async () => {
      cpSync(path('results'), path('changed'), { recursive: true });
      writeFileSync(path('other.csv'), table.join('\n').replace('1,1,2', '1,1,3'));
      const checkpoint = readFileSync(path('changed/checkpoint.json'), 'utf8');
      writeFileSync(path('changed/checkpoint.json'), checkpoint.replaceAll('/table.csv', '/other.csv'));
      const { code, stderr } = await program.run(['train', '--resume', path('changed')]);
      expect(code).toBe(1);
      expect(stderr).toContain('daruan: --resume: the samples are not those with which the training began.');
    });
  });

  it('says that training failed by exit status 2, without a stack', async () => {
    const way = ['--optimizer', 'adam', '--learning-rate', '1e30', '--steps', '5', '--samples', '20'];
    const { code, stdout, stderr } = await program.run(['train', '--function', 'x', ...way, '--out', path('failed')]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/\ndaruan: [^\n]+\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(path('failed/summary.json'))).toBe(false);
  });

  it('says why circuits without a Fourier series have none', async () => {
    const way = ['--ansatz', 'px', '--range', '-0.5,0.5', '--width', '1,1', '--steps', '1', '--samples', '20'];
    const gentle = ['--optimizer', 'adam', '--learning-rate', '0.001'];
    const { code } = await program.run(['train', '--function', 'x', ...way, ...gentle, '--out', path('px')]);
    expect(code).toBe(0);
    const [{ terms, reason }] = readJson('px/spectrum.json');
    expect([terms, reason]).toEqual([undefined, expect.stringContaining('no finite Fourier series')]);
  });

  it('names what to install where TensorFlow.js is missing', async () => {
    const home = path('bare');
    mkdirSync(join(home, 'node_modules'), { recursive: true });
    cpSync(program.folder, join(home, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(home, 'package.json'));
    for (const name of Object.keys(packageFile.dependencies)) {
      symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name));
    }
    const { code, stderr } = await launch(join(home, 'dist/cli.js'), ['train', '--function', 'x', '--out', path('no')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^daruan: tensorflow: @tensorflow\/tfjs-(core|layers) is not installed\. Run npm install @tensorflow\/[^\n]+\n$/,
    );
  });

  it('explains itself and each of its commands, with examples', async () => {
    const names = ['train', 'predict', 'export', 'import', 'transpile', 'spectrum', 'draw', 'plot'];
    const commands = [[], ...names.map((name) => [name])];
    const outcomes = await Promise.all(commands.map((command) => program.run([...command, '--help'])));
    for (const { code, stdout, stderr } of outcomes) {
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: daruan/);
      expect(stdout).toMatch(/\nExamples:\n {2}daruan \w+ [\s\S]*\nExit status: 0 /);
    }
    for (const name of names) expect(outcomes[0].stdout).toContain(`\n  ${name} `);
  });

  it("prints one line for bad input, and a stack only for what is not the user's fault", async () => {
    const wrong = await program.run(['train', '--steps', '0']);
    expect(wrong).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: 'daruan: --steps: expected an integer ≥ 1, got "0".\n',
    });
    cpSync(path('results'), path('damaged'), { recursive: true });
    writeFileSync(path('damaged/summary.json'), '{"inputs":[],"targets":[],"standardisation":{}}');
    const damaged = await program.run(['predict', path('damaged'), '--data', path('table.csv')]);
    expect([damaged.code, damaged.stdout]).toEqual([1, '']);
    expect(damaged.stderr).toMatch(/^daruan: TypeError: .*\n\s+at /);
  });

  it('tells its version', async () => {
    expect((await program.run(['--version'])).stdout).toBe(`${packageFile.version}\n`);
  });
});
