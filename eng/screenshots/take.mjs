// take.mjs LOG SAMPLE IMAGES: waits for the app host whose output is in LOG, investigates SAMPLE over JSON, and writes pictures to IMAGES.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

const [log, sample, images] = process.argv.slice(2);
const services = ['agent', 'data', 'session'];
const patience = 300_000;

async function until(what, look) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await pause(500);
  }
  throw new Error(`${what}: not within ${patience / 1000} s`);
}

async function call(method, url, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

// A row of the resource list shows a name and its addresses.
const rowsOf = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('tr, [role=row]')].map((row) => [
    row.innerText.trim().split(/\s+/)[0],
    [...row.querySelectorAll('a[href^="http://localhost:"]')].map((link) => new URL(link.href).origin),
  ])));

const isReady = (address) => fetch(`${address}/health/ready`).then((answer) => answer.ok, () => false);

// Of a service's two addresses, the one for JSON answers over HTTP/1.1.
async function readyOf(addresses = []) {
  for (const address of addresses) if (await isReady(address)) return address;
}

const login = await until('the address of the dashboard', async () =>
  (await readFile(log, 'utf8')).match(/Login to the dashboard at (\S+)/)?.[1]);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
  defaultViewport: { width: 1500, height: 900 },
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(login, { waitUntil: 'networkidle2' });
  const dashboard = new URL(login).origin;
  const at = await until('the services', async () => {
    const rows = await rowsOf(page);
    const ready = await Promise.all(services.map(async (name) => [name, await readyOf(rows[name])]));
    return ready.every(([, address]) => address) && Object.fromEntries(ready);
  });

  const found = await call('POST', `${at.session}/v1/cases`, { title: 'Checkouts fail since 10:40' });
  for (const file of (await readdir(sample)).sort()) {
    const content = (await readFile(join(sample, file))).toString('base64');
    await call('POST', `${at.data}/v1/${found.name}/evidence`, { fileName: file, content });
  }
  const turn = await call('POST', `${at.agent}/v1/${found.name}/turns`, { question: 'Why do checkouts fail?' });
  await until('the end of the turn', async () => {
    const now = await call('GET', `${at.agent}/v1/${turn.name}`);
    return /COMPLETED|FAILED/.test(now.state);
  });

  await page.goto(dashboard, { waitUntil: 'networkidle2' });
  await pause(3000);
  await page.screenshot({ path: join(images, 'resources.png') });

  // The exporters send every few seconds, and the page shows what has come when it is opened.
  const name = await until('the trace of the turn', async () => {
    await page.goto(`${dashboard}/traces`, { waitUntil: 'networkidle2' });
    await pause(2000);
    const rows = await page.$$('tr, [role=row]');
    for (const each of rows) if (/CreateTurn/.test(await each.evaluate((node) => node.innerText))) return each.$('td:nth-child(2), [role=gridcell]:nth-child(2)');
  });
  await name.click();
  await page.waitForFunction(() => location.pathname.startsWith('/traces/detail/'));
  await page.mouse.move(0, 0);
  await pause(5000);
  await page.screenshot({ path: join(images, 'turn-trace.png') });
} finally {
  await browser.close();
}
