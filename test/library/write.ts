/** Writes circuits/library anew. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryFiles } from './documents.js';

const folder = join(process.cwd(), 'circuits/library');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const files = libraryFiles();
for (const [name, text] of files) writeFileSync(join(folder, name), text);
process.stdout.write(`${files.size} files in circuits/library\n`);
