import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { drawAngles, qubitOf } from '../../src/playground/qubit.js';
import {
  NUM_SAMPLES,
  type PageState,
  readHash,
  roundDrawn,
  startState,
  writeHash,
} from '../../src/playground/state.js';

const names = Object.keys(ansatze) as (keyof typeof ansatze)[];

const states = fc
  .record({
    ansatz: fc.constantFrom(...names),
    reps: fc.integer({ min: 1, max: 6 }),
    draw: fc.nat(1000),
    x: fc.double({ min: -1, max: 1, noNaN: true }),
    target: fc.oneof(
      fc.string(),
      fc.array(
        fc.integer({ min: -40_000, max: 40_000 }).map((value) => roundDrawn(value / 1000)),
        {
          minLength: NUM_SAMPLES,
          maxLength: NUM_SAMPLES,
        },
      ),
    ),
    hidden: fc.integer({ min: 0, max: 8 }),
    seed: fc.nat(9999),
    learned: fc.option(fc.float32Array({ maxLength: 40, noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  })
  .map(
    ({ draw, learned, ...rest }): PageState => ({
      ...rest,
      angles: drawAngles(qubitOf(rest.ansatz, rest.reps), draw),
      ...(learned && { learned }),
    }),
  );

describe('A link', () => {
  it('restores every state exactly', () => {
    fc.assert(
      fc.property(states, (state) => {
        const restored = readHash(`#${writeHash(state)}`);
        // −0 and 0 are the same place of a slider
        expect(JSON.parse(JSON.stringify(restored))).toEqual(JSON.parse(JSON.stringify(state)));
        expect(restored.learned).toEqual(state.learned);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('holds only characters that a link keeps as they are', () => {
    const drawn = Array.from({ length: NUM_SAMPLES }, (_, k) => roundDrawn(Math.sin(k)));
    const hash = writeHash({ ...startState(), target: drawn, learned: Float32Array.of(Math.PI, -1e-30, 7) });
    expect(hash).toMatch(/^[\w.~%+=&*-]+$/);
    expect(new URL(`http://localhost/#${hash}`).hash).toBe(`#${hash}`);
  });

  const good = writeHash(startState());
  const changed = (name: string, value: string): string => {
    const fields = new URLSearchParams(good);
    fields.set(name, value);
    return fields.toString();
  };
  it.each([
    ['nothing', '', 'link: it has no "ansatz". Copy the link anew from the page.'],
    ['another ansatz', changed('ansatz', 'toString'), 'ansatz to be one of "pz"'],
    ['too many repetitions', changed('reps', '7'), 'reps to be an integer in 1 … 6'],
    ['a repetition and a half', changed('reps', '1.5'), 'reps to be an integer'],
    ['too few angles', changed('theta', '1 2'), 'theta of shape of pz, r = 3, 8 numbers'],
    ['an angle that is none', changed('w', '1 x 1'), 'w[1] to be a finite number'],
    ['an empty x', changed('x', ''), 'x to be a finite number'],
    ['an x beyond the pictures', changed('x', '4'), 'x in [−3.14'],
    ['a drawing that is too short', changed('drawn', 'AAA'), 'drawn of shape [samples], 101 numbers'],
    ['a drawing in other letters', changed('drawn', 'ä'), 'drawn in base64'],
    ['learned numbers cut off', changed('learned', 'AAAA'), 'learned in numbers of 4 bytes'],
    ['learned numbers that are infinite', changed('learned', 'AACAfw'), 'learned[0] to be a finite number'],
  ])('with %s is refused', (_, hash, message) => {
    expect(() => readHash(hash)).toThrow(message);
  });
});
