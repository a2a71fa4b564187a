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

// A row of the resource list shows a name and its addresses; the first is for JSON.
const addressesOf = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('tr, [role=row]')].flatMap((row) => {
    const link = row.querySelector('a[href^="http://localhost:"]');
    const name = row.innerText.trim().split(/\s+/)[0];
    return link ? [[name, link.href.replace(/\/$/, '')]] : [];
  })));

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
    const addresses = await addressesOf(page);
    const ready = await Promise.all(services.map((name) =>
      addresses[name] && fetch(`${addresses[name]}/health/ready`).then((answer) => answer.ok, () => false)));
    return ready.every(Boolean) && addresses;
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

  // The exporters send every few seconds, and the page shows what came when it was opened.
  const trace = await until('the trace of the turn', async () => {
    await page.goto(`${dashboard}/traces`, { waitUntil: 'networkidle2' });
    return page.evaluate(() => [...document.querySelectorAll('a[href*="/traces/detail/"]')]
      .find((link) => /CreateTurn/.test(link.closest('tr, [role=row]')?.innerText ?? link.innerText))?.href);
  });
  await pause(5000);
  await page.goto(trace, { waitUntil: 'networkidle2' });
  await pause(3000);
  await page.screenshot({ path: join(images, 'turn-trace.png') });
} finally {
  await browser.close();
}
