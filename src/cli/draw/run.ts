import type { Circuit } from '../../../circuits/circuit.js';
import type { DynamicCircuit } from '../../../circuits/dynamicCircuit.js';
import { draw } from '../../../circuits/text/ascii.js';
import { toQuantikz } from '../../../circuits/text/quantikz.js';
import { DaruanError } from '../../foundation/errors.js';
import { circuitSvg } from '../../plot/circuit/circuit.js';
import { withoutMeasurements } from '../readCircuit.js';
import { circuitOf } from '../source.js';
import { deliver } from '../writeText.js';
import type { DrawFormat, DrawOptions } from './command.js';

type Writer = (source: Circuit | DynamicCircuit, options: DrawOptions) => string;

/** How a circuit is drawn: one row a format. */
const writers: Readonly<Record<DrawFormat, Writer>> = {
  text: (source, { width }) => `${draw(gatesOf(source), { width })}\n`,
  svg: (source, { width, theme, title, fold }) =>
    circuitSvg(source, { width, theme, title, repeats: fold ? 'fold' : 'unfold' }),
  quantikz: (source) => toQuantikz(gatesOf(source)),
};

/** The gates alone; throws if the program decides or measures before its end. */
function gatesOf(source: Circuit | DynamicCircuit): Circuit {
  try {
    return withoutMeasurements(source);
  } catch (cause) {
    if (!(cause instanceof DaruanError)) throw cause;
    throw new DaruanError('draw', cause.problem, 'Add --format svg.', { cause });
  }
}

/** Draws a circuit; returns what belongs on stdout. */
export async function drawSource(source: string, options: DrawOptions): Promise<string> {
  const format = options.format ?? formatOf(options.out);
  for (const option of ['fold', 'theme', 'title'] as const) {
    if (format === 'svg' || options[option] === undefined) continue;
    throw new DaruanError(`--${option}`, `it belongs to SVG, but the format is ${format}`, 'Add --format svg.');
  }
  if (format === 'quantikz' && options.width !== undefined) {
    throw new DaruanError('--width', 'LaTeX decides how wide its drawing is', 'Leave it out.');
  }
  return deliver(writers[format](await circuitOf(source, options), options), options.out);
}

function formatOf(out = ''): DrawFormat {
  if (out.endsWith('.svg')) return 'svg';
  return out.endsWith('.tex') ? 'quantikz' : 'text';
}
