// A file form that survives cuts: sent in pieces, goes on where it stopped, even after the tab was closed.
// When the last piece has arrived the plain form is sent with the upload's id in place of the file.
import { Upload } from "tus-js-client";

const MiB = 1 << 20;

customElements.define("tus-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.file = this.querySelector("input[type=file]");
    this.state = this.querySelector(".upload-state");
    this.bar = this.state.querySelector("progress");
    this.text = this.state.querySelector(".upload-text");
    this.pause = this.querySelector(".upload-pause");
    this.file.addEventListener("change", () => this.picked());
    this.form.addEventListener("submit", (e) => this.send(e), true);
    this.pause.addEventListener("click", () => this.toggle());
    addEventListener("online", () => this.again());
    addEventListener("offline", () => { if (this.running) this.say("waiting", "waiting"); });
    if (this.file.files.length) this.picked();
  }

  disconnectedCallback() { this.up?.abort(); clearTimeout(this.timer); }

  say(state, key, args = {}) {
    this.dataset.state = state;
    this.text.textContent = (this.dataset[key] ?? "").replace(/\{(\w+)\}/g, (all, n) => args[n] ?? all);
  }

  size(n) {
    const unit = n >= 1000 * 1e6 ? ["GB", 1e9] : n >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
    return new Intl.NumberFormat(this.dataset.lang, { maximumFractionDigits: n < 10 * unit[1] ? 1 : 0 }).format(n / unit[1]) + " " + unit[0];
  }

  async picked() {
    const f = this.file.files[0];
    this.up?.abort();
    this.up = null;
    this.state.hidden = !f;
    if (!f) return;
    this.state.querySelector(".upload-name").textContent = f.name;
    this.bar.value = 0;
    const max = Number(this.dataset.max);
    this.tooBig = max > 0 && f.size > max;
    if (this.tooBig) return this.say("failed", "maxText");
    this.say("ready", "ready", { size: this.size(f.size) });
    this.up = this.make(f);
    const before = await this.up.findPreviousUploads();
    if (before.length) this.up.resumeFromPreviousUpload(before.sort((a, b) => (a.creationTime < b.creationTime ? 1 : -1))[0]);
  }

  make(f) {
    let meta = {};
    try { meta = JSON.parse(this.dataset.meta || "{}"); } catch { /* the server wrote it; an empty one is safe */ }
    return new Upload(f, {
      endpoint: this.dataset.endpoint,
      chunkSize: MiB,
      retryDelays: [0, 3000, 5000, 10000, 20000],
      removeFingerprintOnSuccess: true,
      metadata: { ...meta, filename: f.name, filetype: f.type },
      onProgress: (sent, all) => this.going(sent, all),
      onChunkComplete: () => this.grow(),
      onError: (err) => this.failed(err),
      onSuccess: () => this.finish(f),
    });
  }

  send(e) {
    const f = this.file.files[0];
    if (!f || !this.dataset.endpoint || this.form.elements.upload.value) return; // the plain form goes its way
    e.preventDefault();
    e.stopImmediatePropagation();
    if (this.tooBig || this.running) return;
    this.up ??= this.make(f);
    this.begin();
  }

  begin() {
    this.running = true;
    this.started = { at: Date.now(), sent: null };
    this.pieceAt = Date.now();
    this.pause.hidden = false;
    this.querySelector(".btn-p")?.setAttribute("aria-busy", "true");
    navigator.wakeLock?.request("screen").then((l) => { this.lock = l; }, () => {});
    this.up.start();
  }

  /** grow doubles the piece while the line is quick, up to 8 MiB, and halves it when slow. */
  grow() {
    const took = Date.now() - this.pieceAt;
    this.pieceAt = Date.now();
    const o = this.up.options;
    if (took < 2000) o.chunkSize = Math.min(o.chunkSize * 2, 8 * MiB);
    else if (took > 12000) o.chunkSize = Math.max(o.chunkSize / 2, MiB / 4);
  }

  going(sent, all) {
    this.bar.value = (sent / all) * 100;
    if (this.started.sent === null) {
      this.started = { at: Date.now(), sent };
      if (sent > 0) return this.say("going", "resume", { done: this.size(sent) });
    }
    const rate = (sent - this.started.sent) / Math.max(1, Date.now() - this.started.at);
    if (!rate) return;
    const s = Math.round((all - sent) / rate / 1000);
    const left = (s < 60 ? this.dataset.soon : this.dataset.left ?? "").replace("{min}", Math.floor(s / 60)).replace("{sec}", s % 60);
    this.say("going", "going", { done: this.size(sent), size: this.size(all), left });
  }

  failed(err) {
    this.rest();
    const status = err.originalResponse?.getStatus();
    const refused = status >= 400 && status < 500 && status !== 409 && status !== 423; // another connection still holds it: soon free
    if (refused) return this.say("failed", "failed");
    this.say("waiting", "waiting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), 15_000);
  }

  again() { if (this.dataset.state === "waiting" && !this.running && this.up) this.begin(); }

  toggle() {
    if (this.running) { this.up.abort(); this.rest(); this.say("ready", "ready", { size: this.size(this.file.files[0].size) }); } else this.begin();
  }

  rest() {
    this.running = false;
    this.lock?.release();
    this.querySelector(".btn-p")?.removeAttribute("aria-busy");
  }

  finish(f) {
    this.rest();
    this.pause.hidden = true;
    this.bar.value = 100;
    this.say("done", "done", { size: this.size(f.size) });
    this.form.elements.upload.value = this.up.url.split("/").pop();
    this.file.disabled = true; // the file is there already; only its id travels
    this.form.requestSubmit();
  }
});
