// Orders that people choose (shortlist, reserves, pages, points). The arrows in each row do the same without dragging.
import Sortable from "sortablejs/modular/sortable.core.esm.js";

customElements.define("sort-list", class extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("[data-sort]"), form = this.querySelector("form");
    if (!list || !form) return;
    Sortable.create(list, {
      handle: ".handle", animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140, delay: 120, delayOnTouchOnly: true,
      onEnd: (e) => {
        if (e.oldIndex === e.newIndex) return;
        form.elements.order.value = [...list.children].map((el) => el.dataset.id).join(",");
        form.requestSubmit(form.querySelector("[name=move][value=order]"));
      },
    });
  }
});
