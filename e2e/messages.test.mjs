// Messages: a conversation is answered and taken back, and a batch of greetings is looked
// over and sent in well under two minutes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { judge, clean, demo, over, signIn, visitor } from './run.mjs';

after(over);

test('the greeting batch is looked over and sent', async () => {
  const page = await signIn(await visitor({ axe: true }), 'rani');
  await page.goto(`${demo.url}/rapport`);
  await judge(page);
  const began = Date.now();
  const list = page.locator('.greet');
  const n = await list.count();
  assert.ok(n > 0, 'greetings wait');
  await list.first().locator('textarea').fill('Halo, terima kasih atas tahun yang baik.');
  await Promise.all([page.waitForNavigation(), page.locator('.sum-bar button').click()]);
  assert.equal(await page.locator('.greet').count(), 0, 'nothing is left to send');
  assert.ok(Date.now() - began < 30_000, 'it takes seconds');
  await Promise.all([page.waitForNavigation(), page.locator('form[action*="/rapport/batches/"] button').click()]);
  assert.equal(await page.locator('.greet').count(), n, 'taken back, all wait again');
  clean(page);
});

test('a conversation is answered on a phone with scripts off', async () => {
  const page = await signIn(await visitor({ small: true, scripts: false }), 'rani');
  await page.goto(`${demo.url}/messages?view=first`);
  await Promise.all([page.waitForNavigation(), page.locator('.talk-row a', { hasText: 'Larasati' }).click()]);
  await page.locator('[name=text]').fill('Siap, kami cek dulu.');
  await Promise.all([page.waitForNavigation(), page.locator('.talk-f button:not([name])').first().click()]);
  assert.match(await page.locator('.says').innerText(), /Siap, kami cek dulu\./);
  clean(page);
});

test('the inbox and its pages have no fault that axe finds', async () => {
  for (const small of [false, true]) {
    const page = await signIn(await visitor({ small, axe: true }), 'maya');
    for (const path of ['/messages?view=all', '/messages/templates', '/messages/templates/client/picks/id', '/messages/channels', '/messages/waiting']) {
      await page.goto(demo.url + path);
      await judge(page);
    }
    await page.goto(`${demo.url}/messages?view=all`);
    await Promise.all([page.waitForNavigation(), page.locator('.talk-row a').first().click()]);
    await judge(page);
    clean(page);
  }
});
