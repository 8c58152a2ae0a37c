import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { AsyncBackend } from '../../../kernels/asynchronous.js';
import type { Backend, Program } from '../../../kernels/backend.js';
import { Random } from '../../../src/foundation/random.js';
import { denseExpectation, denseGradient, denseState, inverseProgram } from '../oracle/dense.js';
import {
  anglesOfSample,
  type ProgramOptions,
  randomAngles,
  randomObservable,
  randomProgram,
  randomStates,
} from '../oracle/programs.js';
import { EPSILON, expectClose, expectRefusal, type Law, registerLaws, type Skip, slopeAtZero } from './suite.js';

const mixed = {
  numQubits: 4,
  length: 8,
  numSlots: 3,
  kinds: ['rotate', 'rotate', 'matrix'],
  controls: 0.3,
  targets: [0, 1, 1, 2, 3],
  unitary: true,
} as const satisfies ProgramOptions;

/** Kinds of programs whose final states are compared with dense matrices. */
const families: Readonly<Record<string, Partial<ProgramOptions>>> = {
  'rotations about Pauli words': { kinds: ['rotate'], controls: 0, targets: [1, 2, 3, 4] },
  'rotations under positive and negative controls': { kinds: ['rotate'], controls: 0.6, targets: [1, 2] },
  'rotations about the word of identities': { kinds: ['rotate'], targets: [0], controls: 0.5 },
  'matrices on targets in any order': { kinds: ['matrix'], length: 4, controls: 0, targets: [1, 2, 3, 4] },
  'matrices under positive and negative controls': { kinds: ['matrix'], controls: 0.6, targets: [1, 2, 3] },
  'phases without targets': { kinds: ['matrix'], controls: 0.4, targets: [0] },
  'matrices that are not unitary': { kinds: ['matrix'], unitary: false },
  'all kinds of instructions': {},
  'programs on one qubit': { numQubits: 1 },
  'programs on two qubits': { numQubits: 2 },
  'single instructions among spectator qubits': { numQubits: 6, length: 1, targets: [1, 2], controls: 0.1 },
  'longer programs on seven qubits': { numQubits: 7, length: 6, targets: [1, 1, 2] },
};

/**
 * Rounding that a program may leave in a state of norm 1, in units of ε: a rotation costs the rounding of its angle (|θ| ≤ π,
 * halved) and of two products; a row of a matrix on k targets sums 2^k products, whose errors add like a walk.
 */
const units = (program: Program): number =>
  program.instructions.reduce(
    (total, step) => total + (step.kind === 'matrix' ? 1 + 2 ** (step.targets.length / 2) : 2.5),
    2,
  );

/** Of ⟨O⟩, the sum of the |coefficients| being at most 4: both sides of the state are off. */
const valueUnits = (program: Program): number => 4 * 2 * units(program);

const overSeeds = (numRuns: number, law: (random: Random) => Promise<void>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 0xffffffff }), (seed) => law(new Random(seed))),
    { numRuns, seed: 20260917 },
  );

/** The laws every statevector backend obeys. `skip` names those it cannot, with reasons. */
export function backendConformance(
  backend: Backend | AsyncBackend,
  { skip = [] }: { readonly skip?: readonly Skip[] } = {},
): void {
  const epsilon = EPSILON[backend.precision];
  const laws: Record<string, Law> = {};

  for (const [family, options] of Object.entries(families)) {
    laws[`runs ${family} as their dense matrices do`] = () =>
      overSeeds(options.numQubits === undefined ? 20 : 5, async (random) => {
        const program = randomProgram(random, { ...mixed, ...options });
        const batch = 1 + random.integer(3);
        const angles = randomAngles(random, program.numSlots, batch);
        const starts = random.integer(3); // from |0…0⟩, from one state, from a state a sample
        const initial = starts === 0 ? undefined : randomStates(random, program.numQubits, starts === 1 ? 1 : batch);
        const states = await backend.statevector(program, angles, batch, initial);
        const length = 2 * 2 ** program.numQubits;
        const wanted = Array.from({ length: batch }, (_, sample) => {
          const from = starts === 1 ? 0 : sample * length;
          return [...denseState(program, angles, sample, initial?.slice(from, from + length))];
        });
        expectClose(states, wanted.flat(), epsilon * units(program));
      });
  }

  laws['measures sums of Pauli words, Y among them, as their dense matrices do'] = () =>
    overSeeds(20, async (random) => {
      const program = randomProgram(random, { ...mixed, numQubits: 3 });
      const batch = 1 + random.integer(3);
      const angles = randomAngles(random, program.numSlots, batch);
      const observables = Array.from({ length: 3 }, () => randomObservable(random, 3));
      const wanted = Array.from({ length: batch }, (_, sample) => {
        const state = denseState(program, angles, sample);
        return observables.map((observable) => denseExpectation(3, observable, state));
      });
      expectClose(
        await backend.expectation(program, angles, batch, observables),
        wanted.flat(),
        epsilon * valueUnits(program),
      );
    });

  laws['differentiates by the adjoint method as the product rule on dense matrices does'] = () =>
    overSeeds(20, async (random) => {
      const program = randomProgram(random, { ...mixed, numQubits: 3 });
      const batch = 1 + random.integer(3);
      const angles = randomAngles(random, program.numSlots, batch);
      const observables = [randomObservable(random, 3), randomObservable(random, 3)];
      const upstream = Float64Array.from({ length: 2 * batch }, () => random.uniform(-1, 1));
      const { values, gradients } = await backend.adjoint(program, angles, batch, observables, upstream);
      const tolerance = epsilon * valueUnits(program);
      expectClose(values, await backend.expectation(program, angles, batch, observables), tolerance);
      const wanted = Array.from({ length: batch }, (_, sample) =>
        observables.map((observable) => denseGradient(program, angles, sample, observable)),
      );
      // two observables, and state and costate go there and back
      const gradientTolerance = 2 * 2 * tolerance;
      expect(gradients.length).toBe(program.numSlots);
      gradients.forEach((gradient, slot) => {
        const slopes = wanted.map(([first, second], b) => {
          return upstream[2 * b] * first[slot] + upstream[2 * b + 1] * second[slot];
        });
        expectClose(gradient, slopes, gradientTolerance);
      });
    });

  laws['differentiates by the adjoint method as central differences of its own expectations do'] = () =>
    overSeeds(10, async (random) => {
      const program = randomProgram(random, { ...mixed, numQubits: 5, length: 12 });
      const angles = randomAngles(random, program.numSlots, 1);
      const observable = randomObservable(random, 5);
      const { gradients } = await backend.adjoint(program, angles, 1, [observable], Float64Array.of(1));
      // ⟨O⟩ has frequencies up to the number of rotations n on the slot (times 1 + 2κ ≤ 4 at worst where phases interfere)
      const h = epsilon ** (1 / 7) / 4;
      const steps = [1, -1, 2, -2, 3, -3].map((k) => k * h);
      for (const slot of angles.keys()) {
        const shifted = angles.map((values, k) =>
          k === slot ? Float64Array.from(steps, (t) => values[0] + t) : values,
        );
        const values = await backend.expectation(program, shifted, steps.length, [observable]);
        const slope = slopeAtZero((t) => values[steps.indexOf(t)], h);
        const uses = program.instructions.filter(
          (s) => s.kind === 'rotate' && 'slot' in s.angle && s.angle.slot === slot,
        );
        const frequency = uses.reduce((total, s) => total + (s.kind === 'rotate' ? 1 + Math.abs(s.phase) : 0), 0);
        const truncation = (4 * (h ** 6 * frequency ** 7)) / 140;
        const rounding = (epsilon * valueUnits(program)) / h;
        expectClose(gradients[slot], [slope], truncation + rounding);
      }
    });

  laws['gives a slot that no instruction reads the derivative 0'] = async () => {
    const program = randomProgram(new Random(7), { ...mixed, numSlots: 1 });
    const angles = [Float64Array.of(0.3), Float64Array.of(0.7, 0.8)];
    const observables = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
    const { gradients } = await backend.adjoint(
      { ...program, numSlots: 2 },
      angles,
      2,
      observables,
      Float64Array.of(1, 1),
    );
    expect([...gradients[1]]).toEqual([0, 0]);
    expect(gradients[0].length).toBe(2);
  };

  laws['gives a batch the same bits as its samples one by one'] = () =>
    overSeeds(10, async (random) => {
      const program = randomProgram(random, mixed);
      const batch = 5;
      const angles = randomAngles(random, program.numSlots, batch);
      const observables = [randomObservable(random, 4), randomObservable(random, 4)];
      const upstream = Float64Array.from({ length: 2 * batch }, () => random.normal());
      const states = await backend.statevector(program, angles, batch);
      const values = await backend.expectation(program, angles, batch, observables);
      const whole = await backend.adjoint(program, angles, batch, observables, upstream);
      for (let b = 0; b < batch; b++) {
        const own = anglesOfSample(angles, b);
        expect(await backend.statevector(program, own, 1)).toEqual(states.slice(b * 32, (b + 1) * 32));
        expect(await backend.expectation(program, own, 1, observables)).toEqual(values.slice(2 * b, 2 * b + 2));
        const single = await backend.adjoint(program, own, 1, observables, upstream.slice(2 * b, 2 * b + 2));
        expect(single.values).toEqual(whole.values.slice(2 * b, 2 * b + 2));
        expect(single.gradients.map(([slope]) => slope)).toEqual(whole.gradients.map((gradient) => gradient[b]));
      }
    });

  laws['takes a shared angle or initial state as it takes copies of it for every sample'] = () =>
    overSeeds(5, async (random) => {
      const program = randomProgram(random, { ...mixed, numSlots: 1 });
      const initial = randomStates(random, 4, 1);
      const copies = Float64Array.from({ length: 3 * 32 }, (_, i) => initial[i % 32]);
      const shared = await backend.statevector(program, [Float64Array.of(0.4)], 3, initial);
      expect(await backend.statevector(program, [Float64Array.of(0.4, 0.4, 0.4)], 3, copies)).toEqual(shared);
    });

  laws['leaves its arguments and its earlier results as they are'] = async () => {
    const random = new Random(11);
    const program = randomProgram(random, { ...mixed, numSlots: 2 });
    const call = async (start: Float64Array, own: Float64Array[], weight: Float64Array) => {
      const observables = [{ terms: [{ xMask: 3, zMask: 1, coefficient: 0.5 }] }];
      const { values, gradients } = await backend.adjoint(program, own, 2, observables, weight);
      return [await backend.statevector(program, own, 2, start), values, ...gradients];
    };
    const args = () => [randomStates(new Random(3), 4, 2), [Float64Array.of(0.1, 0.2), Float64Array.of(0.3)]] as const;
    const [start, own] = args();
    const weight = Float64Array.of(1, -2);
    const first = await call(start, [...own], weight);
    const copy = first.map((values) => values.slice());
    await call(randomStates(random, 4, 2), [Float64Array.of(1, 2), Float64Array.of(3)], Float64Array.of(5, 6));
    expect(first).toEqual(copy);
    expect([start, own]).toEqual([...args()]);
    expect(weight).toEqual(Float64Array.of(1, -2));
  };

  laws['keeps the norm over 1000 instructions'] = async () => {
    const random = new Random(1000);
    const program = randomProgram(random, { ...mixed, numQubits: 5, length: 1000 });
    const state = await backend.statevector(program, randomAngles(random, 3, 1), 1);
    // each instruction rounds without bias: errors add like a walk of 1000 steps of a few ε
    const norm = state.reduce((total, value) => total + value * value, 0);
    expect(Math.abs(norm - 1)).toBeLessThanOrEqual(16 * Math.sqrt(1000) * epsilon);
  };

  laws['undoes a program by its inverse'] = () =>
    overSeeds(10, async (random) => {
      const program = randomProgram(random, { ...mixed, numQubits: 6, length: 40 });
      const angles = randomAngles(random, program.numSlots, 2);
      const initial = randomStates(random, 6, 2);
      const there = await backend.statevector(program, angles, 2, initial);
      const negated = angles.map((values) => values.map((value) => -value));
      const back = await backend.statevector(inverseProgram(program), negated, 2, there);
      expectClose(back, initial, 2 * epsilon * units(program));
    });

  laws['refuses what it cannot run, with one error that says why'] = async () => {
    const none = { controlMask: 0, controlValue: 0 };
    const angle = { slot: 0 };
    const turn = { kind: 'rotate', ...none, xMask: 1, zMask: 0, phase: 0, angle } as const;
    const one = { numQubits: 2, numSlots: 1, instructions: [turn] } as const satisfies Program;
    const half = { kind: 'matrix', ...none, targets: [0], entries: Float64Array.of(1, 0, 0, 0, 0, 0, 0.5, 0) } as const;
    const angles = [Float64Array.of(0.5)];
    const z = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
    const withStep = (step: Program['instructions'][number]): Program => ({ ...one, instructions: [step] });
    const cases: [message: RegExp, call: () => unknown][] = [
      [/not unitary/, () => backend.adjoint(withStep(half), angles, 1, z, Float64Array.of(1))],
      [/upstream .*\[batch, observables\]/, () => backend.adjoint(one, angles, 1, z, Float64Array.of(1, 2))],
      [
        /30 qubits × batch 64 .* need .* the limit is/,
        () => backend.statevector({ ...one, numQubits: 30 }, angles, 64),
      ],
      [/numQubits/, () => backend.statevector({ ...one, numQubits: 0 }, angles, 1)],
      [/batch/, () => backend.statevector(one, angles, 0)],
      [/1 arrays of angles, got 0/, () => backend.statevector(one, [], 1)],
      [/angles\[0\] of shape/, () => backend.statevector(one, [Float64Array.of(1, 2)], 3)],
      [/angles\[0\]\[0\] .*finite/, () => backend.statevector(one, [Float64Array.of(Number.NaN)], 1)],
      [/initial of shape/, () => backend.statevector(one, angles, 1, new Float64Array(4))],
      [/slot/, () => backend.statevector(withStep({ ...turn, angle: { slot: 1 } }), angles, 1)],
      [/xMask/, () => backend.statevector(withStep({ ...turn, xMask: 4 }), angles, 1)],
      [/controls apart/, () => backend.statevector(withStep({ ...turn, controlMask: 1 }), angles, 1)],
      [/within controlMask/, () => backend.statevector(withStep({ ...turn, controlValue: 2 }), angles, 1)],
      [/target/, () => backend.statevector(withStep({ ...half, targets: [2] }), angles, 1)],
      [/distinct/, () => backend.statevector(withStep({ ...half, targets: [0, 0] }), angles, 1)],
      [/entries of shape/, () => backend.statevector(withStep({ ...half, targets: [0, 1] }), angles, 1)],
      [
        /zMask of observable 0/,
        () => backend.expectation(one, angles, 1, [{ terms: [{ xMask: 0, zMask: 4, coefficient: 1 }] }]),
      ],
    ];
    for (const [message, call] of cases) await expectRefusal(call, message);
  };

  describe(`backend ${backend.name} (${backend.precision})`, () => registerLaws(laws, skip));
}
