// Says which sections of a deck are before a reader's eyes, and how long. Only time in which the page is in front and
// somebody was there within the last minute counts. Nothing is said before three seconds of reading.

const every = 10_000, awake = 60_000, first = 3_000;

class DeckReader extends HTMLElement {
  connectedCallback() {
    this.spent = new Map();
    this.total = 0;
    this.stirred = performance.now();
    this.last = performance.now();
    this.seen = new Map();
    const eye = new IntersectionObserver((all) => {
      for (const e of all) this.seen.set(e.target, e.isIntersecting ? e.intersectionRect.height : 0);
    }, { threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] });
    for (const s of document.querySelectorAll("[data-section]")) eye.observe(s);
    for (const kind of ["scroll", "pointerdown", "pointermove", "keydown", "touchstart"]) addEventListener(kind, () => { this.stirred = performance.now(); }, { passive: true });
    this.ticking = setInterval(() => this.tick(), 500);
    this.telling = setInterval(() => this.tell(), every);
    document.addEventListener("visibilitychange", () => { this.tick(); if (document.hidden) this.tell(); });
    addEventListener("pagehide", () => { this.tick(); this.tell(); });
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    clearInterval(this.telling);
  }

  /** tick gives the time since the last one to the section that fills most of the window. */
  tick() {
    const now = performance.now(), passed = Math.min(now - this.last, 1_000);
    this.last = now;
    if (document.hidden || now - this.stirred > awake) return;
    let most = null;
    for (const [s, h] of this.seen) if (h > 0 && (!most || h > this.seen.get(most))) most = s;
    if (!most) return;
    const n = most.dataset.section;
    this.spent.set(n, (this.spent.get(n) ?? 0) + passed);
    this.total += passed;
    if (!this.told && this.total >= first) this.tell();
  }

  tell() {
    if (this.total < first || this.spent.size === 0) return;
    this.told = true;
    const said = new URLSearchParams();
    for (const [n, ms] of this.spent) said.append("s", `${n}:${Math.round(ms)}`);
    this.spent.clear();
    fetch(this.dataset.url, { method: "POST", body: said, keepalive: true, credentials: "same-origin" }).catch(() => {});
  }
}

customElements.define("deck-reader", DeckReader);
