package review

// The events of this room. Each is enqueued in the transaction that made it
// true; a subscriber may be told more than once.

// DraftUploaded: a new version waits for the specialist's key.
type DraftUploaded struct{ DeliverableID, VersionID, CampaignID string }

// Kind names the event.
func (DraftUploaded) Kind() string { return "review.draft-uploaded" }

// DraftReturned: a check found points not met; the talent has the items.
type DraftReturned struct{ DeliverableID, VersionID, RoundID, CampaignID string }

// Kind names the event.
func (DraftReturned) Kind() string { return "review.draft-returned" }

// DraftShown: both keys turned; the client may decide.
type DraftShown struct{ DeliverableID, VersionID, CampaignID string }

// Kind names the event.
func (DraftShown) Kind() string { return "review.draft-shown" }

// RoundRequested: the client sent a round; the account executive rules it.
type RoundRequested struct{ DeliverableID, VersionID, RoundID, CampaignID string }

// Kind names the event.
func (RoundRequested) Kind() string { return "review.round-requested" }

// RoundSentOn: the talent has the items of a round.
type RoundSentOn struct{ DeliverableID, RoundID, CampaignID string }

// Kind names the event.
func (RoundSentOn) Kind() string { return "review.round-sent-on" }

// DraftApproved: a version is frozen.
type DraftApproved struct{ DeliverableID, VersionID, CampaignID string }

// Kind names the event.
func (DraftApproved) Kind() string { return "review.draft-approved" }

// ConceptApproved: the talent may film; the promises are points (B17).
type ConceptApproved struct{ DeliverableID, ConceptID, CampaignID string }

// Kind names the event.
func (ConceptApproved) Kind() string { return "review.concept-approved" }

// ChangePriced: the client is asked to accept or leave a change request.
type ChangePriced struct{ ChangeID, DeliverableID, CampaignID string }

// Kind names the event.
func (ChangePriced) Kind() string { return "review.change-priced" }

// ChangeAccepted: the client accepted; the talent is asked.
type ChangeAccepted struct{ ChangeID, DeliverableID, CampaignID string }

// Kind names the event.
func (ChangeAccepted) Kind() string { return "review.change-accepted" }

// ChangeTookEffect: client and talent said yes; price and fee are owed.
type ChangeTookEffect struct{ ChangeID, DeliverableID, CampaignID string }

// Kind names the event.
func (ChangeTookEffect) Kind() string { return "review.change-took-effect" }

// ChangeClosed: a change request ended without effect.
type ChangeClosed struct{ ChangeID, DeliverableID, CampaignID string }

// Kind names the event.
func (ChangeClosed) Kind() string { return "review.change-closed" }

// WishContested: a senior person other than the ruler must decide.
type WishContested struct{ ItemID, DeliverableID, CampaignID string }

// Kind names the event.
func (WishContested) Kind() string { return "review.wish-contested" }

// WindowEnded is due at the end of a client's review window.
type WindowEnded struct{ DeliverableID, VersionID string }

// Kind names the job.
func (WindowEnded) Kind() string { return "review.window-ended" }

// ChangeWindowEnded is due when a change request was not answered in the window.
type ChangeWindowEnded struct{ ChangeID string }

// Kind names the job.
func (ChangeWindowEnded) Kind() string { return "review.change-window-ended" }

// DecisionObjected: the client objects to a decision told in a chat or taken from silence.
type DecisionObjected struct{ DeliverableID, VersionID, CampaignID string }

// Kind names the event.
func (DecisionObjected) Kind() string { return "review.decision-objected" }
