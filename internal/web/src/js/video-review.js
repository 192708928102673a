// Judging a video: typing pauses it and takes the moment into the note; a note's moment seeks; a finger draws on the
// frame. Strokes are places from 0 to 1 with the media time in ms: [{"t":14200,"p":[x,y,x,y,…]}]. Without scripts the
// moment is typed by hand and the video is a plain one.

const clock = (s) => Math.floor(s / 60) + ":" + String(Math.floor(s % 60)).padStart(2, "0");
const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
const near = 0.7; // a drawing shows this many seconds around its moment

customElements.define("video-review", class extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    if (!this.video) return;
    this.canvas = this.querySelector("canvas");
    this.pen = this.querySelector("[data-draw]");
    this.wipe = this.querySelector("[data-wipe]");
    this.mine = [];
    this.addEventListener("focusin", (e) => this.typing(e));
    this.addEventListener("input", (e) => this.typing(e));
    this.addEventListener("click", (e) => this.seek(e));
    this.addEventListener("submit", () => { this.drawing(false); if (this.wasPlaying) this.video.play(); });
    for (const on of ["timeupdate", "seeked", "loadedmetadata"]) this.video.addEventListener(on, () => this.paint());
    this.video.addEventListener("play", () => this.watched(), { once: true });
    new ResizeObserver(() => this.paint()).observe(this.video);
    if (!this.pen || !this.canvas) return;
    this.pen.hidden = false;
    this.pen.addEventListener("click", () => this.drawing(this.pen.getAttribute("aria-pressed") !== "true"));
    this.wipe?.addEventListener("click", () => { this.mine = []; this.keep(); this.paint(); });
    this.canvas.addEventListener("pointerdown", (e) => this.begin(e));
    this.canvas.addEventListener("pointermove", (e) => this.extend(e));
    this.canvas.addEventListener("pointerup", () => this.end());
    this.canvas.addEventListener("pointercancel", () => this.end());
  }

  /** watched tells that the video was played: a page that is only opened says nothing. */
  watched() {
    const page = this.closest("[data-watched]");
    if (page) fetch(page.dataset.watched, { method: "POST", body: new URLSearchParams({ version: page.dataset.version }) }).catch(() => {});
  }

  field(name) { return this.querySelector(`form [name=${name}]`); }

  typing(e) {
    if (!e.target.matches("textarea")) return;
    if (!this.video.paused) { this.wasPlaying = true; this.video.pause(); }
    const at = e.target.form?.elements.frame;
    if (at && (!at.value || at.dataset.auto)) this.moment();
  }

  moment() {
    const at = this.field("frame");
    if (!at) return;
    at.value = clock(this.video.currentTime);
    at.dataset.auto = "1";
  }

  seek(e) {
    const link = e.target.closest("[data-seek]");
    if (!link) return;
    e.preventDefault();
    this.video.pause();
    try { this.theirs = JSON.parse(link.dataset.strokes || "[]"); } catch { this.theirs = []; }
    this.video.currentTime = this.theirs[0] ? this.theirs[0].t / 1000 : seconds(link.dataset.seek);
    this.video.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  drawing(on) {
    if (!this.pen) return;
    this.pen.setAttribute("aria-pressed", String(on));
    this.toggleAttribute("data-drawing", on);
    if (on) { this.video.pause(); this.moment(); }
    this.paint();
  }

  place(e) {
    const r = this.canvas.getBoundingClientRect();
    const round = (v) => Math.round(Math.min(1, Math.max(0, v)) * 1000) / 1000;
    return [round((e.clientX - r.left) / r.width), round((e.clientY - r.top) / r.height)];
  }

  begin(e) {
    this.canvas.setPointerCapture(e.pointerId);
    this.stroke = { t: Math.round(this.video.currentTime * 1000), p: this.place(e) };
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
    if (!this.canvas) return;
    const box = this.canvas, dots = devicePixelRatio || 1;
    box.width = box.clientWidth * dots;
    box.height = box.clientHeight * dots;
    const c = box.getContext("2d"), now = this.video.currentTime;
    c.lineWidth = 3 * dots;
    c.lineCap = c.lineJoin = "round";
    c.strokeStyle = getComputedStyle(this).getPropertyValue("--mark") || "red";
    for (const s of [...(this.theirs ?? []), ...this.mine]) {
      if (Math.abs(s.t / 1000 - now) > near) continue;
      c.beginPath();
      for (let i = 0; i + 1 < s.p.length; i += 2) c[i ? "lineTo" : "moveTo"](s.p[i] * box.width, s.p[i + 1] * box.height);
      c.stroke();
    }
  }
});
