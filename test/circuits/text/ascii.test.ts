import { describe, expect, it } from 'vitest';
import { ansatze } from '../../../circuits/ansatz/table.js';
import { circuit, controlled, op } from '../../../circuits/circuit.js';
import { draw } from '../../../circuits/text/ascii.js';
import { randomCircuit, rows } from '../randomCircuit.js';

const lines = (...text: string[]): string => text.join('\n');

describe('draw', () => {
  it('draws a Bell pair', () => {
    expect(draw(circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] }))).toBe(
      lines(
        '    ┌───┐', //
        'q0: ┤ H ├─●─',
        '    └───┘ │',
        '          │',
        'q1: ──────⊕─',
      ),
    );
  });

  it('draws controls of both values, boxes over several qubits, crossings, swaps and a global phase', () => {
    const operations = [
      controlled(op('rzz', [0, 2], 'theta/2'), { qubit: 3, value: 0 }),
      op('swap', [0, 1]),
      op('ecr', [2, 1]),
      controlled(op('gphase', [], Math.PI / 3), 0, 1),
      op('gphase', [], -3 * Math.PI),
      op('rx', [3], 0.123456),
    ];
    expect(`\n${draw(circuit({ numQubits: 4, operations }))}\n`).toMatchInlineSnapshot(`
      "
          ┌───────────────┐                        ┌─────────┐
      q0: ┤ Rzz(theta/2)  ├───────×────────────────┤ P(π/3)  ├
          └───────┬───────┘       │                └────┬────┘
                  │               │       ┌───────┐     │
      q1: ────────┼───────────────×───────┤ ECR:1 ├─────●─────
                  │                       └───┬───┘
          ┌───────┴───────┐               ┌───┴───┐
      q2: ┤ Rzz(theta/2)  ├───────────────┤ ECR:0 ├───────────
          └───────┬───────┘               └───────┘
                  │        ┌─────────────┐
      q3: ────────○────────┤ Rx(0.1235)  ├────────────────────
                           └─────────────┘

      global phase: -3π
      "
    `);
  });

  it('writes every gate of the table with its symbol', () => {
    for (const gate of rows.filter((row) => row.numTargets > 0 && row.name !== 'swap')) {
      const angles = gate.parameters.map(() => 0.5);
      const text = draw(circuit({ numQubits: 2, operations: [op(gate, [0, 1].slice(0, gate.numTargets), ...angles)] }));
      expect(text.split(gate.symbol).length - 1, gate.name).toBe(gate.numTargets);
    }
  });

  it.each([40, 60, 100])('goes on below after %i columns, and never beyond', (width) => {
    const text = draw(randomCircuit(9, 3, 30, 2), { width });
    for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(width);
    expect(text.split('\n\n').length).toBeGreaterThan(1);
  });

  it('keeps all wires of a block equally long', () => {
    for (let seed = 0; seed < 10; seed++) {
      for (const block of draw(randomCircuit(seed, 4, 20, 3), { width: 80 }).split('\n\n')) {
        const wires = block.split('\n').filter((line) => line.startsWith('q'));
        expect(new Set(wires.map((line) => line.length)).size).toBeLessThanOrEqual(1);
      }
    }
  });

  it('joins what belongs together: every line that leaves a box or a point downwards arrives in the row below', () => {
    for (let seed = 0; seed < 10; seed++) {
      const text = draw(randomCircuit(seed, 5, 25, 3), { width: 2000 })
        .split('\n\nglobal')[0]
        .split('\n');
      text.slice(1).forEach((line, row) => {
        [...text[row]].forEach((character, column) => {
          if ('┬│┼'.includes(character)) expect('│┴●○⊕×┼┤├─').toContain(line[column] ?? ' ');
        });
      });
    }
  });

  it('writes multiples of π as such and rounds other numbers to four digits', () => {
    const angles = [Math.PI, -Math.PI / 2, (3 * Math.PI) / 8, 2 * Math.PI, 0, 1 / 3, -1e-9];
    const text = draw(circuit({ numQubits: 1, operations: angles.map((angle) => op('rz', [0], angle)) }));
    expect([...text.matchAll(/Rz\((.*?)\)/g)].map(([, found]) => found)).toEqual([
      'π',
      '-π/2',
      '3π/8',
      '2π',
      '0',
      '0.3333',
      '-1e-9',
    ]);
  });

  it('draws bare wires for an empty circuit, and an ansatz with its expressions', () => {
    expect(draw(circuit({ numQubits: 2, operations: [] }))).toBe('q0: ───\nq1: ───');
    expect(draw(ansatze.rpz.circuit(1))).toContain('┤ Rz(w_0*x + b_0) ├');
  });
});
