import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DaruanError } from '../src/foundation/errors.js';
import { badInput as ofActivations } from './activation/badInput.js';
import { badInput as ofNodeActivations } from './activations/badInput.js';
import { badCircuitInput } from './circuits/badInput.js';
import { badInput as ofData } from './data/badInput.js';
import { badInput as ofNoise } from './noise/badInput.js';
import { badInput as ofPictures } from './plot/badInput.js';
import { badInput as ofSimulation } from './simulate/badInput.js';
import { badInput as ofSpectra } from './spectrum/badInput.js';
import { badInput as ofLayers } from './tf/badInput.js';
import { useBackend } from './tf/environment.js';
import { badInput as ofClassicalLayers } from './tf/kanBadInput.js';
import { badInput as ofLanguage } from './tf/language/badInput.js';
import { badInput as ofTranspiling } from './transpile/badInput.js';

/** A call with bad input, and what its error must say: a part of the message, or a pattern of it. */
interface BadInput {
  readonly name: string;
  readonly run: () => unknown;
  readonly message: string | RegExp;
}

const tables: Readonly<Record<string, readonly BadInput[]>> = {
  circuits: badCircuitInput,
  simulation: ofSimulation,
  activations: ofActivations,
  'node-wise activations and analysis': ofNodeActivations,
  spectra: ofSpectra,
  data: ofData,
  pictures: ofPictures,
  layers: ofLayers,
  'classical layers': ofClassicalLayers,
  language: ofLanguage,
  transpiling: ofTranspiling,
  'noise and deployment': ofNoise,
};

/** What a call throws, or rejects with. */
const errorOf = (run: () => unknown): Promise<unknown> =>
  Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (error: unknown) => error,
    );

describe.each(Object.entries(tables))('Bad input of %s gets one clear error', (area, cases) => {
  beforeAll(() => useBackend('cpu'));

  it.each(cases)('$name', async ({ run, message }) => {
    const printed = (['log', 'warn', 'error'] as const).map((channel) => vi.spyOn(console, channel));
    const error = (await errorOf(run)) as DaruanError;
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]); // the error says all, and says it once
    for (const spy of printed) spy.mockRestore();

    expect(error).toBeInstanceOf(DaruanError);
    if (area === 'circuits' && typeof message === 'string') expect(error.message).toBe(message);
    else expect(error.message).toMatch(message); // a text is looked for as it is

    // where: problem. Remedy.
    const { where, problem, remedy } = error;
    expect(error.message).toBe(`${where}: ${problem}.${remedy && ` ${remedy}`}`);
    expect(where).toMatch(/^\S(.*\S)?$/);
    expect(problem).toMatch(/^\S(.*[^\s.])?$/);
    expect(remedy).toMatch(/^$|^["A-Z].*[.?)]$/);
    expect(error.message).not.toContain('[object');
  });
});

describe('The tables of bad input', () => {
  it('hold many cases, no two of one name', () => {
    const names = Object.entries(tables).flatMap(([area, cases]) => cases.map(({ name }) => `${area}: ${name}`));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(200);
  });
});
