// Package talentlink is the door of a talent: one next task, then the rest, and
// when the money comes. It opens on a phone, without an account.
//
// No type that a view here can reach has a field for the client's price or for
// another talent (R20).
package talentlink
