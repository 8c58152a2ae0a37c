/** Writes the pictures of the README into notebooks/pictures. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from './pictures.js';

for (const [name, make] of Object.entries(pictures)) {
  writeFileSync(join(process.cwd(), 'notebooks/pictures', name), make());
}
process.stdout.write(`${Object.keys(pictures).length} pictures in notebooks/pictures\n`);
