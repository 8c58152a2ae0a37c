import { describe, expect, it } from 'vitest';
import { parseAngle } from '../../../circuits/angle/parse.js';
import { controlled, type Operation, op } from '../../../circuits/circuit.js';
import type { DynamicCircuit } from '../../../circuits/dynamicCircuit.js';
import { distanceUpToPhase } from '../../../circuits/matrix.js';
import { fromQasm2, fromQasm3 } from '../../../circuits/text/fromQasm.js';
import { operationsUnitary } from '../unitary.js';

const head2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
const head3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const gatesOf = ({ steps }: DynamicCircuit): Operation[] =>
  steps.flatMap((step) => (step.kind === 'gate' ? [step.operation] : []));
const read2 = (body: string): Operation[] => gatesOf(fromQasm2(head2 + body));
const read3 = (body: string): Operation[] => gatesOf(fromQasm3(head3 + body));
const bell = [op('h', [0]), controlled(op('x', [1]), 0)];

describe('fromQasm2 takes', () => {
  it.each([
    ['a library that lies elsewhere', 'OPENQASM 2.0; include "../lib/qelib1.inc"; qreg q[2]; h q[0]; cx q[0],q[1];'],
    ['nothing but the built-in gates', 'OPENQASM 2.0; qreg q[2]; gate h a { U(pi/2,0,pi) a; } h q[0]; CX q[0],q[1];'],
    ['a byte order mark', '\uFEFFOPENQASM 2.0;include "qelib1.inc";qreg q[2];h q[0];cx q[0],q[1];'],
    ['line ends of Windows', `${head2}qreg q[2];\nh q[0]; // first\ncx q[0],q[1];\n`.replaceAll('\n', '\r\n')],
    ['line ends of old Macs', `${head2}qreg q[2];\nh q[0]; // first\ncx q[0],q[1];\n`.replaceAll('\n', '\r')],
    ['a comment as the last thing', `/* a */ // b\n${head2}qreg q[2]; h q[0]; cx q[0],q[1]; // end`],
    [
      'gates without effect',
      `${head2}gate none() a {} gate two a,b {} qreg q[2]; none q; two q[0],q[1]; h q[0]; cx q[0],q[1];`,
    ],
    [
      'spaces and empty statements',
      `  OPENQASM   2.0 ;;include"qelib1.inc";qreg q [ 2 ] ; h q[ 0 ];\t\tcx q[0] , q[1]  ;  \n\n `,
    ],
  ])('%s', (_, text) => {
    expect(gatesOf(fromQasm2(text))).toEqual(bell);
  });

  it('a program that forgot the library, and says so', () => {
    const program = fromQasm2('OPENQASM 2.0; qreg q[2]; h q[0]; cx q[0],q[1];');
    expect(gatesOf(program)).toEqual(bell);
    expect(program.warnings).toEqual(['qelib1.inc is not included; its gates are known all the same']);
  });

  it('numbers and formulas of every form', () => {
    const found = read2(
      'qreg q[1]; rz(1.E-5) q; rz(2.) q; rz(.5e+1) q; rz(1E3) q; rz(pi*-0.25) q; rz(-(-pi)) q; rz(+2e+0) q; rz(--1) q;' +
        'gate g(a,b,c) x { u3((a+b)/2, -(b-c)^2/3, sin(a)*cos(b)+tan(c)) x; rz(exp(-a)*ln(b+2)-sqrt(c^2)) x; } g(pi/3,-pi*2/5,1.5e-2) q;',
    );
    const [a, b, c] = [Math.PI / 3, (-Math.PI * 2) / 5, 1.5e-2];
    const numbers = [1e-5, 2, 5, 1000, Math.PI * -0.25, Math.PI, 2, 1];
    expect(found.slice(0, 8).map(({ angles }) => angles[0])).toEqual(numbers);
    expect(found.slice(8)).toEqual([
      op('u', [0], (a + b) / 2, -((b - c) ** 2) / 3, Math.sin(a) * Math.cos(b) + Math.tan(c)),
      op('rz', [0], Math.exp(-a) * Math.log(b + 2) - Math.sqrt(c ** 2)),
    ]);
  });

  it('words that only OpenQASM 3 reserves, as names', () => {
    expect(read2('qreg input[1]; qreg for[1]; gate ctrl a { x a; } ctrl input[0]; h for;')).toEqual([
      op('x', [0]),
      op('h', [1]),
    ]);
  });

  it('conditions before every kind of statement', () => {
    const { steps } = fromQasm2(
      `${head2}qreg q[2]; creg c[2]; creg d[1]; if(c==3) u2(0,pi) q; if ( d == 1 ) measure q[0]->c[1]; if(c==0)reset q[1];`,
    );
    expect(steps.map((step) => step.kind === 'if' && step.body.map(({ kind }) => kind))).toEqual([
      ['gate', 'gate'],
      ['measure'],
      ['reset'],
    ]);
  });

  it.each([
    ['dcx', 2, 'dcx q[0],q[1];', 'cx q[0],q[1]; cx q[1],q[0];'],
    ['rzx', 2, 'rzx(0.7) q[0],q[1];', 'h q[1]; cx q[0],q[1]; u1(0.7) q[1]; cx q[0],q[1]; h q[1];'],
    ['r', 1, 'r(0.7,0.3) q[0];', 'u3(0.7,0.3-pi/2,-0.3+pi/2) q[0];'],
    ['csdg', 2, 'csdg q[0],q[1];', 'cu1(-pi/2) q[0],q[1];'],
    ['ccz', 3, 'ccz q[0],q[1],q[2];', 'h q[2]; ccx q[0],q[1],q[2]; h q[2];'],
  ])('%s, which Qiskit knows beyond the file', (_, numQubits, call, definition) => {
    const [found, wanted] = [call, definition].map((body) =>
      operationsUnitary(read2(`qreg q[${numQubits}]; ${body}`), numQubits),
    );
    expect(distanceUpToPhase(found, wanted)).toBeLessThan(16 * Number.EPSILON);
  });
});

describe('fromQasm3 takes', () => {
  it.each([
    [
      'arrays of constants',
      'const array[float[64], 3] a = {0.1, 0.2, pi}; qubit q; rx(a[0] + a[-1]) q;',
      [op('rx', [0], 0.1 + Math.PI)],
    ],
    ['arrays of inputs', 'input array[angle[32], 2] a; qubit q; rx(2*a[1]) q;', [op('rx', [0], '2*a_1')]],
    ['powers of fractions', 'qubit q; pow(1/2) @ x q; pow(1/4) @ z q;', [op('sx', [0]), op('p', [0], Math.PI / 4)]],
    ['loops without a type', 'qubit[2] q; for i in [0:1] { h q[i]; }', [op('h', [0]), op('h', [1])]],
    ['casts', 'qubit q; rx(float(1)/2) q; ry(int[8](2.5)) q;', [op('rx', [0], 0.5), op('ry', [0], 2)]],
    [
      'blocks',
      'qubit q; { const float t = 0.5; rx(t) q; } { const float t = 0.25; rx(t) q; }',
      [op('rx', [0], 0.5), op('rx', [0], 0.25)],
    ],
    [
      'gates that use modifiers',
      'gate g(t) a,b { ctrl @ rx(t) a,b; inv @ s b; } qubit[2] q; g(0.3) q[0],q[1];',
      [controlled(op('rx', [1], 0.3), 0), op('sdg', [1])],
    ],
  ] as [string, string, Operation[]][])('%s', (_, body, wanted) => {
    expect(read3(body)).toEqual(wanted);
  });

  it('hardware qubits without a declaration, in ascending order', () => {
    const program = fromQasm3(`${head3}// not $9\nbit[2] c; h $5; cx $5, $1; c[0] = measure $1; c[1] = measure $5;`);
    expect(gatesOf(program)).toEqual([op('h', [1]), controlled(op('x', [0]), 1)]);
    expect(program.qubitRegisters.map(({ name }) => name)).toEqual(['$1', '$5']);
  });

  it('inputs with Greek names, as symbols in ASCII', () => {
    const program = fromQasm3(
      `${head3}input float θ; input float _θ_0_; input float theta; qubit q; rx(2*θ) q; ry(_θ_0_ + theta) q;`,
    );
    expect(gatesOf(program)).toEqual([op('rx', [0], '2*theta'), op('ry', [0], parseAngle('_theta_0_ + theta_'))]);
    expect(program.warnings).toContain('the input "θ" is read as theta');
  });

  it('bits in quotes, casts of bits and outputs in conditions', () => {
    const { steps } = fromQasm3(`${head3}qubit q; output bit[2] c; if (c == "10") x q; if (uint[2](c) == 2) y q;`);
    const equal = { kind: 'equal', bits: [0, 1], value: 2 };
    expect(steps.map((step) => step.kind === 'if' && step.condition)).toEqual([equal, equal]);
  });

  it('pragmas and annotations, which have no effect, and says so', () => {
    const program = fromQasm3(`${head3}#pragma vendor x\npragma other y\nqubit q;\n@reversible\nh q;`);
    expect(gatesOf(program)).toEqual([op('h', [0])]);
    expect(program.warnings).toEqual(['a pragma has no effect here', 'an annotation has no effect here']);
  });

  it.each([
    ['array[float, 2] a = {1}; qubit q;', 'line 3, column 1: an array of 2 with 1 value(s). Sizes must agree.'],
    [
      'array[float, 2, 2] a = {1}; qubit q;',
      'line 3, column 15: an array of several dimensions. Write one array a row.',
    ],
    ['array[bool, 2] a = {1}; qubit q;', 'line 3, column 7: an array of type "bool". Use float or angle.'],
    [
      'array[int, 1] a = {1}; qubit q; rx(a[1]) q;',
      'line 3, column 36: "a[1]" does not exist: the array has size 1. Indices count from 0.',
    ],
    [
      'qubit q; rx("10") q;',
      'line 3, column 13: bits in quotes where a number is expected. They belong in conditions.',
    ],
    ['output float x;', 'line 3, column 8: an output of type "float". An output is bits.'],
    [
      'input float x; qubit q; rx(int(x)) q;',
      'line 3, column 28: a value that becomes "int". Use float, or int of a constant.',
    ],
    ['def f(qubit a) { }', 'line 3, column 1: "def" is not supported. Write it out in gates, loops and conditions.'],
    [
      'qubit q; delay[100ns] q;',
      'line 3, column 10: "delay" is not supported. Write it out in gates, loops and conditions.',
    ],
  ])('no %j, and says where', (body, message) => {
    expect(() => fromQasm3(head3 + body)).toThrow(`fromQasm3: ${message}`);
  });
});
