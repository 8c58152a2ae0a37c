import { Command } from 'commander';
import { DaruanError } from '../../foundation/errors.js';
import { addValue } from '../addValue.js';
import { type Format, formatNames } from '../formatNames.js';
import { choice, integer, name } from '../values.js';
import { withTensorflow } from '../withTensorflow.js';

const EXAMPLES = `
Examples:
  daruan export results/start --layer 0 --output 2 --input 1
  daruan export results/start --format json --out circuits
  daruan export results/start --layer 1 --output 0 --input 0 --format ionq-native --set x=0.3
  daruan export circuit.json --format quil > circuit.quil
  daruan export results/start --format onnx --out network.onnx

The source is a folder that daruan train left, a circuit (*.json, *.qasm), or an ansatz by its name. One circuit goes to stdout, unless --out is given; several go to files layer<l>_edge_<output>_<input> in the folder.
Trained angles are numbers in the circuit; the data x stay an input, unless --set gives a value: the formats qasm2, ionq
and ionq-native hold numbers alone. All counts begin at 0. The format onnx holds a network, whole, of any kind of layer, from inputs
in their own units to targets: it is written to the file --out.
Exit status: 0 done, 1 bad input.
`;

const allNames = [...formatNames, 'onnx'] as const;

/** The options as the command line gives them. */
export interface ExportOptions {
  readonly layer?: number;
  readonly output?: number;
  readonly input?: number;
  readonly format: Format | 'onnx';
  readonly set?: Readonly<Record<string, number>>;
  readonly out?: string;
}

/** Those of circuits. */
export type CircuitOptions = ExportOptions & { readonly format: Format };

/** `daruan export`. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Write circuits for other programs, those of a trained network or one of your own; or the network as ONNX.',
    )
    .argument('<source>', 'a folder with results of daruan train, a circuit (*.json, *.qasm), or an ansatz')
    .option('--layer <number>', 'only this layer', integer('--layer', 0))
    .option('--output <number>', 'only edges to this node', integer('--output', 0))
    .option('--input <number>', 'only edges from this node', integer('--input', 0))
    .option('--format <name>', allNames.join(', '), choice('--format', allNames), 'qasm3')
    .option('--set <name=value>', 'value of a symbol; may be repeated', addValue)
    .option('--out <folder>', 'where the files go; of one circuit, the file', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (source: string, options: ExportOptions) => {
      const { format } = options;
      const { isCircuit } = await import('../source.js');
      if (isCircuit(source)) {
        if (format === 'onnx') throw new DaruanError('--format', 'onnx holds networks', 'Name a folder of results.');
        const { exportCircuit } = await import('./single.js');
        process.stdout.write(await exportCircuit(source, { ...options, format }));
        return;
      }
      if (format === 'onnx') {
        const { exportNetwork } = await withTensorflow(() => import('./onnx.js'));
        return exportNetwork(source, options);
      }
      const { exportCircuits } = await withTensorflow(() => import('./run.js'));
      process.stdout.write(await exportCircuits(source, { ...options, format }));
    });
}
