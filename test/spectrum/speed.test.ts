import { expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { planActivation } from '../../src/activation/plan.js';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { drawParameters } from '../../src/spectrum/draws.js';

it('10,000 draws of pz with ten repetitions take less than 100 ms of one processor', () => {
  const plan = planActivation(ansatze.pz.circuit(10));
  const rows = drawParameters(plan.parameters, 10_000, 1);
  // Processor time, and the least of some, since other programs run too.
  const times = Array.from({ length: 8 }, (_, run) => {
    rows[0] = run;
    const start = process.cpuUsage();
    const { coefficients } = activationSpectrum(plan, rows, 10_000);
    const { user, system } = process.cpuUsage(start);
    expect(coefficients.length).toBe(10_000 * 11 * 2);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});
