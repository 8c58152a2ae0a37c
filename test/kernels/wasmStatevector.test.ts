import { describe, expect, test } from 'vitest';
import type { Backend, Instruction, PauliMasks, PauliSum, Program } from '../../kernels/backend.js';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { planProgram, specialise } from '../../kernels/wasm/statevector/program.js';
import { stepsOf } from '../../kernels/wasm/statevector/steps.js';
import { absorbTrailing } from '../../kernels/wasm/statevector/trailing.js';
import { termsOf, wordsOf } from '../../kernels/wasm/statevector/words.js';
import { DaruanError } from '../../src/foundation/errors.js';
import { Random } from '../../src/foundation/random.js';
import { backendConformance } from './conformance.js';
import { randomAngles, randomObservable, randomProgram, randomStates } from './oracle/programs.js';

const float64 = await wasmBackend({ precision: 'float64', threads: 1 });
const float32 = await wasmBackend({ precision: 'float32', threads: 1 });
const backends = [float64, float32];
const threaded = await Promise.all(backends.map(({ precision }) => wasmBackend({ precision, threads: 2 })));

for (const backend of backends) backendConformance(backend);

const none = { controlMask: 0, controlValue: 0 };
const flip = Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0);
const EPSILON = { float64: 2 ** -52, float32: 2 ** -23 } as const;

/** Half a layer of rotations about mixed axes, diagonals of one and two qubits, and a ring of controlled flips, twice over. */
function layered(random: Random, numQubits: number): Program {
  const instructions: Instruction[] = [];
  let numSlots = 0;
  for (let layer = 0; layer < 2; layer++) {
    for (const [xs, zs] of [
      [1, 0],
      [0, 1],
      [1, 1],
    ]) {
      for (let qubit = 0; qubit < numQubits; qubit++) {
        const masks = { xMask: xs << qubit, zMask: zs << qubit };
        instructions.push({
          kind: 'rotate',
          ...none,
          ...masks,
          phase: random.uniform(-1, 1),
          angle: { slot: numSlots++ },
        });
      }
    }
    for (let qubit = 0; qubit < numQubits; qubit++) {
      const zMask = (1 << qubit) | (1 << random.integer(numQubits));
      instructions.push({ kind: 'rotate', ...none, xMask: 0, zMask, phase: 0, angle: { slot: numSlots++ } });
    }
    for (let qubit = 0; qubit < numQubits; qubit++) {
      const controls = { controlMask: 1 << qubit, controlValue: random.integer(2) << qubit };
      instructions.push({ kind: 'matrix', ...controls, targets: [(qubit + 1) % numQubits], entries: flip });
    }
  }
  return { numQubits, numSlots, instructions };
}

/** Instructions of all kinds, on qubits far apart. */
const scattered = (random: Random, numQubits: number): Program =>
  randomProgram(random, {
    numQubits,
    length: 24,
    numSlots: 5,
    kinds: ['rotate', 'rotate', 'matrix'],
    controls: 0.15,
    targets: [0, 1, 1, 2, 3],
    unitary: true,
  });

/** A rotation that flips every qubit: more than a chunk holds. */
const wide = (_: Random, numQubits: number): Program => ({
  numQubits,
  numSlots: 2,
  instructions: [
    { kind: 'rotate', ...none, xMask: 2 ** numQubits - 1, zMask: 5, phase: 0.25, angle: { slot: 0 } },
    { kind: 'rotate', ...none, xMask: 2 ** (numQubits - 1), zMask: 3, phase: 0, angle: { slot: 1 } },
  ],
});

const families = { layered, scattered, wide };

/** Rounding of all instructions, each of a few ε on a state of norm 1; they add like a walk, and |O| ≤ 4. */
const tolerance = (program: Program, epsilon: number): number =>
  4 * 8 * epsilon * Math.sqrt(program.instructions.length);

function largestDifference(got: Float64Array, wanted: Float64Array): number {
  expect(got.length).toBe(wanted.length);
  return got.reduce((largest, value, k) => Math.max(largest, Math.abs(value - wanted[k])), 0);
}

/** What all three functions return, as a list. */
function everything(backend: Backend, program: Program, seed: number, batch: number): Float64Array[] {
  const random = new Random(seed);
  const angles = randomAngles(random, program.numSlots, batch);
  const observables: PauliSum[] = [
    randomObservable(random, program.numQubits),
    randomObservable(random, program.numQubits),
  ];
  const upstream = Float64Array.from({ length: 2 * batch }, () => random.uniform(-1, 1));
  const { values, gradients } = backend.adjoint(program, angles, batch, observables, upstream);
  const initial = randomStates(random, program.numQubits, 1);
  return [
    backend.statevector(program, angles, batch),
    backend.statevector(program, angles, batch, initial),
    backend.expectation(program, angles, batch, observables),
    values,
    ...gradients,
  ];
}

describe.each(Object.entries(families))('programs that are %s', (_, family) => {
  // 5 and 6: the border of the layouts; 14: states are cut into chunks
  test.each([5, 6, 9, 14])('give on %i qubits what the reference gives', (numQubits) => {
    const program = family(new Random(numQubits), numQubits);
    const batch = numQubits < 10 ? 3 : 1;
    const wanted = everything(referenceBackend, program, 7, batch);
    for (const backend of backends) {
      const bound = tolerance(program, EPSILON[backend.precision]);
      everything(backend, program, 7, batch).forEach((values, k) => {
        expect(largestDifference(values, wanted[k])).toBeLessThanOrEqual(bound);
      });
    }
  });

  test('give the same bits with one thread and with two', () => {
    for (const [numQubits, batch] of [
      [3, 1367],
      [8, 40],
      [14, 1],
    ]) {
      const program = family(new Random(numQubits), numQubits);
      backends.forEach((backend, k) => {
        expect(everything(threaded[k], program, 3, batch)).toEqual(everything(backend, program, 3, batch));
      });
    }
  });
});

test('runs that differ from the one before in angles, observables, batch or purpose give the bits of a run of their own', async () => {
  const random = new Random(31);
  const other = layered(random, 2);
  for (const precision of ['float64', 'float32'] as const) {
    const [used, aside] = await Promise.all([0, 1].map(() => wasmBackend({ precision, threads: 1 })));
    for (const program of [layered(random, 3), scattered(random, 7), wide(random, 14)]) {
      const { numSlots } = program;
      const one = randomAngles(random, numSlots, 2).map((values) => values.slice(0, 1));
      const two = randomAngles(random, numSlots, 2).map((values) => values.slice(0, 1));
      const own = randomAngles(random, numSlots, 2);
      const [first, second] = [0, 1].map(() => [randomObservable(random, 3), randomObservable(random, 3)]);
      const ones = new Float64Array(4).fill(1);
      const requests: ((backend: Backend) => unknown)[] = [
        (backend) => backend.expectation(program, one, 1, first),
        (backend) => backend.expectation(program, two, 1, first),
        (backend) => backend.expectation(program, two, 1, second),
        (backend) => backend.expectation(program, two, 2, second),
        (backend) => backend.expectation(program, own, 2, second),
        (backend) => backend.expectation(program, two, 2, second),
        (backend) => backend.adjoint(program, two, 2, second, ones),
        (backend) => backend.adjoint(program, one, 2, second, ones),
        (backend) => backend.statevector(program, one, 2),
        (backend) => backend.statevector(program, two, 2),
      ];
      for (const ask of requests) {
        aside.statevector(other, randomAngles(random, other.numSlots, 1), 1);
        expect(ask(used)).toEqual(ask(aside));
      }
    }
  }
});

test('samples of a large batch get the bits that they get alone', () => {
  const program = layered(new Random(2), 3);
  const random = new Random(5);
  const angles = Array.from({ length: program.numSlots }, () =>
    Float64Array.from({ length: 1500 }, () => random.uniform(-4, 4)),
  );
  const z = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
  for (const backend of backends) {
    const all = backend.expectation(program, angles, 1500, z);
    for (const sample of [0, 1, 511, 512, 1023, 1024, 1499]) {
      const own = angles.map((values) => values.slice(sample, sample + 1));
      expect(backend.expectation(program, own, 1, z)[0]).toBe(all[sample]);
    }
  }
});

/** Steps on single qubits, then controlled rotations, then steps that words can take over: flips, diagonals, one not unitary. */
function wrapped(random: Random, numQubits: number, isUnitary: boolean): Program {
  const instructions: Instruction[] = [];
  let numSlots = 0;
  const rotate = (xMask: number, zMask: number, controls = none, phase = random.uniform(-1, 1)): void => {
    instructions.push({ kind: 'rotate', ...controls, xMask, zMask, phase, angle: { slot: numSlots++ } });
  };
  const apply = (target: number, entries: ArrayLike<number>, controls = none): void => {
    instructions.push({ kind: 'matrix', ...controls, targets: [target], entries: Float64Array.from(entries) });
  };
  const root = Math.SQRT1_2;
  const on = (qubit: number) => ({ controlMask: 1 << qubit, controlValue: random.integer(2) << qubit });
  const each = (visit: (qubit: number) => void): void => {
    for (let qubit = 0; qubit < numQubits; qubit++) visit(qubit);
  };
  each((qubit) => rotate(1 << qubit, random.integer(2) << qubit));
  each((qubit) => apply(qubit, [root, 0, 0, -root, 0, -root, root, 0]));
  each((qubit) => rotate(0, 1 << qubit, none, 0.5));
  each((qubit) => apply(qubit, qubit % 2 ? [0.6, 0.8, 0, 0, 0, 0, -1, 0] : [1, 0, 0, 0, 0, 0, 0, 1]));
  each((qubit) => rotate(1 << ((qubit + 1) % numQubits), random.integer(2) << ((qubit + 1) % numQubits), on(qubit)));
  if (!isUnitary) apply(numQubits - 2, [1, 0, 0, 0, 0, 0, 0.5, 0]);
  each((qubit) => apply((qubit + 1) % numQubits, flip, on(qubit)));
  each((qubit) => rotate(0, (1 << qubit) | (1 << random.integer(numQubits)), none));
  each((qubit) => apply(qubit, flip));
  each((qubit) => apply((qubit + 3) % numQubits, flip, on(qubit)));
  rotate(6, 3);
  rotate(8, 0, on(2));
  rotate(0, 16, on(5), 0);
  if (!isUnitary) apply(3, [0.5, 0, 0, 0, 0, 0, 1, 0]);
  return { numQubits, numSlots, instructions };
}

test('what comes first on single qubits, and what words can take over at the end, gives what the reference gives', () => {
  const numQubits = 14;
  const random = new Random(77);
  for (const isUnitary of [true, false]) {
    const program = wrapped(random, numQubits, isUnitary);
    const angles = randomAngles(random, program.numSlots, 1);
    const word = () => ({
      xMask: random.integer(2 ** numQubits),
      zMask: random.integer(2 ** numQubits),
      coefficient: 1,
    });
    const high = 2 ** (numQubits - 1);
    const observables: PauliSum[] = [
      { terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] },
      {
        terms: [
          { xMask: 0, zMask: high + 9, coefficient: -0.5 },
          { xMask: 1, zMask: 3, coefficient: 0.7 },
        ],
      },
      { terms: [word(), word(), word()] },
      {
        terms: Array.from({ length: 32 }, (_, zMask) => ({ xMask: 0, zMask, coefficient: random.uniform(-0.2, 0.2) })),
      },
      { terms: [{ xMask: high, zMask: high, coefficient: 2 }] },
    ];
    for (const asked of [observables, observables.slice(0, 1), observables.slice(3, 4), observables.slice(4)]) {
      const upstream = Float64Array.from(asked, () => random.uniform(-1, 1));
      const both = (backend: Backend) => {
        if (!isUnitary) return [backend.expectation(program, angles, 1, asked)];
        const { values, gradients } = backend.adjoint(program, angles, 1, asked, upstream);
        return [backend.expectation(program, angles, 1, asked), values, ...gradients];
      };
      const wanted = both(referenceBackend);
      for (const backend of backends) {
        const bound = tolerance(program, EPSILON[backend.precision]);
        both(backend).forEach((values, k) => {
          expect(largestDifference(values, wanted[k])).toBeLessThanOrEqual(bound);
        });
      }
    }
  }
});

test('a flip at the end makes of every word of two qubits the word that has its value before the flip', () => {
  const random = new Random(4);
  const options = { numQubits: 2, length: 8, numSlots: 0, kinds: ['matrix'], controls: 0, unitary: true } as const;
  const before = randomProgram(random, { ...options, targets: [1, 2] });
  const value = (program: Program, masks: PauliMasks, coefficient = 1): number =>
    referenceBackend.expectation(program, [], 1, [{ terms: [{ ...masks, coefficient }] }])[0];
  for (const controls of [none, { controlMask: 2, controlValue: 2 }, { controlMask: 2, controlValue: 0 }]) {
    const last: Instruction = { kind: 'matrix', ...controls, targets: [0], entries: flip };
    const { steps } = stepsOf({ ...before, instructions: [last] });
    for (let index = 0; index < 16; index++) {
      const masks = { xMask: index & 3, zMask: index >> 2 };
      const absorbed = absorbTrailing(steps, [{ ...masks, coefficient: 1, owner: 0 }]);
      expect(absorbed.steps).toEqual([]);
      const [{ coefficient, ...word }] = absorbed.terms;
      const after = value({ ...before, instructions: [...before.instructions, last] }, masks);
      expect(Math.abs(value(before, word, coefficient) - after)).toBeLessThan(1e-14);
    }
  }
});

test('rotations, diagonals and a ring of flips leave a product of one-qubit states and other words to sum', () => {
  const [x, z] = [0, 1].map((zs) =>
    Array.from({ length: 14 }, (_, q): Instruction => {
      const masks = { xMask: (1 - zs) << q, zMask: zs << q };
      return { kind: 'rotate', ...none, ...masks, phase: 0, angle: { slot: q + 14 * zs } };
    }),
  );
  const flips = Array.from({ length: 14 }, (_, q): Instruction => {
    return { kind: 'matrix', controlMask: 1 << q, controlValue: 1 << q, targets: [(q + 1) % 14], entries: flip };
  });
  const plan = planProgram({ numQubits: 14, numSlots: 28, instructions: [...x, ...z, ...flips] }, 'float64');
  const asked = wordsOf([{ terms: [{ xMask: 0, zMask: 1, coefficient: 3 }] }]);
  const { plan: left, words } = specialise(plan, asked, true);
  expect(plan.steps).toHaveLength(42);
  expect(left.steps).toHaveLength(0);
  expect(left.leading.map((step) => step.kind)).toEqual(Array(13).fill('turn')); // none about the qubit that no word reads
  expect(termsOf(words)).toEqual([{ xMask: 0, zMask: 2 ** 14 - 2, coefficient: 3, owner: 0 }]);
});

test('angles of thousands of turns keep the digits that float64 has of them', () => {
  const program: Program = {
    numQubits: 1,
    numSlots: 1,
    instructions: [{ kind: 'rotate', ...none, xMask: 1, zMask: 0, phase: 0, angle: { slot: 0 } }],
  };
  const z = [{ terms: [{ xMask: 0, zMask: 1, coefficient: 1 }] }];
  const angles = Float64Array.of(1e4, -54321.5, 3e6, 1e9, -7e12);
  const wanted = angles.map(Math.cos);
  for (const backend of backends) {
    const got = backend.expectation(program, [angles], angles.length, z);
    // beyond 2²⁰ an angle is reduced through its sine; below, kπ is right to 2⁻⁵² k, and k < 2²⁰
    const bound = backend.precision === 'float64' ? 2 ** -32 : 4 * EPSILON.float32;
    expect(largestDifference(got, wanted)).toBeLessThanOrEqual(bound);
  }
});

test('matrices that follow one another on a qubit, or on one of a pair, act as one by one', () => {
  const random = new Random(12);
  const options = { numQubits: 7, length: 40, numSlots: 0, kinds: ['matrix'], controls: 0, unitary: true } as const;
  const program = randomProgram(random, { ...options, targets: [1, 1, 1, 2] });
  const wanted = referenceBackend.statevector(program, [], 1);
  for (const backend of backends) {
    const bound = tolerance(program, EPSILON[backend.precision]);
    expect(largestDifference(backend.statevector(program, [], 1), wanted)).toBeLessThanOrEqual(bound);
  }
});

test('an unknown precision, a fractional number of threads and a state beyond 4 GiB are refused', async () => {
  await expect(wasmBackend({ precision: 'float16' as 'float32' })).rejects.toThrow(/precision.*"float32", "float64"/);
  await expect(wasmBackend({ threads: 1.5 })).rejects.toThrow(/threads to be an integer/);
  const program: Program = { numQubits: 28, numSlots: 0, instructions: [] };
  expect(() => float64.statevector(program, [], 1)).toThrow(/28 qubits × batch 1 in float64 need .* at most 27 qubits/);
  expect(() => float64.statevector(program, [], 1)).toThrow(DaruanError);
});

test('angles that are not finite are refused at the second run of a program too', () => {
  const program = layered(new Random(1), 2);
  const angles = randomAngles(new Random(1), program.numSlots, 1);
  for (const backend of backends) {
    backend.statevector(program, angles, 1);
    const broken = angles.map((values, k) => (k === 3 ? Float64Array.of(Number.NaN) : values));
    expect(() => backend.statevector(program, broken, 1)).toThrow(/angles\[3\]\[0\] .*finite/);
    expect(() => backend.statevector(program, angles.slice(1), 1)).toThrow(/arrays of angles/);
  }
});
