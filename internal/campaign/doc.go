// Package campaign keeps what is to be done for a client, by whom and until when:
// playbooks, campaigns, the brief and who agreed to which version of it, the slots
// to be filled with talents, and the timeline of works planned against actual.
//
// Its words. A playbook is an ordered list of works with offsets in working days
// and a responsible role. A brief is a row of versions; a version holds numbered
// points (must, must not, should, fact), each with an id that stays through all
// versions. A version is a draft until it is shared, agreed once the client's
// decider has accepted it, and frozen by the first talent who commits. A slot is a
// place for one talent.
//
// Its laws. What was shared with anybody never changes: a later wish is a new
// version with its effect listed (A26). A talent acknowledges each binding point in
// the language read, and is asked again only for what changed; until then the older
// version is in force for that talent (R4). Planned dates are counted in the
// working days of whoever owes (R8). When a work really began and ended is read
// from the trail of facts, not ticked (A2).
//
// Higher slices may use its exported steps inside their own changes; it knows
// nothing of bookings, drafts or invoices.
package campaign
