import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { basisNames, basisOptions, type LayerName, layerKinds } from '../../../src/cli/train/layers.js';
import { predictArray } from '../../../src/tf/plainArrays.js';
import { loadModel } from '../../../src/tf/storage/files.js';
import { run } from '../inProcess.js';

const folder = mkdtempSync(join(tmpdir(), 'daruan-layers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);
const readJson = (name: string) => JSON.parse(readFileSync(path(name), 'utf8'));
const small = ['--function', 'x1*x2 + x1', '--samples', '40', '--optimizer', 'adam', '--steps', '2'];
const train = (name: string, ...args: string[]) => run(['train', ...small, '--out', path(name), ...args]);

/** Layers with other options than usual, and the layers of the model that they make. */
const networks: readonly [layer: LayerName, args: readonly string[], kinds: readonly string[]][] = [
  ['qkan', ['--ansatz', 'real', '--base', 'tanh', '--width', '2,2,1'], ['QKANLayer', 'QKANLayer']],
  ['kan', ['--grid', '4', '--degree', '2', '--outside-grid', 'clamp'], ['KANLayer', 'KANLayer']],
  ['hqkan', ['--reps', '2', '--latent', '3', '--width', '2,2,1'], ['HQKAN', 'HQKAN']],
  [
    'mlp',
    ['--activation', 'nodewise', '--width', '2,4,4,1'],
    ['Linear', 'NodeActivation', 'Linear', 'NodeActivation', 'Linear'],
  ],
];
const always = ['checkpoint.json', 'history.json', 'loss.svg', 'model', 'summary.json'];

describe('daruan train', () => {
  it.each(networks)(
    '--layer %s trains, leaves the results that there are of it, and predicts',
    async (layer, args, kinds) => {
      const { code, stdout } = await train(layer, '--layer', layer, ...args);
      expect(code).toBe(0);
      const { hasEdges, hasCircuits } = layerKinds[layer];
      const files = [
        ...always,
        ...(hasEdges ? ['network.svg'] : []),
        ...(hasCircuits ? ['circuits', 'spectrum.json'] : []),
      ];
      expect(readdirSync(path(layer)).sort()).toEqual(files.sort());
      expect(JSON.parse(stdout)).toEqual(readJson(`${layer}/summary.json`));
      expect(JSON.parse(stdout).settings).toMatchObject({ layer });
      const { history } = readJson(`${layer}/history.json`);
      expect(history[1].loss).toBeLessThan(history[0].loss);
      const model = await loadModel(path(`${layer}/model`));
      expect(model.layers.map((part) => part.getClassName()).filter((name) => name !== 'InputLayer')).toEqual(kinds);
      const predicted = await run(['predict', path(layer), '--input', '0.3,-0.2']);
      const [value] = predictArray(model, Float64Array.of(0.3, -0.2));
      expect(predicted.stdout).toBe(`y\n${Number(value.toPrecision(9))}\n`);
    },
  );

  it('--layer takes its usual width from its kind', async () => {
    expect((await train('wide', '--layer', 'mlp', '--steps', '1')).code).toBe(0);
    const { parameters } = readJson('wide/summary.json');
    expect(parameters).toBe(2 * 32 + 32 + 32 + 1);
    expect((await train('short', '--layer', 'hqkan', '--steps', '1')).code).toBe(0);
    const circuits = readdirSync(path('short/circuits'));
    expect(circuits.length).toBe(5 ** 2); // 2n + 1 latent nodes
  });

  const options: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
    grid: ['3', 3],
    degree: ['2', 2],
    gridRange: ['-2,1', [-2, 1]],
    outsideGrid: ['extend', 'extend'],
    frequencies: ['2', 2],
    centres: ['3', 3],
    wavelet: ['morlet', 'morlet'],
    count: ['3', 3],
    combination: ['sum', 'sum'],
    denominator: ['absoluteOfSum', 'absoluteOfSum'],
    start: ['tanh', 'tanh'],
    groups: ['2', 2],
  };
  it.each(basisNames)('--basis %s takes its own options', async (basis) => {
    const own = Object.entries(basisOptions[basis]);
    const flags = own.flatMap(([option]) => [
      `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      options[option][0],
    ]);
    const { code, stderr } = await train(basis, '--layer', 'kan', '--basis', basis, ...flags, '--width', '2,2,1');
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    const wanted = { name: basis, ...Object.fromEntries(own.map(([option, name]) => [name, options[option][1]])) };
    expect(readJson(`${basis}/summary.json`).settings.basis).toEqual(wanted);
    const model = await loadModel(path(`${basis}/model`));
    const configs = model.layers.map((layer) => layer.getConfig() as { basis?: object }).filter(({ basis: it }) => it);
    for (const config of configs) expect(config.basis).toMatchObject(wanted);
    expect(configs.length).toBe(2);
  });

  it.each(networks)('--resume goes on with --layer %s, bit for bit', async (layer, args) => {
    const given = ['--layer', layer, ...args, '--batch-size', '16', '--steps'];
    await train('whole', ...given, '3');
    await train('half', ...given, '2');
    expect((await run(['train', '--resume', path('half'), '--steps', '3'])).code).toBe(0);
    const weights = (name: string) => readFileSync(path(`${name}/model/weights.bin`)).toString('base64');
    expect(weights('half')).toBe(weights('whole'));
  });

  it('lets the grid of splines follow the samples, unless it is told otherwise', async () => {
    const table = ['x,y', ...Array.from({ length: 30 }, (_, k) => `${k / 5},${Math.sin(k / 5)}`)].join('\n');
    writeFileSync(path('table.csv'), table);
    const source = ['--data', path('table.csv'), '--target', 'y', '--layer', 'kan', '--width', '1,1', '--steps', '3'];
    const follow = await run(['train', ...source, '--out', path('follows')]);
    const stays = await run(['train', ...source, '--outside-grid', 'extend', '--out', path('stays')]);
    expect([follow.code, stays.code]).toEqual([0, 0]);
    expect(JSON.parse(follow.stdout).train.rmse).toBeLessThan(0.05);
    expect(JSON.parse(stays.stdout).train.rmse).toBeGreaterThan(0.1); // splines vanish beyond 1 and three cells
  });
});
