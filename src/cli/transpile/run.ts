import { DaruanError, expected } from '../../foundation/errors.js';
import { readProfile } from '../../noise/profile.js';
import { type Coupling, gridCoupling, lineCoupling, ringCoupling } from '../../transpile/coupling.js';
import { couplingOfProfile } from '../../transpile/profile.js';
import { type Layout, transpile } from '../../transpile/transpile.js';
import { valued } from '../export/valued.js';
import { formats } from '../formats.js';
import { withoutMeasurements } from '../readCircuit.js';
import { readText } from '../readText.js';
import { circuitOf } from '../source.js';
import { deliver } from '../writeText.js';
import type { TranspileCommandOptions } from './command.js';

/** Transpiles a circuit; returns what belongs on stdout. */
export async function transpileSource(source: string, options: TranspileCommandOptions): Promise<string> {
  const { target, seed, trials, finalPhases, layout: initialLayout, format, out, set } = options;
  if (options.coupling !== undefined && options.device !== undefined) {
    throw new DaruanError('transpile', 'both --coupling and --device are given', 'Choose one.');
  }
  const places = options.device === undefined ? {} : couplingOfProfile(readProfile(await readText(options.device)));
  const given = options.coupling === undefined ? places : { coupling: readCoupling(options.coupling) };
  const circuit = valued(withoutMeasurements(await circuitOf(source, {})), set);
  const made = transpile(circuit, {
    ...{ target, seed, trials, finalPhases, ...given },
    ...(initialLayout && { initialLayout }),
  });
  const text = formats[format].write(made.circuit);
  const { before, after, swaps } = made.statistics;
  process.stderr.write(
    [
      `operations ${before.operations} -> ${after.operations}`,
      `on two qubits or more ${before.twoQubit} -> ${after.twoQubit}`,
      `depth ${before.depth} -> ${after.depth}`,
      `swaps ${swaps}`,
    ].join(', '),
  );
  process.stderr.write(`\n${'coupling' in given ? describePlaces(made.layout) : ''}`);
  return deliver(text, out);
}

/** Where the circuit's qubits are, in numbers of the device. */
function describePlaces({ deviceQubits, initial, final }: Layout): string {
  const named = (qubits: readonly number[]): string => qubits.map((qubit) => deviceQubits[qubit]).join(', ');
  return `qubits of the device: ${deviceQubits.join(', ')}; at first ${named(initial)}; at the end ${named(final)}\n`;
}

const shapes: Readonly<Record<string, (sizes: readonly number[]) => Coupling>> = {
  line: ([size]) => lineCoupling(size),
  ring: ([size]) => ringCoupling(size),
  grid: ([rows, columns]) => gridCoupling(rows, columns),
};

/** `line:5`, `grid:2x3`, or pairs `0-1,1-2`. */
function readCoupling(text: string): Coupling {
  const [, shape, sizes] = /^(line|ring|grid):(\d+(?:x\d+)?)$/.exec(text) ?? [];
  if (shape !== undefined && (shape === 'grid') === sizes.includes('x'))
    return shapes[shape](sizes.split('x').map(Number));
  if (!/^\d+-\d+(,\d+-\d+)*$/.test(text)) {
    throw expected('--coupling', 'line:<n>, ring:<n>, grid:<rows>x<columns> or pairs such as 0-1,1-2', text);
  }
  const edges = text.split(',').map((pair) => pair.split('-').map(Number) as [number, number]);
  return { numQubits: 1 + Math.max(...edges.flat()), edges };
}
