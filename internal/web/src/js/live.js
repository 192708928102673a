// htmx with its stream of server messages: one stream per page, opened by ui.Page.LiveURL.
import "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-sse.js";
