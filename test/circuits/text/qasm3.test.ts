import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ansatze } from '../../../circuits/ansatz/table.js';
import { type Circuit, type Control, circuit, controlled, type Operation, op } from '../../../circuits/circuit.js';
import { fromJson } from '../../../circuits/json.js';
import { distanceUpToPhase } from '../../../circuits/matrix.js';
import { toQasm3 } from '../../../circuits/text/qasm3.js';
import { Random } from '../../../src/foundation/random.js';
import { randomCircuit, rows } from '../randomCircuit.js';
import { circuitUnitary, type Values } from '../unitary.js';
import { loadQdk, readQir, unitaryWithAncillas } from './qdk.js';

let compile: (program: string) => Promise<string>;
beforeAll(async () => {
  compile = await loadQdk();
}, 60_000);

/**
 * The program with its inputs turned into constants, and one measured bit as its only output: what the compiler needs to
 * have before it can run.
 */
const withInputs = (program: string, values: Values): string => {
  const constants = program.replace(
    /^input float (\w+);(?: \/\/ daruan: (?:data|parameter)(?: (\w+))?)?$/gm,
    (_, written: string, original?: string) => {
      return `const float ${written} = ${values[original ?? written]};`;
    },
  );
  return `${constants.replace(/^qubit/m, 'output bit result;\nqubit')}result = measure q[0];\n`;
};

/**
 * What the compiler says of a program with unbound inputs and no other fault: it does not run such programs, and it takes
 * functions of constants alone.
 */
const UNBOUND = /^(entry point not found|expression must be const)/;

/** Asserts that the compiler reads the exported circuit as the same unitary, up to the global phase that QIR drops. */
async function expectSameUnitary(source: Circuit, values: Values = {}): Promise<void> {
  const operations = readQir(await compile(withInputs(toQasm3(source), values)));
  const error = distanceUpToPhase(unitaryWithAncillas(operations, source.numQubits), circuitUnitary(source, values));
  expect(error).toBeLessThan(Math.max(10, operations.length) * 8 * Number.EPSILON);
}

describe('toQasm3, read by an independent compiler', () => {
  const patterns: readonly (readonly (0 | 1)[])[] = [[], [1], [0], [1, 1], [0, 1], [0, 0], [1, 0, 1]];
  // In one program: the compiler reads its own library anew for each, and that is most of its time.
  it('writes every row of the gate table under up to three controls of either value', async () => {
    const random = new Random(17);
    const numQubits = 2 + Math.max(...patterns.map(({ length }) => length));
    const operations = patterns.flatMap((pattern) =>
      rows.map((gate): Operation => {
        const qubits = [...random.permutation(numQubits)];
        const controls = pattern.map((value, k): Control => ({ qubit: qubits[gate.numTargets + k], value }));
        const angles = gate.parameters.map(() => random.uniform(-6, 6));
        return { ...op(gate, qubits.slice(0, gate.numTargets), ...angles), controls };
      }),
    );
    await expectSameUnitary(circuit({ numQubits, operations }));
  }, 60_000);

  it('writes random circuits', async () => {
    for (let seed = 0; seed < 2; seed++) await expectSameUnitary(randomCircuit(seed, 4, 25, 2));
  }, 30_000);

  it('writes expressions that the compiler evaluates to the same angles', async () => {
    const values = { x: 0.37, q: 1.4, theta: -0.8, w: 2.5 };
    const texts = [
      'x^2 - (q - 1)/w',
      '(x^q)^w + x^q^w',
      '-(theta^2)*(-2)^3 + w/3/2 - (1 - (2 - x))',
      'tanh(theta) + exp(-x)*log(w) - sqrt(q)',
      'sin(x) - cos(w) + tan(theta) + asin(x)*acos(theta)/atan(q)',
      '-x*-w - -theta',
      '1e-7*x + 12*x - -0',
    ];
    const operations = texts.flatMap((text) => [op('h', [0]), op('rz', [0], text), op('rxx', [0, 1], text)]);
    await expectSameUnitary(circuit({ numQubits: 2, data: ['x'], operations }), values);
  }, 30_000);

  it('writes angles that are integers, tiny, huge or minus zero as floats', async () => {
    const angles = [2, -3, 0, -0, 1e-7, -1e-300, 5e-324, 12345678, 1e21, Math.PI / 2];
    const operations = angles.flatMap((angle) => [op('rz', [0], angle), op('h', [0])]);
    const program = toQasm3(circuit({ numQubits: 1, operations }));
    expect([...program.matchAll(/rz\((.*)\)/g)].map(([, text]) => text)).toEqual([
      '2.0',
      '-3.0',
      '0.0',
      '-0.0',
      '1e-7',
      '-1e-300',
      '5e-324',
      '12345678.0',
      '1e+21',
      '1.5707963267948966',
    ]);
    await expect(compile(program)).resolves.toContain('ENTRYPOINT');
  }, 30_000);

  it.each(Object.values(ansatze))(
    'writes the ansatz $name with its inputs',
    async (ansatz) => {
      const source = ansatz.circuit(2);
      const random = new Random(5);
      const values = Object.fromEntries([...source.parameters, 'x'].map((name) => [name, random.uniform(0, 0.6)]));
      await expectSameUnitary(source, values);
    },
    30_000,
  );

  const folder = new URL('../../fixtures/qasm3/', import.meta.url);
  const golden = readdirSync(folder).filter((file) => file.endsWith('.circuit.json'));
  it.each(golden)(
    'writes the golden file of %s, which the compiler reads',
    async (file) => {
      const source = fromJson(readFileSync(new URL(file, folder), 'utf8'));
      const program = readFileSync(new URL(file.replace('.circuit.json', '.qasm'), folder), 'utf8');
      expect(toQasm3(source, { measure: file.startsWith('measured') })).toBe(program);
      if (source.data.length + source.parameters.length > 0) {
        await expect(compile(program)).rejects.toThrow(UNBOUND);
      } else expect(await compile(program)).toContain('ENTRYPOINT');
    },
    30_000,
  );
});

describe('toQasm3', () => {
  it('renames symbols that OpenQASM reserves, without making two of them equal', async () => {
    const operations = ['x', 'x_', 'q', 'input', 'c', 'rzz', 'theta'].map((name) => op('rzz', [0, 1], name));
    const source = circuit({ numQubits: 2, data: ['x'], operations });
    const inputs = toQasm3(source)
      .split('\n')
      .filter((line) => line.startsWith('input'));
    expect(inputs).toEqual([
      'input float x__; // daruan: data x',
      'input float x_;',
      'input float q_; // daruan: parameter q',
      'input float input_; // daruan: parameter input',
      'input float c_; // daruan: parameter c',
      'input float rzz_; // daruan: parameter rzz',
      'input float theta;',
    ]);
    await expectSameUnitary(source, { x: 0.1, x_: 0.2, q: 0.4, input: 0.8, c: 1.6, rzz: 3.2, theta: -1 });
  }, 30_000);

  it('keeps a line break in the name of a circuit inside its comment', () => {
    const program = toQasm3(circuit({ name: 'a\nh q[0];', numQubits: 1, operations: [] }));
    expect(program.split('\n')[2]).toBe('// circuit "a\\nh q[0];"; q[0] is the least significant bit');
  });

  it('defines a gate once, with formal parameters, and only where it is used', () => {
    const program = toQasm3(circuit({ numQubits: 2, operations: [op('rzz', [0, 1], 0.1), op('rzz', [1, 0], 0.2)] }));
    expect(program.match(/^gate .*$/gm)).toEqual(['gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }']);
  });

  it('puts no gate with an angle under a control, where an angle modulo 2π would lose its sign', () => {
    const source = circuit({
      numQubits: 3,
      operations: rows.map((gate) => {
        const angles = gate.parameters.map(() => -0.5);
        return controlled(op(gate, [0, 1].slice(0, gate.numTargets), ...angles), 2);
      }),
    });
    const program = toQasm3(source);
    expect(program).not.toMatch(/ctrl.*@.*\(-?[\d.]+\) q|^c\w+\(/m);
    expect(program).toMatch(/^p\(-0\.5\) q\[2\];$/m);
  });
});
