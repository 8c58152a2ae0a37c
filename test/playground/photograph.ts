/** Writes the picture of the page, notebooks/pictures/playground.png: needs Chromium. */
import { join } from 'node:path';
import { withPage } from '../gpu/chromium.js';
import { buildPage } from './buildPage.js';

const path = join(process.cwd(), 'notebooks/pictures/playground.png');
const visit: Parameters<typeof withPage<void>>[1] = async (page) => {
  await page.setViewportSize({ width: 1120, height: 900 });
  await page.waitForSelector('[data-ready]', { state: 'attached' });
  await page.click('#train');
  await page.waitForFunction(() => document.querySelector('#train')?.textContent !== 'Pause');
  await page.evaluate(() => scrollTo(0, 0));
  const height = await page.evaluate(() => document.querySelector('.learning')?.getBoundingClientRect().bottom ?? 0);
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: 1120, height: Math.ceil(height) + 8 } });
};
await withPage({ 'index.html': buildPage(process.cwd()) }, visit, { gpu: false });
process.stdout.write(`${path}\n`);
