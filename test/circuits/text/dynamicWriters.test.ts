import { describe, expect, it } from 'vitest';
import { op } from '../../../circuits/circuit.js';
import { type Condition, type DynamicCircuit, type DynamicStep, holds } from '../../../circuits/dynamicCircuit.js';
import { toCirq } from '../../../circuits/text/cirq.js';
import { fromQasm2, fromQasm3 } from '../../../circuits/text/fromQasm.js';
import { toQasm2 } from '../../../circuits/text/qasm2.js';
import { toQasm3 } from '../../../circuits/text/qasm3.js';
import { toQiskit } from '../../../circuits/text/qiskit.js';
import { toQuil } from '../../../circuits/text/quil.js';
import { Random } from '../../../src/foundation/random.js';
import { sampleDynamic } from '../../../src/simulate/dynamic.js';

const equal = (bits: number[], value: number): Condition => ({ kind: 'equal', bits, value });
const gate = (...given: Parameters<typeof op>): DynamicStep => ({ kind: 'gate', operation: op(...given) });

/** Three qubits, registers a of two bits and b of one. */
const program = (...steps: DynamicStep[]): DynamicCircuit => ({
  name: 'dynamic',
  numQubits: 3,
  numBits: 3,
  qubitRegisters: [{ name: 'q', start: 0, size: 3 }],
  bitRegisters: [
    { name: 'a', start: 0, size: 2 },
    { name: 'b', start: 2, size: 1 },
  ],
  steps,
  warnings: [],
});

const measure = (qubit: number, bit: number): DynamicStep => ({ kind: 'measure', qubit, bit });
const branch = (condition: Condition, body: DynamicStep[], otherwise: DynamicStep[] = []): DynamicStep => ({
  kind: 'if',
  condition,
  body,
  otherwise,
});

/** A random condition on three bits; with `whole`, on whole registers alone. */
function randomCondition(random: Random, whole: boolean, depth = 2): Condition {
  const kind = depth === 0 ? 3 : random.integer(5);
  if (kind === 0 && !whole) {
    const sides = [0, 1].map(() => randomCondition(random, whole, depth - 1));
    return { kind: random.sign() === 1 ? 'and' : 'or', left: sides[0], right: sides[1] };
  }
  if (kind === 1 && !whole) return { kind: 'not', operand: randomCondition(random, whole, depth - 1) };
  const choices = whole ? [[0, 1], [2]] : [[0, 1], [2], [0], [1], [1, 0], [0, 2], [0, 1, 2]];
  const bits = choices[random.integer(choices.length)];
  return equal(bits, random.integer(2 ** bits.length));
}

function randomProgram(seed: number, whole: boolean): DynamicCircuit {
  const random = new Random(seed);
  const some = (depth: number): DynamicStep =>
    [
      () => gate('ry', [random.integer(3)], random.uniform(0, 3)),
      () => gate('iswap', [0, 1 + random.integer(2)]),
      (): DynamicStep => ({ kind: 'reset', qubit: random.integer(3) }),
      () => measure(random.integer(3), random.integer(3)),
      () => {
        const inner = (): DynamicStep[] =>
          whole ? [gate('x', [random.integer(3)])] : Array.from({ length: random.integer(3) }, () => some(depth - 1));
        if (depth === 0) return gate('h', [random.integer(3)]);
        return branch(randomCondition(random, whole), inner(), whole ? [] : inner());
      },
    ][random.integer(5)]();
  return program(...Array.from({ length: 10 }, () => some(2)));
}

const shots = (source: DynamicCircuit): Uint8Array => sampleDynamic(source, 60, 5);

describe('Programs that measure and decide', () => {
  it('are written as OpenQASM 3 and read back: the same shots for the same seed', () => {
    for (let seed = 0; seed < 60; seed++) {
      const source = randomProgram(seed, false);
      const read = fromQasm3(toQasm3(source));
      expect(read.bitRegisters).toEqual(source.bitRegisters);
      expect(shots(read), `seed ${seed}`).toEqual(shots(source));
    }
  });

  it('are written as OpenQASM 2 where conditions are on registers', () => {
    for (let seed = 0; seed < 60; seed++) {
      const source = randomProgram(seed, true);
      expect(shots(fromQasm2(toQasm2(source))), `seed ${seed}`).toEqual(shots(source));
    }
  });

  it('get one register a bit in OpenQASM 2 where conditions are on bits', () => {
    const source = program(
      gate('h', [0]),
      measure(0, 1),
      branch(equal([1], 0), [gate('x', [1])], [gate('x', [2])]),
      measure(1, 0),
    );
    const text = toQasm2(source);
    expect(text).toContain('creg c0[1];\ncreg c1[1];\ncreg c2[1];\n');
    expect(text).toContain('if(c1==0) x q[1];\nif(c1==1) x q[2];\n');
    expect(shots(fromQasm2(text))).toEqual(shots(source));
  });

  it.each([
    [
      '"and" between conditions',
      branch({ kind: 'and', left: equal([2], 1), right: equal([0, 1], 1) }, [gate('x', [0])]),
    ],
    ['a condition on some bits of a register', branch(equal([1, 2], 1), [gate('x', [0])])],
    ['that a register of several bits differs from a value', branch(equal([0, 1], 1), [], [gate('x', [0])])],
    ['conditions inside conditions', branch(equal([2], 1), [branch(equal([2], 1), [gate('x', [0])])])],
    ['a branch that measures into its own condition', branch(equal([2], 1), [measure(0, 2), gate('x', [0])])],
  ])('are refused as OpenQASM 2 by name: %s', (what, step) => {
    expect(() => toQasm2(program(step))).toThrow(
      `toQasm2: OpenQASM 2 cannot say ${what}. Write OpenQASM 3, Qiskit or Quil.`,
    );
  });

  it('are Quil with jumps, which lead where the conditions say', () => {
    for (let seed = 0; seed < 200; seed++) {
      const condition = randomCondition(new Random(seed), false, 3);
      const lines = toQuil(program(branch(condition, [gate('x', [0])], [gate('y', [0])]))).split('\n');
      for (let index = 0; index < 8; index++) {
        const bits = [index & 1, (index >> 1) & 1, index >> 2];
        expect(execute(lines, bits), `seed ${seed}, bits ${bits}`).toEqual([holds(condition, bits) ? 'X 0' : 'Y 0']);
      }
    }
  });

  it('are a Qiskit script with if_test, and expressions where a value does not do', () => {
    const source = program(
      measure(0, 0),
      { kind: 'measure', qubit: 1 },
      { kind: 'reset', qubit: 0 },
      branch(equal([0, 1], 2), [gate('x', [0])], [gate('gphase', [], 0.5)]),
      branch({ kind: 'or', left: equal([2], 1), right: { kind: 'not', operand: equal([0], 1) } }, [gate('z', [1])]),
    );
    expect(toQiskit(source).split('\n').slice(3)).toEqual([
      'from qiskit import ClassicalRegister, QuantumCircuit',
      'from qiskit.circuit.classical import expr',
      '',
      'circuit = QuantumCircuit(3)',
      ...['a = ClassicalRegister(2, "a")', 'circuit.add_register(a)'],
      ...['b = ClassicalRegister(1, "b")', 'circuit.add_register(b)'],
      ...['forgotten = ClassicalRegister(1, "forgotten")', 'circuit.add_register(forgotten)'],
      'circuit.measure(0, a[0])',
      'circuit.measure(1, forgotten[0])',
      'circuit.reset(0)',
      ...['with circuit.if_test((a, 2)) as otherwise_0:', '    circuit.x(0)', 'with otherwise_0:', '    pass'],
      ...['with circuit.if_test(expr.logic_or(expr.lift(b[0]), expr.logic_not(a[0]))):', '    circuit.z(1)'],
      '',
    ]);
  });

  it('are Cirq documents where they do not decide', () => {
    const source = program(gate('x', [0]), measure(0, 1), { kind: 'reset', qubit: 0 }, measure(0, 1));
    const { moments } = JSON.parse(toCirq(source));
    const gates = moments.map(
      ({ operations }: { operations: { gate: Record<string, unknown> }[] }) => operations[0].gate,
    );
    expect(
      gates.map(({ cirq_type, key, dimension }: Record<string, unknown>) => [cirq_type, key ?? dimension]),
    ).toEqual([
      ['XPowGate', undefined],
      ['MeasurementGate', 'c1'],
      ['ResetChannel', 2],
      ['MeasurementGate', 'c1'],
    ]);
    expect(() => toCirq(program(branch(equal([2], 1), [gate('x', [0])])))).toThrow(
      'toCirq: step 0 depends on measured bits, which this writer does not say. Write OpenQASM 3, Qiskit or Quil.',
    );
  });

  it('are not measured once more', () => {
    for (const write of [toQasm2, toQasm3, toQuil, toQiskit, toCirq]) {
      expect(() => write(program(measure(0, 0)), { measure: true })).toThrow('the program measures by itself.');
    }
  });
});

/** The gates that a Quil program of jumps comes to. */
function execute(lines: readonly string[], bits: readonly number[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [word, label, bit] = lines[at].split(' ');
    const value = bits[Number(/\d+/.exec(bit ?? '')?.[0])];
    const jumps = word === 'JUMP' || (word === 'JUMP-WHEN' && value === 1) || (word === 'JUMP-UNLESS' && value === 0);
    if (jumps) at = lines.indexOf(`LABEL ${label}`);
    else if (/^[XY] /.test(lines[at])) found.push(lines[at]);
  }
  return found;
}
