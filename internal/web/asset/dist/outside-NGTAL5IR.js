import"./chunk-TSDZ77QL.js";import"./chunk-47KBDWVR.js";document.querySelector("[hx-get], [hx-post], [hx-sse\\:connect]")&&import("./live-VEBEXBSS.js");
