// The main job by hand, in Indonesian and again in English: from a new client to an
// approved draft. Staff at a desk; client and talent on phones, on their links.
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, clip, code, demo, form, over, press, said, signIn, speak, visitor } from './run.mjs';

after(over);

const path = (page) => new URL(page.url()).pathname;

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

for (const [lang, name, talent] of [['id', 'Kopi Contoh', 'Citra Anindya'], ['en', 'Sample Tea', 'Sekar Wulandari']]) {
  test(`from a new client to an approved draft, ${lang}`, async () => {
    const ae = await signIn(await visitor({ lang }), 'rani');
    await speak(ae, lang);

    // Client, brand, contact.
    await ae.goto(`${demo.url}/clients/new`);
    await press(ae, '/clients', { name, legal_name: `PT ${name}`, lang });
    const client = path(ae);
    await ae.goto(`${demo.url}${client}/brands/new`);
    await press(ae, '/brands/new', { name: `${name} Brand` });
    await ae.goto(`${demo.url}${client}/contacts/new`);
    await press(ae, '/contacts/new', { name: `Sari ${name}`, email: 'sari@contoh.example', phone: '+6281200009001', lang });

    // The agreement, signed on the contact's phone with a code.
    await ae.goto(`${demo.url}/agreements/new?client=${client.split('/').pop()}`);
    await press(ae, '/agreements', { title: `${name} 2026`, scope: 'Reels', value: '100000000', share: ['40%', '60%'], trigger: ['signing', 'report_sent'], revision_limit: '1', guarantee: true, guarantee_target: '3%', guarantee_scope: 'talent', guarantee_base: 'line' });
    const deal = path(ae);
    await press(ae, `${deal}/offer`);
    await press(ae, `${deal}/link`);
    const signer = await visitor({ small: true, lang });
    let since = said();
    await signer.goto(`${await linkIn(ae, 'c')}/agreement`);
    await press(signer, '/code');
    await press(signer, '/sign', { code: await code(`Sari ${name}`, since), typed_name: `Sari ${name}`, consent: true });
    await ae.goto(demo.url + deal);
    await press(ae, '/start', { specialist_id: /Bagas/ });
    const camp = path(ae);
    assert.match(camp, /^\/campaigns\/[0-9a-z]{26}$/);

    // The brief from pasted text, shared, accepted on the phone.
    await ae.goto(`${demo.url}${camp}/brief`);
    await press(ae, '/brief/suggest', { pasted: `1. Wajib sebut ${name} di 5 detik pertama\n2. Jangan menyebut merek lain` });
    await press(ae, '/brief/pasted');
    await press(ae, '/brief/share');
    const sari = await visitor({ small: true, lang });
    const room = await roomOf(ae, camp, 'client', 'Sari');
    await sari.goto(`${room}/brief`);
    await press(sari, '/brief/accept');

    // A slot, a talent on the list with price and cost, picked on the phone.
    await ae.goto(`${demo.url}${camp}/slots`);
    await press(ae, `${camp}/slots`, { count: '1', format: ['instagram/reels'], pieces: ['1'], budget: '9000000', price: '20000000', draft_on: '2026-12-01', post_on: '2026-12-04' });
    await ae.goto(`${demo.url}${camp}/shortlist/add?q=${encodeURIComponent(talent)}`);
    const list = form(ae, `${camp}/shortlist`);
    await list.locator('[name=talent]').first().check();
    await press(ae, `${camp}/shortlist`, { why: `${name}, ${talent}` });
    await ae.goto(`${demo.url}${camp}/shortlist/share`);
    await press(ae, '/shortlist/share', { deadline: '2026-11-25T17:00' });
    await sari.goto(`${room}/picks`);
    assert.doesNotMatch(await sari.content(), /9\.000\.000|9,000,000/, 'the client sees no cost');
    await sari.locator('form[action*="/picks/"] button[value=yes]').first().tap();
    await sari.goto(`${room}/picks/summary`);
    await press(sari, '/picks/send');

    // The offer; the talent acknowledges each point, says yes to each date, gives the code.
    await ae.goto(`${demo.url}${camp}/bookings`);
    await ae.locator('main a[href*="/offer?slot="]').first().click();
    await press(ae, '/offer');
    const hand = await visitor({ small: true, lang });
    const hers = await roomOf(ae, camp, 'talent', talent);
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
    since = said();
    const offer = await hand.locator('form#offer-answer').getAttribute('action');
    await press(hand, offer);
    await press(hand, offer, { code: await code(talent, since) });
    assert.doesNotMatch(await hand.content(), /20\.000\.000|20,000,000/, 'the talent sees no price');

    // The draft: uploaded by phone, both keys, a round of a fault and a wish, ruled, revised, approved.
    const drafts = async () => {
      await hand.goto(`${hers}/drafts`);
      return (await hand.locator('main a[href*="/drafts/"]').first().getAttribute('href')).split('/').pop();
    };
    let piece;
    for (let i = 0; i < 40 && !piece; i++) piece = await drafts().catch(() => hand.waitForTimeout(250).then(() => ''));
    const upload = async (more = {}) => {
      await hand.goto(`${hers}/drafts/${piece}`);
      const f = form(hand, `/drafts/${piece}`);
      await f.locator('[type=file]').setInputFiles(take());
      for (const [n, v] of Object.entries({ caption: `${name} #iklan`, ...more })) await f.locator(`[name="${n}"]`).first().fill(v);
      for (const done of await f.locator('[name^="done."][value=done]').all()) await done.setChecked(true, { force: true });
      await Promise.all([hand.waitForNavigation({ timeout: 20_000 }), f.locator('button:not([type=button])').last().click()]);
    };
    await upload();
    const bagas = await signIn(await visitor({ lang }), 'bagas');
    const check = async (page, value) => {
      await page.goto(`${demo.url}${camp}/drafts/${piece}`);
      const f = form(page, '/check');
      for (const met of await f.locator('input[type=radio][value=met]').all()) await met.setChecked(true, { force: true });
      for (const where of await f.locator('[name^="w."]').all()) await where.fill('0:02');
      await press(page, '/check', {}, `button[value=${value}]`);
    };
    await check(bagas, 'pass');
    await check(ae, 'show');
    await sari.goto(`${room}/drafts/${piece}`);
    await sari.locator('details:has(form[action$="/notes"]) > summary').first().tap();
    await press(sari, '/notes', { text: 'Nama produk kurang jelas' }, 'button[value=add]');
    if (!(await form(sari, '/notes').locator('[name=text]').isVisible())) await sari.locator('details:has(form[action$="/notes"]) > summary').first().tap();
    await press(sari, '/notes', { text: 'Tambah adegan kedua' }, 'button[value=send]');
    await ae.goto(`${demo.url}${camp}/drafts/${piece}`);
    const ruling = ae.locator('form[action*="/rounds/"]').first();
    for (const [i, c] of ['F', 'W'].entries()) await ruling.locator(`[name^="class."][value=${c}]`).nth(i).setChecked(true, { force: true });
    await ruling.locator('[name^="point."]').first().selectOption({ index: 1 });
    await press(ae, await ruling.getAttribute('action'), {}, 'button[value=send]');
    await upload();
    await check(bagas, 'pass');
    await check(ae, 'show');
    await sari.goto(`${room}/drafts/${piece}`);
    const sure = sari.locator('details:has(form[action$="/approve"]) > summary');
    if ((await sure.count()) > 0) await sure.first().tap();
    await press(sari, '/approve');
    await sari.goto(`${room}/drafts/${piece}`);
    assert.equal(await form(sari, '/approve').count(), 0, 'approved once and for all');
    clean(ae, sari, hand, bagas, signer);
  });
}
