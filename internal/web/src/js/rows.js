// Lists worked by keyboard: j and k move, Enter opens, x marks; marked rows raise the bulk bar.
const typing = (el) => el.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open], [popover]");
let at = null;

const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:not(.grp), [data-rows] > .row")];

function go(step) {
  const all = rows();
  if (!all.length) return;
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(at) + step))];
  at?.removeAttribute("data-at");
  at = next;
  at.dataset.at = "";
  at.scrollIntoView({ block: "nearest" });
  at.querySelector("a")?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
  if (e.key === "j") go(1);
  else if (e.key === "k") { if (!pendingSequence) go(-1); }
  else if (e.key === "x" && at) at.querySelector("[data-pick]")?.click();
  pendingSequence = e.key === "g" || e.key === "n" || e.key === "v";
});
let pendingSequence = false; // "g k" goes to the inbox, it does not move a row

function bulk() {
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    // getAttribute, since a field named "id" hides the form's own
    const n = document.querySelectorAll(`[data-pick][form="${CSS.escape(bar.getAttribute("id"))}"]:checked`).length;
    bar.toggleAttribute("data-on", n > 0);
    bar.querySelector("[data-bulk-count]").textContent = n;
  }
}
document.addEventListener("change", (e) => { if (e.target.matches?.("[data-pick]")) bulk(); });
bulk();
