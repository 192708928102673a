import"./chunk-4K5PVUN5.js";import"./chunk-47KBDWVR.js";document.querySelector("[hx-get], [hx-post], [hx-sse\\:connect]")&&import("./live-VEBEXBSS.js");
