package result

import "kolega/internal/money"

// The events of this room. Each is enqueued in the transaction that made it
// true; a subscriber may be told more than once.

// Posted: a deliverable's content is live.
type Posted struct{ PostID, DeliverableID, BookingID, CampaignID, TalentID string }

// Kind names the event.
func (Posted) Kind() string { return "result.posted" }

// AllPosted: every deliverable still owed by the campaign is live.
type AllPosted struct{ CampaignID string }

// Kind names the event.
func (AllPosted) Kind() string { return "result.all-posted" }

// InsightDue is kept until an ask, last call or alarm of a post is due (R7).
type InsightDue struct{ PostID, Call string }

// Kind names the job.
func (InsightDue) Kind() string { return "result.insight-due" }

// InsightAsked: the talent is asked for numbers; Call says how urgently.
type InsightAsked struct{ PostID, DeliverableID, CampaignID, TalentID, Call string }

// Kind names the event.
func (InsightAsked) Kind() string { return "result.insight-asked" }

// InsightTyped: numbers wait for the second look.
type InsightTyped struct{ InsightID, DeliverableID, CampaignID, TalentID string }

// Kind names the event.
func (InsightTyped) Kind() string { return "result.insight-typed" }

// InsightsVerified: the deliverable has verified numbers at its measuring age.
type InsightsVerified struct{ DeliverableID, BookingID, CampaignID, TalentID string }

// Kind names the event.
func (InsightsVerified) Kind() string { return "result.insights-verified" }

// GuaranteeDecided: a verdict was reached or changed.
type GuaranteeDecided struct {
	CampaignID, BookingID string // BookingID is empty for the whole campaign
	State                 State
	Version               int64
}

// Kind names the event.
func (GuaranteeDecided) Kind() string { return "result.guarantee-decided" }

// RefundChosen: management approved the refund of a missed guarantee; billing
// makes the credit note, at most what was received, the rest as cancelled claim.
type RefundChosen struct {
	RemedyID, CampaignID, BookingID string
	Amount                          money.Amount
}

// Kind names the event.
func (RefundChosen) Kind() string { return "result.refund-chosen" }

// ReplacementChosen: a free slot answers a missed guarantee.
type ReplacementChosen struct{ RemedyID, CampaignID, BookingID, SlotID string }

// Kind names the event.
func (ReplacementChosen) Kind() string { return "result.replacement-chosen" }
