// Package ui is the look of Kolega as typed parts: shells of pages, buttons, tables, forms, bars.
//
// Leaves are struct literals: @ui.Button{Label: "Kirim ke klien", Kind: ui.Primary}. Parts with something inside are
// functions: @ui.Shell(page) { … }. docs/ui.md lists them all with the layout classes.
//
// Words: a Meaning is what a colour says, always together with a shape and a word; the ball is whose move it is.
// Laws: no inline style or script, no hx-on (strict CSP); widths are SVG geometry; every text of its own comes from
// locale, every text of a record is given by the caller; a part never reads the database or the clock.
// Who may import it: the doors below internal/web.
package ui
