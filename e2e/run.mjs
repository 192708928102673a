// What every browser test shares: one browser, pages that fail on any complaint, and
// small hands for forms. The Go test gives the running demo in KOLEGA_E2E.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const given = JSON.parse(process.env.KOLEGA_E2E);

/** The running demo: url, logins, links. */
export const demo = given.demo;

/** A built-in file to upload. */
export const clip = given.clip;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** later lets the demo stop and go on at another instant; the pages wait outside meanwhile. */
export async function later(now, ...pages) {
  for (const p of pages) await p.goto('about:blank');
  const r = await fetch(`${given.control}?now=${encodeURIComponent(now)}`, { method: 'POST' });
  if (!r.ok) throw new Error(`the demo does not go on at ${now}: ${await r.text()}`);
}

let browser;

/** browserOf starts Chromium once. */
export async function browserOf() {
  browser ??= await chromium.launch({
    executablePath: given.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--disable-background-networking'],
  });
  return browser;
}

/** over closes the browser; called after the last test of a file. */
export async function over() {
  await browser?.close();
  browser = undefined;
}

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/**
 * visitor opens a window of its own. Its page fails the test on console errors, page
 * errors and reports of the content security policy: see clean. With axe, each kind
 * of screen that it comes by is held against WCAG 2.2 AA, too.
 */
export async function visitor({ small = false, scripts = true, dark = false, lang = 'id', bypassCSP = false, axe = false, agent } = {}) {
  const context = await (await browserOf()).newContext({
    viewport: small ? phone : desk,
    hasTouch: small,
    isMobile: small,
    javaScriptEnabled: scripts,
    colorScheme: dark ? 'dark' : 'light',
    locale: lang === 'id' ? 'id-ID' : 'en-GB',
    timezoneId: 'Asia/Jakarta',
    bypassCSP,
    userAgent: agent,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.complaints = [];
  const complain = (text) => page.complaints.push(`${page.url()}: ${text}`);
  page.on('console', (m) => {
    // The browser itself logs an answer 4xx to a form; that such an answer is right is the test's to say.
    if (m.type() === 'error' && !/Failed to load resource.*\b(409|422)\b/.test(m.text())) complain(m.text());
    if (/Content Security Policy/i.test(m.text())) complain(m.text());
  });
  page.on('pageerror', (e) => complain(String(e)));
  page.on('response', (r) => {
    if (r.status() >= 500) complain(`${r.status()} ${r.url()}`);
  });
  page.seen = axe ? new Set() : undefined;
  const goto = page.goto.bind(page);
  page.goto = async (...to) => {
    const r = await goto(...to);
    await judge(page);
    return r;
  };
  return page;
}

/** judge asks axe about the screen, once for each kind of screen and what was done there. */
export async function judge(page, after = '') {
  if (!page.seen || !page.url().startsWith('http')) return;
  const u = new URL(page.url());
  const kind = u.pathname.replace(/[0-9a-z]{26,}/g, ':id') + after;
  if (page.seen.has(kind)) return;
  page.seen.add(kind);
  await page.evaluate(axe);
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), tags);
  for (const v of found.violations) page.complaints.push(`${u.pathname}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary?.split('\n').slice(1, 2)}`).join(' | ')}`);
}

/** clean fails when the page complained of anything since it was opened. */
export function clean(...pages) {
  const all = pages.flatMap((p) => p.complaints);
  if (all.length > 0) throw new Error(`the browser complains:\n${all.join('\n')}`);
}

/** signIn comes in as the first person of the demo with this name. */
export async function signIn(page, name) {
  const who = demo.logins.find((l) => l.email.startsWith(`${name}@`));
  await page.goto(`${demo.url}/sign-in`);
  await page.fill('[name=email]', who.email);
  await page.fill('[name=password]', who.password);
  await Promise.all([page.waitForURL((u) => !u.pathname.startsWith('/sign-in')), page.click('form[action^="/sign-in"] button')]);
  return page;
}

/** speak sets the language of the person who is signed in. */
export async function speak(page, lang) {
  await page.goto(`${demo.url}/me`);
  await page.selectOption('form[action="/me"] [name=lang]', lang);
  await press(page, '/me');
}

/** form finds a form of the page by the end of its action. */
export const form = (page, action) => page.locator(`form[action$="${action}"]`).first();

/**
 * press fills fields of a form by their names and clicks its button, as a hand does;
 * then it waits for the page that follows.
 */
export async function press(page, action, values = {}, button = 'button:not([type=button]):not([name])', { refused = false } = {}) {
  const f = form(page, action);
  await f.waitFor({ state: 'attached' });
  await f.evaluate(unfold);
  await f.waitFor();
  for (const [name, value] of Object.entries(values)) await put(f, name, value);
  let submit = f.locator(button).first();
  if ((await submit.count()) === 0) submit = f.locator('button:not([type=button])').first();
  const answer = page.waitForResponse((r) => r.request().method() !== 'GET' && r.request().resourceType() !== 'image', { timeout: 15_000 });
  const landing = page.waitForNavigation({ timeout: 15_000 }).catch((e) => e); // a form sent without scripts opens a page, by way of a redirect
  await submit.click();
  const r = await answer;
  const landed = r.request().isNavigationRequest() ? await landing : undefined;
  if (landed instanceof Error) throw landed;
  await page.waitForLoadState();
  if (r.status() >= 400 && !refused) {
    const text = await page.locator('main, body').first().innerText();
    throw new Error(`${r.request().method()} ${r.url()}: ${r.status()}\n${text.slice(0, 1500)}`);
  }
  await judge(page, ` after ${action.replace(/[0-9a-z]{26,}/g, ':id')}`);
}

/** download gives the bytes behind a link, or those that a button brings. */
export async function download(page, button) {
  const href = await button.first().evaluate((e) => e.href);
  if (href) return (await page.request.get(href)).body(); // PDFs open in the window, so there is no download to wait for
  const [file] = await Promise.all([page.waitForEvent('download'), button.first().click()]);
  return readFileSync(await file.path());
}

/** until opens a page again and again until something is on it: what the workers bring in their own time. */
export async function until(page, url, found) {
  const end = Date.now() + 30_000;
  for (;;) {
    await page.goto(url);
    const it = await found(page);
    if (it) return it;
    if (Date.now() > end) throw new Error(`${url} does not show it:\n${await page.locator('main').innerText()}`);
  }
}

/** unfold opens what an element is folded into, as a click on its summary does. */
const unfold = (e) => {
  for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
};

async function put(f, name, value) {
  const fields = f.locator(`[name="${name}"]`);
  if (Array.isArray(value)) {
    for (const [i, v] of value.entries()) await one(fields.nth(i), v);
    return;
  }
  const kind = await fields.first().getAttribute('type');
  if (kind === 'radio' || kind === 'checkbox') {
    const all = value === true ? fields.first() : f.locator(`[name="${name}"][value="${value}"]`).first();
    await all.evaluate(unfold);
    await all.setChecked(true, { force: true });
    return;
  }
  await one(fields.first(), value);
}

async function one(field, value) {
  await field.evaluate(unfold);
  const tag = await field.evaluate((e) => e.tagName);
  if (tag === 'SELECT') {
    if (value instanceof RegExp) {
      const options = await field.locator('option').all();
      for (const o of options) if (value.test(await o.innerText())) return field.selectOption(await o.getAttribute('value'));
      throw new Error(`no option like ${value}`);
    }
    await field.selectOption(value);
    return;
  }
  if ((await field.getAttribute('type')) === 'file') return field.setInputFiles(value);
  await field.fill(value);
}

/** code waits for the step-up code that the demo prints for somebody, after a moment. */
export async function code(name, since) {
  for (let i = 0; i < 200; i++) {
    const said = readFileSync(given.messages, 'utf8').slice(since);
    const found = [...said.matchAll(/code (\d{6}) for ([^(]+) \(/g)].filter((m) => m[2].trim() === name);
    if (found.length > 0) return found.at(-1)[1];
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error(`no code for ${name}`);
}

/** said is how much the demo has printed by now: the since of code. */
export const said = () => readFileSync(given.messages, 'utf8').length;
