// The staff app.
import "./live.js";
import "./core.js";
import "./keys.js";
import "./rows.js";
