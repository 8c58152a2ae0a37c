import { Command } from 'commander';
import { name } from '../values.js';

const EXAMPLES = `
Examples:
  daruan import program.qasm --out circuit.json
  daruan import program.qasm | jq .operations

Reads OpenQASM 2 or 3 and prints the circuit as JSON, which all commands take. Measurements at the end are passed over; a
program that measures, resets or decides before its end is refused. What was decided for the program goes to stderr.
Exit status: 0 done, 1 bad input.
`;

/** `daruan import`. */
export function importCommand(): Command {
  return new Command('import')
    .description('Read an OpenQASM program as a circuit.')
    .argument('<file>', 'an OpenQASM 2 or 3 program (*.qasm)')
    .option('--out <file>', 'where the circuit goes', name('--out'))
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, { out }: { readonly out?: string }) => {
      const { importProgram } = await import('./run.js');
      process.stdout.write(await importProgram(file, out));
    });
}
