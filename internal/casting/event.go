package casting

import "time"

// The events of this room. Each is enqueued in the transaction that made it
// true; a subscriber may be told more than once.

// ShortlistShared: the client can pick.
type ShortlistShared struct{ CampaignID string }

// Kind names the event.
func (ShortlistShared) Kind() string { return "casting.shortlist-shared" }

// PicksSent: a contact sent answers; Decides when they count.
type PicksSent struct {
	CampaignID, ContactID string
	Decides, Late         bool
}

// Kind names the event.
func (PicksSent) Kind() string { return "casting.picks-sent" }

// CandidateGone: a shown candidate cannot be had any more; the client is told.
type CandidateGone struct{ CandidateID, CampaignID, TalentID, Reason string }

// Kind names the event.
func (CandidateGone) Kind() string { return "casting.candidate-gone" }

// Offered: a talent was asked.
type Offered struct{ OfferID, CampaignID, TalentID string }

// Kind names the event.
func (Offered) Kind() string { return "casting.offered" }

// Asked: an act waits for somebody's yes.
type Asked struct{ AskID, CampaignID string }

// Kind names the event.
func (Asked) Kind() string { return "casting.asked" }

// Countered: a talent proposed another date or fee; the agency answers.
type Countered struct{ OfferID, CampaignID, TalentID string }

// Kind names the event.
func (Countered) Kind() string { return "casting.countered" }

// SlotOpened: an offer lapsed or was declined, or a booking dropped; replacements are due.
type SlotOpened struct{ SlotID, CampaignID, TalentID, Cause string }

// Kind names the event.
func (SlotOpened) Kind() string { return "casting.slot-opened" }

// Committed: each date has an explicit yes. Deliverables, payouts and tasks follow.
type Committed struct{ BookingID, CampaignID, TalentID string }

// Kind names the event.
func (Committed) Kind() string { return "casting.committed" }

// Dropped: a booking ended before it was delivered.
type Dropped struct{ BookingID, CampaignID, TalentID string }

// Kind names the event.
func (Dropped) Kind() string { return "casting.dropped" }

// Extended: the dates of a booking were moved; the client was told.
type Extended struct{ BookingID, CampaignID, TalentID string }

// Kind names the event.
func (Extended) Kind() string { return "casting.extended" }

// Replaced: a reserve or another talent was offered the slot of one who left; the client is told.
type Replaced struct{ CampaignID, SlotID, OldTalentID, NewTalentID string }

// Kind names the event.
func (Replaced) Kind() string { return "casting.replaced" }

// CheckInDue is due when a talent is to be asked whether the date holds.
type CheckInDue struct{ CheckInID, BookingID string }

// Kind names the job.
func (CheckInDue) Kind() string { return "casting.check-in-due" }

// CheckInAnswered: a talent tapped an answer.
type CheckInAnswered struct{ CheckInID, BookingID, CampaignID, Answer string }

// Kind names the event.
func (CheckInAnswered) Kind() string { return "casting.check-in-answered" }

// RiskDue is due when a booking may have become at risk or late.
type RiskDue struct{ BookingID string }

// Kind names the job.
func (RiskDue) Kind() string { return "casting.risk-due" }

// RiskRose: a booking became at risk or late; the account executive decides.
type RiskRose struct {
	BookingID, CampaignID, TalentID string
	Risk                            Risk
}

// Kind names the event.
func (RiskRose) Kind() string { return "casting.risk-rose" }

// OfferEnds is due when an offer expires.
type OfferEnds struct {
	OfferID string
	At      time.Time
}

// Kind names the job.
func (OfferEnds) Kind() string { return "casting.offer-ends" }

// HandoverDue is due when a specialist is to be reminded of a list.
type HandoverDue struct{ HandoverID string }

// Kind names the job.
func (HandoverDue) Kind() string { return "casting.handover-due" }
