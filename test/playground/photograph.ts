/** Writes the picture of the page, notebooks/pictures/playground.png: needs Chromium. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPage } from '../gpu/chromium.js';
import { buildPage } from './buildPage.js';

const path = join(process.cwd(), 'notebooks/pictures/playground.png');
const visit: Parameters<typeof withPage<void>>[1] = async (page) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.waitForSelector('[data-ready]', { state: 'attached' });
  await page.click('#train');
  await page.waitForFunction(() => document.querySelector('#train')?.textContent !== 'Pause');
  await page.evaluate(() => scrollTo(0, 0));
  const height = await page.evaluate(() => document.querySelector('.learning')?.getBoundingClientRect().bottom ?? 0);
  // as wide as a desk's screen, in fewer pixels: a README shows it smaller still
  const clip = { x: 0, y: 0, width: 1280, height: Math.ceil(height) - 8, scale: 0.8 };
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { clip, captureBeyondViewport: true });
  writeFileSync(path, Buffer.from(data, 'base64'));
};
await withPage({ 'index.html': buildPage(process.cwd()) }, visit, { gpu: false });
process.stdout.write(`${path}\n`);
