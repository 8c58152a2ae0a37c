import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../circuits/circuit.js';
import { toCircuit } from '../../circuits/dynamicCircuit.js';
import { fromJson } from '../../circuits/json.js';
import { fromQasm3 } from '../../circuits/text/fromQasm.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { circuitSvg } from '../../src/plot/circuit/circuit.js';
import { expectation, probabilities, statevector } from '../../src/simulate/simulate.js';
import { root } from '../cli/launch.js';
import { library } from './circuits.js';
import { libraryFiles } from './documents.js';

const folder = join(root, 'circuits/library');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const fromFile = (name: string): Circuit => fromJson(read(`${name}.circuit.json`));
/** Values within the domain of every angle, acos included. */
const valuesOf = ({ data, parameters }: Circuit): Record<string, number> =>
  Object.fromEntries([...data, ...parameters].map((name, k) => [name, 0.4 * Math.sin(1.7 * k + 1)]));
/** Rounding of some hundred gates. */
const EPSILON = 256 * Number.EPSILON;

describe('The library of circuits', () => {
  it('is what its program writes, table included', () => {
    const files = libraryFiles();
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) expect(read(name), name).toBe(text);
    expect(read('README.md').match(/\.circuit\.json\)/g)).toHaveLength(library.length);
  });

  it.each(library.map((row) => [row.circuit.name, row] as const))('holds %s, the same in both files', (name, row) => {
    const source = fromFile(name);
    expect(source).toEqual(row.circuit);
    const program = toCircuit(fromQasm3(read(`${name}.qasm`), { name })).circuit;
    const values = valuesOf(source);
    expect([program.data, [...program.parameters].sort()]).toEqual([source.data, [...source.parameters].sort()]);
    const [one, other] = [statevector(source, values), statevector(program, values)];
    expect(one).toHaveLength(2 ** (source.numQubits + 1));
    one.forEach((part, k) => {
      expect(Math.abs(part - other[k])).toBeLessThan(EPSILON);
    });
  });

  it('reads out what depends on every variable of the data', () => {
    for (const { circuit: source, observable } of library.filter((row) => row.circuit.data.length > 0)) {
      const { jacobian } = adjoint.jacobian(source, observable, valuesOf(source));
      for (const name of source.data)
        expect(Math.abs(jacobian[name][0]), `${source.name}, ${name}`).toBeGreaterThan(1e-4);
    }
  });

  it('can be drawn, repeated blocks folded', () => {
    for (const { circuit: source } of library) {
      expect(circuitSvg(source, { repeats: 'fold' }).length).toBeLessThanOrEqual(circuitSvg(source).length + 500);
    }
  });
});

describe('In the library', () => {
  it('ghz has all qubits alike', () => {
    const p = probabilities(fromFile('ghz'));
    expect([p[0], p[15]].map((value) => Math.abs(value - 0.5) < EPSILON)).toEqual([true, true]);
  });

  it('qft is the Fourier transform', () => {
    const qft = fromFile('qft');
    for (const j of [0, 1, 6, 15]) {
      const operations = [0, 1, 2, 3]
        .filter((q) => (j >> q) & 1)
        .map((q) => ({ ...fromFile('ghz').operations[1], targets: [q], controls: [] }));
      const state = statevector({ ...qft, operations: [...operations, ...qft.operations] });
      for (let k = 0; k < 16; k++) {
        const turn = (2 * Math.PI * j * k) / 16;
        expect(Math.abs(state[2 * k] - Math.cos(turn) / 4)).toBeLessThan(EPSILON);
        expect(Math.abs(state[2 * k + 1] - Math.sin(turn) / 4)).toBeLessThan(EPSILON);
      }
    }
  });

  it('grover finds its state with probability 121/128', () => {
    expect(Math.abs(probabilities(fromFile('grover'))[5] - 121 / 128)).toBeLessThan(EPSILON);
  });

  it('swap_test measures an overlap', () => {
    const [z] = expectation(fromFile('swap_test'), 'Z', { x: 0.3, y: 1.4 });
    expect(Math.abs(z - Math.cos(0.55) ** 2)).toBeLessThan(EPSILON);
  });

  it('the frequencies that the table says are those that the paper of each says', () => {
    const index: { name: string; frequencies: string }[] = JSON.parse(read('index.json'));
    const said = Object.fromEntries(index.map(({ name, frequencies }) => [name, frequencies]));
    expect(said).toMatchObject({
      pz_3: '0 … 3',
      px_3: '0 … 3 in acos x',
      ring_3_2: '0 … 6',
      serial_encoding: '0 … 3',
      parallel_encoding: '0 … 3',
      exponential_encoding: '0 … 13',
      ising_3_2: '0 … 2 in each',
      ghz: '',
    });
  });
});
