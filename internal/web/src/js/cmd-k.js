// The palette: the server ranks, the browser only moves through the rows. Without it /search is a page.
import Combobox from "@github/combobox-nav";

customElements.define("cmd-k", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.box = new Combobox(this.input, this.list, { firstOptionSelectionMode: "active" });
    this.input.addEventListener("input", () => this.ask());
    const dialog = this.closest("dialog");
    dialog.addEventListener("close", () => { this.box.stop(); this.input.value = ""; });
    new MutationObserver(() => { if (dialog.open) this.ask(); }).observe(dialog, { attributeFilter: ["open"] });
    if (dialog.open) this.ask();
  }

  async ask() {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const url = new URL(this.dataset.src, location.href);
    url.searchParams.set("q", this.input.value);
    url.searchParams.set("palette", "1");
    this.list.setAttribute("aria-busy", "true");
    try {
      const res = await fetch(url, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (!res.ok) throw new Error(String(res.status));
      const doc = new DOMParser().parseFromString(await res.text(), "text/html");
      this.box.stop();
      this.list.replaceChildren(...doc.body.childNodes);
      this.box.start();
    } catch (err) {
      if (err.name !== "AbortError") this.list.replaceChildren();
    } finally {
      if (this.asking === asking) this.list.removeAttribute("aria-busy");
    }
  }
});
