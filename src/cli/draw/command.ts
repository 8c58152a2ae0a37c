import { Command } from 'commander';
import type { Theme } from '../../plot/theme.js';
import { choice, integer, keys, name } from '../values.js';

const EXAMPLES = `
Examples:
  daruan draw pz --reps 2
  daruan draw ring --qubits 3 --reps 2 --out ring.svg
  daruan draw brick --reps 4 --fold --out brick.svg
  daruan draw circuit.json --format quantikz > circuit.tex
  daruan draw program.qasm --format svg > program.svg

The source is a circuit (*.json, *.qasm) or an ansatz: pz, rpz, px, real, mix, or of several qubits ring, brick, ising.
Text and quantikz draw gates alone: measurements at the end are passed over; SVG draws them, resets and conditions too.
The drawing goes to stdout unless --out is given, messages to stderr.
Exit status: 0 done, 1 bad input.
`;

export type DrawFormat = 'text' | 'svg' | 'quantikz';
const formatNames = keys<DrawFormat>({ text: true, svg: true, quantikz: true });
export const themeNames = keys<Theme>({ auto: true, light: true, dark: true });

/** The options as the command line gives them. */
export interface DrawOptions {
  readonly format?: DrawFormat;
  readonly reps?: number;
  readonly qubits?: number;
  readonly fold?: true;
  readonly width?: number;
  readonly theme?: Theme;
  readonly title?: string;
  readonly out?: string;
}

/** `daruan draw`. */
export function drawCommand(): Command {
  return new Command('draw')
    .description('Draw a circuit: as text, as SVG, or as LaTeX.')
    .argument('<source>', 'a circuit (*.json, *.qasm), or the name of an ansatz')
    .option(
      '--format <name>',
      `${formatNames.join(', ')} (default: as --out ends, .svg or .tex; else text)`,
      choice('--format', formatNames),
    )
    .option('--reps <count>', 'of an ansatz: repetitions (default: 3)', integer('--reps', 1, 1000))
    .option('--qubits <count>', 'of an ansatz of several qubits: how many (default: 3)', integer('--qubits', 1, 30))
    .option('--fold', 'SVG: draw repeated blocks once, in a frame')
    .option(
      '--width <size>',
      'where the drawing goes on below: characters of text, pixels of SVG',
      integer('--width', 20),
    )
    .option('--theme <name>', `SVG: ${themeNames.join(', ')} (default: auto)`, choice('--theme', themeNames))
    .option('--title <text>', 'SVG: what stands above', name('--title'))
    .option('--out <file>', 'where the drawing goes', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (source: string, options: DrawOptions) => {
      const { drawSource } = await import('./run.js');
      process.stdout.write(await drawSource(source, options));
    });
}
