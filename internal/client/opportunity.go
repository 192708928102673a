package client

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Stage is how far the agency is with an opportunity (A3).
type Stage string

// The stages in their order.
const (
	StageLead        Stage = "lead"
	StageContacted   Stage = "contacted"
	StageMeeting     Stage = "meeting"
	StagePitched     Stage = "pitched"
	StageNegotiation Stage = "negotiation"
	StageWon         Stage = "won"
	StageLost        Stage = "lost"
)

// OpenStages are those in which there is still something to do, in their order.
func OpenStages() []Stage {
	return []Stage{StageLead, StageContacted, StageMeeting, StagePitched, StageNegotiation}
}

// Open tells whether a stage is one of OpenStages.
func (s Stage) Open() bool { return s.place() >= 0 }

func (s Stage) place() int {
	for i, o := range OpenStages() {
		if o == s {
			return i
		}
	}
	return -1
}

// Source says where an opportunity comes from.
type Source string

// Sources lists them in the order of the form; "existing" is a chance seen while
// working for a client (A70).
func Sources() []Source {
	return []Source{"existing", "watch", "referral", "inbound", "event", "cold"}
}

// LostWhy says why an opportunity was lost.
type LostWhy string

// LostWhys lists the reasons in the order of the form.
func LostWhys() []LostWhy {
	return []LostWhy{"price", "timing", "rival", "budget", "silence", "fit", "other"}
}

// Opportunity is work that the agency may win. A brand may be pursued before its
// company is a client.
type Opportunity struct {
	ID       string
	ClientID string // "" while the company is no client
	BrandID  string // "" for a brand that is not on file
	Brand    string // its name
	Title    string
	Stage    Stage
	Value    money.Amount // without tax; zero while nobody knows
	Source   Source
	OwnerID  string
	FromOn   worktime.Date // when the work would begin
	StepID   string        // the task that is the one next step
	WonBy    string        // the agreement
	LostWhy  LostWhy
	LostNote string
	MadeAt   time.Time
	MadeBy   string
	StageAt  time.Time // since when it is in its stage
	Version  int64
}

// Faults of opportunities.
var (
	ErrDealBrand     = fault.Field("brand", "opportunity.brand")
	ErrDealTitle     = fault.Field("title", "opportunity.title")
	ErrDealSource    = fault.Field("source", "opportunity.source")
	ErrDealFrom      = fault.Field("from_on", "opportunity.from")
	ErrDealOwner     = fault.Field("owner", "opportunity.owner")
	ErrDealValue     = fault.Field("value", "opportunity.value")                 // won without one, or below zero
	ErrDealSame      = fault.New(fault.Conflict, "opportunity.same").At("brand") // same brand and quarter; arg: title
	ErrDealEnded     = fault.New(fault.Conflict, "opportunity.ended")
	ErrDealOpen      = fault.New(fault.Conflict, "opportunity.open")
	ErrDealStage     = fault.Field("stage", "opportunity.stage")
	ErrDealClient    = fault.Field("client", "opportunity.client")       // won by a company that is no client
	ErrDealAgreement = fault.Field("agreement", "opportunity.agreement") // won without an agreement that was offered
	ErrDealLost      = fault.Field("why", "opportunity.lost")            // lost without a reason
	ErrDealLostNote  = fault.Field("note", "opportunity.lost-note")      // "other" without words
)

func (o *Opportunity) tidy() error {
	o.Brand, o.Title, o.LostNote = oneLine(o.Brand), oneLine(o.Title), strings.TrimSpace(o.LostNote)
	switch {
	case o.Brand == "" || len([]rune(o.Brand)) > maxText:
		return ErrDealBrand
	case o.Title == "" || len([]rune(o.Title)) > maxText:
		return ErrDealTitle
	case !oneOf(Sources(), o.Source):
		return ErrDealSource
	case !o.FromOn.IsZero() && !o.FromOn.Valid():
		return ErrDealFrom
	case o.Value.Sign() < 0 || o.Value.Minor != 0 && !o.Value.Currency.Known():
		return ErrDealValue
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func oneOf[T comparable](list []T, v T) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// Quarter is the quarter in which the work would begin, "2026-4"; that of made
// where no date is known. Two open opportunities of one brand in one quarter are
// likely one.
func (o Opportunity) Quarter() string {
	day := o.FromOn
	if day.IsZero() {
		day = worktime.DateOf(o.MadeAt, time.UTC)
	}
	y, m, _ := day.Parts()
	return string(worktime.DayOf(y, m, 1))[:5] + string(rune('1'+(int(m)-1)/3))
}

// MoveTo puts an open opportunity into another open stage.
func (o Opportunity) MoveTo(s Stage, now time.Time) (Opportunity, error) {
	switch {
	case !o.Stage.Open():
		return o, ErrDealEnded
	case !s.Open():
		return o, ErrDealStage
	}
	if o.Stage != s {
		o.Stage, o.StageAt = s, now
	}
	return o, nil
}

// Win ends an opportunity with an agreement. Whether the agreement is the client's
// is asked by the use case. Faults: opportunity.ended, -client, -value, -agreement.
func (o Opportunity) Win(agreement string, now time.Time) (Opportunity, error) {
	switch {
	case !o.Stage.Open():
		return o, ErrDealEnded
	case o.ClientID == "":
		return o, ErrDealClient
	case o.Value.Sign() <= 0:
		return o, ErrDealValue
	case agreement == "":
		return o, ErrDealAgreement
	}
	o.Stage, o.StageAt, o.WonBy = StageWon, now, agreement
	return o, nil
}

// Lose ends an opportunity with a reason. Faults: opportunity.ended, -lost, -lost-note.
func (o Opportunity) Lose(why LostWhy, note string, now time.Time) (Opportunity, error) {
	note = strings.TrimSpace(note)
	switch {
	case !o.Stage.Open():
		return o, ErrDealEnded
	case !oneOf(LostWhys(), why):
		return o, ErrDealLost
	case why == "other" && note == "":
		return o, ErrDealLostNote
	}
	o.Stage, o.StageAt, o.LostWhy, o.LostNote = StageLost, now, why, note
	return o, nil
}

// Reopen takes a loss back: the client called again. A win stays. Fault: opportunity.open.
func (o Opportunity) Reopen(now time.Time) (Opportunity, error) {
	if o.Stage != StageLost {
		return o, ErrDealOpen
	}
	o.Stage, o.StageAt, o.LostWhy, o.LostNote, o.StepID = StageContacted, now, "", "", ""
	return o, nil
}

// Care is what an opportunity needs.
type Care string

// The cares, worst first.
const (
	CareLate  Care = "late"  // its next step is over its time
	CareNone  Care = "none"  // nobody has a next step
	CareStuck Care = "stuck" // three weeks in one stage
	CareFine  Care = "fine"
)

// stuckAfter is how long an opportunity may stay in one stage unseen.
const stuckAfter = 21 * 24 * time.Hour

// CareOf judges an open opportunity by its next step: hasStep says that there is one
// to be done, due when. An ended one is fine.
func (o Opportunity) CareOf(hasStep bool, due, now time.Time) Care {
	switch {
	case !o.Stage.Open():
		return CareFine
	case !hasStep:
		return CareNone
	case now.After(due):
		return CareLate
	case now.Sub(o.StageAt) > stuckAfter:
		return CareStuck
	}
	return CareFine
}
