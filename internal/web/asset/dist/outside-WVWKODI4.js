import"./chunk-Y7MR4RBT.js";import"./chunk-47KBDWVR.js";document.querySelector("[hx-get], [hx-post], [hx-sse\\:connect]")&&import("./live-VEBEXBSS.js");
