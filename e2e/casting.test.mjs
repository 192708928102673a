// Casting by hand: a client picks with one thumb, a talent says no and another takes
// the seat, a talent abroad reads dates in the own time.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, code, demo, form, over, press, said, signIn, visitor } from './run.mjs';

after(over);

/** linkWith gives the first demo link of a party whose page has what a test needs. */
async function linkWith(page, party, part, has) {
  for (const l of demo.links[party]) {
    const r = await page.goto(l + part);
    if (r.ok() && (await has(page))) return l;
  }
  throw new Error(`no ${party} link with what is needed on ${part}`);
}

/** roomOf makes a room link for a person on a campaign's share screen. */
async function roomOf(page, camp, party, person) {
  await page.goto(`${demo.url}${camp}/share`);
  const f = page.locator(`form[action$="/share"]:has([name=party][value=${party}])`).first();
  const all = await f.locator('[name=person] option').allInnerTexts();
  await f.locator('[name=person]').selectOption({ label: all.find((o) => o.includes(person)) });
  await Promise.all([page.waitForNavigation(), f.locator('button:not([type=button])').first().click()]);
  const found = (await page.content()).match(new RegExp(`/${party === 'client' ? 'c' : 't'}/[a-z0-9]{26,}`));
  assert.ok(found, `a link for ${person}`);
  return demo.url + found[0];
}

/** thumb taps a control as a thumb does: it must be large enough and within the screen's width. */
async function thumb(page, control) {
  await control.scrollIntoViewIfNeeded();
  const box = await control.boundingBox();
  assert.ok(box.height >= 44, `a control of ${box.height} px is too low for a thumb`);
  assert.ok(box.x >= 0 && box.x + box.width <= 390, 'within reach without moving the page sideways');
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
}

/** answer taps one answer on a card and waits until the card shows it. */
async function answer(page, name, value) {
  const card = page.locator(`article[aria-label="${name}"]`);
  await thumb(page, card.locator(`button[value=${value}]`));
  await card.locator(`button[value=${value}][aria-pressed=true]`).waitFor();
  const box = await card.boundingBox();
  assert.ok(box.y < 844 && box.y + box.height > 0, `${name} stays in view after the tap, so that the next card is one flick away`);
}

test('the client picks 9 of 31 with one thumb', async () => {
  const page = await visitor({ small: true, lang: 'en' });
  const decides = async (p) => (await p.locator('article[id^=card-]').count()) === 31 && (await p.locator('article button[aria-pressed=true]').count()) > 0;
  const room = await linkWith(page, 'client', '/picks', decides);
  const names = await page.locator('article[id^=card-]').evaluateAll((all) => all.map((a) => a.getAttribute('aria-label')));
  assert.equal(names.length, 31);
  const free = [];
  for (const n of names) {
    const card = page.locator(`article[aria-label="${n}"]`);
    if ((await card.locator('button[aria-pressed=true]').count()) === 0) free.push(n);
  }
  const begun = await page.locator('article button[value=yes][aria-pressed=true]').count();
  for (let i = begun; i < 10; i++) await answer(page, free.shift(), 'yes');
  const tenth = await page.locator('article:has(button[value=yes][aria-pressed=true])').last().getAttribute('aria-label');

  // Ten for nine places: refused in plain words, nothing lost.
  await thumb(page, page.locator('.sum-bar a'));
  await page.waitForURL(/summary/);
  const send = form(page, '/picks/send').locator('button').last();
  const [refused] = await Promise.all([page.waitForResponse((r) => r.url().endsWith('/picks/send')), thumb(page, send)]);
  assert.equal(refused.status(), 409);
  await page.waitForLoadState();
  const text = await page.locator('main').innerText();
  assert.match(text, /10/);
  assert.match(text, /\b9\b/);

  // The tenth becomes a reserve, the rest is sent.
  await page.goto(`${room}/picks`);
  await answer(page, tenth, 'reserve');
  await thumb(page, page.locator('.sum-bar a'));
  await page.waitForURL(/summary/);
  await Promise.all([page.waitForNavigation(), thumb(page, form(page, '/picks/send').locator('button').last())]);
  assert.equal(await form(page, '/picks/send').count(), 0, 'everything is sent');
  await page.goto(`${room}/picks`);
  assert.equal(await page.locator('article button[value=yes][aria-pressed=true]').count(), 9);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'no sideways scroll');
  clean(page);
});

test('a talent says no, the client chooses who follows, and the new booking holds', async () => {
  const hand = await visitor({ small: true });
  const asked = async (p) => (await p.locator('main').innerText()).includes('Grab') && /Menunggu jawaban Anda/.test(await p.locator('main').innerText());
  await linkWith(hand, 'talent', '/offers', asked);
  await hand.locator('main a[href*="/offers/"]').first().tap();
  await hand.locator('details:has(form[action$="/decline"]) > summary').tap();
  await press(hand, '/decline', { note: 'Jadwal penuh' });

  // The account executive sees who could follow at once: the client's reserve first.
  const ae = await signIn(await visitor(), 'rani');
  await ae.goto(`${demo.url}/campaigns`);
  const camp = await ae.locator('main a', { hasText: 'Dari Rumah Aja' }).first().getAttribute('href');
  await ae.goto(`${demo.url}${camp}/bookings`);
  const seat = ae.locator('article[id^=seat-]:has(a[href*="/offer?slot="])').last();
  assert.match(await seat.locator('details ol li').first().innerText(), /Cadangan/);
  await seat.locator('a[href$="/replacements"]').last().click();
  const proposal = ae.locator('article:has(form[action$="/replacements"])').first();
  const follows = await proposal.getAttribute('aria-label');
  await proposal.locator('[name=why]').fill('Gaya bercerita santai, cocok untuk pesan dari rumah.');
  await Promise.all([ae.waitForNavigation(), proposal.locator('button:not([type=button])').last().click()]);
  assert.match(await ae.content(), new RegExp(follows));

  // The client's yes, by thumb.
  const client = await visitor({ small: true });
  const room = await linkWith(client, 'client', '/picks', async (p) => (await p.locator(`article[aria-label="${follows}"]`).count()) > 0 && /Grab/.test(await p.locator('h1').innerText()));
  await answer(client, follows, 'yes');
  await client.goto(`${room}/picks/summary`);
  await press(client, '/picks/send');

  // The offer, the talent's yes to each date with a code, and the booking holds.
  await ae.goto(`${demo.url}${camp}/bookings`);
  await ae.locator('main a[href*="/offer?slot="]', { hasText: follows }).first().click();
  await press(ae, '/offer');
  const hers = await roomOf(ae, camp, 'talent', follows);
  await hand.goto(`${hers}/brief`);
  for (const box of await hand.locator('#brief-ticks input[type=checkbox]').all()) await box.setChecked(true, { force: true });
  await press(hand, '/brief');
  await hand.goto(`${hers}/offers`);
  if ((await hand.locator('form#offer-answer').count()) === 0) await hand.locator('main a[href*="/offers/"]').first().click();
  for (const date of ['draft', 'revision', 'posting']) {
    const yes = hand.locator(`#offer-answer [name=${date}][value=yes]`);
    if ((await yes.count()) > 0) await yes.setChecked(true, { force: true });
  }
  const since = said();
  const offer = await hand.locator('form#offer-answer').getAttribute('action');
  await press(hand, offer);
  await press(hand, offer, { code: await code(follows, since) });
  await ae.goto(`${demo.url}${camp}/bookings`);
  const held = ae.locator('article[id^=seat-]', { hasText: follows }).first();
  assert.match(await held.innerText(), /Disanggupi/);
  clean(ae, hand, client);
});

test('a Manila talent sees the own time first, the account executive sees both', async () => {
  const talent = await visitor({ small: true, lang: 'en' });
  await linkWith(talent, 'talent', '/offers', async (p) => /PHP/.test(await p.locator('main').innerText()));
  const read = await talent.locator('main').innerText();
  assert.match(read, /\d{2}:\d{2} Manila/);
  assert.doesNotMatch(read, /WIB/);
  const ae = await signIn(await visitor(), 'dewa');
  await ae.goto(`${demo.url}/campaigns`);
  const camp = await ae.locator('main a', { hasText: 'Focallure Philippines' }).first().getAttribute('href');
  await ae.goto(`${demo.url}${camp}/bookings`);
  assert.match(await ae.locator('main').innerText(), /\d{2}\.\d{2} Manila = .*\d{2}\.\d{2} WIB/);
  clean(talent, ae);
});

test('a trainee asks, the supervisor says yes, and the client has the list', async () => {
  const boss = await signIn(await visitor(), 'dewa');
  await boss.goto(`${demo.url}/inbox`);
  await boss.locator('main a[href="/approvals"]').first().click();
  const ask = boss.locator('article[id^=ask-]').first();
  assert.match(await ask.innerText(), /Nisa/);
  await ask.locator('button[value=yes]').click();
  await boss.waitForLoadState();
  assert.equal(await boss.locator('article[id^=ask-]').count(), 0);
  const client = await visitor({ small: true });
  await linkWith(client, 'client', '/picks', async (p) => /Xonce/.test(await p.locator('h1').innerText()) && (await p.locator('article[id^=card-]').count()) > 0);
  clean(boss, client);
});

test('an incident is reported at once and decided only when the brand was told', async () => {
  const ae = await signIn(await visitor(), 'rani');
  await ae.goto(`${demo.url}/campaigns`);
  const camp = await ae.locator('main a', { hasText: 'Dari Rumah Aja' }).first().getAttribute('href');
  await ae.goto(`${demo.url}${camp}/bookings`);
  const seat = ae.locator('article[id^=seat-]', { hasText: 'Bintang Mahendra' }).first();
  await seat.locator('a[href$="/incident"]').click();
  await press(ae, '/incident', { kind: 'family' }, 'button[name=later]');
  assert.match(await ae.locator('article[id^=seat-]', { hasText: 'Bintang Mahendra' }).first().innerText(), /Insiden: Keluarga/);
  await ae.locator('article[id^=seat-]', { hasText: 'Bintang Mahendra' }).first().locator('a[href$="/incident"]').click();
  assert.equal(await ae.locator('[name=kind][value=family]').isChecked(), true, 'what was reported is kept');
  assert.match(await ae.locator('[name=words]').inputValue(), /Halo Yohanes/);
  await press(ae, '/incident', { decision: 'replace' }, 'button:not([name])', { refused: true });
  assert.match(await ae.locator('main').innerText(), /Beri tahu brand dulu/);
  assert.equal(await ae.locator('[name=decision][value=replace]').isChecked(), true, 'the form comes back filled');
  await press(ae, '/incident', { told: 'whatsapp' });
  assert.match(ae.url(), /replacements$/);
  assert.match(await ae.locator('main article').first().innerText(), /Cadangan/);
  clean(ae);
});

test('the client\'s file has no cost', async () => {
  const ae = await signIn(await visitor(), 'rani');
  await ae.goto(`${demo.url}/campaigns`);
  const camp = await ae.locator('main a', { hasText: 'Dari Rumah Aja' }).first().getAttribute('href');
  const get = async (path) => (await ae.request.get(`${demo.url}${camp}/shortlist/export/${path}`)).body();
  const ours = (await get('agency/csv')).toString();
  const theirs = (await get('client/csv')).toString();
  assert.match(ours, /Biaya talent/);
  assert.match(ours, /8100000/);
  assert.doesNotMatch(theirs, /Biaya|Margin|8100000/);
  assert.match(theirs, /Rendy Pratista/);
  assert.equal((await get('client/xlsx')).subarray(0, 2).toString(), 'PK');
  assert.doesNotMatch((await get('client/text')).toString(), /Biaya/);
  clean(ae);
});
