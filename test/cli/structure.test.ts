import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFormula } from '../../src/data/formula.js';
import { exportOnnx } from '../../src/tf/interchange/onnx.js';
import { loadModel } from '../../src/tf/storage/files.js';
import { run } from './inProcess.js';

const folder = mkdtempSync(join(tmpdir(), 'daruan-structure-'));
const path = (name: string): string => join(folder, name);
const readJson = (name: string) => JSON.parse(readFileSync(path(name), 'utf8'));
const numbers = (text: string): number[] => text.trim().split('\n').slice(1).map(Number);

/** y = sin(1.5 a) + b² / 4, in units of which the network sees nothing; c says nothing. */
const target = (a: number, b: number): number => Math.sin(1.5 * a) + b ** 2 / 4;
const rows = Array.from({ length: 60 }, (_, k) => {
  const [a, b, c] = [(k % 9) / 2 - 1, 3 + ((k * 7) % 10) / 5, ((k * 13) % 17) / 17];
  return [a, b, c, target(a, b)];
});

beforeAll(async () => {
  writeFileSync(path('table.csv'), ['a,b,c,y', ...rows.map((row) => row.join(','))].join('\n'));
  const source = ['--data', path('table.csv'), '--target', 'y', '--standardise', '--seed', '2'];
  const network = ['--layer', 'kan', '--grid', '3', '--width', '3,2,1', '--steps', '3'];
  const { code } = await run(['train', ...source, ...network, '--out', path('whole')]);
  expect(code).toBe(0);
  const circuit = ['--function', 'sin(3*x1)', '--samples', '60', '--width', '1,2,1', '--reps', '1', '--steps', '1'];
  await run(['train', ...circuit, '--base', 'none', '--standardise', '--out', path('quantum')]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('daruan prune', () => {
  const line = (name: string, score = '\\d\\.\\d{4}') =>
    expect.stringMatching(new RegExp(`^${name.padEnd(19)} +${score} {2}(stays|goes)$`));

  it('prints scores, and writes nothing where it has no place to', async () => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await run(['prune', path('whole')]);
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual(before);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 4)).toEqual(['a', 'b', 'c', 'node 1.0'].map((name) => line(name)));
    expect(lines.slice(5, 7)).toEqual([line('output 0', '1\\.0000'), line('a → node 1.0')]);
    expect(lines.length).toBe(3 + 2 + 1 + 8 + 1);
    expect(stderr).toMatch(/Pruned: \d of 8 edges are left, in layers of 3,\d,1 nodes\.\n$/);
  });

  it('writes the network that is left, which predicts, is drawn, and trains on', async () => {
    const dry = JSON.parse((await run(['prune', path('whole'), '--json'])).stdout);
    const least = Math.min(...dry.nodes.slice(0, 3).map(({ score }: { score: number }) => score));
    expect(least).toBeLessThan(0.1);
    const args = ['--input-threshold', String(least), '--json', '--out', path('pruned')];
    const { code, stdout } = await run(['prune', path('whole'), ...args]);
    expect(code).toBe(0);
    const { inputs, nodes, edges } = JSON.parse(stdout);
    const scoreOf = (name: string) => nodes.find(({ node }: { node: number }) => inputs[node] === name);
    expect(scoreOf('c')).toMatchObject({ layer: 0, stays: false });
    expect([scoreOf('a').stays, scoreOf('b').stays]).toEqual([true, true]);
    const below = edges.filter(({ layer, output }: { layer: number; output: number }) => layer === 1 && output === 0);
    const sum = below.reduce((total: number, { score }: { score: number }) => total + score, 0);
    const hidden = nodes.filter(({ layer }: { layer: number }) => layer === 1);
    expect(sum).toBeCloseTo(
      hidden.reduce((total: number, { score }: { score: number }) => total + score, 0),
      9,
    );
    const left = edges.filter(({ stays }: { stays: boolean }) => stays).length;
    const summary = readJson('pruned/summary.json');
    expect(summary).toMatchObject({ inputs: ['a', 'b'], loss: null, pruned: { edges: left, from: path('whole') } });
    expect(summary.parameters).toBeLessThan(readJson('whole/summary.json').parameters);

    const predicted = await run(['predict', path('pruned'), '--data', path('table.csv')]);
    const errors = numbers(predicted.stdout).map((value, k) => Math.abs(value - rows[k][3]));
    expect(Math.max(...errors)).toBeCloseTo(Math.max(summary.train.max, summary.test.max), 7);
    const picture = await run(['plot', path('pruned'), '--kind', 'network']);
    expect(picture.stdout).toBe(readFileSync(path('pruned/network.svg'), 'utf8'));

    const resumed = await run(['train', '--resume', path('pruned'), '--steps', '5']);
    expect([resumed.code, JSON.parse(resumed.stdout).steps]).toEqual([0, 5]);
    expect(JSON.parse(resumed.stdout).train.rmse).toBeLessThan(0.1 * summary.train.rmse);
    expect(JSON.parse(resumed.stdout).inputs).toEqual(['a', 'b']);
  }, 30_000);

  it('scores by other samples where it is told to', async () => {
    const flat = rows.map(([a, , c]) => [a, 3, c, target(a, 3)]); // b does not vary
    writeFileSync(path('flat.csv'), ['a,b,c,y', ...flat.map((row) => row.join(','))].join('\n'));
    const { stdout } = await run(['prune', path('whole'), '--data', path('flat.csv'), '--json']);
    const { nodes } = JSON.parse(stdout);
    expect(nodes[1]).toMatchObject({ layer: 0, node: 1, stays: true });
    expect(nodes[1].score).toBeLessThan(1e-5);
  });

  it('keeps spectra and circuits of a network that has some', async () => {
    await run(['prune', path('quantum'), '--node-threshold', '0', '--edge-threshold', '0', '--out', path('smaller')]);
    const names = (name: string) => readdirSync(path(name)).sort();
    expect(names('smaller')).toEqual(names('quantum'));
    expect(readFileSync(path('smaller/spectrum.json'), 'utf8')).toBe(
      readFileSync(path('quantum/spectrum.json'), 'utf8'),
    );
  });
});

describe('nodes that multiply', () => {
  it('are trained, scored factor by factor, pruned, and read as a formula', async () => {
    const source = ['--function', 'x1*x2', '--samples', '60', '--seed', '3', '--layer', 'kan', '--grid', '3'];
    const penalty = ['--regularisation', '0.01'];
    const trained = await run([
      'train',
      ...source,
      ...penalty,
      '--width',
      '2,1+1,1',
      '--steps',
      '15',
      '--out',
      path('product'),
    ]);
    expect(trained.code).toBe(0);
    expect(JSON.parse(trained.stdout).settings.width).toEqual([2, [1, 1], 1]);
    const { stdout } = await run(['prune', path('product'), '--out', path('factors')]);
    expect(stdout).toMatch(/^x2 → node 1\.1, factor 0 +\d\.\d{4} {2}stays$/m);
    const left = readJson('factors/summary.json');
    expect(left.settings.width).toEqual([2, [0, 1], 1]);
    const json = JSON.parse((await run(['prune', path('product'), '--json'])).stdout);
    const to = json.edges.map(({ layer, output, factor, input }: Record<string, number>) => [
      layer,
      output,
      factor,
      input,
    ]);
    expect(to.slice(0, 6)).toEqual(
      [0, 1, 2].flatMap((s) => [0, 1].map((i) => [0, Math.min(s, 1), [undefined, 0, 1][s], i])),
    );
    expect(json.edges.filter(({ stays }: { stays: boolean }) => stays).length).toBe(left.pruned.edges);
    const resumed = await run(['train', '--resume', path('factors'), '--steps', '20']);
    expect([resumed.code, resumed.stderr]).toEqual([0, expect.stringContaining('The results are in')]);
    expect((await run(['formula', path('factors'), '--digits', '3'])).stdout).toBe('x2 * x1\n');
  }, 30_000);

  it.each([
    [
      ['--width', '2,1+1,1', '--layer', 'mlp'],
      '--width: layers of the kind mlp have no nodes that multiply. Use --layer',
    ],
    [['--width', '1+1,1'], '--width: expected inputs that are a number, got "1+1".'],
    [['--width', '2,0+0,1'], '--width: expected integers ≥ 0 as nodes that add + nodes that multiply, not both 0'],
    [['--width', '2,1+1+1,1'], '--width: expected integers ≥ 0 as nodes'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await run(['train', '--function', 'x1*x2', ...args, '--out', path('none')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe('a network trained on a GPU', () => {
  it('is pruned, read and drawn without one', async () => {
    cpSync(path('quantum'), path('gpu'), { recursive: true });
    const summary = readJson('gpu/summary.json');
    const settings = { ...summary.settings, backend: 'webgpu' };
    writeFileSync(path('gpu/summary.json'), JSON.stringify({ ...summary, settings }));
    for (const command of [['prune'], ['formula', '--exact'], ['plot', '--kind', 'network']]) {
      const [name, ...options] = command;
      const there = await run([name, path('gpu'), ...options]);
      expect([there.code, there.stdout]).toEqual([0, (await run([name, path('quantum'), ...options])).stdout]);
    }
  });
});

describe('daruan export', () => {
  it('writes the network as ONNX, from inputs in their own units', async () => {
    const file = path('network.onnx');
    const { code, stdout } = await run(['export', path('whole'), '--format', 'onnx', '--out', file]);
    expect([code, stdout]).toEqual([0, '']);
    const { standardisation } = readJson('whole/summary.json');
    const model = await loadModel(path('whole/model'));
    expect(standardisation.scale.length).toBe(3);
    expect(readFileSync(file)).toEqual(Buffer.from(exportOnnx(model, { standardisation })));
  });
});

describe('daruan formula', () => {
  it('prints a formula of the inputs in their own units, and how far it is from the samples', async () => {
    const { code, stdout, stderr } = await run(['formula', path('whole'), '--library', 'linear,square,sin']);
    expect([code, stdout.split('\n').length]).toEqual([0, 2]);
    const read = parseFormula(stdout.trim(), 3);
    const squares = rows.map(([a, b, c, y]) => (read([a, b, c]) - y) ** 2);
    const rmse = Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
    expect(rmse).toBeLessThan(5e-3); // four digits of numbers up to 4
    const [, told] = /RMSE on 48 samples: formula (\S+), network \S+\./.exec(stderr)!;
    expect(Number(told) / rmse).toBeGreaterThan(0.5);
    expect(Number(told) / rmse).toBeLessThan(2);
    const [, exact] = /\nOf the formula before it is rounded: (\S+)\. More --digits say more\.\n/.exec(stderr)!;
    expect(Number(exact)).toBeLessThan(1e-6); // the target is in the library
    expect(stderr).toContain('x1 is a, x2 is b, x3 is c.\n');
  }, 30_000);

  it('writes LaTeX, into a file where it is told one', async () => {
    const args = ['--library', 'linear', '--latex', '--out', path('formula.tex')];
    const { code, stdout } = await run(['formula', path('whole'), ...args]);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(path('formula.tex'), 'utf8')).toMatch(/^-?[\d.]+ \\cdot x_\{\d\}.*\n$/);
  });

  it('writes the Fourier series of a QKAN exactly', async () => {
    const { code, stdout } = await run(['formula', path('quantum'), '--exact']);
    expect(code).toBe(0);
    const read = parseFormula(stdout.trim(), 1);
    const predicted = await run(['predict', path('quantum'), '--input', '0.3', '--input', '-0.7']);
    for (const [k, x] of [0.3, -0.7].entries()) expect(read([x])).toBeCloseTo(numbers(predicted.stdout)[k], 5);
  });

  it('leaves nothing where it fails', async () => {
    const { code, stderr } = await run(['formula', path('whole'), '--exact', '--out', path('none.txt')]);
    expect([code, existsSync(path('none.txt'))]).toEqual([1, false]);
    expect(stderr).toContain('daruan: --exact: functions on the edges of --layer kan have no Fourier series.');
  });
});
