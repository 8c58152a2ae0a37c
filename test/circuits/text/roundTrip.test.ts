import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substitute } from '../../../circuits/angle/expression.js';
import { formatAngle } from '../../../circuits/angle/format.js';
import { ansatze } from '../../../circuits/ansatz/table.js';
import { type Circuit, circuit, type Operation, op } from '../../../circuits/circuit.js';
import { toCircuit } from '../../../circuits/dynamicCircuit.js';
import { gates } from '../../../circuits/gates.js';
import { fromJson } from '../../../circuits/json.js';
import { lowerOperation } from '../../../circuits/lower.js';
import { distance, distanceUpToPhase } from '../../../circuits/matrix.js';
import { fromQasm2, fromQasm3 } from '../../../circuits/text/fromQasm.js';
import { toQasm2 } from '../../../circuits/text/qasm2.js';
import { toQasm3 } from '../../../circuits/text/qasm3.js';
import { randomCircuit, rows } from '../randomCircuit.js';
import { circuitUnitary } from '../unitary.js';

const read2 = (text: string): Circuit => toCircuit(fromQasm2(text)).circuit;
const read3 = (text: string): Circuit => toCircuit(fromQasm3(text)).circuit;

/** A few eps for each operation. */
const tolerance = (...circuits: Circuit[]): number =>
  Math.max(10, ...circuits.map(({ operations }) => operations.length)) * 8 * Number.EPSILON;

/** What is compared bit for bit, as text: -0 is not 0, and the order of controls means nothing. */
const facts = ({ gate, targets, angles, controls }: Operation): string => {
  const list = angles.map((angle) => formatAngle(typeof angle === 'number' ? angle : substitute(angle, {})));
  const on = controls.map(({ qubit, value }) => `${qubit}=${value}`).sort();
  return `${gate.name}(${list.join(', ')}) ${targets.join(' ')} if ${on.join(' ')}`;
};

const allFacts = ({ operations }: Circuit): string => operations.map(facts).join('\n');

describe('OpenQASM 2, written and read', () => {
  it('has the same unitary, and the bits of all angles, for 1,500 random circuits', () => {
    for (let seed = 0; seed < 1500; seed++) {
      const source = randomCircuit(seed, 1 + (seed % 3), 4, 2);
      const read = read2(toQasm2(source));
      const error = distanceUpToPhase(circuitUnitary(read), circuitUnitary(source));
      expect(error, `seed ${seed}`).toBeLessThan(tolerance(source, read));
      const again = read2(toQasm2(read));
      expect(allFacts(again), `seed ${seed}`).toBe(allFacts(read));
    }
  }, 30_000);

  it('is the same circuit, operation by operation, where there are no controls', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const source = randomCircuit(seed, 3, 12, 0);
      const said = source.operations.filter(({ gate }) => gate !== gates.gphase);
      expect(allFacts(read2(toQasm2(source))), `seed ${seed}`).toBe(said.map(facts).join('\n'));
    }
  });
});

/** Circuits whose symbols, some of them data, some data of no gate, have names that a program takes for something else. */
const withSymbols: fc.Arbitrary<Circuit> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom('x', 'x_', 'x__', 't', 'h', 'q', 'c', 'input', 'gate', 'rzz', 'theta', 'U'), {
      minLength: 2,
    }),
    numData: fc.nat(3),
    words: fc.array(fc.constantFrom('rx', 'rz', 'rzz'), { minLength: 1, maxLength: 5 }),
  })
  .chain(({ names, numData, words }) =>
    fc.array(fc.constantFrom(...names), { minLength: 2 * words.length, maxLength: 2 * words.length }).map((picked) =>
      circuit({
        numQubits: 2,
        data: names.slice(0, numData),
        operations: words.map((word, k) =>
          op(word as 'rx', word === 'rzz' ? [0, 1] : [k % 2], `${picked[2 * k]} - 2*${picked[2 * k + 1]}`),
        ),
      }),
    ),
  );

/** Whether OpenQASM 3 says the operation as it stands: no angle stands under a control there. */
const isSaid = ({ gate, controls }: Operation): boolean => controls.length === 0 || gate.parameters.length === 0;

describe('OpenQASM 3, written and read', () => {
  it('has the same unitary, global phase included, for 1,500 random circuits', () => {
    for (let seed = 0; seed < 1500; seed++) {
      const source = randomCircuit(seed, 1 + (seed % 3), 4, 2);
      const read = read3(toQasm3(source));
      expect(distance(circuitUnitary(read), circuitUnitary(source)), `seed ${seed}`).toBeLessThan(
        tolerance(source, read),
      );
      expect(allFacts(read3(toQasm3(read))), `seed ${seed}`).toBe(allFacts(read));
    }
  }, 30_000);

  it('is the same circuit, operation by operation, where no angle stands under a control', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const source = randomCircuit(seed, 3, 12, 0);
      expect(allFacts(read3(toQasm3(source))), `seed ${seed}`).toBe(allFacts(source));
    }
  });

  it('is the same circuit with many controls of one value', () => {
    for (const value of [0, 1] as const) {
      const operations = rows
        .map((gate) => {
          const angles = gate.parameters.map(() => 0.5);
          const controls = [2, 3, 4].map((qubit) => ({ qubit, value }));
          return { ...op(gate, [0, 1].slice(0, gate.numTargets), ...angles), controls };
        })
        .filter((operation) => isSaid(operation));
      const source = circuit({ numQubits: 5, operations });
      const read = read3(toQasm3(source));
      expect(distance(circuitUnitary(read), circuitUnitary(source))).toBeLessThan(tolerance(source, read));
      expect(read.operations.filter(({ controls }) => controls.length === 3).length).toBeGreaterThan(10);
    }
  });

  it('keeps formulas: symbols, functions and constants, whatever the ansatz', () => {
    for (const ansatz of Object.values(ansatze)) {
      const source = ansatz.circuit(2);
      expect(read3(toQasm3(source))).toEqual({ ...source, name: 'circuit' });
    }
    const texts = ['a^2 - (b - 1)/v', '(a^b)^v + a^b^v', '-(a^2)*(-2)^3 + b/3/2 - (1 - (2 - v))', '-a*-b - -v'];
    const functions = ['asin(a)*acos(b)/atan(v)', 'exp(-a)*log(b) - sqrt(v)', '1e-7*a + 12*b - -0', 'sin(2)*a'];
    const operations = [...texts, ...functions].map((text) => op('rz', [0], text));
    const source = circuit({ numQubits: 1, operations });
    expect(allFacts(read3(toQasm3(source)))).toBe(allFacts(source));
  });

  it('keeps what is data, and every name, those of gates and keywords included', () => {
    fc.assert(
      fc.property(withSymbols, (source) => {
        expect(read3(toQasm3(source))).toEqual(source);
        const measured = fromQasm3(toQasm3(source, { measure: true }));
        expect(fromQasm3(toQasm3(measured))).toEqual(measured);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('knows the data of programs that decide', () => {
    const text = 'input float x_; // daruan: data x\nqubit q; bit c; c = measure q; if (c) rx(x_ + a) q;';
    const program = fromQasm3(`include "stdgates.inc"; input float a; ${text}`);
    expect(program.data).toEqual(['x']);
    expect(fromQasm3(toQasm3(program)).data).toEqual(['x']);
  });
});

describe('A remark behind an input', () => {
  const inputs = (text: string): Circuit => read3(`include "stdgates.inc"; qubit q;\n${text}\nid q;`);

  it('says that the input, or each element of an array, is data, and perhaps what it is called', () => {
    expect(inputs('input float phi; // daruan: data').data).toEqual(['phi']);
    expect(inputs('input angle[32] phi;//daruan:data z').data).toEqual(['z']);
    expect(inputs('input array[float[64], 2] v; // daruan: data').data).toEqual(['v_0', 'v_1']);
    expect(inputs('input array[float[64], 2] t_; // daruan: data t').data).toEqual(['t_0', 't_1']);
  });

  it('is a comment like any other elsewhere', () => {
    for (const text of [
      '// daruan: data\ninput float phi;',
      'input float phi;\n// daruan: data',
      'h q; // daruan: so',
    ]) {
      expect(inputs(text).data).toEqual([]);
    }
  });

  it('does not make two inputs equal', () => {
    const program = fromQasm3('qubit q; input float a; // daruan: data z\ninput float b; // daruan: data z');
    expect(program.data).toEqual(['z', 'z_']);
    expect(program.warnings).toEqual(['the input "z" is read as z_']);
  });

  it.each([
    [
      'input float phi; // daruan: date',
      'line 2, column 18: expected "daruan: data" or "daruan: parameter", and perhaps a name, got "daruan: date". Or leave the comment out.',
    ],
    ['input float phi; // daruan: data sin', '"sin" is the name of a constant, function or operator'],
  ])('%s', (text, message) => {
    expect(() => inputs(text)).toThrow(message);
  });
});

describe.each([
  ['OpenQASM 2', read2, (source: Circuit) => toQasm2(source)],
  ['OpenQASM 3', read3, (source: Circuit) => toQasm3(source)],
] as const)('%s', (_, read, write) => {
  it('keeps every double, the smallest, the largest and minus zero included', () => {
    const angles = [2, -3, 0, -0, 1e-7, -1e-300, 5e-324, 12345678, 1e21, Number.MAX_VALUE, Math.PI / 2, 0.1 + 0.2];
    const source = circuit({ numQubits: 1, operations: angles.map((angle) => op('ry', [0], angle)) });
    const found = read(write(source)).operations.map((operation) => operation.angles[0] as number);
    expect(found.map((angle, k) => Object.is(angle, angles[k]))).toEqual(angles.map(() => true));
  });

  it('keeps the number of qubits, idle ones included', () => {
    expect(read(write(circuit({ numQubits: 7, operations: [] }))).numQubits).toBe(7);
  });
});

describe('The golden files', () => {
  it.each(['qasm2', 'qasm3'] as const)('of %s are read as the circuits that they were written for', (format) => {
    const folder = new URL(`../../fixtures/${format}/`, import.meta.url);
    const sources = new URL('../../fixtures/qasm3/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.qasm'));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const source = fromJson(readFileSync(new URL(file.replace('.qasm', '.circuit.json'), sources), 'utf8'));
      const text = readFileSync(new URL(file, folder), 'utf8');
      const read = format === 'qasm2' ? read2(text) : read3(text);
      const symbols = [...read.parameters, ...source.data, ...source.parameters];
      const values = Object.fromEntries(symbols.map((name) => [name, 0.1 + (name.charCodeAt(0) % 7) / 10]));
      const error = distanceUpToPhase(circuitUnitary(read, values), circuitUnitary(source, values));
      expect(error, file).toBeLessThan(tolerance(source, read));
    }
  });
});

it('The operations that the text says are those that the circuit has or is lowered to', () => {
  const source = randomCircuit(5, 3, 30, 2);
  const lowered = source.operations.flatMap((operation) => lowerOperation(operation));
  expect(read3(toQasm3(circuit({ numQubits: 3, operations: lowered }))).operations.map(facts)).toEqual(
    lowered.map(facts),
  );
});
