import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { toJson } from '../../circuits/json.js';
import { planActivation } from '../../src/activation/plan.js';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { drawParameters } from '../../src/spectrum/draws.js';
import { coefficientStatistics } from '../../src/spectrum/statistics.js';
import { run } from './inProcess.js';

let folder: string;
const path = (name: string): string => join(folder, name);
const source = ansatze.pz.circuit(3);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daruan-spectrum-'));
  writeFileSync(path('pz.json'), JSON.stringify(toJson(source)));
  writeFileSync(path('px.json'), JSON.stringify(toJson(ansatze.px.circuit(2))));
  writeFileSync(
    path('two.qasm'),
    'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0], q[1]; measure q -> c;',
  );
  writeFileSync(
    path('three.qasm'),
    '// a comment\nOPENQASM 3.0;\ninclude "stdgates.inc";\ninput float x;\ninput float y;\nqubit[2] q;\nry(x) q[0];\nry(y) q[1];\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The cells of CSV text, by the names of the columns. */
function table(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [header.split(',')[k], cell])));
}

describe('daruan spectrum', () => {
  it('prints one row a frequency, with both counts of its ways', async () => {
    const set = source.parameters.flatMap((name, k) => ['--set', `${name}=${name[0] === 'w' ? 1 : 0.1 * k}`]);
    const { code, stdout, stderr } = await run(['spectrum', path('pz.json'), ...set]);
    expect([code, stderr]).toEqual([0, '']);
    const rows = table(stdout);
    expect(rows.map((row) => [row.frequency, row.sign_vectors, row.eigenvalue_pairs])).toEqual([
      ['0', '7', '20'],
      ['1', '6', '15'],
      ['2', '3', '6'],
      ['3', '1', '1'],
    ]);
    const values = source.parameters.map((name, k) => (name[0] === 'w' ? 1 : Number((0.1 * k).toString())));
    const { coefficients } = activationSpectrum(planActivation(source), Float64Array.from(values));
    expect(rows.flatMap(({ re, im }) => [Number(re), Number(im)])).toEqual([...coefficients]);
  });

  it('prints statistics of seeded draws, the same whatever the number of parts', async () => {
    const args = ['spectrum', path('pz.json'), '--samples', '1200', '--seed', '5', '--json'];
    const [first, second] = [await run(args), await run(args)];
    expect(second.stdout).toBe(first.stdout);
    const { samples, method, frequencies } = JSON.parse(first.stdout);
    expect([samples, method, frequencies.length]).toEqual([1200, 'propagation', 4]);
    const rows = drawParameters(source.parameters, 1200, 5);
    const { variance, quantiles } = coefficientStatistics(activationSpectrum(planActivation(source), rows, 1200));
    frequencies.forEach((row: Record<string, number>, k: number) => {
      expect([row.variance, row.quantile_50]).toEqual([variance[k], quantiles[5 * k + 2]]);
    });
  });

  it('leaves counts empty where data enter through acos', async () => {
    const { stdout } = await run(['spectrum', path('px.json'), '--samples', '1']);
    expect(table(stdout).map((row) => [row.frequency, row.sign_vectors])).toEqual([
      ['0', ''],
      ['1', ''],
      ['2', ''],
    ]);
  });

  it('reads OpenQASM of both versions, several variables, and passes over measurements', async () => {
    const { stdout } = await run(['spectrum', path('three.qasm'), '--variables', 'x,y', '--observable', 'ZZ']);
    const rows = table(stdout).map((row) => [
      row.frequency_x,
      row.frequency_y,
      Math.abs(Number(Number(row.re).toFixed(14))),
    ]);
    expect(rows).toEqual([
      ['0', '0', 0],
      ['0', '1', 0],
      ['1', '-1', 0.25],
      ['1', '0', 0],
      ['1', '1', 0.25],
    ]);
    const { code, stderr } = await run(['spectrum', path('two.qasm')]);
    expect(code).toBe(1);
    expect(stderr).toContain('does not say which symbols are data (it has none)');
  });

  it('writes a picture, and says where on stderr', async () => {
    const picture = path('spectrum.svg');
    const { code, stdout, stderr } = await run(['spectrum', path('pz.json'), '--samples', '20', '--plot', picture]);
    expect([code, table(stdout).length, stderr]).toEqual([0, 4, `The picture is in ${picture}\n`]);
    expect(readFileSync(picture, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    const lost = await run(['spectrum', path('pz.json'), '--samples', '2', '--plot', path('no/where.svg')]);
    expect([lost.code, lost.stdout, existsSync(path('no'))]).toEqual([1, '', false]);
    expect(lost.stderr).toMatch(/^daruan: file: ".*" cannot be written/);
  });
});

describe('A trained network', () => {
  it('has the spectra that its training wrote', async () => {
    const out = path('results');
    const options = ['--steps', '1', '--samples', '20', '--width', '1,2,1', '--reps', '2', '--out', out];
    expect((await run(['train', '--function', 'sin(x)', ...options])).code).toBe(0);
    const { code, stdout } = await run(['spectrum', out, '--layer', '0', '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as {
      layer: number;
      output: number;
      input: number;
      frequencies: { re: number }[];
    }[];
    expect(found.map(({ layer, output, input }) => [layer, output, input])).toEqual([
      [0, 0, 0],
      [0, 1, 0],
    ]);
    const written = JSON.parse(readFileSync(join(out, 'spectrum.json'), 'utf8'));
    const edges = Array.isArray(written) ? written : (Object.values(written).find(Array.isArray) as unknown[]);
    found.forEach(({ frequencies }, edge) => {
      const { terms } = edges[edge] as { terms: { re: number }[] };
      expect(frequencies.map(({ re }) => re)).toEqual(terms.map(({ re }) => re));
    });
  });
});
