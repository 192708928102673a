import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const d = JSON.parse(readFileSync('/tmp/wtr/demo.json','utf8'));
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu']});
const open = async (phone, dark) => { const ctx = await b.newContext({viewport:phone?{width:390,height:844}:{width:1440,height:900},isMobile:phone,hasTouch:phone,colorScheme:dark?'dark':'light',locale:'id-ID',timezoneId:'Asia/Jakarta'}); const p = await ctx.newPage(); p.on('console',m=>m.type()==='error'&&console.log('ERR',m.text())); p.on('pageerror',e=>console.log('PE',String(e))); return p; };
const p = await open(true);
for (const x of d.links.client) { const r = await p.goto(x+'/drafts'); if (r.ok() && await p.locator('text=Salsabila').count()) { await p.goto(x+'/dates'); await p.screenshot({path:'/tmp/wtr/d1.png',fullPage:true}); break; } }
for (const x of d.links.talent) { await p.goto(x+'/drafts'); const h = await p.locator('main a[href*="/drafts/"]').evaluateAll(a=>a.map(x=>x.href)); for (const y of h) { await p.goto(y); const t = await p.locator('main').innerText(); const m=t.match(/.*(Bagian Anda|Your part).*/); if (m) { console.log(y, m[0]); await p.screenshot({path:'/tmp/wtr/d2.png',fullPage:true}); } } }
const s = await open(false,false); await s.goto(d.url+'/sign-in'); await s.fill('[name=email]','rani@kolega.example'); await s.fill('[name=password]','kolega-demo-2026'); await s.click('form[action^="/sign-in"] button'); await s.waitForLoadState();
await s.goto(d.url+'/campaigns');
const cs = await s.locator('main a[href^="/campaigns/"]').evaluateAll(a=>a.map(x=>x.getAttribute('href')).filter(h=>/^\/campaigns\/[0-9a-z]{26}$/.test(h)));
for (const x of new Set(cs)) { await s.goto(d.url+x+'/timeline'); if (await s.locator('text=Siapkan pesan').count()) { await s.screenshot({path:'/tmp/wtr/d3.png',fullPage:true}); await s.click('a:has-text("Siapkan pesan")'); await s.waitForLoadState(); await s.locator('form[action$="/share"] button:not([name])').first().click(); await s.waitForLoadState(); await s.waitForTimeout(500); await s.screenshot({path:'/tmp/wtr/d4.png'}); break; } }
await b.close();
