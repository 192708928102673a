package review

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Deliverable is one piece of content owed under a booking.
type Deliverable struct {
	ID, BookingID, CampaignID, ClientID, TalentID string

	Number           int64 // within the booking, from 1
	Platform, Format string
	DraftDue         worktime.Deadline // the talent's promise for the first draft (R8)
	PostDue          worktime.Deadline // the talent's promise for the post (R8)

	Limit         int64 // counted rounds that the agreement includes (R1), 0 or more
	WindowHours   int64 // the client's working hours to answer a shown version; 0 = no window
	SilenceCounts bool  // the agreement lets silence after the window approve

	WithClientID string // the version the client may decide on now; empty when it is not the client's move
	ApprovedID   string // the approved version; empty until there is one

	ConceptAskedAt time.Time // since when a concept is wanted before the first draft; zero: none is (B17)
	ConceptID      string    // the approved concept

	ClosedAt  time.Time // the booking was dropped: nothing is owed any more
	CreatedAt time.Time
	Revision  int64 // of the row, for compare-and-set
}

// Open says whether content is still owed: neither approved nor closed.
func (d Deliverable) Open() bool { return d.ApprovedID == "" && d.ClosedAt.IsZero() }

// Refusals about a deliverable as a whole.
var (
	ErrApproved = fault.New(fault.Conflict, "draft.approved")       // a version is approved and frozen
	ErrClosed   = fault.New(fault.Conflict, "draft.closed")         // the booking was dropped
	ErrLimit    = fault.Field("limit", "draft.limit-negative")      // a limit below zero
	ErrNotShown = fault.New(fault.NotFound, "not-found")            // a version the client was not shown: absent (R5)
	ErrOldShown = fault.New(fault.Conflict, "draft.newer-version")  // another version is with the client now
	ErrDecided  = fault.New(fault.Conflict, "draft.decided-before") // somebody decided about this version first
)

// Party is who must act next.
type Party string

// The parties of a draft.
const (
	PartyTalent     Party = "talent"
	PartySpecialist Party = "specialist"
	PartyAE         Party = "ae"
	PartyClient     Party = "client"
	PartyNobody     Party = ""
)

// Step is what the party must do next.
type Step string

// The steps of a deliverable, in their usual order.
const (
	StepConcept       Step = "concept"        // the talent sends a concept
	StepConceptFirst  Step = "concept-first"  // the specialist looks at it
	StepConceptSecond Step = "concept-second" // the account executive looks at it
	StepConceptDecide Step = "concept-decide" // the client approves it or asks for another

	StepUpload   Step = "upload"   // the talent sends the first draft
	StepFirstKey Step = "first"    // the specialist checks
	StepSecond   Step = "second"   // the account executive checks
	StepShow     Step = "show"     // passed, to be shown to the client
	StepDecide   Step = "decide"   // the client approves or sends a round
	StepRule     Step = "rule"     // the account executive rules the items F, W or S
	StepSendOn   Step = "send-on"  // ruled, to be sent on to the talent
	StepPrice    Step = "price"    // a change request needs its price and dates
	StepAccept   Step = "accept"   // the client accepts or leaves a change request
	StepAgree    Step = "agree"    // the talent accepts or declines the extra work
	StepRevise   Step = "revise"   // the talent sends a revised version
	StepApproved Step = "approved" // frozen
	StepClosed   Step = "closed"   // dropped
)

// Standing is where one deliverable stands, computed from its facts.
type Standing struct {
	Deliverable Deliverable
	Latest      Version       // the newest version; zero without an upload
	Versions    int64         // uploads so far
	Used        int64         // counted rounds (R1)
	Keys        int64         // keys that the newest version holds
	Round       Round         // the client's newest round; zero without one
	Unruled     int64         // items of that round without a class
	Change      ChangeRequest // the open change request; zero without one
	Concept     Concept       // the newest, without its pictures; zero without one
	ApprovedAt  time.Time

	Step  Step
	Party Party
	Since time.Time // from when it is the party's move
}

// Place computes the step, the party and since when, from the other fields.
// Facts only: nobody sets a step.
func (s *Standing) Place() {
	s.Step, s.Since = s.step()
	s.Party = partyOf[s.Step]
}

var partyOf = map[Step]Party{
	StepConcept: PartyTalent, StepConceptFirst: PartySpecialist, StepConceptSecond: PartyAE, StepConceptDecide: PartyClient,
	StepUpload: PartyTalent, StepRevise: PartyTalent, StepAgree: PartyTalent,
	StepFirstKey: PartySpecialist,
	StepSecond:   PartyAE, StepShow: PartyAE, StepRule: PartyAE, StepSendOn: PartyAE, StepPrice: PartyAE,
	StepDecide: PartyClient, StepAccept: PartyClient,
}

func (s *Standing) step() (Step, time.Time) {
	d, v, r := s.Deliverable, s.Latest, s.Round
	switch {
	case d.ApprovedID != "":
		return StepApproved, s.ApprovedAt
	case !d.ClosedAt.IsZero():
		return StepClosed, d.ClosedAt
	case v.ID == "" && d.Conceiving():
		return s.Concept.step(d)
	case v.ID == "":
		return StepUpload, later(d.CreatedAt, s.Concept.DecidedAt)
	case r.ID != "" && s.Unruled > 0:
		return StepRule, r.SentAt
	case r.ID != "" && r.SentOnAt.IsZero():
		return StepSendOn, r.RuledAt
	case v.inCheck():
		return s.checking()
	case d.WithClientID != "":
		return StepDecide, later(v.ShownAt, r.SentOnAt)
	}
	return s.revising()
}

func (s *Standing) checking() (Step, time.Time) {
	switch s.Keys {
	case 0:
		return StepFirstKey, s.Latest.UploadedAt
	case 1:
		return StepSecond, s.Latest.CheckedAt
	}
	return StepShow, s.Latest.CheckedAt
}

// revising is the talent's move, unless all that is left of the round is a change request.
func (s *Standing) revising() (Step, time.Time) {
	r, c := s.Round, s.Change
	switch {
	case r.ID != "" && r.Passed == 0 && c.ID != "" && c.PricedAt.IsZero():
		return StepPrice, c.CreatedAt
	case r.ID != "" && r.Passed == 0 && c.ID != "" && c.Client == AnswerNone:
		return StepAccept, c.PricedAt
	case r.ID != "" && r.Passed == 0 && c.ID != "" && c.Talent == AnswerNone:
		return StepAgree, c.ClientAt
	}
	return StepRevise, later(s.Latest.ReturnedAt, r.SentOnAt)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
