// The first half of the main job by hand: from a new client to an approved draft.
// Staff at a desk; client and talent on phones, on their links. books.mjs goes on.
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { clip, code, demo, form, press, said, signIn, speak, until, visitor } from './run.mjs';

export const path = (page) => new URL(page.url()).pathname;

/** roomOf makes a room link for a person on the campaign's share screen and gives its address. */
async function roomOf(page, camp, party, person) {
  await page.goto(`${demo.url}${camp}/share`);
  const f = page.locator(`form[action$="/share"]:has([name=party][value=${party}])`).first();
  await f.locator('[name=person]').selectOption({ label: await optionLike(f, person) });
  await Promise.all([page.waitForNavigation(), f.locator('button:not([type=button])').first().click()]);
  return linkIn(page, party === 'client' ? 'c' : 't');
}

async function optionLike(f, text) {
  const all = await f.locator('[name=person] option').allInnerTexts();
  return all.find((o) => o.includes(text));
}

async function linkIn(page, door) {
  const found = (await page.content()).match(new RegExp(`/${door}/[a-z0-9]{26,}`));
  assert.ok(found, `a /${door}/ link on ${page.url()}`);
  return demo.url + found[0];
}

let takes = 0;

/** take is the clip as a file with bytes of its own: a free box, which players skip, at its end. */
function take() {
  const mark = Buffer.from(`take ${++takes}`.padEnd(8));
  const box = Buffer.alloc(8);
  box.writeUInt32BE(16);
  box.write('free', 4);
  return { name: `take-${takes}.mp4`, mimeType: 'video/mp4', buffer: Buffer.concat([readFileSync(clip), box, mark]) };
}

/** draftsOf waits for the piece of content that the talent owes, and gives its id. */
async function draftsOf(hand, hers) {
  const piece = hand.locator('main a[href*="/drafts/"]').first();
  await until(hand, `${hers}/drafts`, () => piece.count());
  return (await piece.getAttribute('href')).split('/').pop();
}

/** sign makes client, brand, contact and an agreement, has it signed on a phone, and starts the campaign. */
async function sign(s) {
  const { ae, lang, name } = s;
  await ae.goto(`${demo.url}/clients/new`);
  await press(ae, '/clients', { name, legal_name: `PT ${name}`, lang });
  s.client = path(ae);
  await ae.goto(`${demo.url}${s.client}/brands/new`);
  await press(ae, '/brands/new', { name: `${name} Brand` });
  await ae.goto(`${demo.url}${s.client}/contacts/new`);
  await press(ae, '/contacts/new', { name: `Sari ${name}`, email: 'sari@contoh.example', phone: '+6281200009001', lang });
  await ae.goto(`${demo.url}/agreements/new?client=${s.client.split('/').pop()}`);
  await press(ae, '/agreements', { title: `${name} 2026`, scope: 'Reels', value: '100000000', share: ['40%', '60%'], trigger: ['signing', 'report_sent'], revision_limit: '1', guarantee: true, guarantee_target: '3%', guarantee_scope: 'talent', guarantee_base: 'line' });
  const deal = path(ae);
  await press(ae, `${deal}/offer`);
  await press(ae, `${deal}/link`);
  const signer = await visitor({ small: true, lang, axe: true });
  const since = said();
  await signer.goto(`${await linkIn(ae, 'c')}/agreement`);
  await press(signer, '/code');
  await press(signer, '/sign', { code: await code(`Sari ${name}`, since), typed_name: `Sari ${name}`, consent: true });
  await ae.goto(demo.url + deal);
  await press(ae, '/start', { specialist_id: /Bagas/ });
  s.camp = path(ae);
  assert.match(s.camp, /^\/campaigns\/[0-9a-z]{26}$/);
  s.pages.push(signer);
}

/** cast shares the brief, fills a slot by the client's pick on a phone, and has the talent commit. */
async function cast(s) {
  const { ae, camp, name, talent, lang } = s;
  await ae.goto(`${demo.url}${camp}/brief`);
  await press(ae, '/brief/suggest', { pasted: `1. Wajib sebut ${name} di 5 detik pertama\n2. Jangan menyebut merek lain` });
  await press(ae, '/brief/pasted');
  await press(ae, '/brief/share');
  const sari = s.sari = await visitor({ small: true, lang, axe: true });
  s.room = await roomOf(ae, camp, 'client', 'Sari');
  await sari.goto(`${s.room}/brief`);
  await press(sari, '/brief/accept');

  await ae.goto(`${demo.url}${camp}/slots`);
  await press(ae, `${camp}/slots`, { count: '1', format: ['instagram/reels'], pieces: ['1'], budget: '9000000', price: '20000000', draft_on: '2026-12-01', post_on: '2026-12-04' });
  await ae.goto(`${demo.url}${camp}/shortlist/add?lift=price&lift=tier&q=${encodeURIComponent(talent)}`);
  await form(ae, `${camp}/shortlist`).locator('[name=talent]').first().check();
  await press(ae, `${camp}/shortlist`, { why: `${name}, ${talent}` });
  await ae.goto(`${demo.url}${camp}/shortlist/share`);
  await press(ae, '/shortlist/share', { deadline: '2026-11-25T17:00' });
  await sari.goto(`${s.room}/picks`);
  assert.doesNotMatch(await sari.content(), /9\.000\.000|9,000,000/, 'the client sees no cost');
  await sari.locator('form[action*="/picks/"] button[value=yes]').first().tap();
  await sari.locator('button[value=yes][aria-pressed=true]').first().waitFor(); // the answer is kept in place
  await sari.goto(`${s.room}/picks/summary`);
  await press(sari, '/picks/send');

  await ae.goto(`${demo.url}${camp}/bookings`);
  await ae.locator('main a[href*="/offer?slot="]').first().click();
  await press(ae, '/offer');
  s.hand = await visitor({ small: true, lang, axe: true });
  s.hers = await roomOf(ae, camp, 'talent', talent);
  s.pages.push(s.sari, s.hand);
  await commit(s);
}

/** commit: the talent acknowledges each point, says yes to each date, gives the code. */
async function commit({ hand, hers, talent }) {
  await hand.goto(`${hers}/brief`);
  for (const box of await hand.locator('#brief-ticks input[type=checkbox]').all()) await box.setChecked(true, { force: true });
  await press(hand, '/brief');
  await hand.goto(`${hers}/offers`);
  if ((await hand.locator('form#offer-answer').count()) === 0) await hand.locator('main a[href*="/offers/"]').first().click();
  await hand.locator('form#offer-answer').waitFor();
  for (const date of ['draft', 'revision', 'posting']) {
    const yes = hand.locator(`#offer-answer [name=${date}][value=yes]`);
    if ((await yes.count()) > 0) await yes.setChecked(true, { force: true });
  }
  const since = said();
  const offer = await hand.locator('form#offer-answer').getAttribute('action');
  await press(hand, offer);
  await press(hand, offer, { code: await code(talent, since) });
  assert.doesNotMatch(await hand.content(), /20\.000\.000|20,000,000/, 'the talent sees no price');
}

async function upload({ hand, hers, piece, name }) {
  await hand.goto(`${hers}/drafts/${piece}`);
  const f = form(hand, `/drafts/${piece}`);
  await f.locator('[type=file]').setInputFiles(take());
  await f.locator('[name=caption]').first().fill(`${name} #iklan`);
  for (const done of await f.locator('[name^="done."][value=done]').all()) await done.setChecked(true, { force: true });
  await Promise.all([hand.waitForNavigation({ timeout: 20_000 }), f.locator('button:not([type=button])').last().click()]);
}

async function check(page, { camp, piece }, value) {
  await page.goto(`${demo.url}${camp}/drafts/${piece}`);
  const f = form(page, '/check');
  for (const met of await f.locator('input[type=radio][value=met]').all()) await met.setChecked(true, { force: true });
  for (const where of await f.locator('[name^="w."]').all()) await where.fill('0:02');
  await press(page, '/check', {}, `button[value=${value}]`);
}

/** agree: uploaded by phone, both keys, a round of a fault and a wish, ruled, revised, approved. */
async function agree(s) {
  const { ae, bagas, sari, room, camp } = s;
  s.piece = await draftsOf(s.hand, s.hers);
  await upload(s);
  await check(bagas, s, 'pass');
  await check(ae, s, 'show');
  await sari.goto(`${room}/drafts/${s.piece}`);
  await sari.locator('details:has(form[action$="/notes"]) > summary').first().tap();
  await press(sari, '/notes', { text: 'Nama produk kurang jelas' }, 'button[value=add]');
  if (!(await form(sari, '/notes').locator('[name=text]').isVisible())) await sari.locator('details:has(form[action$="/notes"]) > summary').first().tap();
  await press(sari, '/notes', { text: 'Tambah adegan kedua' }, 'button[value=send]');
  await ae.goto(`${demo.url}${camp}/drafts/${s.piece}`);
  const ruling = ae.locator('form[action*="/rounds/"]').first();
  for (const [i, c] of ['F', 'W'].entries()) await ruling.locator(`[name^="class."][value=${c}]`).nth(i).setChecked(true, { force: true });
  await ruling.locator('[name^="point."]').first().selectOption({ index: 1 });
  await press(ae, await ruling.getAttribute('action'), {}, 'button[value=send]');
  await upload(s);
  await check(bagas, s, 'pass');
  await check(ae, s, 'show');
  await sari.goto(`${room}/drafts/${s.piece}`);
  const sure = sari.locator('details:has(form[action$="/approve"]) > summary');
  if ((await sure.count()) > 0) await sure.first().tap();
  await press(sari, '/approve');
  await sari.goto(`${room}/drafts/${s.piece}`);
  assert.equal(await form(sari, '/approve').count(), 0, 'approved once and for all');
}

/**
 * firstHalf plays from a new client to an approved draft and gives the stage: who sits
 * where (ae, bagas, sari, hand), and the addresses of what was made.
 */
export async function firstHalf({ lang, name, talent }) {
  const ae = await signIn(await visitor({ lang, axe: true }), 'rani');
  await speak(ae, lang);
  const bagas = await signIn(await visitor({ lang, axe: true }), 'bagas');
  await speak(bagas, lang);
  const s = { lang, name, talent, ae, bagas, pages: [ae, bagas] };
  await sign(s);
  await cast(s);
  await agree(s);
  return s;
}
