// A changed brief: read word by word on a client's phone and agreed to, then the talent is asked for the changed point
// alone; a client's file becomes points; a chat is imported once, and a decision told there is confirmed by a tap.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, demo, form, over, press, signIn, visitor } from './run.mjs';

after(over);

/** linkTo opens the part of the first link of the demo whose page holds a text. */
async function linkTo(page, links, part, text) {
  for (const l of links) {
    const r = await page.goto(l + part);
    if (r.ok() && (await page.content()).includes(text)) return l;
  }
  throw new Error(`no link shows ${text}`);
}

/** campaignOf gives the address of a campaign by its name. */
async function campaignOf(page, name) {
  await page.goto(`${demo.url}/campaigns`);
  return page.locator(`main a[href^="/campaigns/"]:has-text("${name}")`).first().getAttribute('href');
}

test('a new version is read word by word and agreed to in one tap', async () => {
  const phone = await visitor({ small: true, axe: true });
  const link = await linkTo(phone, demo.links.client, '/brief', 'DIRUMAH20');
  assert.equal(await phone.locator('del').first().innerText(), 'DIRUMAHAJA');
  assert.equal(await phone.locator('ins').first().innerText(), 'DIRUMAH20');
  await phone.goto(`${link}/brief?lang=en`);
  assert.match(await phone.locator('main').innerText(), /What changed since version 1[\s\S]*first comment/);
  await press(phone, '/brief/accept');
  const talent = await visitor({ small: true, axe: true });
  await linkTo(talent, demo.links.talent, '/brief', 'diff-add');
  assert.equal(await talent.locator('#brief-ticks input[type=checkbox]').count(), 1, 'only the changed point asks for a tick');
  clean(phone, talent);
});

test('a file of the client becomes points that a person corrects, without scripts', async () => {
  const ae = await signIn(await visitor({ scripts: false }), 'rani');
  const camp = await campaignOf(ae, 'Dari Rumah Aja');
  await ae.goto(`${demo.url}${camp}/brief`);
  await ae.fill('#revise [name=reason]', 'Klien mengirim brief baru');
  await Promise.all([ae.waitForNavigation(), ae.locator('#revise button').click()]);
  const text = 'Wajib:\n- Pakai musik ceria\nJangan:\n- pakai musik\n';
  await form(ae, '/brief/files').locator('[name=file]').setInputFiles({ name: 'brief baru.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await Promise.all([ae.waitForNavigation(), form(ae, '/brief/files').locator('button').click()]);
  assert.match(await ae.locator('#suggested').innerText(), /2 poin diusulkan dari brief baru\.txt[\s\S]*Bertentangan dengan usulan 1\?/);
  await form(ae, '/brief/pasted').locator('[name=text-1]').fill('Jangan pakai lagu berlisensi');
  await Promise.all([ae.waitForNavigation(), form(ae, '/brief/pasted').locator('button').click()]);
  const page = await ae.locator('main').innerText();
  assert.match(page, /Jangan pakai lagu berlisensi/);
  assert.match(page, /Akibat jika dibagikan/);
  assert.doesNotMatch(page, /bertentangan\?/);
});

test('a chat is imported once, and words told there are confirmed by a tap', async () => {
  const ae = await signIn(await visitor({ axe: true }), 'rani');
  const camp = await campaignOf(ae, 'Exclusive Two Way Cake');
  const send = async (order) => {
    await ae.goto(`${demo.url}${camp}/chats`);
    const f = form(ae, '/chats');
    await f.locator('[name=file]').setInputFiles({ name: 'WhatsApp Chat with Feby.txt', mimeType: 'text/plain', buffer: Buffer.from('03/11/26 09.12 - Feby: Halo kak\n05/11/26 10.00 - Feby: siap') });
    if (order) await f.locator(`[name=order][value=${order}]`).check({ force: true });
    await Promise.all([ae.waitForResponse((r) => r.request().method() === 'POST'), f.locator('button[type=submit], button:not([type])').last().click()]);
    await ae.waitForLoadState();
    return ae.locator('body').innerText();
  };
  assert.match(await send(''), /Tanggalnya bisa dibaca dua cara/);
  assert.match(await send('dmy'), /2 baris baru, 0 sudah ada/);
  assert.match(await send(''), /0 baris baru, 2 sudah ada/);
  const phone = await visitor({ small: true });
  let found = false;
  for (const l of demo.links.client) {
    const r = await phone.goto(`${l}/drafts`);
    if (!r.ok()) continue;
    const drafts = await phone.locator('a[href*="/drafts/"]').evaluateAll((all) => [...new Set(all.map((a) => a.href))]);
    for (const d of drafts) {
      await phone.goto(d);
      if ((await phone.locator('form[action$="/confirm"]').count()) === 0) continue;
      await press(phone, '/confirm');
      assert.equal(await phone.locator('form[action$="/confirm"]').count(), 0);
      found = true;
      break;
    }
    if (found) break;
  }
  assert.ok(found, 'a decision told in a chat waits for the client');
  clean(ae, phone);
});
