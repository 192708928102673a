import"./chunk-2A6WH53F.js";import"./chunk-47KBDWVR.js";document.querySelector("[hx-get], [hx-post], [hx-sse\\:connect]")&&import("./live-VEBEXBSS.js");
