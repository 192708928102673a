// What every page needs: busy buttons, focus on the first fault, windows, fresh times, drafts kept on the device,
// and the islands, each fetched only where it stands. Everything here makes a working page smoother; nothing is
// needed for it to work.

const words = document.getElementById("words")?.dataset ?? {};

/** say gives one of the page's few texts for scripts, with {names} filled in. */
export function say(key, args = {}) {
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (all, name) => args[name] ?? all);
}

/** toast says what happened, as the server's toasts do. */
export function toast(text, bad = false) {
  const box = document.getElementById("toasts");
  if (!box || !text) return;
  const el = document.createElement("undo-toast");
  el.className = bad ? "toast o-bad" : "toast";
  el.setAttribute("role", "status");
  const span = document.createElement("span");
  span.textContent = text;
  el.append(span);
  box.append(el);
}

// ---- time: the server's clock counts, not the device's -----------------------------------------------------
const sent = Number(document.documentElement.dataset.now);
const drift = sent ? sent - Date.now() : 0;
export const now = () => Date.now() + drift;

const minute = 60_000, hour = 60 * minute;

function span(way, ms) {
  if (ms < minute && way) return say(way + "Now");
  const unit = ms < hour ? "Minutes" : "Hours";
  const n = Math.floor(ms / (unit === "Hours" ? hour : minute));
  const key = way ? way + unit : unit.toLowerCase();
  return say(key + (n === 1 ? "1" : ""), { n });
}

function freshen() {
  for (const el of document.querySelectorAll("time[data-due]")) {
    const left = Date.parse(el.dateTime) - now();
    if (left < 0 && -left < 12 * hour) el.textContent = span("over", -left);
    else if (left >= 0 && left < 4 * hour) el.textContent = span("in", left);
  }
  for (const el of document.querySelectorAll("time[data-ago]")) {
    const past = now() - Date.parse(el.dateTime);
    if (past >= minute && past < 24 * hour) el.textContent = span("", past);
  }
  for (const el of document.querySelectorAll("[data-clock]")) {
    if (!el.dataset.clock) continue;
    el.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: el.dataset.clock,
    }).format(now());
  }
}
setInterval(freshen, 20_000);

// ---- buttons answer at once --------------------------------------------------------------------------------
function busy(form, submitter) {
  form.dataset.busy = "1";
  (submitter ?? form.querySelector("[type=submit], button:not([type])"))?.setAttribute("aria-busy", "true");
}

function rest(root = document) {
  for (const f of root.querySelectorAll?.("form[data-busy]") ?? []) delete f.dataset.busy;
  for (const b of root.querySelectorAll?.("[aria-busy=true]") ?? []) b.removeAttribute("aria-busy");
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.getAttribute("method") !== "post") return;
  if (form.dataset.busy) { e.preventDefault(); e.stopImmediatePropagation(); return; }
  if (!navigator.onLine && form.dataset.guard !== undefined) {
    e.preventDefault();
    e.stopImmediatePropagation();
    form.dataset.later = "1";
    toast(say("offline"));
    return;
  }
  setTimeout(() => { if (!e.defaultPrevented || form.hasAttribute("hx-post")) busy(form, e.submitter); }); // after the others had their say
  setTimeout(() => rest(form.parentNode ?? document), 15_000); // a download leaves the page where it is
}, true);
document.addEventListener("htmx:finally:request", () => rest());
document.addEventListener("htmx:error", () => toast(say("failed"), true));
addEventListener("pageshow", (e) => { if (e.persisted) rest(); });
addEventListener("online", () => {
  toast(say("online"));
  for (const f of document.querySelectorAll("form[data-later]")) { delete f.dataset.later; f.requestSubmit(); }
});

// ---- tabs wider than the screen: the current one in sight --------------------------------------------------
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
}

// ---- a refused form: the first bad field takes the focus ---------------------------------------------------
function faults(root) {
  const sum = root.querySelector?.("[data-errors]");
  if (!sum) return;
  const bad = root.querySelector("[aria-invalid=true]");
  if (!bad) sum.tabIndex = -1;
  (bad ?? sum).focus({ preventScroll: true });
  sum.scrollIntoView({ block: "nearest" });
}

// ---- windows and menus -------------------------------------------------------------------------------------
document.addEventListener("click", (e) => {
  const opener = e.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    e.preventDefault();
    dialog.dispatchEvent(new CustomEvent("opening"));
    dialog.showModal();
    return;
  }
  if (e.target.matches?.("dialog[open]")) { // the backdrop belongs to the dialog itself
    const r = e.target.getBoundingClientRect();
    if (e.clientX < r.left || e.clientX > r.right || e.clientY < r.top || e.clientY > r.bottom) e.target.close();
  }
  for (const sheet of document.querySelectorAll("details.sheet[open]")) if (!sheet.contains(e.target)) sheet.open = false;
});

document.addEventListener("toggle", (e) => {
  const pop = e.target;
  if (!pop.matches?.(".pop[popover]") || e.newState !== "open") return;
  const from = document.querySelector(`[popovertarget="${CSS.escape(pop.id)}"]`)?.getBoundingClientRect();
  if (!from) return;
  const box = pop.getBoundingClientRect(), gap = 4, edge = 8;
  const below = from.bottom + gap + box.height < innerHeight - edge || from.top < box.height + gap;
  const left = from.left + box.width > innerWidth - edge ? from.right - box.width : from.left;
  Object.assign(pop.style, {
    position: "fixed", inset: "auto", margin: "0",
    left: Math.max(edge, left) + "px",
    top: (below ? from.bottom + gap : from.top - gap - box.height) + "px",
  });
}, true);

const known = CSS.supports("selector(:popover-open)");
addEventListener("scroll", (e) => {
  for (const pop of known ? document.querySelectorAll(".pop:popover-open") : []) if (!pop.contains(e.target)) pop.hidePopover();
}, { capture: true, passive: true });

document.addEventListener("keydown", (e) => {
  const menu = e.target.closest?.(".menu");
  if (!menu || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
  const items = [...menu.querySelectorAll(".menu-i")];
  const at = items.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
  items.at(at % items.length)?.focus();
  e.preventDefault();
});

// ---- toasts leave; undo stays as long as the server holds the act --------------------------------------------
customElements.define("undo-toast", class extends HTMLElement {
  connectedCallback() {
    this.left = Number(this.dataset.seconds || 6);
    this.timer = setInterval(() => {
      if (this.matches(":hover, :focus-within")) return;
      this.left -= 1;
      if (this.left > 0) return;
      clearInterval(this.timer);
      this.dataset.leaving = "";
      setTimeout(() => this.remove(), 250);
    }, 1000);
  }
  disconnectedCallback() { clearInterval(this.timer); }
});

// ---- what is opened to be answered: the first field is ready for typing ---------------------------------------
document.addEventListener("toggle", (e) => {
  if (e.target.open && e.target.matches?.("details[data-ask]")) e.target.querySelector("textarea, input:not([type=hidden]), select")?.focus();
}, true);

// ---- a screenshot opens large where it was touched -----------------------------------------------------------
customElements.define("zoom-shot", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("a")?.addEventListener("click", (e) => {
      e.preventDefault();
      const frame = e.currentTarget, r = frame.getBoundingClientRect();
      const byHand = e.detail > 0; // a key names no place: begin at the top, in the middle
      const x = byHand ? (e.clientX - r.left) / r.width : 0.5, y = byHand ? (e.clientY - r.top) / r.height : 0;
      if (!this.toggleAttribute("data-zoomed")) return;
      frame.focus({ preventScroll: true }); // arrow keys move the picture
      frame.scrollLeft = frame.scrollWidth * x - frame.clientWidth / 2;
      frame.scrollTop = frame.scrollHeight * y - frame.clientHeight / 2;
    });
  }
});

// ---- long forms on a phone: kept on the device until sent ----------------------------------------------------
function guard(form) {
  const key = "draft:" + location.pathname + ":" + form.dataset.guard;
  const kept = (el) => el.name && !["hidden", "file", "password", "submit", "checkbox", "radio"].includes(el.type);
  let store;
  try { store = localStorage; store.getItem(key); } catch { return; } // in-app browsers may refuse it
  const saved = JSON.parse(store.getItem(key) ?? "{}");
  for (const el of form.elements) if (kept(el) && !el.value && saved[el.name]) el.value = saved[el.name];
  let wait;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      const all = {};
      for (const el of form.elements) if (kept(el) && el.value) all[el.name] = el.value;
      store.setItem(key, JSON.stringify(all));
    }, 400);
  });
  form.addEventListener("submit", () => { if (navigator.onLine) store.removeItem(key); });
}

// ---- islands -------------------------------------------------------------------------------------------------
const islands = {
  "sort-list": () => import("./sort-list.js"),
  "video-review": () => import("./video-review.js"),
  "time-line": () => import("./time-line.js"),
};

// Uploading is fetched when a hand reaches for the file, not before: the page itself stays light.
const useful = (e) => { if (e.target.closest?.("tus-upload")) import("./tus-upload.js"); };
for (const on of ["pointerdown", "focusin", "change"]) document.addEventListener(on, useful);

const seen = new WeakSet();
const each = (root, selector, run) => {
  const all = [...(root.querySelectorAll?.(selector) ?? [])];
  if (root.matches?.(selector)) all.push(root);
  for (const el of all) if (!seen.has(el)) { seen.add(el); run(el); }
};

/** wake brings a part of the page to life; it is called again for parts that came later. */
export function wake(root = document) {
  for (const [name, load] of Object.entries(islands)) if (root.querySelector?.(name)) load();
  each(root, "form[data-guard]", guard);
  each(root, "[data-copy]", (el) => el.addEventListener("click", async (e) => {
    e.preventDefault();
    await navigator.clipboard.writeText(el.dataset.copy);
    toast(say("copied"));
  }));
  faults(root);
}

wake();
document.addEventListener("htmx:after:swap", () => { wake(); freshen(); });
