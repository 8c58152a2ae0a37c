import { CommanderError } from 'commander';
import { DaruanError } from '../foundation/errors.js';

/** What the program's exit status means. */
export const exitCodes = { success: 0, badInput: 1, trainingFailed: 2, interrupted: 130 } as const;

/** Training ended without a usable network. */
export class TrainingFailed extends DaruanError {}

/** Says on stderr what went wrong, and returns the exit status: one line, but for errors that are not the user's. */
export function report(error: unknown): number {
  if (error instanceof CommanderError) return reportUsage(error);
  if (error instanceof DaruanError) {
    process.stderr.write(`daruan: ${error.message}\n`);
    return error instanceof TrainingFailed ? exitCodes.trainingFailed : exitCodes.badInput;
  }
  process.stderr.write(`daruan: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.badInput;
}

/** Help and version end as errors too, of exit code 0. */
function reportUsage({ exitCode, message }: CommanderError): number {
  if (exitCode === 0) return exitCodes.success;
  const text = message.replace(/^error: /, '').replaceAll('\n', ' ');
  if (text !== '(outputHelp)') process.stderr.write(`daruan: ${text}${/[.?)]$/.test(text) ? '' : '.'} See --help.\n`);
  return exitCodes.badInput;
}
