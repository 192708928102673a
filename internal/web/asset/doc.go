// Package asset serves the built browser files: CSS, JavaScript, fonts and the icon sprite.
//
// The files in dist are made by tools/bundle and committed, so building Kolega needs only Go. Their names hold
// their hash; a page therefore never sees an old file beside new HTML, and browsers may keep each for ever.
// Words: a stable name ("app.css") is what code says, a hashed name ("app-3FQ2.css") is what browsers see.
// Who may import it: internal/web/… and app.
package asset
