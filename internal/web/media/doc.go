// Package media is how files of drafts come in and go out at the doors: resumable
// uploads (tus), plain forms with a file in them, and playing with ranges.
//
// Its laws: a right is asked before the first byte; nothing is held in memory
// whole; a file leaves only with the type its bytes have, never as a page.
// The doors of staff, clients, talents and programs import it.
package media
