// Package report makes what a client keeps: the frozen report of a campaign as page,
// PDF and workbook; and it closes a campaign when nothing is open (A19, A56, A57).
//
// Words. A Document is everything a report says, as facts: figures with their inputs,
// what is missing and why, what was learned and is advised. A version is a document
// frozen with its hash when it was sent; a correction makes the next version, which
// names its differences.
//
// Laws. A Document has no field for talent cost, margin or an internal note, so no
// painter can show one (R20). Its numbers are the exact sums of result; rounding
// happens when it is painted. Missing data is named, never guessed. What was learned
// and advised is a required part. A version that was sent never changes.
//
// The doors and pitch may import report; it imports payout, billing, result and the
// slices below them.
package report
