// Opens a page in a browser as a person would, in light and dark, narrow and wide; writes what was seen as JSON, and a picture of each.
//   node look.mjs PACKAGES CHROMIUM PAGE PICTURES
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, chromium, file, pictures] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(path.join(packages, 'puppeteer-core', 'lib', 'puppeteer', 'puppeteer-core.js')));
const axe = fs.readFileSync(path.join(packages, 'axe-core', 'axe.min.js'), 'utf8');
const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
const address = pathToFileURL(file).href;
const seen = { errors: [], requests: [], violations: [], overflow: [], looks: 0 };
try {
  for (const scheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const page = await browser.newPage();
      page.on('console', message => { if (['error', 'warn'].includes(message.type())) seen.errors.push(message.text()); });
      page.on('pageerror', error => seen.errors.push(String(error)));
      page.on('request', request => { if (request.url() !== address) seen.requests.push(request.url()); });
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.goto(address, { waitUntil: 'load' });
      await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) seen.overflow.push(`${scheme} ${width}`);
      await page.evaluate(axe);
      const result = await page.evaluate(() => globalThis.axe.run());
      seen.violations.push(...result.violations.map(found => `${scheme} ${width}: ${found.id}: ${found.nodes[0].html}`));
      await page.screenshot({ path: path.join(pictures, `review-${scheme}-${width}.png`) });
      seen.looks++;
      await page.close();
    }
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));
