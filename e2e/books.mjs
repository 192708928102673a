// The second half of the main job by hand: from the post to closed books. Days pass in
// between, so the demo is stopped and goes on later on the same data.
import assert from 'node:assert/strict';
import { path } from './job.mjs';
import { demo, download, form, later, press, signIn, speak, until, visitor } from './run.mjs';

/** A picture of one grey pixel, with a mark of its own at its end. */
const picture = (name) => ({ name, mimeType: 'image/png', buffer: Buffer.concat([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64'), Buffer.from(name)]) });

const links = (page, like) => page.locator('main a').evaluateAll((all) => all.map((a) => a.getAttribute('href'))).then((all) => [...new Set(all.filter((h) => h && like.test(h)))]);

const one = (part) => new RegExp(`^/${part}/[0-9a-z]{26}$`);

/** sitDown signs somebody in anew, in the language of the stage. */
async function sitDown(s, name) {
  const page = await signIn(await visitor({ lang: s.lang, axe: true }), name);
  await speak(page, s.lang);
  s.pages.push(page);
  return page;
}

/** measured: the link pasted on the phone, checked at the desk; a week later the figures, verified by another person. */
async function measured(s, { missed }) {
  await later('2026-12-04T18:30:00+07:00', ...s.pages);
  s.ae = await sitDown(s, 'rani');
  s.bagas = await sitDown(s, 'bagas');
  await s.hand.goto(`${s.hers}/posts/${s.piece}`);
  await press(s.hand, `/posts/${s.piece}`, { url: 'instagram' }, undefined, { refused: true });
  await press(s.hand, `/posts/${s.piece}`, { url: 'https://www.instagram.com/reel/DQ0aBcDeFgH/?igsh=x' });
  await s.ae.goto(`${demo.url}/posts/${s.piece}`);
  if ((await s.ae.locator('button[value=allow]').count()) > 0) await press(s.ae, '/act', { reason: 'Dilihat bersama talent di ponselnya.' }, 'button[value=allow]');
  await s.bagas.goto(`${demo.url}/posts/${s.piece}`);
  await s.bagas.locator('details:has(form[action$="/checks"]) > summary').click();
  for (const ok of await s.bagas.locator('[name^="check."][value=ok]').all()) await ok.setChecked(true, { force: true });
  await press(s.bagas, '/checks');

  await later('2026-12-11T20:00:00+07:00', ...s.pages);
  await s.hand.goto(`${s.hers}/posts/${s.piece}`);
  const figures = missed ? { views: '150.000', reach: '120 rb', likes: '1.200', comments: '110', saves: '80', shares: '30' } : { views: '150,000', reach: '120k', likes: '5,200', comments: '210', saves: '480', shares: '130' };
  await press(s.hand, '/insights', { ...figures, evidence: picture('insight.png') });
  assert.match(await s.hand.locator('main').innerText(), /120[.,]000/, 'the figures are read back');
  await press(s.hand, '/insights');
  await s.bagas.goto(`${demo.url}${s.camp}/insights`);
  await s.bagas.locator('main a[href^="/insights/"]').first().click();
  await press(s.bagas, '/verify');
  await s.ae.goto(`${demo.url}${s.camp}/results`);
  assert.match(await s.ae.locator('main').innerText(), missed ? /1,2%/ : /5\.0%/, 'the rate by its formula');
}

/** remedied: ten per cent back, chosen by the executive, allowed by the manager. */
async function remedied(s) {
  await press(s.ae, '/results/remedy', { kind: 'refund', reason: 'Target 3% tidak tercapai.' });
  await s.maya.goto(`${demo.url}${s.camp}/results`);
  await press(s.maya, await s.maya.locator('form[action*="/refunds/"]').getAttribute('action'), {}, 'button[value=yes]');
  assert.equal(await s.maya.locator('form[action*="/refunds/"]').count(), 0, 'decided once');
}

/** reported: written, sent, taken as PDF and XLSX; the client's is without cost. */
async function reported(s) {
  const { ae, sari } = s;
  await ae.goto(`${demo.url}${s.camp}/report`);
  await press(ae, '/report', { summary: '120 ribu orang melihat.', learned: 'Pagi hari terbaik.', advice: 'Ulangi dengan dua talent.' });
  await press(ae, '/report/send');
  const files = (page) => page.locator('a[href*="/report/files/v1"]');
  assert.match((await download(ae, files(ae).filter({ hasText: 'PDF' }))).toString('latin1', 0, 5), /^%PDF-/);
  assert.match((await download(ae, files(ae).filter({ hasText: 'XLSX' }))).toString('latin1', 0, 2), /^PK/);
  await sari.goto(`${s.room}/report`);
  assert.doesNotMatch(await sari.content(), /9\.000\.000|9,000,000/, "the client's report has no cost");
  await readable(sari);
  assert.match((await download(sari, files(sari).filter({ hasText: 'PDF' }))).toString('latin1', 0, 5), /^%PDF-/);
  assert.match((await download(sari, files(sari).filter({ hasText: 'XLSX' }))).toString('latin1', 0, 2), /^PK/);
  await s.maya.goto(`${demo.url}${s.camp}/report`);
  assert.equal(await form(s.maya, '/close').count(), 0, 'nothing closes while something is open');
}

/** readable: the report is read on a phone of 390 px and printed on A4, nothing cut off. */
async function readable(page) {
  const before = page.viewportSize();
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok((await wide()) <= 390, 'no sideways scroll on a phone');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1047 }); // A4 within its margins, in CSS pixels
  assert.ok((await wide()) <= 718, 'nothing is cut off on paper');
  assert.equal(await page.locator('.no-print:visible').count(), 0, 'buttons are not printed');
  const paper = await page.pdf({ format: 'A4', printBackground: true });
  assert.match(paper.toString('latin1', 0, 5), /^%PDF-/);
  assert.match(paper.toString('latin1'), /MediaBox \[0 0 59[45][.\d]* 84[12]/, 'the paper is A4');
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(before);
}

/** billed: each instalment becomes an invoice, is issued, paid, matched, with its slip. */
async function billed(s) {
  const { hesti } = s;
  const invoices = await until(hesti, `${demo.url}/invoices?campaign=${s.camp.split('/').pop()}`, () => links(hesti, one('invoices')).then((l) => l.length === 2 && l));
  for (const [n, invoice] of invoices.entries()) {
    await hesti.goto(demo.url + invoice);
    await press(hesti, '/issue');
    await s.sari.goto(`${s.room}/invoices`);
    await hesti.goto(demo.url + invoice);
    await hesti.locator('main a[href^="/receipts/new?invoice="]').first().click();
    await press(hesti, '/receipts', { reference: `TRF-${n}` });
    await press(hesti, '/match', { slip_number: `BP-${n}` });
    await hesti.goto(demo.url + invoice);
    assert.equal(await hesti.locator('main a[href^="/receipts/new?invoice="]').count(), 0, `${invoice} is paid`);
  }
}

/** paid: prepared by one, released by another, sent with proof, arrived by the talent's word. */
async function paid(s) {
  const { hesti, vera, hand } = s;
  const here = `/payouts?campaign=${s.camp.split('/').pop()}`;
  await until(vera, demo.url + here, () => vera.locator('main input[name=id]').count().then((n) => n >= 2));
  for (const box of await vera.locator('main input[name=id]').all()) await box.setChecked(true, { force: true });
  await press(vera, '/payouts/prepare');
  const batch = path(vera);
  assert.match(batch, one('payout-batches'));
  assert.equal(await form(vera, '/release').count(), 0, 'who prepared does not release');
  await s.maya.goto(demo.url + batch);
  await press(s.maya, '/release');
  await hesti.goto(demo.url + batch);
  const sheet = await download(hesti, hesti.locator('form[action$="/file"]:has([value=xlsx]) button'));
  assert.match(sheet.toString('latin1', 0, 2), /^PK/);
  for (let n = 1; (await form(hesti, '/sent').count()) > 0; n++) {
    const sent = await form(hesti, '/sent').getAttribute('action');
    await press(hesti, sent, { reference: `OUT-${n}`, proof: picture(`bukti-${n}.png`) });
  }
  await hand.goto(`${s.hers}/money`);
  for (let n = 0; (await hand.locator('form[action$="/arrived"]').count()) > 0; n++) await press(hand, await hand.locator('form[action$="/arrived"]').first().getAttribute('action'));
}

/** secondHalf goes on where firstHalf ended, to books that are balanced and closed. */
export async function secondHalf(s, { missed }) {
  await measured(s, { missed });
  for (const name of ['maya', 'hesti', 'vera']) s[name] = await sitDown(s, name);
  if (missed) await remedied(s);
  await reported(s);
  await billed(s);
  await paid(s);
  await s.hesti.goto(`${demo.url}/ledger?campaign=${s.camp.split('/').pop()}`);
  await until(s.maya, `${demo.url}${s.camp}/report`, () => form(s.maya, '/close').count());
  await press(s.maya, '/close', { again: 'yes', reason: 'Suka hasilnya.' });
  assert.equal(await form(s.maya, '/close').count(), 0, 'closed');
}
