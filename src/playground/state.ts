import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { fromBase64, toBase64 } from '../foundation/base64.js';
import { checkAllFinite, checkChoice, checkFinite, checkInteger, checkLength } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Angles, drawAngles, qubitOf } from './qubit.js';

/** Everything that a link restores. */
export interface PageState {
  readonly ansatz: AnsatzName;
  readonly reps: number;
  readonly angles: Angles;
  /** The input whose way over the Bloch sphere is shown. */
  readonly x: number;
  /** What the network learns: a formula in x, or values drawn by hand at the sample points. */
  readonly target: string | readonly number[];
  /** Nodes between input and output; with 0 the network is one activation. */
  readonly hidden: number;
  /** Where the network's random start comes from. */
  readonly seed: number;
  /** What the network has learned, float32; absent before training. */
  readonly learned?: Float32Array;
}

/** Limits of the controls. */
export const limits = { reps: 6, hidden: 8, seed: 9999 } as const;

/** Samples of the target, x from −1 to 1. */
export const NUM_SAMPLES = 101;
export const sampleX: Float64Array = Float64Array.from(
  { length: NUM_SAMPLES },
  (_, k) => (2 * k) / (NUM_SAMPLES - 1) - 1,
);

/** Drawn values are whole thousandths, so that a link keeps them exactly; 16 bits hold up to ±32. */
const THOUSAND = 1000;
const MOST_DRAWN = 32;
export const roundDrawn = (value: number): number =>
  Math.round(THOUSAND * Math.min(MOST_DRAWN, Math.max(-MOST_DRAWN, value))) / THOUSAND;

/** A draw of angles in which every frequency shows. */
export const START = 198;

export function startState(): PageState {
  const [ansatz, reps] = ['pz', 3] as const;
  const angles = drawAngles(qubitOf(ansatz, reps), START);
  return { ansatz, reps, angles, x: 0.8, target: 'sin(4*x) * exp(-x^2)', hidden: 4, seed: 1 };
}

const WHERE = 'link';
const REMEDY = 'Copy the link anew from the page.';

/** The state as the part of a link after "#". */
export function writeHash({ ansatz, reps, angles, x, target, hidden, seed, learned }: PageState): string {
  const list = (values: readonly number[]): string => values.join(' ');
  const fields: Record<string, string> = {
    ansatz,
    reps: String(reps),
    theta: list(angles.theta),
    w: list(angles.weights),
    b: list(angles.biases),
    x: String(x),
    ...(typeof target === 'string'
      ? { target }
      : { drawn: pack(Int16Array.from(target, (value) => Math.round(THOUSAND * value))) }),
    hidden: String(hidden),
    seed: String(seed),
    ...(learned && { learned: pack(learned) }),
  };
  return new URLSearchParams(fields).toString();
}

/**
 * The state that `writeHash` wrote.
 *
 * @throws if a field is absent or not what it should be
 */
export function readHash(hash: string): PageState {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (name: string): string => {
    const found = fields.get(name);
    if (found === null) throw new DaruanError(WHERE, `it has no "${name}"`, REMEDY);
    return found;
  };
  const number = (name: string): number => {
    const value = text(name).trim() === '' ? Number.NaN : Number(text(name));
    checkFinite(WHERE, name, value);
    return value;
  };
  const integer = (name: string, least: number, most: number): number => {
    const value = number(name);
    checkInteger(WHERE, name, value, least, most);
    return value;
  };
  const ansatz = text('ansatz');
  checkChoice(WHERE, 'ansatz', ansatz, Object.keys(ansatze) as AnsatzName[]);
  const reps = integer('reps', 1, limits.reps);
  const qubit = qubitOf(ansatz, reps);
  const { names, domain } = qubit;
  const numbers = (name: string, count: number): number[] => {
    const values = text(name).split(' ').map(Number);
    checkLength(WHERE, name, values, count, `of ${ansatz}, r = ${reps}`);
    checkAllFinite(WHERE, name, values);
    return values;
  };
  const angles = {
    theta: numbers('theta', names.theta.length),
    weights: numbers('w', reps),
    biases: numbers('b', reps),
  };
  const x = number('x');
  if (Math.abs(x) > domain) throw expected(WHERE, `x in [−${domain}, ${domain}]`, x, REMEDY);
  const learned = fields.has('learned') ? new Float32Array(unpack('learned', text('learned'), 4)) : undefined;
  if (learned) checkAllFinite(WHERE, 'learned', learned);
  return {
    ansatz,
    reps,
    angles,
    x,
    target: fields.has('drawn') ? readDrawn(text('drawn')) : text('target'),
    hidden: integer('hidden', 0, limits.hidden),
    seed: integer('seed', 0, limits.seed),
    ...(learned && { learned }),
  };
}

function readDrawn(text: string): number[] {
  const values = Array.from(new Int16Array(unpack('drawn', text, 2)), (value) => value / THOUSAND);
  checkLength(WHERE, 'drawn', values, NUM_SAMPLES, '[samples]');
  return values;
}

/** Base64 with the letters that a link keeps as they are. */
const pack = ({ buffer }: Int16Array | Float32Array): string =>
  toBase64(new Uint8Array(buffer as ArrayBuffer))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

function unpack(name: string, text: string, size: number): ArrayBuffer {
  if (!/^[\w-]*$/.test(text)) throw expected(WHERE, `${name} in base64`, text, REMEDY);
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch (cause) {
    throw new DaruanError(WHERE, `${name} is no base64`, REMEDY, { cause });
  }
  if (bytes.length % size !== 0) throw expected(WHERE, `${name} in numbers of ${size} bytes`, bytes.length, REMEDY);
  return bytes.buffer as ArrayBuffer;
}
