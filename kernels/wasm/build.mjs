/**
 * Compiles the chain kernel from AssemblyScript to WebAssembly and writes it, in base64, as a module that git ignores:
 * generated/chainBinary.ts. The same source (assembly/ and layout.ts) is built twice: with memory of its own, and with memory
 * that threads share. `npm run build` calls this, and so does `npm install`; type checks and tests need it to have run once.
 *
 * Usage: node kernels/wasm/build.mjs, or `import { buildWasm }`.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));

const options = [
  'assembly/index.ts',
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--enable',
  'simd',
  '--use',
  'abort=',
];
const shared = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];

async function compile(extra) {
  let binary;
  const { error, stderr } = await asc.main([...options, ...extra, '--outFile', 'chain.wasm', '--baseDir', here], {
    writeFile: (_name, contents) => {
      binary = contents;
    },
  });
  if (error) throw new Error(`kernels/wasm: ${error.message}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}

/** Writes generated/chainBinary.ts. Throws with the compiler's messages if the source does not compile. */
export async function buildWasm() {
  const text = `// Made by kernels/wasm/build.mjs from kernels/wasm/assembly/. Do not edit.
export const chainBinary =
  '${await compile([])}';
export const sharedChainBinary =
  '${await compile(shared)}';
`;
  const folder = join(here, 'generated');
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `.chainBinary-${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(folder, 'chainBinary.ts'));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildWasm();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
