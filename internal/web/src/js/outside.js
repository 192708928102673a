// Client and talent pages: htmx comes only where a page uses it, so that the first visit stays light.
import "./core.js";

if (document.querySelector("[hx-get], [hx-post], [hx-sse\\:connect]")) import("./live.js");
if (document.querySelector("deck-reader")) import("./deck-reader.js");
