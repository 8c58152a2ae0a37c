/** Executes the notebooks, all or those whose names begin with an argument, and stores what they show. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findRunner, Workshop } from './execute.js';
import { notebookNames, tidyNotebook } from './notebook.js';

const root = process.cwd();
const runner = findRunner(root);
if (!runner.found) throw new Error(`notebooks: ${runner.reason}.`);
const folder = join(root, 'notebooks');
const wanted = process.argv.slice(3);
const names = notebookNames(folder).filter(
  (name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
);

if (names.length === 0) throw new Error(`notebooks: none begins with ${wanted.join(' or ')}.`);

// Executed as copies: a notebook that fails leaves the stored one as it was.
const drafts = join(root, `.dist-notebooks-${process.pid}`);
const workshop = new Workshop(runner.deno);
mkdirSync(drafts);
try {
  for (const name of names) {
    copyFileSync(join(folder, name), join(drafts, name));
    const { ok, seconds, log } = workshop.execute(drafts, name);
    process.stdout.write(`${name}: ${seconds.toFixed(1)} s${ok ? '' : `, failed\n${log}`}\n`);
    if (!ok) {
      process.exitCode = 1;
      continue;
    }
    tidyNotebook(drafts, name);
    copyFileSync(join(drafts, name), join(folder, name));
  }
} finally {
  workshop.close();
  rmSync(drafts, { recursive: true, force: true });
}
