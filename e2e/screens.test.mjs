// Each main screen, light and dark, wide and on a phone: nothing that WCAG 2.2 AA
// forbids, nothing that scrolls sideways, no complaint of the browser.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, demo, over, signIn, visitor } from './run.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

after(over);

/** campaigns gives the demo's campaigns by path, found as a person finds them. */
async function campaigns(page) {
  await page.goto(`${demo.url}/campaigns`);
  const found = await page.locator('main a[href^="/campaigns/"]').evaluateAll((list) => list.map((a) => a.getAttribute('href')));
  return [...new Set(found.filter((h) => /^\/campaigns\/[0-9a-z]{20,}$/.test(h)))];
}

async function first(page, from, like) {
  await page.goto(demo.url + from);
  const found = await page.locator('main a').evaluateAll((list) => list.map((a) => a.getAttribute('href')));
  return found.find((h) => h && like.test(h));
}

const staff = ['/inbox', '/campaigns', '/clients', '/brands', '/talents', '/talents/new', '/talents/import', '/timeline', '/money', '/agreements', '/invoices', '/receipts', '/receivables',
  '/payouts', '/ledger', '/reports', '/team', '/team/rights', '/links', '/settings', '/countries', '/countries/ID', '/countries/new', '/me', '/playbooks', '/clients/new', '/campaigns/new', '/agreement-templates', '/agreement-templates/new', '/calendar', '/calendar/feeds', '/meetings', '/meetings/new', '/practice',
  '/connections', '/decks', '/decks/new', '/designs', '/ideas', '/proofs', '/proofs/new', '/sheets', '/handovers', '/messages', '/messages/channels', '/messages/templates', '/messages/waiting',
  '/rapport', '/notifications', '/notifications/settings', '/search?q=wardah', '/settings/fields', '/settings/fit', '/settings/look', '/settings/jobs', '/withholdings', '/statements', '/rates', '/money/profit', '/opportunities', '/watch',
  '/tasks', '/workload', '/library', '/reports/analytics', '/reports/benchmarks', '/approvals', '/help'];
const tabs = ['', '/brief', '/slots', '/shortlist', '/picks', '/bookings', '/drafts', '/posts', '/insights', '/results', '/report', '/money', '/timeline', '/activity', '/share'];
const widths = [360, 390, 600, 832, 1024, 1200, 1440, 1920];

/** dressed changes the colours and ends the transitions between them: half-way colours are nobody's. */
async function dressed(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => {
    for (const a of document.getAnimations()) if (a.effect.getComputedTiming().endTime !== Infinity) a.finish();
  });
}

async function look(page, path, faults) {
  const answer = await page.goto(path.startsWith('http') ? path : demo.url + path);
  const where = `${path.replace(demo.url, '')} at ${page.viewportSize().width}`;
  if (answer.status() !== 200) {
    faults.push(`${where}: ${answer.status()}`);
    return;
  }
  await dressed(page, 'light');
  await page.evaluate(axe);
  const light = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), tags);
  // Dark changes colours alone, so what else the rules ask is asked once.
  await dressed(page, 'dark');
  const dark = await page.evaluate(() => window.axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] }));
  for (const v of [...light.violations, ...dark.violations.map((d) => ({ ...d, id: `${d.id} in the dark` }))]) {
    faults.push(`${where}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary?.split('\n').slice(1, 2)}`).join(' | ')}`);
  }
}

/** Sideways scrolling, at each width. */
async function narrow(page, path, faults) {
  await page.goto(path.startsWith('http') ? path : demo.url + path);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${path.replace(demo.url, '')} scrolls ${wide} px sideways at ${width}`);
  }
}

/** paths are the staff's screens: the lists, one of each thing, each tab of the fullest campaign. */
async function paths(page) {
  const out = [...staff];
  for (const c of (await campaigns(page)).slice(0, 1)) out.push(...tabs.map((t) => c + t));
  for (const [from, like] of [['/clients', /^\/clients\/[0-9a-z]{26}$/], ['/talents', /^\/talents\/[0-9a-z]{26}$/], ['/agreements', /^\/agreements\/[0-9a-z]{26}$/], ['/invoices', /^\/invoices\/[0-9a-z]{26}$/],
    ['/payouts', /^\/payouts\/[0-9a-z]{26}$/], ['/receipts', /^\/receipts\/[0-9a-z]{26}$/]]) {
    const found = await first(page, from, like);
    if (found) out.push(found);
  }
  for (const c of (await campaigns(page)).slice(0, 2)) {
    const draft = await first(page, `${c}/drafts`, /\/drafts\/[0-9a-z]{26}$/);
    if (draft) out.push(draft);
  }
  return out;
}

for (const small of [false, true]) {
  test(`staff screens, ${small ? 'phone' : 'wide'}`, async () => {
    const page = await signIn(await visitor({ small, bypassCSP: true }), 'maya');
    const faults = [];
    for (const path of await paths(page)) await look(page, path, faults);
    assert.deepEqual(faults, []);
    clean(page);
  });

  test(`links, ${small ? 'phone' : 'wide'}`, async () => {
    const page = await visitor({ small, bypassCSP: true });
    const faults = [];
    for (const link of demo.links.client.slice(0, 2)) for (const part of ['', '/brief', '/picks', '/drafts', '/agreement', '/invoices', '/report']) await look(page, link + part, faults);
    for (const link of demo.links.talent.slice(0, 2)) for (const part of ['', '/offers', '/brief', '/drafts', '/posts', '/money', '/account']) await look(page, link + part, faults);
    assert.deepEqual(faults.filter((f) => !/: 404$/.test(f)), []);
    page.complaints = page.complaints.filter((c) => !/404/.test(c)); // a room without, say, a report yet
    clean(page);
  });
}

test('nothing scrolls sideways from 360 to 1920', async () => {
  const page = await signIn(await visitor(), 'maya');
  const faults = [];
  for (const path of await paths(page)) await narrow(page, path, faults);
  for (const link of [demo.links.client[0], demo.links.talent[0]]) for (const part of ['', '/brief', '/drafts']) await narrow(page, link + part, faults);
  assert.deepEqual(faults, []);
  clean(page);
});
