import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { toJson } from '../../circuits/json.js';
import { draw } from '../../circuits/text/ascii.js';
import { toQuantikz } from '../../circuits/text/quantikz.js';
import { evaluateSeries } from '../../src/spectrum/activation.js';
import { numbersOf, parse, select, textsOf } from '../plot/picture.js';
import { run } from './inProcess.js';

let folder: string;
const path = (name: string): string => join(folder, name);
const edge = ['--layer', '0', '--output', '1', '--input', '0'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daruan-pictures-'));
  writeFileSync(path('mix.json'), JSON.stringify(toJson(ansatze.mix.circuit(2))));
  writeFileSync(
    path('measured.qasm'),
    'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0], q[1]; measure q -> c;',
  );
  const source = ['--function', 'x1*x2', '--samples', '40', '--width', '2,2,1', '--reps', '2', '--steps', '2'];
  const { code, stderr } = await run(['train', ...source, '--seed', '1', '--out', path('results')]);
  expect(code, stderr).toBe(0);
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The picture that a command prints. */
async function picture(...args: string[]) {
  const { code, stdout, stderr } = await run(args);
  expect([code, stderr.replace(/^Backend .*\n/, '')]).toEqual([0, '']);
  return parse(stdout);
}

describe('daruan draw', () => {
  it('draws a file or an ansatz as text, SVG or LaTeX', async () => {
    expect((await run(['draw', path('mix.json')])).stdout).toBe(`${draw(ansatze.mix.circuit(2))}\n`);
    const ring = entanglingAnsatze.ring.circuit(2, 1);
    const size = ['--qubits', '2', '--reps', '1'];
    expect((await run(['draw', 'ring', ...size, '--format', 'quantikz'])).stdout).toBe(toQuantikz(ring));
    const root = await picture('draw', 'ring', ...size, '--format', 'svg', '--title', 'A ring', '--theme', 'dark');
    expect(select(root, '.step')).toHaveLength(ring.operations.length);
    expect([root.attributes['aria-label'], root.attributes.class]).toEqual(['A ring', 'daruan-dark']);
  });

  it('takes the format from the name of the file, and says where it is', async () => {
    const { stdout, stderr } = await run(['draw', 'pz', '--reps', '9', '--fold', '--out', path('pz.svg')]);
    expect([stdout, stderr]).toEqual(['', `Written to ${path('pz.svg')}\n`]);
    expect(textsOf(parse(readFileSync(path('pz.svg'), 'utf8')))).toContain('l = 0, 1, …, 8');
    await run(['draw', 'pz', '--out', path('pz.tex')]);
    expect(readFileSync(path('pz.tex'), 'utf8')).toContain('\\begin{quantikz}');
  });

  it('draws measurements as SVG, and passes them over in text', async () => {
    const root = await picture('draw', path('measured.qasm'), '--format', 'svg');
    expect(textsOf(root)).toEqual(expect.arrayContaining(['c[0]', 'c[1]', 'bits']));
    expect((await run(['draw', path('measured.qasm')])).stdout).toMatch(/┤ H ├/);
  });
});

describe('daruan plot', () => {
  const plot = (kind: string, ...options: string[]) => picture('plot', path('results'), '--kind', kind, ...options);

  it('draws the network as its training did, in any theme', async () => {
    const { stdout } = await run(['plot', path('results'), '--kind', 'network']);
    const [boxes, before] = [stdout, readFileSync(path('results/network.svg'), 'utf8')].map((svg) =>
      select(parse(svg), '.box'),
    );
    expect(boxes).toHaveLength(6);
    expect(boxes).toEqual(before);
    expect((await plot('network', '--theme', 'light')).attributes.class).toBe('daruan-light');
  });

  it('draws an activation with its Fourier terms, over the range asked for', async () => {
    const spectra = JSON.parse(readFileSync(path('results/spectrum.json'), 'utf8'));
    const { terms } = spectra.find((s: Record<string, number>) => s.layer === 0 && s.output === 1 && s.input === 0);
    const root = await plot('activation', ...edge, '--range', '0,1');
    expect(root.children[1].text).toContain('for x from 0 to 1');
    const [curve] = select(select(root, '.curves')[0], 'path').map(({ attributes }) => numbersOf(attributes.d));
    const heights = curve.filter((_, k) => k % 2 === 1);
    const [first, middle, last] = [0, 0.5, 1].map((x) => evaluateSeries(terms, x));
    // Heights are rounded to a hundredth of a pixel, over some hundred pixels.
    const share = (heights[128] - heights[0]) / (heights[256] - heights[0]);
    expect(Math.abs(share * (last - first) - (middle - first))).toBeLessThan(1e-3);
  });

  it('draws losses, spectra and the path of a sample', async () => {
    expect(select(await plot('loss', '--scale', 'linear'), '.series').length).toBeGreaterThan(0);
    expect(select(await plot('spectrum', ...edge), '.bar').length).toBeGreaterThan(3);
    expect(select(await plot('spectrum', ...edge, '--style', 'radial'), '.spoke').length).toBeGreaterThan(3);
    expect(select(await plot('bloch', ...edge, '--set', 'x=0.5'), '.arc')).toHaveLength(1 + 3 * 2 + 2);
  });

  it.each([
    [
      'pz',
      {
        'frequencies, w = 1': [2, 3, 4],
        'frequencies, w = 2^l': [2, 4, 8],
        'frequencies, w = 3^l': [2, 5, 14],
        'independent parameters': [4, 7, 10],
      },
    ],
    // One cosine, whatever r is.
    ['real', { 'frequencies, w = 3^l': [2, 5, 14], 'independent parameters': [2, 2, 2] }],
    ['ring', { frequencies: [3, 5, 7], 'independent parameters': [3, 7, 11] }],
  ])('draws how frequencies and independent parameters of %s grow with its repetitions', async (name, wanted) => {
    const qubits = name === 'ring' ? ['--qubits', '2'] : [];
    const { stdout } = await run(['plot', name, '--kind', 'growth', '--reps', '3', ...qubits]);
    for (const [series, counts] of Object.entries(wanted)) {
      for (const [k, count] of counts.entries()) expect(stdout).toContain(`>${series}, r = ${k + 1}: ${count}<`);
    }
  });

  it('draws the path of an ansatz, parameters by seed', async () => {
    const bloch = (...options: string[]) => picture('plot', 'pz', '--kind', 'bloch', '--reps', '1', ...options);
    const [one, two] = [await bloch('--set', 'x=1', '--seed', '1'), await bloch('--set', 'x=1', '--seed', '2')];
    expect(one.attributes['aria-label']).toBe('pz_1 at x = 1');
    expect(one.children[1].text).not.toBe(two.children[1].text);
    expect(one).toEqual(await bloch('--set', 'x=1', '--seed', '1'));
  });
});
