// What came of the content: a talent sends numbers in a minute on a phone, a specialist
// checks them with the keyboard alone, and live posts are ticked off.
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { after, test } from 'node:test';
import { clean, demo, over, press, signIn, until, visitor } from './run.mjs';

after(over);

/** shot is a new picture, so that no two screenshots are the same file. */
function shot(seed) {
  const crc = (b) => {
    let c = ~0;
    for (const x of b) {
      c ^= x;
      for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    }
    return ~c >>> 0;
  };
  const part = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const out = Buffer.alloc(8 + body.length);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), 4 + body.length);
    return out;
  };
  const head = Buffer.from([0, 0, 0, 64, 0, 0, 0, 64, 8, 0, 0, 0, 0]);
  const rows = Buffer.alloc(64 * 65, seed % 200);
  for (let y = 0; y < 64; y++) rows[y * 65] = 0;
  return { name: `insight-${seed}.png`, mimeType: 'image/png', buffer: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), part('IHDR', head), part('IDAT', deflateSync(rows)), part('IEND', Buffer.alloc(0))]) };
}

/** owing finds a post for which a talent owes numbers. */
async function owing(page) {
  for (const room of demo.links.talent) {
    await page.goto(`${room}/posts`);
    for (const href of await page.locator('main a[href*="/posts/"]').evaluateAll((all) => all.map((a) => a.href))) {
      await page.goto(href);
      if (await page.locator('.panel input[type=file]').count()) return href;
    }
  }
  throw new Error('no talent owes numbers');
}

test('a talent sends insights in a minute on a phone', async () => {
  const page = await visitor({ small: true, axe: true });
  const href = await owing(page);
  assert.equal(await page.locator('.guide svg').count(), 3, 'the screens to capture are drawn');
  const began = Date.now();
  let acts = 0;
  await page.locator('[name=evidence]').setInputFiles([shot(Date.now() % 97), shot(101 + (Date.now() % 89))]);
  acts++;
  for (const [name, value] of Object.entries({ views: '98,4K', reach: '71.200', likes: '3,1K', comments: '204', saves: '412', shares: '188' })) {
    await page.fill(`[name=${name}]`, value);
    acts++;
  }
  await press(page, '/insights');
  acts++;
  assert.match(await page.locator('main').innerText(), /98[.,]400/, 'the numbers are read back before anything is kept');
  await press(page, '/insights', {}, 'button:not([name])');
  acts++;
  assert.equal(await page.locator('.panel input[type=file]').count(), 0, `${href}: nothing is asked any more`);
  assert.ok(Date.now() - began < 60_000, `it took ${Date.now() - began} ms`);
  assert.ok(acts <= 10, `${acts} acts of a thumb`);
  clean(page);
});

test('a specialist verifies one with the keyboard in twenty seconds', async () => {
  const page = await signIn(await visitor({ axe: true }), 'bagas');
  await page.goto(`${demo.url}/campaigns`);
  const all = await page.locator('main a[href^="/campaigns/"]').evaluateAll((list) => [...new Set(list.map((a) => a.getAttribute('href')))].filter((h) => /^\/campaigns\/[0-9a-z]{26}$/.test(h)));
  for (const campaign of all) {
    await page.goto(`${demo.url}${campaign}/insights`);
    if (await page.locator('main a[href^="/insights/"]').count()) break;
  }
  await page.locator('main a[href^="/insights/"]').first().click();
  await page.waitForURL(/\/insights\//);
  const before = page.url();
  const began = Date.now();
  await page.keyboard.press('z');
  await page.locator('zoom-shot[data-zoomed]').waitFor();
  const frame = page.locator('zoom-shot[data-zoomed] a');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelector('zoom-shot a').scrollTop > 0);
  assert.equal(await frame.evaluate((e) => e === document.activeElement), true, 'the arrows move the picture');
  await page.keyboard.press('z');
  await page.keyboard.press('v');
  await page.waitForURL((u) => u.href !== before);
  await page.waitForLoadState();
  assert.ok(Date.now() - began < 20_000, `it took ${Date.now() - began} ms`);
  await page.goto(before);
  assert.match(await page.locator('main').innerText(), /Terverifikasi/);
  await page.keyboard.press('b'); // opens the reason and stands in its field
  await page.locator('[name=reason]:focus').waitFor();
  await page.keyboard.type('Gambarnya terpotong');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.goto(before);
  assert.match(await page.locator('main').innerText(), /Gambarnya terpotong/);
  clean(page);
});

test('live posts are ticked off without scripts', async () => {
  const page = await signIn(await visitor({ scripts: false }), 'rani');
  await page.goto(`${demo.url}/posts`);
  const before = await page.locator('[name=post]').count();
  assert.ok(before > 0, 'something is due');
  await page.locator('[name=post]').first().check();
  await Promise.all([page.waitForNavigation(), page.locator('form[action="/posts"] button').click()]);
  assert.equal(await page.locator('[name=post]').count(), before - 1);
  clean(page);
});

test('a pick-up is added by pasting a link', async () => {
  const page = await signIn(await visitor({ axe: true }), 'rani');
  await page.goto(`${demo.url}/campaigns`);
  const href = await page.locator('main a[href^="/campaigns/"]', { hasText: 'Efek Domino' }).first().getAttribute('href');
  await page.goto(`${demo.url}${href}/domino`);
  const before = await page.locator('svg.chart circle').count();
  await press(page, '/pickups', { url: 'https://www.instagram.com/kabarbaru/p/Baru0001abc/', at: '2026-11-22T10:00', parent: { index: 1 } });
  assert.equal(await page.locator('svg.chart circle').count(), before + 1, 'the tree has grown');
  await press(page, '/pickups', { url: 'https://www.instagram.com/kabarbaru/p/Baru0001abc/' }, undefined, { refused: true });
  assert.match(await page.locator('main').innerText(), /sudah ada/);
  clean(page);
});

test('a specialist connects an account, and the figures come by themselves', async () => {
  const page = await signIn(await visitor({ axe: true }), 'bagas');
  await page.goto(`${demo.url}/connections`);
  await page.locator('.rows a[href^="/connections/new"]').first().click();
  await page.waitForURL(/account=/);
  const form = { mode: 'sandbox' };
  await press(page, '/connections', { ...form, token: 'sandbox~orang.lain' }, undefined, { refused: true });
  const said = await page.locator('main').innerText();
  assert.match(said, /membuka @orang\.lain, bukan @/);
  assert.equal(await page.inputValue('[name=token]'), '', 'a token is never shown again');
  const handle = said.match(/bukan @([\w.]+?)\.?(\s|$)/)[1];
  await press(page, '/connections', { ...form, token: `sandbox~${handle}` });
  const row = page.locator('main tr', { hasText: `@${handle}` }).filter({ hasText: 'izin pemilik akun' });
  await until(page, `${demo.url}/connections`, async () => /(\d+) dari \1 postingan ditemukan/.test(await row.innerText()));
  assert.match(await page.locator('main').innerText(), /Perlu disambungkan lagi/, 'a lapsed consent is said aloud');
  clean(page);
});

test('a short link leads on and is counted, and a preview is not', async () => {
  const page = await signIn(await visitor({ axe: true }), 'bagas');
  await page.goto(`${demo.url}/campaigns`);
  const href = await page.locator('main a[href^="/campaigns/"]', { hasText: 'Exclusive Two Way Cake' }).first().getAttribute('href');
  await page.goto(`${demo.url}${href}/tracking`);
  assert.match(await page.locator('main').innerText(), /NADIA10[\s\S]*18 pesanan · Rp 2\.682\.000/);
  await press(page, '/tracking/links', { booking: { index: 1 }, target: 'bukan alamat' }, undefined, { refused: true });
  assert.equal(await page.inputValue('[name=target]'), 'bukan alamat', 'the form comes back filled');
  await press(page, '/tracking/links', { booking: { index: 1 }, target: 'https://contoh.example/produk' });
  const made = page.locator('main .stack-s', { hasText: 'contoh.example' });
  const link = await made.locator('a[href*="/r/"]').getAttribute('href');
  for (const agent of ['Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile', 'WhatsApp/2.23.20.0 A']) {
    const r = await page.request.get(link, { maxRedirects: 0, headers: { 'User-Agent': agent } });
    assert.equal(r.status(), 302);
    assert.equal(r.headers().location, 'https://contoh.example/produk');
  }
  await page.goto(`${demo.url}${href}/tracking`);
  assert.match(await made.innerText(), /\n1 kunjungan/);
  await press(page, '/tracking/codes', { booking: { index: 1 }, code: 'nadia10' }, undefined, { refused: true });
  assert.match(await page.locator('main').innerText(), /sudah ada/);
  clean(page);
});
