// Shortcuts stand on the real buttons (data-hotkey); the list under ? is read from the page, so it cannot be wrong.
import { install } from "@github/hotkey";
import { say } from "./core.js";

const done = new WeakSet();
function hook() {
  for (const el of document.querySelectorAll("[data-hotkey]")) {
    if (done.has(el)) continue;
    done.add(el);
    install(el);
  }
}
hook();
document.addEventListener("htmx:after:swap", hook);

// ---- the list ----------------------------------------------------------------------------------------------
function keysOf(text) {
  const box = document.createElement("dd");
  for (const part of text.split(/[ +]/)) {
    const k = document.createElement("kbd");
    k.textContent = part === "Mod" ? (/Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl") : part;
    box.append(k, " ");
  }
  return box;
}

function nameOf(el) {
  const copy = el.cloneNode(true);
  for (const x of copy.querySelectorAll("kbd, .count, svg")) x.remove();
  return el.getAttribute("aria-label") || copy.textContent.trim() || el.getAttribute("placeholder") || "";
}

document.getElementById("keys")?.addEventListener("opening", (e) => {
  const list = e.target.querySelector("[data-keys]");
  const rows = [...document.querySelectorAll("[data-hotkey]")].map((el) => [nameOf(el), el.dataset.hotkey]);
  if (document.querySelector("[data-rows]")) rows.push([say("rowNext"), "j"], [say("rowPrev"), "k"], [say("rowOpen"), "Enter"], [say("rowMark"), "x"]);
  list.replaceChildren(...rows.filter(([name]) => name).map(([name, key]) => {
    const row = document.createElement("div"), term = document.createElement("dt");
    term.textContent = name;
    row.append(term, keysOf(key));
    return row;
  }));
});

// ---- the palette --------------------------------------------------------------------------------------------
const palette = document.getElementById("palette");
const load = () => import("./cmd-k.js");
for (const opener of document.querySelectorAll("[data-palette]")) {
  opener.addEventListener("pointerenter", load, { once: true });
  opener.addEventListener("click", (e) => {
    if (!palette?.showModal) return;
    e.preventDefault();
    palette.showModal();
    load();
  });
}
