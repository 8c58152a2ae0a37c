import type { Command } from 'commander';
import { choicesOf } from '../values.js';

/** What can be typed, as the program itself says it. */
export interface ProgramDescription {
  readonly name: string;
  readonly commands: readonly CommandDescription[];
}

export interface CommandDescription {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionDescription[];
  /** Words that its argument can be; none where it is a file or folder. */
  readonly words: readonly string[];
}

export interface OptionDescription {
  readonly flag: string;
  readonly description: string;
  /** What follows it: nothing, one of some words, or a value, perhaps a file. */
  readonly value: 'none' | 'file' | 'other' | readonly string[];
}

/** Reads a program: its commands, their options, and the words that options and arguments allow. */
export function describeProgram(program: Command): ProgramDescription {
  return {
    name: program.name(),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      words: command.registeredArguments.flatMap(({ parseArg }) => choicesOf(parseArg)),
      options: [
        ...command.options.map(({ long, flags, description, parseArg, required }) => ({
          flag: long ?? flags,
          description,
          value: required ? valueAfter(flags, choicesOf(parseArg)) : ('none' as const),
        })),
        { flag: '--help', description: 'display help for command', value: 'none' as const },
      ],
    })),
  };
}

const valueAfter = (flags: string, words: readonly string[]): OptionDescription['value'] => {
  if (words.length > 0) return words;
  return /<(file|folder)>/.test(flags) ? 'file' : 'other';
};
