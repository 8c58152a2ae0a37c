import type { Angle } from '../../../circuits/angle/expression.js';
import { formatAngle } from '../../../circuits/angle/format.js';
import { multipleOfPi } from '../../../circuits/text/multipleOfPi.js';
import { type Attributes, element, escapeXml } from '../markup.js';
import { widthOf } from '../names.js';
import { shortNumber } from '../numbers.js';

/** A piece of a text that stands on the line, or lowered or raised beside it. */
export interface Run {
  readonly text: string;
  readonly place: 'line' | 'sub' | 'super';
}

const NAMES =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega';
const LETTERS = 'α β γ δ ε ζ η θ ι κ λ μ ν ξ π ρ σ τ φ χ ψ ω'.split(' ');
const greek: ReadonlyMap<string, string> = new Map(NAMES.split(' ').map((name, k) => [name, LETTERS[k]]));

// Characters that no symbol contains; they mark where the text is lowered or raised, and where it comes back.
const [SUB, SUPER, LINE] = ['\u0001', '\u0002', '\u0003'];

/** `theta_0_1` as θ with the indices 0,1 lowered. */
export function nameRuns(name: string): Run[] {
  const [base, ...indices] = name.split('_');
  const letter: Run = { text: greek.get(base) ?? base, place: 'line' };
  return indices.length === 0 ? [letter] : [letter, { text: indices.join(','), place: 'sub' }];
}

/** An angle as it is drawn: Greek letters, indices lowered, multiples of π, other numbers with three digits. */
export function angleRuns(angle: Angle, rename: (name: string) => string = (name) => name): Run[] {
  const text = formatAngle(angle, {
    number: (value) => multipleOfPi(value, 'π')?.replace('-', '−') ?? shortNumber(value),
    symbol: (name) => nameRuns(rename(name)).map(marked).join(''),
    power: (base, exponent) => `${base}${SUPER}${exponent}${LINE}`,
  });
  return unmarked(text.replace(/\*/g, '\u2009').replace(/-/g, '−'));
}

const marked = ({ text, place }: Run): string =>
  place === 'line' ? text : `${place === 'sub' ? SUB : SUPER}${text}${LINE}`;

function unmarked(text: string): Run[] {
  const runs: Run[] = [];
  let place: Run['place'] = 'line';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the marks
  for (const part of text.split(/([\u0001-\u0003])/)) {
    if (part === SUB) place = 'sub';
    else if (part === SUPER) place = 'super';
    else if (part === LINE) place = 'line';
    else if (part !== '') runs.push({ text: part, place });
  }
  return runs;
}

/** Runs with commas between them. */
export const listRuns = (lists: readonly (readonly Run[])[]): Run[] =>
  lists.flatMap((runs, k): Run[] => (k === 0 ? [...runs] : [{ text: ', ', place: 'line' }, ...runs]));

/** Runs as one line of plain text. */
export const plain = (runs: readonly Run[]): string =>
  runs.map(({ text, place }) => (place === 'line' ? text : place === 'sub' ? `_${text}` : `^${text}`)).join('');

const SMALL = 0.72;

/** About how wide runs are, in pixels. */
export const runsWidth = (runs: readonly Run[], size: number): number =>
  runs.reduce((sum, { text, place }) => sum + widthOf(text, place === 'line' ? size : SMALL * size), 0);

/** Runs as one SVG text at (x, y). */
export function drawRuns(x: number, y: number, runs: readonly Run[], size: number, attributes: Attributes): string {
  const shift = { line: 0, sub: 0.22 * size, super: -0.38 * size };
  let before = 0;
  const parts = runs.map(({ text, place }) => {
    const dy = shift[place] - before;
    before = shift[place];
    if (place === 'line' && dy === 0) return escapeXml(text);
    return element('tspan', { dy, 'font-size': place === 'line' ? undefined : SMALL * size }, escapeXml(text));
  });
  return element('text', { x, y, 'font-size': size, ...attributes }, ...parts);
}
