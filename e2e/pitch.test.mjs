// A pitch from an idea to a campaign: brainstorm, deck, a second pair of eyes, a link that
// its receiver reads on a phone, a win with an agreement, a campaign. In both languages.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clean, demo, judge, over, press, signIn, speak, until, visitor } from './run.mjs';

after(over);

const phone = 'Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';
const path = (page) => new URL(page.url()).pathname;
const text = (page) => page.locator('main').innerText();

/** part adds a part of a kind to the outline. */
async function part(page, deck, kind, values) {
  await page.goto(`${demo.url}${deck}/parts/new?kind=${kind}`);
  await press(page, '/parts', values);
}

for (const lang of ['id', 'en']) {
  const name = lang === 'id' ? 'Citra Kaca' : 'Clear Glass';
  const say = (id, en) => (lang === 'id' ? id : en);

  test(`from an idea to a campaign, ${lang}`, { timeout: 240_000 }, async () => {
    const ae = await signIn(await visitor({ lang, axe: true }), 'rani');
    await speak(ae, lang);
    await ae.goto(`${demo.url}/clients/new`);
    await press(ae, '/clients', { name, legal_name: `PT ${name}`, country: 'ID', lang, zone: 'Asia/Jakarta' });
    const client = path(ae);
    await ae.goto(`${demo.url}${client}/brands/new`);
    await press(ae, '/brands/new', { name });
    await ae.goto(`${demo.url}${client}/contacts/new`);
    await press(ae, '/contacts/new', { name: `Sari ${name}`, email: 'sari@contoh.example', phone: '+6281200009002', lang });
    await ae.goto(`${demo.url}/opportunities/new?client=${client.split('/').pop()}`);
    await press(ae, '/opportunities', { brand: name, title: 'Serum', value: '80000000', text: 'Telepon', due: say('besok 10.00', 'tomorrow 10:00') });
    const deal = path(ae);

    // the idea, and a colleague's vote
    await ae.goto(`${demo.url}/ideas?opportunity=${deal.split('/').pop()}`);
    await press(ae, '/ideas', { title: `${name}: serum`, question: 'Apa yang jujur?' });
    const board = path(ae);
    await press(ae, board, { title: `Cahaya ${name}`, body: 'Direkam pukul enam pagi.', kind: 'kol' });
    const dewa = await signIn(await visitor({ lang, axe: true }), 'dewa');
    await dewa.goto(`${demo.url}${board}`);
    await press(dewa, '/vote');
    assert.match(await text(dewa), /1 (suara|vote)/);

    // the deck: refused until it is whole
    await ae.goto(`${demo.url}/decks/new?opportunity=${deal.split('/').pop()}`);
    await press(ae, '/decks', { title: `Cahaya ${name}`, lang, concept: 'Kulit yang jujur di cahaya pagi.' });
    const deck = path(ae);
    assert.equal(await ae.locator('form[action$="/versions"]').count(), 0, 'an empty outline is no version');
    await part(ae, deck, 'story', { title: 'Pukul enam pagi', body: 'Cahaya pagi tidak berbohong.\n- Satu jendela\n- Satu tarikan' });
    await part(ae, deck, 'idea', { title: `Cahaya ${name}`, idea: new RegExp(`Cahaya ${name}`) });
    await part(ae, deck, 'proof', { title: 'Kata klien', proof: /Laporan yang jujur/ });
    await ae.goto(`${demo.url}${deck}/parts/new?kind=number`);
    await press(ae, '/parts', { title: 'Pasar', value: '4,2 juta' }, undefined, { refused: true });
    assert.equal(await ae.locator('[name=value]').inputValue(), '4,2 juta', 'a refused form comes back filled');
    await press(ae, '/parts', { source: 'Survei contoh', source_on: '2026-01-10' });
    await part(ae, deck, 'lineup', { title: 'Wajah kita', talents: '@alyaprames\n@sekarwuland' });
    await part(ae, deck, 'plan', { title: 'KOL atau media', budget: '50000000', kol_name: ['Alya'], kol_reach: ['250000'], kol_source: ['rate-card'], media_name: ['folkatif'], media_reach: ['400000'], media_source: ['guess'] });
    await ae.goto(`${demo.url}${deck}/parts/new?kind=offer`);
    await press(ae, '/parts', { title: say('Penawaran', 'Offer'), body: 'Delapan video.', price: '80000000', until_on: '2026-12-18', limit: 'talents', free: '@alyaprames' }, undefined, { refused: true });
    assert.match(await text(ae), /tidak terbatas|nothing is scarce/, 'a talent with many free days is not scarce');
    await press(ae, '/parts', { limit: 'date' });
    await press(ae, '/versions');
    assert.equal(await ae.locator('form[action$="/approve"]').count(), 0, 'nobody approves their own');
    await dewa.goto(`${demo.url}${deck}`);
    await press(dewa, '/approve');

    // sent: a link for one receiver
    await ae.goto(`${demo.url}${deck}`);
    await ae.locator('a[href$="/send"]').click();
    await ae.waitForURL(/\/send$/);
    await press(ae, '/send', { contact: new RegExp(`Sari ${name}`) });
    const link = await ae.locator('#deck-link').getAttribute('href');
    assert.equal(await ae.locator('svg.qr').count(), 1);
    await ae.goto(`${demo.url}${deal}`);
    assert.match(await text(ae), /Dipresentasikan|Pitched/, 'a deck that went out moves the opportunity');

    // previews and colleagues are no readers
    const preview = await ae.request.get(link, { headers: { 'User-Agent': 'WhatsApp/2.23.20.0' } });
    assert.equal(preview.status(), 200);
    assert.doesNotMatch(await preview.text(), /Rp ?5\.?000\.000|margin/);
    await ae.goto(link);
    assert.equal(await ae.locator('deck-reader').count(), 0);
    await ae.goto(`${demo.url}${deck}`);
    assert.match(await text(ae), /Belum dibaca|Not read yet/);

    // read, on a phone
    const sari = await visitor({ small: true, lang, axe: true, agent: phone });
    await sari.goto(link);
    assert.match(await text(sari), /tidak berbohong/);
    assert.ok(await sari.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing runs out of a phone');
    await sari.mouse.wheel(0, 300);
    await sari.waitForTimeout(4_000);
    const pdf = await sari.request.get(`${link}/files/pdf`);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
    await until(ae, `${demo.url}${deck}`, async (p) => /1 (pembaca|reader)/.test(await text(p)));
    await sari.goto(link);
    await sari.waitForTimeout(4_000);
    await sari.goto('about:blank');
    await ae.waitForTimeout(500);
    await ae.goto(`${demo.url}${deck}`);
    assert.match(await text(ae), /1 (pembaca|reader)/, 'who comes again is the same reader');
    await until(ae, `${demo.url}/tasks`, async (p) => (await text(p)).includes(`Sari ${name}`));

    // won, by an agreement that was offered, and the campaign
    await ae.goto(`${demo.url}/agreements/new?client=${client.split('/').pop()}`);
    await press(ae, '/agreements', { title: `${name} 2026`, scope: 'Reels', value: '80000000', share: ['40%', '60%'], trigger: ['signing', 'report_sent'], revision_limit: '1' });
    await press(ae, `${path(ae)}/offer`);
    await ae.goto(`${demo.url}${deal}`);
    await press(ae, '/win', { agreement: new RegExp(name) });
    assert.match(await text(ae), /Menang|Won/);
    await ae.locator('a[href^="/campaigns/new?client="]').first().click();
    await ae.waitForURL(/\/campaigns\/new/);
    await judge(ae);
    assert.match(await ae.locator('main').innerText(), new RegExp(name));
    await ae.goto(`${demo.url}${deck}`);
    assert.match(await text(ae), /Menang|Won/);
    clean(ae, dewa, sari);
  });
}

test('a designer sees what is asked of them and nothing else', async () => {
  const page = await signIn(await visitor({ axe: true }), 'oscar');
  await page.goto(`${demo.url}/designs`);
  await page.locator('main a[href^="/designs/"]').first().click();
  await page.waitForURL(/\/designs\//);
  await judge(page);
  assert.equal(await page.locator('input[type=file][name=file]').count(), 1);
  const refused = await page.request.get(`${demo.url}/decks`);
  assert.equal(refused.status(), 403);
  clean(page);
});

test('a link shared from a phone opens the note filled, without scripts', async () => {
  const page = await signIn(await visitor({ small: true, scripts: false }), 'rani');
  const manifest = await (await page.request.get(`${demo.url}/manifest.webmanifest`)).json();
  assert.deepEqual(manifest.share_target, { action: '/watch/new', method: 'GET', params: { title: 'title', text: 'text', url: 'link' } });
  await page.goto(`${demo.url}/watch/new?title=Judul&text=${encodeURIComponent('Lihat ini https://www.tiktok.com/@contoh/video/99')}&link=`);
  assert.equal(await page.locator('[name=link]').inputValue(), 'https://www.tiktok.com/@contoh/video/99');
  assert.equal(await page.locator('[name=takeaway]').inputValue(), 'Lihat ini');
  clean(page);
});
