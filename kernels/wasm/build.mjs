/**
 * Compiles the kernels from AssemblyScript to WebAssembly and writes each, in base64, as a module that git ignores:
 * generated/chainBinary.ts and so on. The same source (assembly/ and the layout.ts files) is built with memory of
 * its own and with memory that threads share, most of it without and with fused instructions. `npm run build` calls this, and so does
 * `npm install`; type checks and tests need it to have run once.
 *
 * Usage: node kernels/wasm/build.mjs, or `import { buildWasm }`.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));

/** Name of the kernel -> its source. */
const kernels = {
  chain: 'assembly/index.ts',
  features: 'assembly/features/index.ts',
  nodes: 'assembly/nodes/index.ts',
  statevector: 'assembly/statevector/index.ts',
};

/** Kernels that are built with fused instructions too: statevectors, bound by their loads, would gain a twentieth. */
const withFused = ['chain', 'features', 'nodes'];

const options = [
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
/** Products and sums in one instruction, for engines that have it. */
const fused = ['--enable', 'relaxed-simd'];
const sharedMemory = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];

async function compile(source, extra) {
  let binary;
  const { error, stderr } = await asc.main(
    [source, ...options, ...extra, '--outFile', 'kernel.wasm', '--baseDir', here],
    {
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  if (error) throw new Error(`kernels/wasm: ${error.message}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}

/** Writes the modules. Throws with the compiler's messages if a source does not compile. */
export async function buildWasm() {
  const folder = join(here, 'generated');
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of Object.entries(kernels)) {
    const ownName = `${name[0].toUpperCase()}${name.slice(1)}Binary`;
    const variants = { [`${name}Binary`]: [], [`shared${ownName}`]: sharedMemory };
    if (withFused.includes(name)) {
      variants[`fused${ownName}`] = fused;
      variants[`sharedFused${ownName}`] = [...fused, ...sharedMemory];
    }
    let text = '// Made by kernels/wasm/build.mjs from kernels/wasm/assembly/. Do not edit.\n';
    for (const [variant, extra] of Object.entries(variants)) {
      text += `export const ${variant} =\n  '${await compile(source, extra)}';\n`;
    }
    const draft = join(folder, `.${name}Binary-${process.pid}`);
    writeFileSync(draft, text);
    renameSync(draft, join(folder, `${name}Binary.ts`));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildWasm();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
