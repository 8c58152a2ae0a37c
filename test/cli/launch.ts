import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import packageFile from '../../package.json' with { type: 'json' };

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a run of the program ended. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program, bundled from its sources as the build does it. */
export interface Program {
  readonly folder: string;
  /** Runs it; `interruptAt` is a text on stderr at which it gets SIGINT. */
  readonly run: (args: readonly string[], interruptAt?: string) => Promise<Outcome>;
  readonly remove: () => Promise<void>;
}

/** All but mathjs, of which the build bundles what is used: loading it whole takes longer than most runs. */
const external = Object.keys({ ...packageFile.dependencies, ...packageFile.peerDependencies }).filter(
  (name) => name !== 'mathjs',
);

/** Bundles the program into a folder of the project, where it finds the packages that it needs. */
export async function bundleProgram(name: string): Promise<Program> {
  const folder = join(root, `.dist-${name}-${process.pid}`);
  await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/index.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    mainFields: ['module', 'main'],
    external,
    logLevel: 'silent',
  });
  return {
    folder,
    run: (args, interruptAt) => launch(join(folder, 'cli.js'), args, interruptAt),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export function launch(program: string, args: readonly string[], interruptAt?: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr, interrupted] = ['', '', false];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      if (interruptAt === undefined || interrupted || !stderr.includes(interruptAt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
