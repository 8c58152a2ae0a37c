import { Command } from 'commander';
import { collectCommand } from './collect/command.js';
import { completionCommand } from './completion/command.js';
import { deployCommand } from './deploy/command.js';
import { drawCommand } from './draw/command.js';
import { exportCommand } from './export/command.js';
import { formulaCommand } from './formula/command.js';
import { importCommand } from './import/command.js';
import { plotCommand } from './plot/command.js';
import { predictCommand } from './predict/command.js';
import { pruneCommand } from './prune/command.js';
import { runJobsCommand } from './runJobs/command.js';
import { spectrumCommand } from './spectrum/command.js';
import { trainCommand } from './train/command.js';
import { transpileCommand } from './transpile/command.js';

const NOTES = `
Examples:
  daruan train --function "exp(sin(pi*x1) + x2^2)" --width 2,5,1 --out results/start
  daruan predict results/start --input 0.1,0.2
  daruan prune results/start --out results/pruned
  daruan formula results/pruned --latex
  daruan export results/start --layer 0 --output 2 --input 1
  daruan transpile circuit.json --target ibm-heron --coupling line:5
  daruan deploy results/start --inputs x.csv --profile typical-transmon --out jobs
  daruan spectrum circuit.json --samples 1000 --json
  daruan draw ring --qubits 3 --reps 2 --out ring.svg
  daruan plot results/start --kind loss --out loss.svg

Results are printed on stdout, messages and progress on stderr.
Exit status: 0 done, 1 bad input, 2 training failed, 130 interrupted.
daruan <command> --help tells more.
`;

/**
 * The command line.
 *
 * @param setExitCode  told the exit status by commands that end well or are interrupted; others throw
 */
export function createProgram(version: string, setExitCode: (code: number) => void): Command {
  const program = new Command('daruan')
    .description('Quantum variational activation functions: train, evaluate, analyse and export networks of them.')
    .version(version)
    .addHelpText('after', NOTES);
  const commands = [
    trainCommand(setExitCode),
    predictCommand(),
    pruneCommand(),
    formulaCommand(),
    exportCommand(),
    importCommand(),
    transpileCommand(),
    deployCommand(),
    runJobsCommand(),
    collectCommand(),
    spectrumCommand(),
    drawCommand(),
    plotCommand(),
    completionCommand(() => program),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => {} }); // errors are reported once, in one way
  }
  return program;
}
