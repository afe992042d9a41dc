// Opens a page in a browser and everything in it that can be opened; writes as JSON how long that took, its length, and what was asked of others.
//   node open.mjs PACKAGES CHROMIUM PAGE
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, chromium, file] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(path.join(packages, 'puppeteer-core', 'lib', 'puppeteer', 'puppeteer-core.js')));
const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
const address = pathToFileURL(file).href;
const seen = { errors: [], requests: [] };
try {
  const page = await browser.newPage();
  page.on('console', message => { if (['error', 'warn'].includes(message.type())) seen.errors.push(message.text()); });
  page.on('pageerror', error => seen.errors.push(String(error)));
  page.on('request', request => { if (request.url() !== address) seen.requests.push(request.url()); });
  const started = performance.now();
  await page.goto(address, { waitUntil: 'load' });
  seen.loaded = Math.round(performance.now() - started);
  await page.evaluate(() => { document.querySelectorAll('details').forEach(details => { details.open = true; }); return document.body.offsetHeight; });
  seen.opened = Math.round(performance.now() - started);
  seen.text = await page.evaluate(() => document.body.innerText);
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));
