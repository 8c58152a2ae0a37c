import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromQasm2, fromQasm3 } from '../../../circuits/text/fromQasm.js';
import { DaruanError } from '../../../src/foundation/errors.js';
import { programs2, programs3 } from './programs.js';

const benchmarks = new URL('../../fixtures/qasm2/benchmarks/', import.meta.url);
const benchmark = (file: string): string => readFileSync(new URL(file, benchmarks), 'utf8');

const head3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';

const doubled = (first: string, levels: number, call: (k: number) => string): string =>
  [first, ...Array.from({ length: levels }, (_, k) => call(k))].join('\n');

describe('Hostile programs end soon, in an error with a place', () => {
  it.each([
    [
      'gates that double',
      doubled('gate g0 a { h a; }', 60, (k) => `gate g${k + 1} a { g${k} a; g${k} a; }`).concat('qubit q; g60 q;'),
    ],
    [
      'gates that double nothing',
      doubled('gate g0 a { }', 60, (k) => `gate g${k + 1} a { g${k} a; g${k} a; }`).concat('qubit q; g60 q;'),
    ],
    [
      'formulas that double',
      doubled('gate g0(t) a { rx(t) a; }', 60, (k) => `gate g${k + 1}(t) a { g${k}(t*t) a; }`).concat(
        'input float x1; qubit q; g60(x1) q;',
      ),
    ],
    [
      'a long chain of gates',
      doubled('gate g0 a { h a; }', 5000, (k) => `gate g${k + 1} a { g${k} a; }`).concat('qubit q; g5000 q;'),
    ],
    ['loops in loops', 'qubit q; for int i in [0:99999] { for int j in [0:99999] { } }'],
    ['a long range', 'qubit q; for int i in [0:9000000000] { h q; }'],
    ['a high power', 'qubit q; pow(1000000000000) @ h q;'],
    ['powers of powers', `qubit q; ${'pow(1000) @ '.repeat(30)} h q;`],
    ['parentheses', `qubit q; rx(${'('.repeat(100_000)}`],
    ['signs', `qubit q; rx(${'-'.repeat(100_000)}1) q;`],
    ['a long sum', `qubit q; rx(${'1+'.repeat(100_000)}1) q;`],
    ['powers from the right', `qubit q; rx(${'1**'.repeat(100_000)}1) q;`],
    ['blocks', `qubit q; ${'if (true) {'.repeat(100_000)}`],
    ['a big register', 'qubit[1000000000] q;'],
    ['broadcasts', `qubit[100000] q; ${'h q;'.repeat(30)}`],
    ['a comment', `/*${' '.repeat(2_000_000)}`],
    ['brackets', `qubit q; ${'q['.repeat(50_000)}`],
    ['modifiers', `qubit q; ${'inv @ '.repeat(50_000)} rx(1) q, q;`],
  ])(
    '%s',
    (_, body) => {
      const start = performance.now();
      expect(() => fromQasm3(head3 + body)).toThrow(/^fromQasm3: line \d+, column \d+: \S/);
      expect(performance.now() - start).toBeLessThan(8000);
    },
    10_000,
  );
});

/** A program with some of its parts cut, doubled, exchanged or replaced. */
const mutated = (programs: readonly string[]): fc.Arbitrary<string> => {
  const alien = fc.constantFrom(
    ...'; { } ( ) [ ] , @ -> == 0 99999999 1e999 -1 "x" pi q c gate if for qreg ctrl inv pow(2) h \u0000 λ \n'.split(
      ' ',
    ),
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.nat(3),
    with: fc.option(alien),
    move: fc.boolean(),
  });
  return fc
    .tuple(fc.constantFrom(...programs), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([program, edits]) =>
      edits
        .reduce(
          (parts, { at, size, with: replacement, move }) => {
            const index = Math.floor(at * parts.length);
            const cut = parts.slice(index, index + size);
            const rest = [
              ...parts.slice(0, index),
              ...(replacement === null ? [] : [replacement]),
              ...parts.slice(index + size),
            ];
            return move ? [...rest, ...cut] : rest;
          },
          program.split(/(\b|(?=\W))/),
        )
        .join(''),
    );
};

describe.each([
  ['fromQasm2', fromQasm2, programs2],
  ['fromQasm3', fromQasm3, programs3],
] as const)('%s', (name, read, programs) => {
  it.each(programs.map((program) => [program]))('reads a program that uses the language widely %#', (program) => {
    expect(read(program).steps.length).toBeGreaterThan(10);
    expect(read(program.replaceAll('\n', '\r\n'))).toEqual(read(program));
  });

  it('throws nothing but its own error, with a place, for 4,000 broken programs', () => {
    let [broken, longest] = [0, 0];
    fc.assert(
      fc.property(mutated(programs), (program) => {
        const start = performance.now();
        try {
          read(program);
        } catch (error) {
          broken += 1;
          expect(error).toBeInstanceOf(DaruanError);
          const place = new RegExp(`^${name}: line (\\d+), column (\\d+): \\S`).exec((error as Error).message);
          expect(place, (error as Error).message).not.toBeNull();
          expect(Number(place?.[1])).toBeLessThanOrEqual(program.split('\n').length);
        }
        longest = Math.max(longest, performance.now() - start);
      }),
      { seed: 20, numRuns: 4000 },
    );
    expect(broken).toBeGreaterThan(2000);
    expect(longest).toBeLessThan(2000);
  }, 30_000);
});

describe('The benchmark programs', () => {
  const programs = readdirSync(benchmarks).map(benchmark);

  it('cut off after any of their lines, or within one, are read or refused with a place', () => {
    let refused = 0;
    for (const program of programs) {
      for (let end = 1; end < program.length; end += 7) {
        try {
          fromQasm2(program.slice(0, end));
        } catch (error) {
          refused += 1;
          expect(error).toBeInstanceOf(DaruanError);
          expect((error as Error).message).toMatch(/^fromQasm2: line \d+, column \d+: \S/);
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
  }, 30_000);

  it('mutated, are read or refused with a place', () => {
    fc.assert(
      fc.property(mutated(programs), (program) => {
        try {
          fromQasm2(program);
        } catch (error) {
          expect(error).toBeInstanceOf(DaruanError);
          expect((error as Error).message).toMatch(/^fromQasm2: line \d+, column \d+: \S/);
        }
      }),
      { seed: 21, numRuns: 1000 },
    );
  }, 30_000);
});
