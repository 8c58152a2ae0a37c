import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Control, circuit, controlled, type Operation, op } from '../../../circuits/circuit.js';
import { gates } from '../../../circuits/gates.js';
import { fromJson } from '../../../circuits/json.js';
import { distance, distanceUpToPhase, matrix } from '../../../circuits/matrix.js';
import { toBraket } from '../../../circuits/text/braket.js';
import { toCirq } from '../../../circuits/text/cirq.js';
import { toIonq } from '../../../circuits/text/ionq.js';
import { toQasm2 } from '../../../circuits/text/qasm2.js';
import { toQiskit } from '../../../circuits/text/qiskit.js';
import { toQuantikz } from '../../../circuits/text/quantikz.js';
import { toQuil } from '../../../circuits/text/quil.js';
import { Random } from '../../../src/foundation/random.js';
import { randomCircuit, rows } from '../randomCircuit.js';
import { circuitUnitary, operationsUnitary } from '../unitary.js';
import { formats } from './foreign.js';

const patterns: readonly (readonly (0 | 1)[])[] = [[], [1], [0], [1, 1], [0, 1], [1, 0, 1]];
const readable = formats.flatMap(({ read, ...format }) => (read ? [{ ...format, read }] : []));

describe.each(readable)('The writer of $name', ({ write, read }) => {
  it.each(patterns.map((pattern) => [pattern]))(
    'writes every row of the gate table under controls on %j',
    (pattern) => {
      const random = new Random(23);
      const numQubits = 2 + pattern.length;
      for (const gate of rows) {
        const qubits = [...random.permutation(numQubits)];
        const controls = pattern.map((value, k): Control => ({ qubit: qubits[gate.numTargets + k], value }));
        const angles = gate.parameters.map(() => random.uniform(-6, 6));
        const operation: Operation = { ...op(gate, qubits.slice(0, gate.numTargets), ...angles), controls };
        const source = circuit({ numQubits, operations: [operation] });
        const operations = read(write(source));
        const error = distanceUpToPhase(operationsUnitary(operations, numQubits), circuitUnitary(source));
        expect(error, gate.name).toBeLessThan(Math.max(10, operations.length) * 8 * Number.EPSILON);
      }
    },
  );

  it('writes random circuits', () => {
    for (let seed = 0; seed < 20; seed++) {
      const source = randomCircuit(seed, 4, 20, 2);
      const operations = read(write(source));
      const error = distanceUpToPhase(operationsUnitary(operations, 4), circuitUnitary(source));
      expect(error, `seed ${seed}`).toBeLessThan(Math.max(10, operations.length) * 8 * Number.EPSILON);
    }
  });

  it('writes angles that read back to the same doubles', () => {
    const angles = [2, -3, 0, 1e-7, -1e-300, 5e-324, 12345678, 1e21, Math.PI / 2, 0.1 + 0.2];
    const source = circuit({ numQubits: 1, operations: angles.map((angle) => op('ry', [0], angle)) });
    expect(read(write(source)).map((operation) => operation.angles[0])).toEqual(angles);
  });
});

const folder = (name: string): URL => new URL(`../../fixtures/${name}/`, import.meta.url);
const sources = readdirSync(folder('qasm3')).filter((file) => file.endsWith('.circuit.json'));
const load = (file: string) => fromJson(readFileSync(new URL(file, folder('qasm3')), 'utf8'));

describe.each([...formats, { name: 'quantikz', suffix: 'tex', write: toQuantikz, boundOnly: false }])(
  'The golden files of $name',
  ({ name, suffix, write, boundOnly }) => {
    const lacksArccosine = name === 'quil' || name === 'cirq';
    const fitting = sources
      .filter((file) => !boundOnly || load(file).parameters.length === 0)
      .filter((file) => !lacksArccosine || !file.startsWith('px'));
    it.each(fitting)('are what is written for %s', async (file) => {
      const path = new URL(file.replace('circuit.json', suffix), folder(name));
      await expect(write(load(file))).toMatchFileSnapshot(path.pathname);
    });
  },
);

const symbolic = circuit({
  numQubits: 2,
  data: ['x'],
  operations: [op('rx', [0], 'x'), controlled(op('rz', [1], '2*pi_1 - x/3 + x^2'), 0), op('ry', [1], 'sqrt(x)*exp(q)')],
});

describe('Symbols', () => {
  it('are inputs of a Braket program, under names that it does not take', () => {
    const text = toBraket(circuit({ numQubits: 1, operations: [op('rx', [0], 'v + xx')] }));
    expect(text).toContain('input float v_; // daruan: parameter v\ninput float xx_; // daruan: parameter xx\n');
    expect(text).toContain('rx(v_ + xx_) q[0];');
  });

  it('are real memory of a Quil program', () => {
    const text = toQuil(symbolic);
    expect(text).toContain('DECLARE x REAL[1] # daruan: data\nDECLARE pi_1 REAL[1]\nDECLARE q REAL[1]\n');
    expect(text).toContain('CONTROLLED RZ(2.0*pi_1[0] - x[0]/3.0 + x[0]^2.0) 0 1\nRY(SQRT(x[0])*EXP(q[0])) 1\n');
    expect(toQuil(circuit({ numQubits: 1, operations: [op('rx', [0], 'MOVE + i + ro')] }))).toMatch(
      /DECLARE MOVE_ .* # daruan: parameter MOVE\nDECLARE i_ .* parameter i\nDECLARE ro_ .* parameter ro\n/,
    );
  });

  it('are parameters of a Qiskit script, whose methods are called on them alone', () => {
    const source = circuit({ numQubits: 1, operations: [op('rx', [0], 'lambda*sin(2) + tanh(circuit)')] });
    expect(toQiskit(source)).toContain('lambda_ = Parameter("lambda")\ncircuit_ = Parameter("circuit")\n');
    expect(toQiskit(source)).toContain(
      `circuit.rx(lambda_*${Math.sin(2)} + (1.0 - 2.0/((2.0*(circuit_)).exp() + 1.0)), 0)`,
    );
  });

  it('are sympy symbols of a Cirq document', () => {
    const { moments } = JSON.parse(toCirq(symbolic));
    expect(moments[0].operations[0].gate.rads).toEqual({ cirq_type: 'sympy.Symbol', name: 'x' });
    expect(moments[moments.length - 1].operations[0].gate.rads).toEqual({
      cirq_type: 'sympy.Mul',
      args: [
        {
          cirq_type: 'sympy.Pow',
          args: [
            { cirq_type: 'sympy.Symbol', name: 'x' },
            { cirq_type: 'sympy.Float', approx: 0.5 },
          ],
        },
        { cirq_type: 'sympy.Pow', args: [{ cirq_type: 'sympy.E' }, { cirq_type: 'sympy.Symbol', name: 'q' }] },
      ],
    });
  });

  it.each([
    ['toQasm2', toQasm2],
    ['toIonq', toIonq],
  ] as const)('are named by %s, which cannot hold them', (name, write) => {
    expect(() => write(symbolic)).toThrow(
      `${name}: the format holds numbers alone, and x, pi_1, q have none. Give values with bind(), or write OpenQASM 3.`,
    );
  });
});

describe('The formats', () => {
  it('measure all qubits on request', () => {
    const source = circuit({ numQubits: 2, operations: [op('h', [0])] });
    expect(toQasm2(source, { measure: true })).toMatch(/qreg q\[2\];\ncreg c\[2\];\nh q\[0\];\nmeasure q -> c;\n$/);
    expect(toBraket(source, { measure: true })).toMatch(/bit\[2\] c;\nh q\[0\];\ni q\[1\];\nc = measure q;\n$/);
    expect(toQuil(source, { measure: true })).toMatch(
      /DECLARE ro BIT\[2\]\n(.*\n)+MEASURE 0 ro\[0\]\nMEASURE 1 ro\[1\]\n$/,
    );
    expect(toQiskit(source, { measure: true })).toMatch(/circuit\.measure_all\(\)\n$/);
    const { moments } = JSON.parse(toCirq(source, { measure: true }));
    expect(moments[1].operations[0].gate).toMatchObject({ cirq_type: 'MeasurementGate', num_qubits: 2, key: 'c' });
    expect(JSON.parse(toIonq(source, { shots: 100, backend: 'simulator' }))).toMatchObject({
      type: 'ionq.circuit.v1',
      shots: 100,
      backend: 'simulator',
      input: { gateset: 'qis', qubits: 2 },
    });
  });

  it('keep qubits that no gate touches where the reader would drop them', () => {
    const source = circuit({ numQubits: 3, operations: [op('x', [1])] });
    expect(toBraket(source)).toContain('x q[1];\ni q[0];\ni q[2];\n');
    expect(toQuil(source)).toContain('X 1\nI 0\nI 2\n');
    expect(JSON.parse(toCirq(source)).moments[0].operations).toHaveLength(3);
  });

  it('define OpenQASM 2 gates once, with formal parameters, under names that no library has', () => {
    const source = circuit({ numQubits: 2, operations: [op('rzz', [0, 1], 0.1), op('rzz', [1, 0], 1e-7)] });
    expect(toQasm2(source).match(/^.*daruan_.*$/gm)).toEqual([
      'gate daruan_rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }',
      'daruan_rzz(0.1) q[0], q[1];',
      'daruan_rzz(1.0e-7) q[1], q[0];',
    ]);
  });

  it('refuse functions that they lack, by name', () => {
    const source = (text: string) => circuit({ numQubits: 1, operations: [op('rx', [0], text)] });
    expect(() => toQuil(source('asin(x)'))).toThrow('toQuil: Quil has no function asin.');
    expect(() => toCirq(source('sin(x)'))).toThrow("toCirq: Cirq's JSON has no function sin of symbols.");
    expect(JSON.parse(toCirq(source('sin(2)'))).moments[0].operations[0].gate.rads).toBe(Math.sin(2));
  });
});

describe('toQuantikz', () => {
  it('gives all rows equally many cells, and joins marks downwards by lines that end at a mark', () => {
    for (let seed = 0; seed < 20; seed++) {
      const text = toQuantikz(randomCircuit(seed, 5, 25, 3));
      const table = text
        .split('\n')
        .filter((line) => line.includes('\\lstick'))
        .map((line) => line.replace(/ \\\\$/, '').split(' & '));
      expect(table).toHaveLength(5);
      expect(new Set(table.map((row) => row.length)).size).toBe(1);
      table.forEach((row, qubit) => {
        row.forEach((cell, k) => {
          const distance = Number(/\\vqw\{(\d)\}/.exec(cell)?.[1] ?? 0);
          if (distance > 0) expect(table[qubit + distance][k]).not.toBe('\\qw');
          for (let between = 1; between < distance; between++) expect(table[qubit + between][k]).toBe('\\qw');
        });
      });
      let depth = 0;
      for (const character of text) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
      expect(depth).toBe(0);
    }
  });
});

describe("IonQ's native gates", () => {
  /** IonQ's own matrices, in turns; its first qubit is the higher bit, here the lower one, so phases change places. */
  const cis = (turns: number): [number, number] => [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
  const times = (a: number, [re, im]: [number, number]): [number, number] => [a * im, -a * re]; // −i·a·(re + i·im)

  it('are written in turns, and mean what IonQ says that they mean', () => {
    const operations = [
      op('gpi', [1], 0.7),
      op('gpi2', [0], -1.3),
      op('ms', [0, 1], 0.4, 1.9, 1.1),
      op('rzz', [1, 0], 0.6),
    ];
    const job = JSON.parse(toIonq(circuit({ numQubits: 2, operations }), { gateset: 'native', shots: 10 }));
    expect(job).toMatchObject({ shots: 10, input: { gateset: 'native', qubits: 2 } });
    const [gpi, gpi2, ms, zz] = job.input.circuit;
    expect([gpi.target, gpi2.target, ms.targets, zz.targets]).toEqual([1, 0, [0, 1], [1, 0]]);
    const near = (found: Float64Array, rows: (readonly [number, number] | number)[][]): void => {
      expect(distance(found, matrix(rows))).toBeLessThan(8 * Number.EPSILON);
    };
    near(gates.gpi.matrix(0.7), [
      [0, cis(-gpi.phase)],
      [cis(gpi.phase), 0],
    ]);
    near(gates.gpi2.matrix(-1.3), [
      [Math.SQRT1_2, times(Math.SQRT1_2, cis(-gpi2.phase))],
      [times(Math.SQRT1_2, cis(gpi2.phase)), Math.SQRT1_2],
    ]);
    const [[p, q], c, s] = [ms.phases, Math.cos(Math.PI * ms.angle), Math.sin(Math.PI * ms.angle)];
    near(gates.ms.matrix(0.4, 1.9, 1.1), [
      [c, 0, 0, times(s, cis(-p - q))],
      [0, c, times(s, cis(p - q)), 0],
      [0, times(s, cis(q - p)), c, 0],
      [times(s, cis(p + q)), 0, 0, c],
    ]);
    const [a, b] = [cis(-zz.angle / 2), cis(zz.angle / 2)];
    near(gates.rzz.matrix(0.6), [
      [a, 0, 0, 0],
      [0, b, 0, 0],
      [0, 0, b, 0],
      [0, 0, 0, a],
    ]);
  });
});
