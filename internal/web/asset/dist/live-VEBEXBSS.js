import"./chunk-RU7IAF4A.js";import"./chunk-47KBDWVR.js";
