import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Circuit, type Control, circuit, type Operation, op } from '../../../circuits/circuit.js';
import { distanceUpToPhase } from '../../../circuits/matrix.js';
import { toQasm2 } from '../../../circuits/text/qasm2.js';
import { Random } from '../../../src/foundation/random.js';
import { randomCircuit, rows } from '../randomCircuit.js';
import { circuitUnitary } from '../unitary.js';
import { loadQdk, readQir, unitaryWithAncillas } from './qdk.js';

let compile: (program: string) => Promise<string>;
beforeAll(async () => {
  compile = await loadQdk();
}, 60_000);

/** Asserts that the compiler reads the exported circuit as the same unitary, up to the global phase. */
async function expectSameUnitary(source: Circuit): Promise<void> {
  const operations = readQir(await compile(toQasm2(source, { measure: true })));
  const error = distanceUpToPhase(unitaryWithAncillas(operations, source.numQubits), circuitUnitary(source));
  expect(error).toBeLessThan(Math.max(10, operations.length) * 8 * Number.EPSILON);
}

describe('toQasm2, read by an independent compiler with the library of the specification', () => {
  const patterns: readonly (readonly (0 | 1)[])[] = [[], [1], [0], [1, 0]];
  it.each(patterns.map((pattern) => [pattern]))(
    'writes every row of the gate table under controls on %j',
    async (pattern) => {
      const random = new Random(31);
      const numQubits = 2 + pattern.length;
      const operations = rows.map((gate): Operation => {
        const qubits = [...random.permutation(numQubits)];
        const controls = pattern.map((value, k): Control => ({ qubit: qubits[gate.numTargets + k], value }));
        const angles = gate.parameters.map(() => random.uniform(-6, 6));
        return { ...op(gate, qubits.slice(0, gate.numTargets), ...angles), controls };
      });
      await expectSameUnitary(circuit({ numQubits, operations }));
    },
    30_000,
  );

  it('writes random circuits', async () => {
    for (let seed = 0; seed < 2; seed++) await expectSameUnitary(randomCircuit(seed, 3, 20, 2));
  }, 30_000);

  const folder = new URL('../../fixtures/qasm2/', import.meta.url);
  it.each(readdirSync(folder).filter((file) => file.endsWith('.qasm')))(
    'writes the golden file %s, which the compiler reads',
    async (file) => {
      expect(await compile(readFileSync(new URL(file, folder), 'utf8'))).toContain('ENTRYPOINT');
    },
    30_000,
  );
});
