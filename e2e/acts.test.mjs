// What must hold beside the main job: links act without scripts, and two windows see
// each other's change by themselves.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, demo, form, over, press, signIn, speak, visitor } from './run.mjs';

after(over);

/** link finds the first link of a party on which the page has something like it. */
async function link(page, party, part, has) {
  for (const l of demo.links[party]) {
    const r = await page.goto(l + part);
    if (r.ok() && (await page.locator(has).count()) > 0) return l;
  }
  throw new Error(`no ${party} link with ${has} on ${part}`);
}

test('a client picks on a phone with scripts off', async () => {
  const page = await visitor({ small: true, scripts: false });
  const room = await link(page, 'client', '/picks', 'form[action*="/picks/"] button[name=answer]');
  const picks = page.locator('form[action*="/picks/"]').first();
  const action = await picks.getAttribute('action');
  await Promise.all([page.waitForNavigation(), picks.locator('button[value=reserve]').click()]);
  const chosen = page.locator(`form[action="${action}"] button[value=reserve]`).first();
  assert.equal(await chosen.getAttribute('aria-pressed'), 'true', `${room}: the answer is kept and shown`);
  clean(page);
});

test('a client asks for a change with scripts off', async () => {
  const page = await visitor({ small: true, scripts: false });
  await link(page, 'client', '/drafts', 'main a[href*="/drafts/"]');
  await page.locator('main a[href*="/drafts/"]').first().click();
  const notes = form(page, '/notes');
  await page.locator('details:has(form[action$="/notes"]) > summary').first().click();
  await notes.locator('[name=text]').fill('Suara kurang jelas');
  await Promise.all([page.waitForNavigation(), notes.locator('button[value=add]').click()]);
  assert.match(await page.locator('main').innerText(), /Suara kurang jelas/);
  clean(page);
});

test('a talent answers from a phone with scripts off', async () => {
  const page = await visitor({ small: true, scripts: false });
  await link(page, 'talent', '/drafts', 'main a[href*="/drafts/"]');
  const r = await page.goto(await page.locator('main a[href*="/drafts/"]').first().evaluate((a) => a.href));
  assert.equal(r.status(), 200);
  clean(page);
});

test('two windows see each other change', async () => {
  const one = await signIn(await visitor(), 'rani');
  const two = await signIn(await visitor(), 'maya');
  await two.goto(`${demo.url}/campaigns`);
  const path = await two.locator('main a[href^="/campaigns/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')).find((h) => /^\/campaigns\/[0-9a-z]{26}$/.test(h)));
  const stream = two.waitForResponse((r) => r.url().includes('/live?')); // it opens after the page
  await two.goto(demo.url + path);
  await stream;
  const live = two.waitForRequest((r) => r.url().includes('part='), { timeout: 15_000 });
  await one.goto(`${demo.url}${path}/edit`);
  const name = await one.locator('[name=name]').inputValue();
  await press(one, `${path}/edit`, { name: `${name} 2` });
  await live;
  clean(one, two);
});

test('a person chooses the language', async () => {
  const page = await signIn(await visitor(), 'rani');
  await speak(page, 'en');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await speak(page, 'id');
  assert.equal(await page.locator('html').getAttribute('lang'), 'id');
  clean(page);
});
