import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { planActivation } from '../../src/activation/plan.js';
import { adjoint } from '../../src/gradient/adjoint.js';
import { adamStart, adamStep } from '../../src/optimise/adam.js';
import { blochSvg } from '../../src/plot/bloch/bloch.js';
import { circuitSvg } from '../../src/plot/circuit/circuit.js';
import { frequencyGrowthSvg } from '../../src/plot/spectrum/growth.js';
import { spectrumHistorySvg } from '../../src/plot/spectrum/history.js';
import { spectrumSvg } from '../../src/plot/spectrum/spectrum.js';
import { blochPath } from '../../src/simulate/blochPath.js';
import { activationSpectrum } from '../../src/spectrum/activation.js';
import { drawParameters } from '../../src/spectrum/draws.js';
import { recordSpectra } from '../../src/spectrum/history.js';
import { reachableFrequencies } from '../../src/spectrum/reachable.js';
import type { SpectrumHistory } from '../../src/spectrum/spectrum.js';

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/** Coefficients of pz over random angles. */
function drawSpectrum(kind: 'bar' | 'violin' | 'radial'): string {
  const plan = planActivation(ansatze.pz.circuit(6));
  const spectrum = activationSpectrum(plan, drawParameters(plan.parameters, 1000, 1), 1000);
  return spectrumSvg(spectrum, { kind, title: 'Spectrum of pz, r = 6, angles at random' });
}

function drawPath(): string {
  const source = ansatze.pz.circuit(2);
  const angles = { theta_0_0: 0.9, theta_0_1: 0.8, theta_1_0: 0.7, theta_1_1: -1.1, theta_2_0: 0.9, theta_2_1: 1.2 };
  const values = { ...angles, w_0: 1, w_1: 1, b_0: 0, b_1: 0, x: 1.1 };
  return blochSvg(blochPath(source, values), { title: 'A sample on its way through pz, r = 2, x = 1.1' });
}

const drawCircuit = (): string =>
  circuitSvg(entanglingAnsatze.brick.circuit(4, 4), { repeats: 'fold', title: 'The ansatz brick, r = 4' });

/** Numbers of frequencies against the dimension of the family of functions. */
function drawGrowth(): string {
  const reps = range(7).map((k) => k + 1);
  const count = (base: number): number[] =>
    reps.map((r) => {
      const values = Object.fromEntries(range(r).map((l) => [`w_${l}`, base ** l]));
      return reachableFrequencies(ansatze.pz.circuit(r), { values }).frequencies.length;
    });
  return frequencyGrowthSvg(
    [
      { name: 'frequencies, w = 1', reps, counts: count(1) },
      { name: 'frequencies, w = 2^l', reps, counts: count(2) },
      { name: 'frequencies, w = 3^l', reps, counts: count(3) },
      { name: 'independent parameters, 3r + 1', reps, counts: reps.map((r) => 3 * r + 1) },
    ],
    { title: 'What pz can reach, and what it can set', yName: 'number of frequencies ω ≥ 0, or of parameters' },
  );
}

/** pz learns ½ cos x + 0.3 sin 3x, its angles by Adam. */
function train(): SpectrumHistory {
  const source = ansatze.pz.circuit(5);
  const plan = planActivation(source);
  const trained = plan.parameters.filter((name) => name.startsWith('theta'));
  const x = range(24).map((k) => (2 * Math.PI * k) / 24);
  const target = x.map((at) => 0.5 * Math.cos(at) + 0.3 * Math.sin(3 * at));
  const row = drawParameters(plan.parameters, 1, 1);
  const values: Record<string, number> = Object.fromEntries(plan.parameters.map((name, k) => [name, row[k]]));
  let state = adamStart(trained.length);
  const { onStep, history } = recordSpectra(
    () =>
      activationSpectrum(
        plan,
        Float64Array.from(plan.parameters, (name) => values[name]),
      ),
    3,
  );
  for (let step = 0; step <= 300; step++) {
    onStep({ step });
    const { values: f, jacobian } = adjoint.jacobian(source, 'Z', { ...values, x });
    const gradient = Float64Array.from(trained, (name) =>
      x.reduce((sum, _, k) => sum + (2 / 24) * (f[k] - target[k]) * jacobian[name][k], 0),
    );
    const parameters = Float64Array.from(trained, (name) => values[name]);
    const next = adamStep(state, parameters, gradient, { learningRate: 0.03 });
    state = next.state;
    trained.forEach((name, k) => {
      values[name] = next.parameters[k];
    });
  }
  return history;
}

const drawTraining = (): string => spectrumHistorySvg(train(), { title: 'pz, r = 5, learns ½ cos x + 0.3 sin 3x' });

/** The pictures of the README that need no trained network: name of the file -> what makes its text. */
export const pictures: Readonly<Record<string, () => string>> = {
  'circuit.svg': drawCircuit,
  'spectrum.svg': () => drawSpectrum('bar'),
  'violins.svg': () => drawSpectrum('violin'),
  'bloch.svg': drawPath,
  'growth.svg': drawGrowth,
  'training.svg': drawTraining,
};
