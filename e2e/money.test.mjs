// Money's own journeys: an invoice when its trigger fired, a batch of twenty of which
// one is refused, and a talent abroad who sees where the money is, on a phone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, demo, form, over, press, signIn, speak, visitor } from './run.mjs';

after(over);

const path = (page) => new URL(page.url()).pathname;

test('an agreement signed on paper drafts its invoice, and finance issues it', async () => {
  const rani = await signIn(await visitor({ axe: true }), 'rani');
  await rani.goto(`${demo.url}/agreements/new`);
  const client = await rani.locator('select[name=client] option:nth-child(2)').getAttribute('value');
  await rani.goto(`${demo.url}/agreements/new?client=${client}`);
  await press(rani, '/agreements', { title: 'Hak pakai tambahan', scope: 'Dua belas bulan.', value: '40.000.000' });
  const deal = path(rani);
  await press(rani, '/signature', { typed_name: 'Wakil Klien', scan: { name: 'spk.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') } });
  await press(rani, '/start', {});
  const hesti = await signIn(await visitor({ axe: true }), 'hesti');
  await hesti.goto(demo.url + deal);
  await hesti.locator('main a[href^="/invoices/"]').first().click();
  await hesti.waitForURL(/\/invoices\//);
  const invoice = path(hesti);
  await press(hesti, '/issue');
  await hesti.goto(demo.url + invoice);
  assert.match(await hesti.locator('h1').innerText(), /^INV\/\d{4}\//, 'it has the next number');
  await hesti.goto(`${demo.url}/client-accounts/${client}`);
  assert.match(await hesti.locator('main').innerText(), /Rp 22\.200\.000/, 'half of forty million with PPN stands in the statement of account');
  clean(rani, hesti);
});

test('twenty payouts are prepared by one and released by another, who refuses one', async () => {
  const vera = await signIn(await visitor({ axe: true }), 'vera');
  await vera.goto(`${demo.url}/payouts`);
  const boxes = await vera.locator('main input[name=id]').all();
  assert.ok(boxes.length >= 20, `${boxes.length} payouts are ready`);
  for (const box of boxes.slice(0, 20)) await box.setChecked(true, { force: true });
  await press(vera, '/payouts/prepare');
  const batch = path(vera);
  assert.match(batch, /^\/payout-batches\//);
  assert.equal(await form(vera, '/release').count(), 0, 'who prepared does not release');
  const maya = await signIn(await visitor({ axe: true }), 'maya');
  await maya.goto(demo.url + batch);
  const release = form(maya, '/release');
  assert.equal(await release.locator('[name=refuse]').count(), 20);
  await release.locator('[name=refuse]').first().setChecked(true, { force: true });
  await press(maya, '/release', { reason: 'Rekening belum jelas' });
  await maya.goto(demo.url + batch);
  assert.equal(await form(maya, '/release').count(), 0, 'nothing waits any more');
  const hesti = await signIn(await visitor(), 'hesti');
  await hesti.goto(demo.url + batch);
  assert.equal(await hesti.locator('form[action$="/sent"]').count(), 19, 'nineteen can be sent');
  clean(vera, maya, hesti);
});

test('a talent abroad sees where the money is, in her own words and on her own clock', async () => {
  for (const dark of [false, true]) {
    const page = await visitor({ small: true, dark, axe: true });
    let seen = false;
    for (const link of demo.links.talent) {
      await page.goto(`${link}/money`);
      if (/PHP/.test(await page.locator('main, body').first().innerText())) {
        seen = true;
        break;
      }
    }
    assert.ok(seen, 'a talent who is paid in pesos has a link');
    const room = page.url().replace(/\/money.*/, '');
    for (const [lang, title, sent] of [['en', 'My money', /sent/i], ['id', 'Uang saya', /dikirim/i], ['fil', /./, /./]]) {
      await page.goto(`${room}/money?lang=${lang}`);
      const text = await page.locator('main, body').first().innerText();
      if (lang !== 'fil') assert.match(await page.locator('h1').innerText(), new RegExp(title));
      assert.match(text, sent);
      if (lang !== 'id') assert.match(text, /PST|PHT|GMT\+8|\d{1,2}[:.]\d{2}/, 'an instant on her own clock');
      assert.doesNotMatch(text, /WIB/, 'not on Jakarta’s');
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} px wider than the phone`);
    clean(page);
  }
});

test('money’s screens hold in English and in the dark on a phone', async () => {
  const page = await signIn(await visitor({ small: true, dark: true, lang: 'en', axe: true }), 'hesti');
  await speak(page, 'en');
  for (const at of ['/money', '/agreements', '/agreement-templates', '/invoices', '/receivables', '/receipts', '/statements', '/payouts', '/withholdings', '/ledger', '/rates']) {
    await page.goto(demo.url + at);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${at} is ${wide} px wider than the phone`);
  }
  await speak(page, 'id');
  clean(page);
});
