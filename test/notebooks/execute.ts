import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countShown, outputsOf, readNotebook } from './notebook.js';

/** What runs notebooks, or why nothing does. */
export type Runner =
  | { readonly found: true; readonly deno: string }
  | { readonly found: false; readonly reason: string };

/** Looks for Deno, of the npm package, and for Jupyter. */
export function findRunner(root: string): Runner {
  const jupyter = spawnSync('jupyter', ['nbconvert', '--version'], { encoding: 'utf8' });
  if (jupyter.status !== 0)
    return { found: false, reason: 'there is no "jupyter nbconvert" (Debian: jupyter-nbconvert)' };
  try {
    const require = createRequire(join(root, 'package.json'));
    return { found: true, deno: require('deno/install_api.cjs').runInstall() };
  } catch (cause) {
    return { found: false, reason: `the npm package "deno" has no program here: ${(cause as Error).message}` };
  }
}

export interface Execution {
  readonly ok: boolean;
  /** Wall clock, the start of the kernel included. */
  readonly seconds: number;
  /** The end of what Jupyter said. */
  readonly log: string;
}

/** Seconds that a cell may take. */
const CELL_LIMIT = 120;
const ATTEMPTS = 3;
const JUPYTER_FOLDERS = {
  JUPYTER_PATH: 'data',
  JUPYTER_CONFIG_DIR: 'config',
  JUPYTER_RUNTIME_DIR: 'runtime',
  IPYTHONDIR: 'ipython',
};
/** No one listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * Where notebooks are executed: a folder of their own for all that Jupyter and Deno keep, so that the kernel starts without a cache
 * and is known to no one else. It reaches no network: what a notebook imports must be installed.
 */
export class Workshop {
  private readonly home = mkdtempSync(join(tmpdir(), 'daruan-jupyter-'));

  constructor(deno: string) {
    const kernel = join(this.home, 'data/kernels/deno');
    mkdirSync(kernel, { recursive: true });
    const proxies = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].map((name) => [name, NOWHERE]);
    const spec = {
      argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
      display_name: 'Deno',
      language: 'typescript',
      env: {
        DENO_DIR: join(this.home, 'deno'),
        DENO_NO_UPDATE_CHECK: '1',
        NO_COLOR: '1',
        ...Object.fromEntries(proxies),
      },
    };
    writeFileSync(join(kernel, 'kernel.json'), JSON.stringify(spec));
  }

  /**
   * Executes a notebook in place, in a new kernel that finds packages from `folder` upwards. The kernel of Deno 2.9 may lose what a
   * cell shows last, on a machine that is busy: then once more.
   */
  execute(folder: string, name: string): Execution {
    let execution = this.attempt(folder, name);
    for (let k = 1; k < ATTEMPTS && execution.ok; k++) {
      const notebook = readNotebook(folder, name);
      if (outputsOf(notebook).length >= countShown(notebook)) break;
      execution = this.attempt(folder, name);
    }
    return execution;
  }

  private attempt(folder: string, name: string): Execution {
    const places = Object.entries(JUPYTER_FOLDERS).map(([variable, path]) => [variable, join(this.home, path)]);
    const start = performance.now();
    const { status, stderr } = spawnSync(
      'jupyter',
      [
        'nbconvert',
        '--to=notebook',
        '--execute',
        '--inplace',
        '--ExecutePreprocessor.kernel_name=deno',
        `--ExecutePreprocessor.timeout=${CELL_LIMIT}`,
        '--ExecutePreprocessor.record_timing=False',
        name,
      ],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, ...Object.fromEntries(places) } },
    );
    return { ok: status === 0, seconds: (performance.now() - start) / 1000, log: stderr.slice(-3000) };
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
