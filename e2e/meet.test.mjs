// A meeting's minutes become a version of the brief by silence: noted while it goes on, looked at, sent by link, and left
// unanswered for 48 working hours on a clock that the test moves. Invitations and feeds are read by another program's
// parser, over the change of a zone's clocks.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import ICAL from 'ical.js';
import { clean, demo, form, later, over, press, signIn, speak, visitor } from './run.mjs';

after(over);

/** campaignOf gives the address of a campaign by its name. */
async function campaignOf(page, name) {
  await page.goto(`${demo.url}/campaigns`);
  return page.locator(`main a[href^="/campaigns/"]:has-text("${name}")`).first().getAttribute('href');
}

/** linkOf finds the client's link whose landing names a campaign. */
async function linkOf(page, name) {
  for (const l of demo.links.client) {
    const r = await page.goto(l);
    if (r.ok() && (await page.locator('main').innerText()).includes(name)) return l;
  }
  throw new Error(`no link of ${name}`);
}

/** instants gives each event's beginning as another program understands it: by the file's own zones. */
function instants(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((v) => {
    const e = new ICAL.Event(v);
    const zone = calendar.getAllSubcomponents('vtimezone').find((z) => z.getFirstPropertyValue('tzid') === v.getFirstProperty('dtstart').getParameter('tzid'));
    const at = e.startDate;
    if (zone) at.zone = new ICAL.Timezone(zone);
    return { uid: e.uid, title: e.summary, at: at.toJSDate().toISOString(), zone: zone?.getFirstPropertyValue('tzid') };
  });
}

test('minutes come into force by silence', async () => {
  const phone = await visitor({ small: true, axe: true });
  const link = await linkOf(phone, 'Efek Domino');
  await phone.goto(`${link}/brief`);
  await press(phone, '/brief/accept');

  const ae = await signIn(await visitor({ axe: true }), 'rani');
  const camp = await campaignOf(ae, 'Efek Domino');
  await ae.goto(`${demo.url}/meetings/new?campaign=${camp.split('/').pop()}`);
  await press(ae, '/meetings', { title: 'Telepon tagar', on: '2026-11-23', from: '10.00', to: '09.00' }, undefined, { refused: true });
  assert.match(await ae.locator('main').innerText(), /Selesai harus setelah mulai/);
  await press(ae, '/meetings', { to: '23.00' }, undefined, { refused: true });
  assert.match(await ae.locator('main').innerText(), /butuh seseorang dari luar/);
  await form(ae, '/meetings').locator('[name=contacts]').first().check({ force: true });
  await press(ae, '/meetings', {});
  const meeting = ae.url().split('#')[0];
  await press(ae, '/lines', { text: 'Tagarnya diganti', effect: 'change', point: /XonceDomino/, wording: 'Cantumkan #XonceViral' });
  await press(ae, '/lines', { text: 'Kirim foto baru', kind: 'action', doer: /Natasha/, due: 'besok 17.00' });
  await press(ae, '/lines', { text: 'Margin aman, jangan tawarkan diskon', kind: 'wish', part: 'internal' });
  await ae.goto(`${meeting}/report`);
  const preview = await ae.locator('main').innerText();
  assert.match(preview, /Tagarnya diganti/);
  assert.doesNotMatch(preview, /Margin aman/, 'the internal part is on the preview');
  assert.equal(await ae.locator('main ins').first().innerText(), '#XonceViral');
  await press(ae, '/report');
  await press(ae, '/link');
  await press(ae, '/sent');
  assert.match(await ae.locator('#reports').innerText(), /Bisa menjawab sampai Sen 30 Nov 2026, 13.00 WIB|Bisa menjawab sampai/);

  await phone.goto(`${link}/minutes?lang=en`);
  assert.match(await phone.locator('main').innerText(), /Telepon tagar/);
  await phone.locator('a[href*="/minutes/"]').first().click();
  assert.doesNotMatch(await phone.locator('main').innerText(), /Margin aman/);
  assert.match(await phone.locator('main').innerText(), /Without an answer by Mon 30 Nov 2026/);
  await phone.goto(`${link}/brief?lang=id`);
  assert.doesNotMatch(await phone.locator('main').innerText(), /XonceViral/, 'sending alone changed the brief');

  await later('2026-11-30T18:30:00+07:00', ae, phone);
  await phone.goto(`${link}/brief`);
  for (let i = 0; i < 20 && !/XonceViral/.test(await phone.locator('main').innerText()); i++) await phone.goto(`${link}/brief`);
  assert.match(await phone.locator('main').innerText(), /Berlaku tanpa jawaban[\s\S]*XonceViral/);
  await signIn(ae, 'rani');
  await speak(ae, 'en');
  await ae.goto(meeting);
  assert.match(await ae.locator('#reports').innerText(), /Accepted by silence[\s\S]*Became version 2 of the brief/);
  clean(ae, phone);
});

test('calendars of other makers read the same instant, over a change of the clocks', async () => {
  const ae = await signIn(await visitor({ axe: true }), 'rani');
  await ae.goto(`${demo.url}/meetings/new`);
  for (const [on, want] of [['2027-03-27', '2027-03-27T09:00:00.000Z'], ['2027-03-28', '2027-03-28T08:00:00.000Z']]) {
    await ae.goto(`${demo.url}/meetings/new?kind=internal`);
    await press(ae, '/meetings', { title: `Amsterdam ${on}`, on, from: '10.00', to: '11.00', zone: 'Europe/Amsterdam' });
    const file = await (await ae.request.get(`${ae.url()}/invitation.ics`)).text();
    assert.deepEqual(instants(file).map((e) => e.at), [want]);
  }
  await ae.goto(`${demo.url}/calendar?view=week`);
  await ae.goto(`${demo.url}/calendar`);
  await ae.goto(`${demo.url}/calendar/feeds`);
  await press(ae, '/calendar/feeds', { who: 'mine' });
  const address = await ae.locator('[name=address]').inputValue();
  const answer = await ae.request.get(address);
  assert.match(answer.headers()['content-type'], /text\/calendar/);
  const events = instants(await answer.text());
  assert.ok(events.length > 5, `${events.length} events`);
  assert.equal(new Set(events.map((e) => e.uid)).size, events.length, 'two events of one name');
  assert.equal(events.find((e) => e.title === 'Amsterdam 2027-03-28').at, '2027-03-28T08:00:00.000Z');
  const again = await ae.request.get(address, { headers: { 'If-None-Match': answer.headers().etag } });
  assert.equal(again.status(), 304);
  await ae.goto(`${demo.url}/calendar/feeds`);
  await press(ae, '/withdraw');
  assert.equal((await ae.request.get(address)).status(), 404);
  await ae.goto(`${demo.url}/practice`);
  await ae.goto(`${demo.url}/notifications/settings`);
  clean(ae);
});
