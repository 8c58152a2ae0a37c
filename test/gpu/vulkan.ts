import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** A software Vulkan driver: with it, the package `webgpu` has an adapter on a machine without a GPU. */
export type SoftwareVulkan =
  | { readonly found: true; readonly environment: Readonly<Record<string, string>> }
  | { readonly found: false; readonly reason: string };

const driver = 'vk_swiftshader_icd.json';
const wellKnown = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/**
 * The driver that Chromium carries, and what a process's environment must say when it starts, for Vulkan and its driver to
 * be found: the loader too comes from Chromium's folder.
 */
export function findSoftwareVulkan(): SoftwareVulkan {
  const path = [...wellKnown.map((folder) => `${folder}/${driver}`), ...listedByDpkg()].find((file) =>
    existsSync(file),
  );
  if (path === undefined) return { found: false, reason: `no ${driver} here: install Chromium (on Debian: chromium)` };
  const libraries = [dirname(path), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { found: true, environment: { VK_ICD_FILENAMES: path, LD_LIBRARY_PATH: libraries } };
}

function listedByDpkg(): string[] {
  try {
    const files = execFileSync('dpkg', ['-L', 'chromium', 'chromium-common'], { encoding: 'utf8', stdio: 'pipe' });
    return files.split('\n').filter((file) => file.endsWith(driver));
  } catch {
    return []; // not Debian, or no such package
  }
}
