/** The program `daruan`. */
import { readFileSync } from 'node:fs';
import { report } from './exit.js';
import { createProgram } from './program.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const setExitCode = (code: number): void => {
  process.exitCode = code;
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(); // whoever read the results has seen enough
  throw error;
});

try {
  await createProgram(version, setExitCode).parseAsync();
} catch (error) {
  setExitCode(report(error));
}
