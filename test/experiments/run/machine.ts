import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Where and with what an experiment runs. */
export function machine(): string {
  const [{ model }] = cpus();
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return `${model.trim()}, ${cpus().length} cores; Node ${process.version}, daruan ${version}`;
}
