import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const d = JSON.parse(readFileSync('/tmp/wtr/demo.json','utf8'));
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu']});
const ctx = await b.newContext({viewport:{width:1440,height:900},locale:'id-ID',timezoneId:'Asia/Jakarta'}); const s = await ctx.newPage(); s.on('console',m=>m.type()==='error'&&console.log('ERR',m.text()));
await s.goto(d.url+'/sign-in'); await s.fill('[name=email]','rani@kolega.example'); await s.fill('[name=password]','kolega-demo-2026'); await Promise.all([s.waitForURL(u=>!u.pathname.startsWith('/sign-in')), s.click('form[action^="/sign-in"] button')]);
await s.goto(d.url+'/campaigns');
const cs = await s.locator('main a[href^="/campaigns/"]').evaluateAll(a=>a.map(x=>x.getAttribute('href')).filter(h=>/^\/campaigns\/[0-9a-z]{26}$/.test(h)));
console.log(cs.length);
for (const x of new Set(cs)) { await s.goto(d.url+x+'/timeline'); const n = await s.locator('a:has-text("Siapkan pesan")').count(); console.log(x,n); if (n) { await s.screenshot({path:'/tmp/wtr/d3.png',fullPage:true}); await s.click('a:has-text("Siapkan pesan")'); await s.waitForLoadState(); await s.locator('form[action$="/share"] button').first().click(); await s.waitForLoadState(); await s.waitForTimeout(500); await s.screenshot({path:'/tmp/wtr/d4.png'}); break; } }
await b.close();
