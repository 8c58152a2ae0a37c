import { type Command, Command as Subcommand } from 'commander';
import { choice, keys } from '../values.js';
import { describeProgram } from './description.js';
import { shells } from './shells.js';

const EXAMPLES = `
Examples:
  daruan completion bash > ~/.local/share/bash-completion/completions/daruan
  daruan completion zsh > "\${fpath[1]}/_daruan"
  daruan completion fish > ~/.config/fish/completions/daruan.fish

Prints a script that makes the shell complete commands, options and their values.
Exit status: 0 done, 1 bad input.
`;

const shellNames = keys<keyof typeof shells>({ bash: true, zsh: true, fish: true });

/** `daruan completion`. */
export function completionCommand(program: () => Command): Command {
  const readShell = choice('completion', shellNames);
  return new Subcommand('completion')
    .description('Print a script that completes command lines.')
    .argument('<shell>', shellNames.join(', '), readShell)
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof shells) => {
      process.stdout.write(shells[shell](describeProgram(program())));
    });
}
