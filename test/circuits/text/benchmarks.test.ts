import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { toCircuit } from '../../../circuits/dynamicCircuit.js';
import { distanceUpToPhase } from '../../../circuits/matrix.js';
import { fromQasm2 } from '../../../circuits/text/fromQasm.js';
import { sampleDynamic } from '../../../src/simulate/dynamic.js';
import { statevector } from '../../../src/simulate/simulate.js';
import { circuitUnitary } from '../unitary.js';
import { loadQdk, readQir, unitaryWithAncillas } from './qdk.js';

const folder = new URL('../../fixtures/qasm2/benchmarks/', import.meta.url);
const files = readdirSync(folder);
const load = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** What the classical bits are, last bit first, in 400 shots; other programs are compared as unitaries. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  bernstein_vazirani: ['10110'],
  bit_flip_code: ['01000'],
  cat_state: ['0000', '1111'],
  deutsch: ['1'],
  deutsch_jozsa: ['000'],
  fredkin: ['101'],
  hidden_shift: ['1101'],
  iterative_phase_estimation: ['0011'],
  multiplier: ['0110'],
  order_finding: ['000', '010', '100', '110'],
  semiclassical_inverse_qft: ['0000'],
  simon: ['00', '11'],
  swap_test: ['0'],
  toffoli: ['111'],
  w_state: ['001', '010', '100'],
};

/** What is used of the package quantum-circuit. */
interface Simulator {
  importQASM(text: string): void;
  run(): void;
  /** Amplitudes that are not 0, by their index. */
  readonly state: Readonly<Record<string, { readonly re: number; readonly im: number }>>;
}

/** Programs whose angles the compiler takes modulo 2π before it halves them, which turns them by π. */
const halved: readonly string[] = ['linear_solver', 'neural_network'];

/** The compiler prints angles with 15 digits. */
const PRINTED = 1e-12;

describe('Programs in the style of public benchmarks', { timeout: 30_000 }, () => {
  it.each(Object.entries(outcomes))('%s gives %j', (name, wanted) => {
    const program = fromQasm2(load(`${name}.qasm`));
    const bits = sampleDynamic(program, 400, 5);
    const found = new Set<string>();
    for (let at = 0; at < bits.length; at += program.numBits) {
      found.add([...bits.subarray(at, at + program.numBits)].reverse().join(''));
    }
    expect([...found].sort()).toEqual([...wanted]);
  });

  const unitaries = files
    .map((file) => file.replace('.qasm', ''))
    .filter((name) => !Object.hasOwn(outcomes, name) && !halved.includes(name));
  let compile: (program: string) => Promise<string>;
  beforeAll(async () => {
    compile = await loadQdk();
  }, 30_000);

  it.each(unitaries)('%s has the unitary that an independent compiler gives it', async (name) => {
    const text = load(`${name}.qasm`);
    // the compiler has the words of OpenQASM 3 for these
    const words = text.replaceAll('ln(', 'log(').replaceAll('^', '**');
    const { circuit: found } = toCircuit(fromQasm2(text));
    const other = unitaryWithAncillas(readQir(await compile(words)), found.numQubits);
    expect(distanceUpToPhase(circuitUnitary(found), other)).toBeLessThan(PRINTED);
  });

  it.each(halved)('%s has the state that an independent simulator gives it', (name) => {
    const text = load(`${name}.qasm`);
    const other = new (createRequire(import.meta.url)('quantum-circuit') as new () => Simulator)();
    other.importQASM(text);
    other.run();
    const { circuit: found } = toCircuit(fromQasm2(text));
    const state = statevector(found, {});
    let [re, im] = [0, 0];
    for (const [index, amplitude] of Object.entries(other.state)) {
      const [x, y] = state.subarray(2 * Number(index));
      re += x * amplitude.re + y * amplitude.im;
      im += x * amplitude.im - y * amplitude.re;
    }
    expect(Math.abs(1 - Math.hypot(re, im))).toBeLessThan(64 * Number.EPSILON);
  });
});
