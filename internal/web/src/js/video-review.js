// Judging a video: typing pauses it and takes the moment into the note; a note's moment seeks; a finger, a mouse or the
// arrow keys draw on the frame. Strokes are places from 0 to 1 with the media time in ms: [{"t":14200,"p":[x,y,…]}].
// Two versions play in step. Without scripts the moment is typed by hand and the videos are plain ones.

const clock = (s) => Math.floor(s / 60) + ":" + String(Math.floor(s % 60)).padStart(2, "0");
const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
const span = (text) => text.split("–").map((part) => seconds(part.trim()));
const near = 0.7; // a drawing shows this many seconds around its moment
const frame = 1 / 25;
const ring = Array.from({ length: 25 }, (_, i) => [Math.cos((i * Math.PI) / 12), Math.sin((i * Math.PI) / 12)]);
const thousandth = (v) => Math.round(Math.min(1, Math.max(0, v)) * 1000) / 1000;
const busy = "input, textarea, select, button, a, summary, [contenteditable], dialog, [role=menu]";

customElements.define("video-review", class extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video[data-main]");
    this.videos = [...this.querySelectorAll("video")];
    this.canvas = this.querySelector("canvas");
    this.mine = [];
    if (this.videos.length) this.follow();
    if (this.canvas) this.draws();
    if (this.video) this.moments();
  }

  // ---- playing ------------------------------------------------------------------------------------------------------
  follow() {
    const lead = this.video ?? this.videos[0];
    for (const v of this.videos) {
      if (v !== lead) v.muted = true;
      v.addEventListener("play", () => this.rest(v, (o) => o.paused && !o.ended && o.play().catch(() => {})));
      v.addEventListener("pause", () => v.ended || this.rest(v, (o) => o.pause()));
      v.addEventListener("seeking", () => this.rest(v, (o) => this.meet(o, v, 0.05)));
      v.addEventListener("ratechange", () => this.rest(v, (o) => { if (o.playbackRate !== v.playbackRate) o.playbackRate = v.playbackRate; }));
    }
    lead.addEventListener("timeupdate", () => lead.paused || this.rest(lead, (o) => this.meet(o, lead, 0.15)));
    lead.addEventListener("play", () => this.watched(), { once: true });
    lead.addEventListener("loadedmetadata", () => this.line());
    if (lead.readyState > 0) this.line();
    for (const part of this.querySelectorAll(".vr-step, .vr-keys")) part.hidden = false;
    this.addEventListener("click", (e) => this.go(lead, e.target.closest("[data-go]")?.dataset.go));
    this.keys = (e) => this.key(lead, e);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() { if (this.keys) document.removeEventListener("keydown", this.keys); }

  rest(one, act) { for (const v of this.videos) if (v !== one) act(v); }

  /** meet brings a video to where the other is, when they are apart. */
  meet(v, lead, apart) {
    const at = Math.min(lead.currentTime, v.duration || lead.currentTime);
    if (Math.abs(v.currentTime - at) > apart) v.currentTime = at;
  }

  go(lead, how) {
    if (how === "play") lead.paused ? lead.play().catch(() => {}) : lead.pause();
    else if (how) { lead.pause(); lead.currentTime = Math.max(0, lead.currentTime + Number(how)); }
  }

  key(lead, e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || e.target.closest?.(busy)) return;
    const acts = {
      " ": () => this.go(lead, "play"),
      ArrowLeft: () => this.go(lead, e.shiftKey ? -5 : -1),
      ArrowRight: () => this.go(lead, e.shiftKey ? 5 : 1),
      ",": () => this.go(lead, -frame),
      ".": () => this.go(lead, frame),
      m: () => this.note(),
      u: () => this.until(),
      d: () => this.pen && this.drawing(true),
    };
    const second = e.timeStamp - (this.led ?? -9e9) < 1500; // of a shortcut with two keys
    this.led = "gnv".includes(e.key) ? e.timeStamp : -9e9;
    if (second || this.hasAttribute("data-drawing") || !acts[e.key] || (e.target.tagName === "VIDEO" && e.key.length > 1)) return;
    e.preventDefault();
    acts[e.key]();
  }

  /** watched tells that the video was played: a page that is only opened says nothing. */
  watched() {
    const page = this.closest("[data-watched]");
    if (page) fetch(page.dataset.watched, { method: "POST", body: new URLSearchParams({ version: page.dataset.version }) }).catch(() => {});
  }

  /** line marks the notes' moments and stretches below the video; a mark seeks. */
  line() {
    const line = this.querySelector(".vr-line"), all = (this.video ?? this.videos[0]).duration;
    if (!line || !(all > 0)) return;
    line.replaceChildren();
    for (const link of this.querySelectorAll("[data-seek]")) {
      const [from, to = from] = span(link.dataset.seek);
      if (!(from <= all)) continue;
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const wide = Math.max(10, ((Math.min(to, all) - from) / all) * 1000);
      for (const [name, value] of Object.entries({ x: Math.min((from / all) * 1000, 1000 - wide), width: wide, height: 8 })) mark.setAttribute(name, value);
      mark.addEventListener("click", () => link.click());
      line.append(mark);
    }
    line.toggleAttribute("hidden", !line.childElementCount);
  }

  // ---- notes --------------------------------------------------------------------------------------------------------
  moments() {
    this.addEventListener("focusin", (e) => this.typing(e));
    this.addEventListener("input", (e) => this.typing(e));
    this.addEventListener("click", (e) => this.seek(e));
    this.addEventListener("submit", () => { this.drawing(false); if (this.wasPlaying) this.video.play().catch(() => {}); });
    const end = this.querySelector("[data-until]");
    if (!end) return;
    end.hidden = false;
    end.addEventListener("click", () => this.until());
  }

  field(name) { return this.querySelector(`form [name=${name}]`); }

  typing(e) {
    const at = e.target.form?.elements.frame;
    if (!at) return;
    if (e.target === at) { delete at.dataset.auto; return; }
    if (!e.target.matches("textarea")) return;
    if (!this.video.paused) { this.wasPlaying = true; this.video.pause(); }
    if (!at.value) this.moment();
  }

  moment() {
    const at = this.field("frame");
    if (!at || !this.video || (at.value && !at.dataset.auto)) return;
    at.value = clock(this.video.currentTime);
    at.dataset.auto = "1";
  }

  /** until makes the note's moment a stretch that ends here. */
  until() {
    const at = this.field("frame");
    if (!at) return;
    this.video.pause();
    const from = span(at.value || clock(this.video.currentTime))[0], to = Math.floor(this.video.currentTime);
    at.value = to > from ? clock(from) + "–" + clock(to) : clock(to);
    delete at.dataset.auto;
  }

  /** note opens the form and takes the moment. */
  note() {
    const text = this.querySelector("form:has([name=frame]) textarea");
    for (let d = text?.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    this.moment();
    text?.focus();
  }

  seek(e) {
    const link = e.target.closest("[data-seek]");
    if (!link) return;
    e.preventDefault();
    this.video.pause();
    try { this.theirs = JSON.parse(link.dataset.strokes || "[]"); } catch { this.theirs = []; }
    this.video.currentTime = this.theirs[0] ? this.theirs[0].t / 1000 : span(link.dataset.seek)[0];
    this.video.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    this.paint();
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------
  draws() {
    this.pen = this.querySelector("[data-draw]");
    this.wipe = this.querySelector("[data-wipe]");
    const ground = this.video ?? this.canvas.parentElement.querySelector("img");
    for (const on of ["timeupdate", "seeked", "loadedmetadata", "load"]) ground.addEventListener(on, () => this.paint());
    new ResizeObserver(() => this.paint()).observe(ground);
    try { this.mine = JSON.parse(this.field("strokes")?.value || "[]"); } catch { this.mine = []; }
    if (!this.pen) return;
    this.pen.hidden = false;
    this.pen.addEventListener("click", () => this.drawing(this.pen.getAttribute("aria-pressed") !== "true"));
    this.wipe?.addEventListener("click", () => { this.mine = []; this.keep(); this.paint(); });
    this.canvas.addEventListener("pointerdown", (e) => this.begin(e));
    this.canvas.addEventListener("pointermove", (e) => this.extend(e));
    this.canvas.addEventListener("pointerup", () => this.end());
    this.canvas.addEventListener("pointercancel", () => this.end());
    this.canvas.addEventListener("keydown", (e) => this.aim(e));
    this.keep();
  }

  drawing(on) {
    if (!this.pen) return;
    this.pen.setAttribute("aria-pressed", String(on));
    this.toggleAttribute("data-drawing", on);
    this.canvas.tabIndex = on ? 0 : -1;
    const hint = this.querySelector(".vr-hint");
    if (hint) hint.hidden = !on;
    this.spot = null;
    if (on) { this.video?.pause(); this.moment(); this.canvas.focus({ preventScroll: true }); this.canvas.scrollIntoView({ block: "nearest" }); }
    this.paint();
  }

  /** aim moves a ring over the frame by the arrow keys; Enter puts it down. */
  aim(e) {
    const step = e.shiftKey ? 0.1 : 0.02, by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key];
    if (by) this.spot = (this.spot ?? [0.5, 0.5]).map((v, i) => Math.min(0.95, Math.max(0.05, v + by[i])));
    else if (e.key === "Enter" || e.key === " ") { this.mine.push(this.circle()); this.keep(); }
    else if (e.key === "Escape") { this.drawing(false); this.pen.focus(); }
    else return;
    e.preventDefault();
    this.paint();
  }

  circle() {
    const [x, y] = this.spot ?? [0.5, 0.5], tall = 0.1 * (this.canvas.clientWidth / (this.canvas.clientHeight || 1));
    return { t: this.now(), p: ring.flatMap(([a, b]) => [thousandth(x + a * 0.1), thousandth(y + b * tall)]) };
  }

  now() { return this.video ? Math.round(this.video.currentTime * 1000) : 0; }

  place(e) {
    const r = this.canvas.getBoundingClientRect();
    return [thousandth((e.clientX - r.left) / r.width), thousandth((e.clientY - r.top) / r.height)];
  }

  begin(e) {
    this.canvas.setPointerCapture(e.pointerId);
    this.stroke = { t: this.now(), p: this.place(e) };
    this.mine.push(this.stroke);
    e.preventDefault();
  }

  extend(e) { if (this.stroke) { this.stroke.p.push(...this.place(e)); this.paint(); } }

  end() { if (this.stroke) { this.stroke = null; this.keep(); } }

  keep() {
    const box = this.field("strokes");
    if (box) box.value = this.mine.length ? JSON.stringify(this.mine) : "";
    if (this.wipe) this.wipe.hidden = !this.mine.length;
  }

  paint() {
    const box = this.canvas, dots = devicePixelRatio || 1;
    if (!box) return;
    box.width = box.clientWidth * dots;
    box.height = box.clientHeight * dots;
    const c = box.getContext("2d"), now = this.now();
    c.lineWidth = 3 * dots;
    c.lineCap = c.lineJoin = "round";
    c.strokeStyle = getComputedStyle(this).getPropertyValue("--mark") || "red";
    const shown = [...(this.theirs ?? []), ...this.mine].filter((s) => !this.video || Math.abs(s.t - now) <= near * 1000);
    if (this.spot && this.hasAttribute("data-drawing")) shown.push(this.circle());
    for (const s of shown) {
      c.beginPath();
      for (let i = 0; i + 1 < s.p.length; i += 2) c[i ? "lineTo" : "moveTo"](s.p[i] * box.width, s.p[i + 1] * box.height);
      c.stroke();
    }
  }
});
