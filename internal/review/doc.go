// Package review carries a draft from the talent's phone to the frozen, approved version.
//
// Its words: a deliverable is one piece of content owed (platform, format,
// number) under a booking. A draft version is one upload for it, numbered
// 1.1, 1.2, … inside the agency; the client sees whole numbers. A check is one
// of two keys (specialist, then account executive) that a version needs before
// it is shown. A round is the client's list of items about one shown version,
// sent once. An item is ruled a fault (F), a wish (W) or the agency's slip (S).
// A wish over the limit is split off into a change request. An approval binds
// one person, one version and the hash of what that version holds.
//
// Its laws: R1 (faults are free, wishes are counted, then priced), R5 (two keys
// before the client sees a draft), the part of R4 that says which brief version
// judges a draft, R8 for due times and R9 for decisions told in a chat. An
// approved version never changes; a decision lands only on a version the client
// was shown; the first of two decisions wins and the second is told.
//
// Doors, result, billing, payout and report may import it. It may import
// casting, campaign, talent, client and everything below them.
package review
