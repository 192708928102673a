// Package privacy gives a person a copy of what is kept about them, and erases
// them (B11, R20).
//
// Each slice declares which columns of its tables speak of a talent or of a
// client's contact, and what becomes of them; this room carries it out in one
// change. What is erased becomes a name that nobody bears; amounts, tax papers and
// the trail stay without it. The trail's chain holds all the same.
package privacy
