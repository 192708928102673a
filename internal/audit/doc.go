// Package audit keeps the trail: who did what to which thing, when, from what
// to what, and why. An entry is written in the same commit as the change; each
// carries the hash of the one before, so that a changed, removed or swapped
// entry is found by Verify.
//
// It is the lowest slice. It never holds bank, tax or identity numbers, nor
// health: the trail is for ever.
package audit
