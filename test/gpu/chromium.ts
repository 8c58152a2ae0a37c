import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const wellKnown = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine, or why there is none. */
export type FoundChromium = { readonly path: string } | { readonly reason: string };

export function findChromium(): FoundChromium {
  const path = wellKnown.find((file) => existsSync(file)) ?? onPath();
  return path === undefined ? { reason: 'no Chromium here: install it (on Debian: chromium)' } : { path };
}

function onPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v google-chrome'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Without anything that calls home. */
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU on the software GPU that Chromium carries; it then draws pages on it too, slowly. */
const gpuFlags = [
  '--disable-gpu-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** What a page is made of: path -> text or bytes, or the file that holds them. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly file: string }>>;

export interface PageOptions {
  /** Headers that isolate the page from other origins, which shared memory needs. Default false. */
  readonly isolated?: boolean;
  /** Whether the page has a GPU, in software. Default true. */
  readonly gpu?: boolean;
  /** Milliseconds that Playwright waits for anything. Default two minutes: a software GPU is slow. */
  readonly patience?: number;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves `files` on localhost, opens "/index.html" in headless Chromium, and calls back with the page; closes both at the end.
 * An error in the page that it does not catch, and a request that leaves localhost, fail the call.
 *
 * @throws if there is no Chromium: ask `findChromium` first
 */
export async function withPage<T>(
  files: Files,
  use: (page: Page) => Promise<T>,
  options: PageOptions = {},
): Promise<T> {
  const { isolated = false, gpu = true, patience = 120_000 } = options;
  const found = findChromium();
  if ('reason' in found) throw new Error(found.reason);
  const server = await serve(files, isolated);
  let browser: Browser | undefined;
  try {
    const args = gpu ? [...flags, ...gpuFlags] : flags;
    browser = await chromium.launch({ executablePath: found.path, args, timeout: patience });
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    await page.route('**/*', (route) => {
      const { hostname, href } = new URL(route.request().url());
      if (hostname === 'localhost') return route.continue();
      errors.push(`the page asks for ${href}`);
      return route.abort();
    });
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/index.html`);
    const result = await use(page);
    if (errors.length > 0) throw new Error(`the page fails: ${errors.join('\n')}`);
    return result;
  } finally {
    await browser?.close();
    await new Promise((done) => server.close(done));
  }
}

function serve(files: Files, isolated: boolean): Promise<Server> {
  const isolation = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    const content = path === 'favicon.ico' ? '' : files[path];
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    const headers = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', Connection: 'close' };
    response.writeHead(200, isolated ? { ...headers, ...isolation } : headers);
    response.end(typeof content === 'object' && 'file' in content ? readFileSync(content.file) : content);
  });
  return new Promise((ready) => {
    server.listen(0, 'localhost', () => ready(server));
  });
}
