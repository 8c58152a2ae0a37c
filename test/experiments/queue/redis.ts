import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why there is no redis-server, or undefined if there is one. */
export const redisObstacle = (): string | undefined =>
  spawnSync('redis-server', ['--version']).error ? 'redis-server is not installed (Debian: redis-server)' : undefined;

export interface Redis {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A redis-server of its own on a free port, which keeps nothing. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'daruan-redis-'));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await saying(server, 'Ready to accept connections');
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a program prints a text on standard output; throws if it ends before. */
function saying(child: ChildProcess, wanted: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes(wanted)) resolve();
    });
    child.on('exit', () => reject(new Error(`it ended without saying "${wanted}": ${printed}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
