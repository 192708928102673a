// Watching and judging on a client's phone: few taps over a slow network, notes at a moment or a stretch, drawings by
// thumb and by keyboard, two versions in step, and all of it as plain forms where no script runs.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, demo, over, signIn, visitor } from './run.mjs';

after(over);

/** waiting opens the list of drafts with one to decide on, and gives that draft's address. */
async function waiting(page) {
  for (const l of demo.links.client) {
    const r = await page.goto(`${l}/drafts`);
    const row = page.locator('.row:has-text("Salsabila") a[href*="/drafts/"]').first();
    if (r.ok() && (await row.count()) > 0) return row.evaluate((a) => a.href);
  }
  throw new Error('no client link leads to the draft that waits');
}

/** slow makes the network that of a phone in a lift: half a second there and back, 50 kB a second. */
async function slow(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 500, downloadThroughput: 50_000, uploadThroughput: 20_000 });
}

/** taps counts what a thumb did. */
const taps = (page) => {
  let n = 0;
  return { tap: async (...what) => { n++; await page.locator(what[0]).first().tap(); }, count: () => n };
};

const main = 'video[data-main]';
const at = (page, which = main) => page.locator(which).first().evaluate((v) => v.currentTime);

test('a note takes its moment, a stretch and a drawing; its chip seeks', async () => {
  const page = await visitor({ small: true });
  await page.goto(await waiting(page));
  await page.waitForFunction(() => document.querySelector('video[data-main]')?.readyState >= 1);
  await page.locator('[data-seek="0:02–0:04"]').first().tap();
  await page.waitForFunction(() => Math.abs(document.querySelector('video[data-main]').currentTime - 2) < 0.1);
  await page.locator('summary:has-text("Minta revisi")').tap();
  await page.locator(main).evaluate((v) => v.play());
  await page.locator('#f-text').fill('Produk terlalu kecil');
  assert.equal(await page.locator(main).evaluate((v) => v.paused), true, 'typing pauses');
  assert.match(await page.inputValue('[name=frame]'), /^0:0[2-4]$/);
  await page.locator('[data-go="1"]').tap();
  await page.locator('[data-go="1"]').tap();
  await page.locator('[data-until]').tap();
  assert.match(await page.inputValue('[name=frame]'), /^0:0\d–0:0\d$/);
  await page.locator('[data-draw]').tap();
  await page.waitForTimeout(300);
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  for (let i = 1; i < 12; i++) await page.mouse.move(box.x + 60 + i * 6, box.y + 60 + i * 3);
  await page.mouse.up();
  await page.locator('canvas').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 'Escape']) await page.keyboard.press(key);
  const strokes = JSON.parse(await page.inputValue('[name=strokes]'));
  assert.equal(strokes.length, 2, 'one stroke by thumb, one ring by keyboard');
  assert.ok(strokes.flatMap((s) => s.p).every((v) => v >= 0 && v <= 1), 'places are parts of the frame');
  await Promise.all([page.waitForNavigation(), page.locator('button[value=add]').tap()]);
  const kept = page.locator('.note:has-text("Produk terlalu kecil") [data-seek]').first();
  assert.match(await kept.getAttribute('data-seek'), /–/);
  assert.equal(JSON.parse(await kept.getAttribute('data-strokes')).length, 2);
  clean(page);
});

test('two versions play in step, by key and by button', async () => {
  const page = await visitor();
  await page.goto(await waiting(page));
  await Promise.all([page.waitForNavigation(), page.locator('a:has-text("Bandingkan")').first().click()]);
  await page.waitForFunction(() => [...document.querySelectorAll('video')].filter((v) => v.readyState >= 2).length === 2);
  await page.locator('[data-go=play]').click();
  await page.waitForFunction(() => document.querySelector('video[data-main]').currentTime > 0.8);
  const [a, b] = await page.locator('video').evaluateAll((all) => all.map((v) => v.currentTime));
  assert.ok(Math.abs(a - b) < 0.4, `${a} and ${b} are apart`);
  await page.locator('h1').click();
  await page.keyboard.press(' ');
  await page.waitForFunction(() => [...document.querySelectorAll('video')].every((v) => v.paused));
  const before = await at(page);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((t) => [...document.querySelectorAll('video')].every((v) => v.currentTime > t + 0.9), before);
  await page.keyboard.press('m');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-text', 'm begins a note');
  assert.match(await page.inputValue('[name=frame]'), /^0:0\d$/);
  clean(page);
});

test('what was asked before stands as done or not done, with the reason', async () => {
  const page = await visitor({ small: true, scripts: false });
  await page.goto(await waiting(page));
  const text = await page.locator('main').innerText();
  assert.match(text, /Label kemasan tertutup jari/);
  assert.match(text, /Sudah dikerjakan/);
  assert.match(text, /Tidak dikerjakan[\s\S]*takut dikira iklan ganda/);
  assert.doesNotMatch(text, /Warna kulit agak kuning/, 'a remark of the agency stays inside');
  clean(page);
});

test('the agency reads its own remarks beside the video', async () => {
  const page = await signIn(await visitor(), 'rani');
  const url = await waiting(await visitor());
  await page.goto(`${demo.url}/campaigns`);
  const rooms = await page.locator('main a[href^="/campaigns/"]').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))].filter((h) => /^\/campaigns\/[0-9a-z]{26}$/.test(h)));
  const draft = url.split('/').pop();
  let found = false;
  for (const room of rooms) {
    const r = await page.request.get(`${demo.url}${room}/drafts/${draft}`);
    if (!r.ok()) continue;
    found = true;
    await page.goto(`${demo.url}${room}/drafts/${draft}`);
    assert.match(await page.locator('main').innerText(), /Warna kulit agak kuning/);
  }
  assert.ok(found);
  clean(page);
});

test('a change is asked for in four taps, over a slow network', async () => {
  const page = await visitor({ small: true });
  const url = await waiting(page);
  await slow(page);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const thumb = taps(page);
  if (!(await page.locator('#f-text').isVisible())) await thumb.tap('summary:has-text("Minta revisi")'); // notes kept before hold it open
  await thumb.tap('#f-text');
  await page.keyboard.type('Suara kurang jelas');
  await Promise.all([page.waitForURL((u) => u.pathname.endsWith(url.split('/').pop())), page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/notes')), thumb.tap('button[value=send]')]);
  await page.waitForLoadState('domcontentloaded');
  assert.ok(thumb.count() <= 4, `${thumb.count()} taps`);
  await page.locator('text=Suara kurang jelas').first().waitFor({ state: 'attached', timeout: 30_000 });
  clean(page);
});

test('a draft is approved in two taps, over a slow network', async () => {
  const page = await visitor({ small: true });
  const url = await shownAgain();
  await slow(page);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const thumb = taps(page);
  await thumb.tap('summary:has-text("Setujui (ACC)")');
  await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/approve')), thumb.tap('form[action$="/approve"] button')]);
  assert.equal(thumb.count(), 2);
  await page.locator('main:has-text("Disetujui")').waitFor({ timeout: 30_000 });
  clean(page);
});

/** shownAgain turns the second key of the draft that waits for it, and gives its address on the client's link. */
async function shownAgain() {
  const desk = await signIn(await visitor(), 'rani');
  await desk.goto(`${demo.url}/campaigns`);
  const rooms = await desk.locator('main a[href^="/campaigns/"]').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))].filter((h) => /^\/campaigns\/[0-9a-z]{26}$/.test(h)));
  const client = await visitor();
  const link = (await waiting(client)).replace(/\/drafts\/[^/]+$/, '');
  for (const room of rooms) {
    await desk.goto(`${demo.url}${room}/drafts`);
    const row = desk.locator('tr:has-text("Sekar Wulandari") a[href*="/drafts/"]').first();
    if ((await row.count()) === 0) continue;
    await Promise.all([desk.waitForNavigation(), row.click()]);
    const form = desk.locator('form[action$="/check"]');
    for (const met of await form.locator('input[type=radio][value=met]').all()) await met.check({ force: true });
    for (const where of await form.locator('input[name^="w."]').all()) await where.fill('0:02');
    await Promise.all([desk.waitForNavigation(), form.locator('button[value=show]').click()]);
    clean(desk);
    return `${link}/drafts/${new URL(desk.url()).pathname.split('/').pop()}`;
  }
  throw new Error('no campaign has the draft that waits for the second key');
}
