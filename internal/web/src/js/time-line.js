// A planned bar can be dragged: the page that opens tells what the new dates would do, and only there they are saved.
// The work's own page does the same for typed dates, and works without scripts.
const day = (text, n) => { const d = new Date(text + "T00:00:00Z"); d.setUTCDate(d.getUTCDate() + n); return d.toISOString().slice(0, 10); };
const count = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5) + 1;

customElements.define("time-line", class extends HTMLElement {
  connectedCallback() {
    for (const bar of this.querySelectorAll("[data-move]")) bar.addEventListener("pointerdown", (e) => this.take(bar, e));
  }

  /** take follows the pointer; a bar as wide as its days says how far a day is. */
  take(bar, e) {
    const wide = bar.getBoundingClientRect().width / count(bar.dataset.from, bar.dataset.to), began = e.clientX, at = Number(bar.getAttribute("x"));
    const unit = Number(bar.getAttribute("width")) / bar.getBoundingClientRect().width;
    let days = 0;
    e.preventDefault();
    bar.setPointerCapture(e.pointerId);
    const go = (m) => {
      days = Math.round((m.clientX - began) / wide);
      bar.setAttribute("x", at + days * wide * unit);
    };
    bar.addEventListener("pointermove", go);
    const end = (dropped) => {
      bar.removeEventListener("pointermove", go);
      if (dropped && days) location.assign(`${bar.dataset.move}?from=${day(bar.dataset.from, days)}&to=${day(bar.dataset.to, days)}`);
      else bar.setAttribute("x", at);
    };
    bar.addEventListener("pointerup", () => end(true), { once: true });
    bar.addEventListener("pointercancel", () => end(false), { once: true });
  }
});
