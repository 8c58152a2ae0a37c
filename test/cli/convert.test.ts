import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Circuit, circuit, op } from '../../circuits/circuit.js';
import { toCircuit } from '../../circuits/dynamicCircuit.js';
import { fromJson, toJson } from '../../circuits/json.js';
import { distanceUpToPhase } from '../../circuits/matrix.js';
import { fromQasm2, fromQasm3 } from '../../circuits/text/fromQasm.js';
import { formatNames } from '../../src/cli/formatNames.js';
import { isNative, targets } from '../../src/transpile/targets.js';
import { circuitUnitary } from '../circuits/unitary.js';
import { unitaryThrough } from '../transpile/equality.js';
import { run } from './inProcess.js';

/** Rounding of some hundred gates. */
const TOLERANCE = 1e-12;

let folder: string;
const path = (name: string): string => join(folder, name);
const program =
  'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3]; h q[0]; cu1(0.3) q[0],q[2]; cx q[1],q[2]; measure q -> c;';
const source = toCircuit(fromQasm2(program)).circuit;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daruan-convert-'));
  writeFileSync(path('program.qasm'), program);
  const symbolic = circuit({ numQubits: 2, data: ['x'], operations: [op('ry', [0], 'x'), op('rzz', [0, 1], 'a*x')] });
  writeFileSync(path('circuit.json'), JSON.stringify(toJson(symbolic)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const equal = (a: Circuit, b: Circuit): number => distanceUpToPhase(circuitUnitary(a), circuitUnitary(b));

describe('daruan import', () => {
  it('prints the circuit of a program as JSON, and says what it left out', async () => {
    const { code, stdout, stderr } = await run(['import', path('program.qasm')]);
    expect(code).toBe(0);
    expect(fromJson(stdout).operations).toEqual(source.operations);
    expect(stderr).toMatch(/program\.qasm: 3 measurement\(s\) at the end are left out\n$/);
  });

  it('writes a file on request, and refuses a program that decides', async () => {
    const { code, stdout } = await run(['import', path('program.qasm'), '--out', path('imported.json')]);
    expect([code, stdout]).toEqual([0, '']);
    expect(fromJson(readFileSync(path('imported.json'), 'utf8')).name).toBe('program');
    writeFileSync(path('dynamic.qasm'), program.replace('cx q', 'if(c==1) cx q'));
    const refused = await run(['import', path('dynamic.qasm'), '--out', path('none.json')]);
    expect([refused.code, existsSync(path('none.json'))]).toEqual([1, false]);
    expect(refused.stderr).toContain('depends on measured bits');
  });
});

describe('daruan export', () => {
  it.each(formatNames)('writes a circuit as %s', async (format) => {
    const values = ['--set', 'x=0.3', '--set', 'a=2'];
    const { code, stdout, stderr } = await run(['export', path('circuit.json'), '--format', format, ...values]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.length).toBeGreaterThan(60);
    expect(stdout).toContain(format === 'quantikz' ? '0.3' : format === 'ionq-native' ? '"gateset": "native"' : '0.3');
  });

  it('keeps what is not set as an input, also of an ansatz', async () => {
    const { stdout } = await run(['export', path('circuit.json'), '--set', 'a=2']);
    expect(stdout).toContain('input float x_; // daruan: data x');
    expect((await run(['export', 'pz', '--format', 'quil'])).stdout).toMatch(/DECLARE x REAL\[1\] # daruan: data\n/);
  });
});

describe('daruan transpile', () => {
  it('writes native gates on the pairs of a coupling map, and says what it took', async () => {
    const where = ['--coupling', 'line:4', '--seed', '3'];
    const made = await run(['transpile', path('program.qasm'), '--target', 'ibm-heron', ...where]);
    expect(made.code).toBe(0);
    const { circuit: found } = toCircuit(fromQasm3(made.stdout));
    expect(found.operations.every((operation) => isNative(targets['ibm-heron'], operation))).toBe(true);
    expect(made.stderr).toMatch(/^operations 3 -> \d+, on two qubits or more 2 -> \d+, depth 3 -> \d+, swaps \d+\n/);
    const numbers = (label: string): number[] =>
      new RegExp(`${label} ([\\d, ]+)`).exec(made.stderr)![1].split(', ').map(Number);
    const device = numbers('device:');
    const [initial, final] = ['first', 'end'].map((label) => numbers(label).map((qubit) => device.indexOf(qubit)));
    const through = unitaryThrough(found, { deviceQubits: device, initial, final });
    expect(distanceUpToPhase(through, circuitUnitary(source))).toBeLessThan(TOLERANCE);
  });

  it('takes a device profile, a layout and pairs', async () => {
    const qubit = { readout: { p01: 0.01, p10: 0.02 }, gateError: 0.001 };
    const couplings = [
      [0, 1],
      [1, 2],
      [2, 3],
    ].map((qubits, k) => ({ qubits, gateError: k === 0 ? 0.2 : 0.01 }));
    const profile = {
      format: 'daruan.device',
      version: 1,
      name: 'mine',
      qubits: [qubit, qubit, qubit, qubit],
      couplings,
    };
    writeFileSync(path('profile.json'), JSON.stringify(profile));
    const chosen = await run(['transpile', path('program.qasm'), '--target', 'iqm', '--device', path('profile.json')]);
    expect(chosen.stderr).toContain('qubits of the device: 1, 2, 3;');
    const told = ['--coupling', '4-3,3-2', '--layout', '2,3,4', '--trials', '1'];
    const made = await run(['transpile', path('program.qasm'), '--target', 'iqm', ...told]);
    expect(made.stderr).toContain('qubits of the device: 2, 3, 4; at first 2, 3, 4;');
  });

  it('writes pulses of IonQ, and formulas where the format holds them', async () => {
    const values = ['--set', 'x=0.3', '--set', 'a=2', '--final-phases', 'drop'];
    const aria = ['--target', 'ionq-aria', '--format', 'ionq-native'];
    const { stdout } = await run(['transpile', path('circuit.json'), ...aria, ...values]);
    const gates = JSON.parse(stdout).input.circuit.map(({ gate }: { gate: string }) => gate);
    expect(new Set(gates)).toEqual(new Set(['gpi2', 'ms']));
    const symbolic = await run(['transpile', path('circuit.json'), '--target', 'iqm']);
    expect(symbolic.stdout).toContain('input float x_;');
  });

  it('leaves a circuit of the same unitary in a file', async () => {
    const out = ['--format', 'json', '--out', path('native.json')];
    const { code, stdout } = await run(['transpile', path('program.qasm'), '--target', 'quantinuum-h', ...out]);
    expect([code, stdout]).toEqual([0, '']);
    expect(equal(fromJson(readFileSync(path('native.json'), 'utf8')), source)).toBeLessThan(TOLERANCE);
  });
});
