import { Command } from 'commander';
import type { TargetName } from '../../transpile/targets.js';
import { addValue } from '../addValue.js';
import { type Format, formatNames } from '../formatNames.js';
import { targetNames } from '../targetNames.js';
import { choice, integer, keys, list, name } from '../values.js';

const EXAMPLES = `
Examples:
  daruan transpile circuit.json --target ibm-heron --coupling line:5 --out native.qasm
  daruan transpile program.qasm --target ionq-aria --format ionq-native > job.json
  daruan transpile ring --target rigetti-ankaa --coupling grid:2x3 --format quil
  daruan transpile circuit.json --target iqm --device profile.json --final-phases drop

The source is a circuit (*.json, *.qasm) or an ansatz by its name; measurements at the end are passed over. --coupling is
line:<n>, ring:<n>, grid:<rows>x<columns>, or pairs such as 0-1,1-2; without one all qubits interact. --device reads a
device profile: its couplings, and the errors by which qubits are chosen. Sizes before and after, and where the qubits are,
go to stderr. The same seed gives the same circuit.
Exit status: 0 done, 1 bad input.
`;

type FinalPhases = 'keep' | 'drop';
const phaseWords = keys<FinalPhases>({ keep: true, drop: true });

/** The options as the command line gives them. */
export interface TranspileCommandOptions {
  readonly target: TargetName;
  readonly coupling?: string;
  readonly device?: string;
  readonly layout?: readonly number[];
  readonly seed: number;
  readonly trials: number;
  readonly finalPhases: FinalPhases;
  readonly set?: Readonly<Record<string, number>>;
  readonly format: Format;
  readonly out?: string;
}

/** `daruan transpile`. */
export function transpileCommand(): Command {
  return new Command('transpile')
    .description('Write a circuit in the gates of a device.')
    .argument('<source>', 'a circuit (*.json, *.qasm), or the name of an ansatz')
    .requiredOption('--target <name>', targetNames.join(', '), choice('--target', targetNames))
    .option('--coupling <map>', 'which qubits interact (default: all)', name('--coupling'))
    .option('--device <file>', 'a device profile in place of --coupling', name('--device'))
    .option('--layout <qubits>', "the device's qubit of each qubit at first", list(integer('--layout', 0)))
    .option('--seed <number>', 'seed of the routing', integer('--seed', 0, 0xffffffff), 0)
    .option('--trials <count>', 'how many starts are tried', integer('--trials', 1, 1000), 4)
    .option(
      '--final-phases <word>',
      'turns about Z before the end: keep or drop',
      choice('--final-phases', phaseWords),
      'keep',
    )
    .option('--set <name=value>', 'value of a symbol; may be repeated', addValue)
    .option('--format <name>', formatNames.join(', '), choice('--format', formatNames), 'qasm3')
    .option('--out <file>', 'where the circuit goes', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (source: string, options: TranspileCommandOptions) => {
      const { transpileSource } = await import('./run.js');
      process.stdout.write(await transpileSource(source, options));
    });
}
