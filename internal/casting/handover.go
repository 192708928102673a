package casting

import (
	"strings"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Handover is what an account executive gives a specialist to work on: how many
// talents of which kind, for how much, by when, whom not (A28).
type Handover struct {
	ID, CampaignID, ClientID, SpecialistID string

	Persona  string   // in words
	Excluded []string // talent ids that are not to be listed
	Seats    []HandedSeat
	Due      worktime.Deadline // in the specialist's zone

	SentByID, SentBy string
	SentAt           time.Time
	SeenAt           time.Time // the specialist confirmed, or asked
	ReadyAt          time.Time // the list is ready
	ReadyBy          string
	Version          int64
}

// HandedSeat is a slot as it was handed over; what changed since is shown.
type HandedSeat struct {
	Number          int64
	Pieces          []Piece
	Budget          money.Amount
	DraftOn, PostOn worktime.Date
}

// SeatsOf is what is handed over: the slots that are wanted.
func SeatsOf(slots []campaign.Slot) []HandedSeat {
	var out []HandedSeat
	for _, s := range slots {
		if s.Open() {
			out = append(out, HandedSeat{s.Number, PiecesOf(s), budgetOf(s), s.DraftOn, s.PostOn})
		}
	}
	return out
}

// HandoverQuestion is what the specialist asks; it blocks "list ready" until answered.
type HandoverQuestion struct {
	ID, HandoverID string
	Text           string
	AskedBy        string
	AskedAt        time.Time
	Answer         string
	AnsweredBy     string
	AnsweredAt     time.Time // zero: unanswered
	Version        int64
}

// HandoverState is how far a hand-over is, computed from acts (A29).
type HandoverState string

// The states.
const (
	HandoverSent    HandoverState = "sent"    // nobody has looked at it
	HandoverSeen    HandoverState = "seen"    // confirmed
	HandoverAsks    HandoverState = "asks"    // a question waits for the account executive
	HandoverStarted HandoverState = "started" // a talent was listed since
	HandoverReady   HandoverState = "ready"
)

// Faults of a hand-over.
var (
	ErrHandoverOpen    = fault.New(fault.Conflict, "handover.open")           // the last one is not ready yet
	ErrHandoverSeats   = fault.New(fault.Invalid, "handover.seats-missing")   // no slot to fill
	ErrHandoverPast    = fault.New(fault.Invalid, "handover.date-past")       // args: slot, day
	ErrHandoverDue     = fault.Field("due", "handover.due-past")              // the due time is over
	ErrHandoverPersona = fault.Field("persona", "handover.persona-missing")   // ask, do not guess (A8)
	ErrHandoverPerson  = fault.Field("specialist", "handover.specialist")     // nobody who may list talents
	ErrHandoverTalent  = fault.Field("excluded", "handover.talent-unknown")   // args: text
	ErrHandoverAsks    = fault.New(fault.Conflict, "handover.questions-open") // args: n
	ErrHandoverEmpty   = fault.New(fault.Conflict, "handover.list-short")     // args: listed, seats
	ErrHandoverDone    = fault.New(fault.Conflict, "handover.ready")
	ErrHandoverText    = fault.Field("text", "handover.text-missing")
	ErrHandoverTold    = fault.New(fault.Conflict, "handover.answered")
	ErrExcluded        = fault.Field("talent", "cast.talent-excluded") // the hand-over names it as not wanted; args: talent
)

// Check judges a hand-over before it is sent. today is the day at the campaign's
// talents, now the instant. Faults: handover.*.
func (h Handover) Check(today worktime.Date, now time.Time) error {
	if len(h.Seats) == 0 {
		return ErrHandoverSeats
	}
	for _, s := range h.Seats {
		for _, d := range []worktime.Date{s.DraftOn, s.PostOn} {
			if d.Before(today) {
				return ErrHandoverPast.With("slot", s.Number, "day", d)
			}
		}
	}
	switch {
	case strings.TrimSpace(h.Persona) == "" || len([]rune(h.Persona)) > maxNote:
		return ErrHandoverPersona
	case !h.Due.At.After(now):
		return ErrHandoverDue
	}
	return nil
}

// Stated computes where a hand-over stands from its questions and from when the
// first talent was listed after it was sent.
func (h Handover) Stated(asked []HandoverQuestion, listed time.Time) HandoverState {
	switch {
	case !h.ReadyAt.IsZero():
		return HandoverReady
	case OpenQuestions(asked) > 0:
		return HandoverAsks
	case !listed.IsZero():
		return HandoverStarted
	case !h.SeenAt.IsZero():
		return HandoverSeen
	}
	return HandoverSent
}

// Late says whether the list should have been ready by now.
func (h Handover) Late(now time.Time) bool { return h.ReadyAt.IsZero() && now.After(h.Due.At) }

// OpenQuestions counts those without an answer.
func OpenQuestions(asked []HandoverQuestion) (n int64) {
	for _, q := range asked {
		if q.AnsweredAt.IsZero() {
			n++
		}
	}
	return n
}

// Ready ends a hand-over. Unanswered questions block it, and so does a list with
// fewer talents than seats. Faults: handover.ready, handover.questions-open,
// handover.list-short.
func (h Handover) Ready(asked []HandoverQuestion, listed int64, by string, now time.Time) (Handover, error) {
	switch n := OpenQuestions(asked); {
	case !h.ReadyAt.IsZero():
		return h, ErrHandoverDone
	case n > 0:
		return h, ErrHandoverAsks.With("n", n)
	case listed < int64(len(h.Seats)):
		return h, ErrHandoverEmpty.With("listed", listed, "seats", len(h.Seats))
	}
	if h.SeenAt.IsZero() {
		h.SeenAt = now
	}
	h.ReadyAt, h.ReadyBy = now, by
	return h, nil
}

// LowBudget is a warning: a seat's budget is below the cheapest known rate.
type LowBudget struct {
	Slot             int64
	Budget, Cheapest money.Amount
}

// LowBudgets finds the seats whose budget is below the cheapest known rate of their
// pieces. cheapest gives that sum in the budget's currency; none when no rate is known.
func LowBudgets(seats []HandedSeat, cheapest func(pieces []Piece, cur money.Currency) money.Amount) []LowBudget {
	var out []LowBudget
	for _, s := range seats {
		if s.Budget.None() {
			continue
		}
		if low := cheapest(s.Pieces, s.Budget.Currency); !low.None() && s.Budget.Cmp(low) < 0 {
			out = append(out, LowBudget{s.Number, s.Budget, low})
		}
	}
	return out
}
