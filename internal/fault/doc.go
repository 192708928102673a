// Package fault is the one kind of error that people and programs outside may see.
//
// A fault has a Kind, which a door turns into an answer (an HTTP status, an exit
// code), and a Code, which is stable, dotted and the key of its text in the
// catalogues ("fault.<code>"). Sentinels stand next to the rule that returns
// them. Every room may import fault; fault imports nothing of Kolega.
package fault
