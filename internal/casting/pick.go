package casting

import (
	"sort"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Answer is what a contact says to a candidate.
type Answer string

// The answers. None takes an unsent answer back.
const (
	AnswerNone    Answer = ""
	AnswerYes     Answer = "yes"
	AnswerReserve Answer = "reserve"
	AnswerNo      Answer = "no"
)

// Known says whether this is one of the three answers.
func (a Answer) Known() bool { return a == AnswerYes || a == AnswerReserve || a == AnswerNo }

// Pick is one contact's answer to one candidate: as it is being made, and as it was sent last.
type Pick struct {
	CandidateID, CampaignID, ContactID, Name string

	Answer Answer
	Reason string
	Order  int64 // of reserves, from 1; 0 otherwise
	At     time.Time

	Sent       Answer // "" until sent
	SentReason string
	SentOrder  int64
	SentAt     time.Time
	Late       bool  // sent after the deadline
	Changes    int64 // how often a sent answer became another
	Version    int64
}

// Unsent says whether the answer being made differs from the one that was sent.
func (p Pick) Unsent() bool {
	return p.Answer != p.Sent || p.Reason != p.SentReason || p.Order != p.SentOrder
}

// Sheet is a campaign's picks as a whole: until when, who decides.
type Sheet struct {
	CampaignID, ClientID string
	DeciderID            string            // the contact whose answers count; others advise
	Deadline             worktime.Deadline // in the client's zone; zero = none
	SharedAt             time.Time
	SentAt               time.Time // the decider sent last
	Late                 bool      // the decider's last sending came after the deadline
	Version              int64
}

// Faults of picking.
var (
	ErrAnswer         = fault.Field("answer", "pick.answer-unknown")
	ErrReasonMissing  = fault.Field("reason", "pick.reason-missing")
	ErrReasonLong     = fault.Field("reason", "pick.reason-long")
	ErrTooManyYes     = fault.New(fault.Conflict, "pick.too-many-yes") // args: yes, slots, kind
	ErrGone           = fault.New(fault.Conflict, "pick.gone")         // args: talent
	ErrNotDecider     = fault.New(fault.Conflict, "pick.not-decider")  // args: decider
	ErrNothingPicked  = fault.New(fault.Invalid, "pick.nothing")       // nothing to send
	ErrOfferedAlready = fault.New(fault.Conflict, "pick.offered")      // a yes that was offered stays; args: talent
	ErrNoDecider      = fault.Field("decider", "pick.decider-missing") // a sheet needs a named decider
	ErrDeadlinePast   = fault.Field("deadline", "pick.deadline-past")  // a new deadline lies ahead
)

const maxReason = 500

// LineKey names slots that are alike: any candidate of one can fill any of them.
type LineKey string

// Choice is a candidate with the line it competes in and the decider's answer.
type Choice struct {
	Candidate Candidate
	Talent    string // name
	Line      LineKey
	Pick      Pick
	Offered   bool // an offer for it is live: its yes cannot be taken back by a click
}

// Line is one kind of slot. Slots are the seats that the client's yes may fill:
// those of the line without the seats that reserves hold already.
type Line struct {
	Key    LineKey
	Name   string
	Pieces []Piece
	Slots  int64
}

// CheckPick judges one answer before it is kept. A no and a change of a sent
// answer give a reason.
func CheckPick(p Pick, c Candidate, talent string, offered bool) error {
	switch {
	case !p.Answer.Known() && p.Answer != AnswerNone:
		return ErrAnswer
	case len([]rune(p.Reason)) > maxReason:
		return ErrReasonLong
	case !c.Listed() && p.Answer != AnswerNo && p.Answer != AnswerNone:
		return ErrGone.With("talent", talent)
	case offered && p.Sent == AnswerYes && p.Answer != AnswerYes:
		return ErrOfferedAlready.With("talent", talent)
	case p.Answer == AnswerNo && p.Reason == "":
		return ErrReasonMissing
	}
	return nil
}

// Tally is how many yes a line has against its slots.
type Tally struct {
	Line             Line
	Yes, Reserve, No int64
	Open             int64 // candidates without an answer
	Over             int64 // yes beyond the slots; 0 when it fits
}

// TallyOf counts the answers being made, line by line, in the order of lines.
func TallyOf(lines []Line, choices []Choice) []Tally {
	at := map[LineKey]int{}
	out := make([]Tally, len(lines))
	for i, l := range lines {
		at[l.Key], out[i].Line = i, l
	}
	for _, c := range choices {
		i, ok := at[c.Line]
		if !ok {
			continue
		}
		if !c.Candidate.Listed() && !c.Offered {
			continue // gone: its answer takes no slot
		}
		switch c.Pick.Answer {
		case AnswerYes:
			out[i].Yes++
		case AnswerReserve:
			out[i].Reserve++
		case AnswerNo:
			out[i].No++
		case AnswerNone:
			out[i].Open++
		}
	}
	for i := range out {
		out[i].Over = max(0, out[i].Yes-out[i].Line.Slots)
	}
	return out
}

// CheckSend judges a decider's whole answer before it is sent: something was
// answered, no line has more yes than slots, no yes or reserve went to a talent
// who is gone.
func CheckSend(lines []Line, choices []Choice) error {
	answered := false
	for _, c := range choices {
		answered = answered || c.Pick.Answer != AnswerNone
		kept := c.Pick.Answer == AnswerYes || c.Pick.Answer == AnswerReserve
		if kept && !c.Candidate.Listed() && !c.Offered && c.Pick.Unsent() {
			return ErrGone.With("talent", c.Talent)
		}
	}
	if !answered {
		return ErrNothingPicked
	}
	for _, t := range TallyOf(lines, choices) {
		if t.Over > 0 {
			return ErrTooManyYes.With("yes", t.Yes, "slots", t.Line.Slots, "kind", t.Line.Name)
		}
	}
	return nil
}

// Send turns the answers being made into sent ones, at now. Reserves are
// numbered afresh, line by line, in the order the contact gave; equal numbers
// keep the agency's order.
func Send(choices []Choice, sheet Sheet, now time.Time) []Pick {
	late := !sheet.Deadline.IsZero() && now.After(sheet.Deadline.At)
	reserves := map[LineKey][]Choice{}
	for _, c := range choices {
		if c.Pick.Answer == AnswerReserve {
			reserves[c.Line] = append(reserves[c.Line], c)
		}
	}
	order := map[string]int64{}
	for _, list := range reserves {
		sortReserves(list)
		for n, c := range list {
			order[c.Candidate.ID] = int64(n + 1)
		}
	}
	var out []Pick
	for _, c := range choices {
		p := c.Pick
		p.Order = order[c.Candidate.ID]
		if p.Answer == AnswerNone && p.Sent == AnswerNone || !p.Unsent() && !p.SentAt.IsZero() {
			continue
		}
		if !p.SentAt.IsZero() && p.Answer != p.Sent {
			p.Changes++
		}
		p.Sent, p.SentReason, p.SentOrder, p.SentAt, p.Late = p.Answer, p.Reason, p.Order, now, late
		out = append(out, p)
	}
	return out
}

// sortReserves orders one line's reserves by the contact's numbers; those without
// one follow in the agency's order.
func sortReserves(list []Choice) {
	sort.SliceStable(list, func(a, b int) bool {
		x, y := list[a], list[b]
		if (x.Pick.Order == 0) != (y.Pick.Order == 0) {
			return y.Pick.Order == 0
		}
		if x.Pick.Order != y.Pick.Order {
			return x.Pick.Order < y.Pick.Order
		}
		return x.Candidate.Rank < y.Candidate.Rank
	})
}
