import { describe, expect, it } from 'vitest';
import { parseAngle } from '../../../circuits/angle/parse.js';
import { controlled, type Operation, op } from '../../../circuits/circuit.js';
import { holds, toCircuit } from '../../../circuits/dynamicCircuit.js';
import { distance, distanceUpToPhase } from '../../../circuits/matrix.js';
import { fromQasm2, fromQasm3 } from '../../../circuits/text/fromQasm.js';
import { DaruanError } from '../../../src/foundation/errors.js';
import { operationsUnitary } from '../unitary.js';

const head2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
const head3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';

const gatesOf = (program: ReturnType<typeof fromQasm2>): Operation[] =>
  program.steps.flatMap((step) => (step.kind === 'gate' ? [step.operation] : []));
const read2 = (body: string): Operation[] => gatesOf(fromQasm2(head2 + body));
const read3 = (body: string): Operation[] => gatesOf(fromQasm3(head3 + body));

describe('fromQasm2', () => {
  it('takes registers one after another, and repeats a gate over them', () => {
    const program = fromQasm2(`${head2}qreg a[2]; qreg b[2]; cx a, b; cx a[0], b; h b;`);
    expect(program.numQubits).toBe(4);
    expect(program.qubitRegisters).toEqual([
      { name: 'a', start: 0, size: 2 },
      { name: 'b', start: 2, size: 2 },
    ]);
    const cx = (control: number, target: number) => controlled(op('x', [target]), control);
    expect(gatesOf(program)).toEqual([cx(0, 2), cx(1, 3), cx(0, 2), cx(0, 3), op('h', [2]), op('h', [3])]);
  });

  it('evaluates expressions as doubles, a power before a sign', () => {
    const found = read2('qreg q[1]; rx(-2^2+1/2*pi) q; rx(ln(exp(2))-sqrt(4)*cos(0)) q; rx(.5e1-3.) q; rx(2^3^2) q;');
    expect(found.map(({ angles }) => angles[0])).toEqual([-4 + 0.5 * Math.PI, 0, 2, 512]);
  });

  it('spells out gate definitions that call each other', () => {
    const body = `gate a(t) x { rz(t) x; } gate b(t, s) x, y { a(t - s) y; cx x, y; a(t*s) y; }
      qreg q[3]; b(0.5, 0.25) q[2], q[0];`;
    expect(read2(body)).toEqual([op('rz', [0], 0.25), controlled(op('x', [0]), 2), op('rz', [0], 0.125)]);
  });

  it('tells gates from registers, parameters and qubits of the same name', () => {
    const body = 'gate twice(t) x { t x; rz(t) x; x x; } qreg t[1]; t t; twice(0.5) t;';
    expect(read2(body)).toEqual([op('t', [0]), op('t', [0]), op('rz', [0], 0.5), op('x', [0])]);
  });

  it('reads long programs in little time', () => {
    const line = 'u3(0.1,0.2,-0.3) q[0]; cx q[0],q[1]; rz(pi/4) q[1];\n';
    const start = performance.now();
    expect(read2(`qreg q[2];\n${line.repeat(50_000)}`)).toHaveLength(150_000);
    expect(performance.now() - start).toBeLessThan(5000);
  }, 10_000);

  it('lets a program bring its own copy of a gate of the library', () => {
    expect(read2('gate swap a,b { cx a,b; cx b,a; cx a,b; } qreg q[2]; swap q[0],q[1];')).toEqual([op('swap', [0, 1])]);
    expect(read2('gate swap a,b { h a; } qreg q[2]; swap q[0],q[1];')).toEqual([op('h', [0])]);
  });

  it.each([
    [
      'rccx',
      3,
      'rccx q[0],q[1],q[2];',
      'h 2, u1(pi/4) 2, cx 1 2, u1(-pi/4) 2, cx 0 2, u1(pi/4) 2, cx 1 2, u1(-pi/4) 2, h 2',
    ],
    [
      'cu3 of Qiskit',
      2,
      'cu3(0.3,0.5,0.7) q[0],q[1];',
      'u1(0.6) 0, u1(0.1) 1, cx 0 1, u3(-0.15,0,-0.6) 1, cx 0 1, u3(0.15,0.5,0) 1',
    ],
    ['cu1', 2, 'cu1(0.8) q[0],q[1];', 'u1(0.4) 0, cx 0 1, u1(-0.4) 1, cx 0 1, u1(0.4) 1'],
    ['crz', 2, 'crz(0.8) q[0],q[1];', 'u1(0.4) 1, cx 0 1, u1(-0.4) 1, cx 0 1'],
    ['rxx', 2, 'rxx(0.8) q[0],q[1];', 'h 0, h 1, cx 0 1, u1(0.8) 1, cx 0 1, h 1, h 0'],
    ['csx', 2, 'csx q[0],q[1];', 'h 1, cu1(pi/2) 0 1, h 1'],
    [
      'cu',
      2,
      'cu(0.3,0.5,0.7,0.9) q[0],q[1];',
      'u1(0.9) 0, u1(0.6) 0, u1(0.1) 1, cx 0 1, u3(-0.15,0,-0.6) 1, cx 0 1, u3(0.15,0.5,0) 1',
    ],
    ['ch', 2, 'ch q[0],q[1];', 's 1, h 1, t 1, cx 0 1, tdg 1, h 1, sdg 1'],
    ['c3sqrtx', 4, 'c3sqrtx q[0],q[1],q[2],q[3]; c3sqrtx q[0],q[1],q[2],q[3];', 'c3x 0 1 2 3'],
  ])('reads %s as the library defines it', (_, numQubits, call, definition) => {
    const statements = definition.split(', ').map((step) => {
      const [word, ...qubits] = step.split(' ');
      return `${word} ${qubits.map((qubit) => `q[${qubit}]`).join(',')};`;
    });
    const [found, wanted] = [call, statements.join(' ')].map((body) =>
      operationsUnitary(read2(`qreg q[${numQubits}]; ${body}`), numQubits),
    );
    expect(distanceUpToPhase(found, wanted)).toBeLessThan(1e-14);
  });

  it('takes the cu3 of the specification on request, and says so otherwise', () => {
    const text = `${head2}qreg q[2]; cu3(0.3,0.5,0.7) q[0],q[1];`;
    const specified = operationsUnitary(gatesOf(fromQasm2(text, { qelib1: 'specification' })), 2);
    const body = 'u1(0.1) q[1]; cx q[0],q[1]; u3(-0.15,0,-0.6) q[1]; cx q[0],q[1]; u3(0.15,0.5,0) q[1];';
    expect(distanceUpToPhase(specified, operationsUnitary(read2(`qreg q[2]; ${body}`), 2))).toBeLessThan(1e-15);
    expect(fromQasm2(text).warnings).toEqual([expect.stringContaining('cu3')]);
    expect(fromQasm2(text, { qelib1: 'specification' }).warnings).toEqual([]);
  });

  it('keeps measurement, reset and conditions in their order', () => {
    const { steps } = fromQasm2(
      `${head2}qreg q[2]; creg c[2]; measure q -> c; if (c==2) x q[1]; reset q[0]; measure q[1] -> c[0];`,
    );
    expect(steps).toEqual([
      { kind: 'measure', qubit: 0, bit: 0 },
      { kind: 'measure', qubit: 1, bit: 1 },
      {
        kind: 'if',
        condition: { kind: 'equal', bits: [0, 1], value: 2 },
        body: [{ kind: 'gate', operation: op('x', [1]) }],
        otherwise: [],
      },
      { kind: 'reset', qubit: 0 },
      { kind: 'measure', qubit: 1, bit: 0 },
    ]);
  });
});

describe('fromQasm3', () => {
  it('divides integers as integers, and floats as floats', () => {
    const found = read3(
      'qubit q; rx(7/2) q; rx(7/2.0) q; rx(7%4) q; rx(2**3) q; rx(2**-1) q; rx(-7/2) q; rx(1/2*pi) q;',
    );
    expect(found.map(({ angles }) => angles[0])).toEqual([3, 3.5, 3, 8, 0.5, -3, 0]);
  });

  it('turns inputs into symbols', () => {
    const found = read3(
      'input float[64] theta; input angle phi; const float half = theta/2; qubit q; rx(half + phi) q;',
    );
    expect(found).toEqual([op('rx', [0], parseAngle('theta/2 + phi'))]);
  });

  it.each([
    ['inv @ s q[0];', [op('sdg', [0])]],
    ['ctrl @ x q[0], q[1];', [controlled(op('x', [1]), 0)]],
    [
      'negctrl @ ctrl @ h q[0], q[1], q[2];',
      [
        {
          ...op('h', [2]),
          controls: [
            { qubit: 0, value: 0 },
            { qubit: 1, value: 1 },
          ],
        },
      ],
    ],
    ['pow(2) @ rx(0.25) q[0];', [op('rx', [0], 0.5)]],
    ['pow(-1) @ t q[0];', [op('tdg', [0])]],
    ['pow(2) @ h q[0];', [op('h', [0]), op('h', [0])]],
    ['pow(0) @ h q[0];', []],
    ['gate g a { h a; t a; } inv @ g q[0];', [op('tdg', [0]), op('h', [0])]],
    ['gate g a { h a; t a; } pow(-2) @ g q[1];', [op('tdg', [1]), op('h', [1]), op('tdg', [1]), op('h', [1])]],
    ['pow(0.5) @ x q[0];', [op('sx', [0])]],
    ['pow(0.5) @ z q[0];', [op('p', [0], Math.PI / 2)]],
    ['ctrl @ gphase(0.5) q[1];', [controlled(op('gphase', [], 0.5), 1)]],
    ['ctrl @ pow(0.5) @ inv @ rzz(1) q[0], q[1], q[2];', [controlled(op('rzz', [1, 2], -0.5), 0)]],
  ] as [string, Operation[]][])('reads the modifiers of %s', (body, wanted) => {
    expect(read3(`gate rzz(t) a,b { cx a,b; rz(t) b; cx a,b; } qubit[3] q; ${body}`)).toEqual(wanted);
  });

  it('repeats loops with constant bounds, and reads ranges with both ends', () => {
    const found = read3(`qubit[6] q; for int i in [0:2:4] rx(i) q[i]; for int i in {5, 1} { for int j in [i:i] h q[j]; }
      z q[1:3]; y q[-1]; for int i in [3:-1:2] s q[i]; let a = q[{4,0}]; t a; for int i in [1:0] x q[i];`);
    expect(found.map(({ gate, targets }) => `${gate.name}${targets[0]}`).join(' ')).toBe(
      'rx0 rx2 rx4 h5 h1 z1 z2 z3 y5 s3 s2 t4 t0',
    );
  });

  it('keeps the global phases of u2, u3, cu and rz, which a control makes physical', () => {
    const half = 'gphase(-(0.5+0.7)/2.0); U(0.3,0.5,0.7) q[0];';
    const [u3, wanted] = ['u3(0.3,0.5,0.7) q[0];', half].map((body) =>
      operationsUnitary(read3(`qubit q[1]; ${body}`.replace('qubit q[1]', 'qubit[1] q')), 1),
    );
    expect(distance(u3, wanted)).toBeLessThan(1e-15);
    const cu = operationsUnitary(read3('qubit[2] q; cu(0.3,0.5,0.7,0.9) q[0],q[1];'), 2);
    const spelt = operationsUnitary(read3('qubit[2] q; p(0.9) q[0]; ctrl @ U(0.3,0.5,0.7) q[0],q[1];'), 2);
    expect(distance(cu, spelt)).toBeLessThan(1e-15);
  });

  it('recognises a definition that repeats a row of the table, and no other of its name', () => {
    expect(read3('gate rzz(t) a,b { cx b,a; rz(t) a; cx b,a; } qubit[2] q; rzz(0.5) q[0],q[1];')).toEqual([
      op('rzz', [0, 1], 0.5),
    ]);
    expect(read3('gate rzz(t) a,b { cx a,b; p(t) b; cx a,b; } qubit[2] q; rzz(0.5) q[0],q[1];')).toHaveLength(3);
  });

  it('reads conditions on bits', () => {
    const { steps } = fromQasm3(`${head3}qubit q; bit[3] c; if (c[0] && !(c == 5) || true == c[2]) x q; else y q;`);
    const [{ condition, body, otherwise }] = steps.flatMap((found) => (found.kind === 'if' ? [found] : []));
    const truth = Array.from({ length: 8 }, (_, k) => holds(condition, [k & 1, (k >> 1) & 1, k >> 2]));
    expect(truth).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((k) => ((k & 1) === 1 && k !== 5) || k >> 2 === 1));
    expect([body.length, otherwise.length]).toEqual([1, 1]);
  });
});

describe('toCircuit', () => {
  it('gives the circuit and the measurements at its end', () => {
    const { circuit, measurements } = toCircuit(
      fromQasm2(`${head2}qreg q[2]; creg c[2]; reset q; h q[0]; measure q -> c;`),
    );
    expect(circuit.operations).toEqual([op('h', [0])]);
    expect(measurements).toEqual([
      { qubit: 0, bit: 0 },
      { qubit: 1, bit: 1 },
    ]);
  });

  it.each([
    ['measure q[0] -> c[0]; h q[0];', 'step 1 of "circuit" acts on qubit 0 after its measurement'],
    ['h q[0]; reset q[0];', 'step 1 of "circuit" resets qubit 0, which is in use'],
    ['if (c==1) h q[0];', 'step 0 of "circuit" depends on measured bits'],
  ])('refuses %s', (body, problem) => {
    const program = fromQasm2(`${head2}qreg q[1]; creg c[1]; ${body}`);
    expect(() => toCircuit(program)).toThrow(`toCircuit: ${problem}. Use sampleDynamic().`);
  });
});

describe('Errors say where they are', () => {
  it.each([
    ['qreg q[2];\nh q[2];', 'line 4, column 3: "q[2]" does not exist: the register has size 2. Indices count from 0.'],
    [
      'qreg q[2];\nhh q[1];',
      'line 4, column 1: no gate "hh" is defined here. Include "qelib1.inc" or define it before.',
    ],
    ['qreg q[2]\nh q;', 'line 4, column 1: expected ";", got "h".'],
    ['qreg q[2]; cx q[0];', 'line 3, column 12: "cx" takes 2 qubit(s), got 1.'],
    ['qreg q[2]; rx q[0];', 'line 3, column 12: "rx" takes 1 angle(s), got 0.'],
    ['qreg q[2]; rx(1/0) q[0];', 'line 3, column 16: expected a finite value, got Infinity. Look for a division by 0.'],
    ['qreg q[2]; cx q[0], q[0];', 'line 3, column 12: "cx" uses one qubit twice. Its qubits must all differ.'],
    ['qreg q[2]; rx(theta) q;', 'line 3, column 15: "theta" stands for nothing here. Declare it.'],
    ['qreg q[2]; qreg q[1];', 'line 3, column 12: "q" is declared twice. Give it another name.'],
    [
      'qreg q[2]; qreg r[3]; cx q, r;',
      'line 3, column 23: registers of different sizes, 2 and 3. Their sizes must agree.',
    ],
    [
      'qreg q[2]; creg c[1]; measure q -> c;',
      'line 3, column 23: 2 qubit(s) measured into 1 bit(s). Sizes must agree.',
    ],
    ['opaque o a; qreg q[1]; o q[0];', 'line 3, column 24: the gate "o" is opaque. Replace it by a gate with a body.'],
    ['gate a x { a x; }', 'line 3, column 12: no gate "a" is defined here. Include "qelib1.inc" or define it before.'],
    ['gate a x { h y; }', 'line 3, column 14: "y" is no qubit of this gate. A gate acts on its own qubits alone.'],
    ['gate a x { measure x -> c; }', 'line 3, column 12: a "measure" inside a gate. A gate is made of gates alone.'],
    [
      'include "other.inc";',
      'line 3, column 1: the file "other.inc" cannot be included. Only "qelib1.inc" is built in.',
    ],
    ['qreg q[0];', 'line 3, column 1: expected a register of 1 … 100000 qubits, got 0.'],
    ['creg c[1];', 'line 3, column 11: a program without qubits. Declare a quantum register.'],
    ['qreg q[1]; /* h q;', 'line 3, column 12: a comment that does not end. Close it with */.'],
    ['qreg q[1]; ? q;', 'line 3, column 12: "?" has no place in a program.'],
    ['qreg q[1]; h q', 'line 3, column 15: expected ";", got the end of the program.'],
  ])('%j', (body, message) => {
    expect(() => fromQasm2(head2 + body)).toThrow(DaruanError);
    expect(() => fromQasm2(head2 + body)).toThrow(`fromQasm2: ${message}`);
  });

  it.each([
    ['while (true) { }', 'line 3, column 1: "while" is not supported. Write it out in gates, loops and conditions.'],
    ['qubit q; bit c; c = 1;', 'line 3, column 21: expected "measure", got "1". Bits change by measurement alone.'],
    [
      'input float mod;',
      'line 3, column 1: "mod" is the name of a constant, function or operator. Choose another name.',
    ],
    ['input int k;', 'line 3, column 7: an input of type "int". An input is a float or an angle.'],
    [
      'qubit q; pow(0.5) @ h q;',
      'line 3, column 10: this power of "h" is not supported. Use a whole number, of moderate size.',
    ],
    [
      'qubit q; input float t; for int i in [0:t] h q;',
      'line 3, column 41: expected a constant integer, got a formula of inputs.',
    ],
  ])('%j', (body, message) => {
    expect(() => fromQasm3(head3 + body)).toThrow(`fromQasm3: ${message}`);
  });

  it('names the other reader for the other version', () => {
    expect(() => fromQasm2(head3)).toThrow(
      'fromQasm2: line 1, column 10: expected version 2, got "3.0". Read OpenQASM 3 with fromQasm3.',
    );
    expect(() => fromQasm3(head2)).toThrow('Read OpenQASM 2 with fromQasm2.');
    expect(() => fromQasm2('qreg q[1];')).toThrow('line 1, column 1: expected "OPENQASM 2.0;", got "qreg".');
  });
});
