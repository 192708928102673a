package review

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// Class is what the account executive rules an item to be (R1).
type Class string

// The classes. An item without one is unruled.
const (
	Unruled Class = ""
	Fault   Class = "F" // the draft breaks a must or must-not point that was in force: free
	Wish    Class = "W" // outside the brief: counted, then priced
	Slip    Class = "S" // the agency did not pass an agreed point on: the agency's cost
)

// Origin says who opened a round.
type Origin string

// A client's round may count; a check's round is internal and never does.
const (
	FromClient Origin = "client"
	FromCheck  Origin = "check"
)

// Round is one list of items about one version, sent once.
type Round struct {
	ID, DeliverableID, VersionID string
	Number                       int64 // of the client's rounds about the deliverable
	Origin                       Origin
	SmallFix                     bool // the client said: fine but for this small correction
	SentAt                       time.Time
	SentByID, SentBy             string
	Via                          Via
	Late                         bool // after the review window
	RuledAt                      time.Time
	SentOnAt                     time.Time
	SentOnByID, SentOnBy         string
	Passed                       int64 // items sent on to the talent
	Counted                      bool  // at least one wish was sent on (R1); computed from the items
}

// Item is one thing somebody asks to be changed.
type Item struct {
	ID, DeliverableID, VersionID, RoundID string // RoundID is empty while it is only proposed
	Number                                int64  // in its round
	AuthorID, Author                      string
	Text                                  string
	ForTalent                             string // the wording that goes to the talent; empty = Text
	AtMS, UntilMS                         int64  // moment or range in the video, -1 = none
	Drawing                               string // strokes on the frame, 0..1, as JSON; empty = none
	ClaimedPointID                        string // the point that the client cites

	Class             Class
	PointID           string // the point that the ruling cites
	Because           string // the ruling's reason
	RuledByID         string
	RuledBy           string
	RuledAt           time.Time
	GoodwillBy        string
	GoodwillReason    string       // a free wish over the limit: senior's reason
	UsualPrice        money.Amount // what the free wish would have cost the client
	ChangeID          string       // the change request it was split into
	SentOnAt          time.Time    // to the talent
	ClosedAt          time.Time    // not done, outside the brief
	CreatedAt         time.Time
	Outcome           Outcome // of the newest answer
	OutcomeReason     string
	OutcomeAt         time.Time
	ContestedAt       time.Time
	ContestDecidedAt  time.Time
	ContestText       string // why the client objects
	ContestDecision   string // the text of the decision
	ContestDecidedBy  string
	ContestDecidedFor string // client | agency
	Revision          int64
}

// Outcome is what became of an item in the next version.
type Outcome string

// The outcomes: said by the talent, then judged by the agency.
const (
	OutcomeNone    Outcome = ""
	OutcomeDone    Outcome = "done"
	OutcomeNotDone Outcome = "not_done"
	OutcomeOpen    Outcome = "still_open" // the agency looked: it is not there yet
)

// Goodwill says whether the item is a wish passed free by a senior.
func (i Item) Goodwill() bool { return i.GoodwillReason != "" }

// Wording is the text for the talent.
func (i Item) Wording() string {
	if i.ForTalent != "" {
		return i.ForTalent
	}
	return i.Text
}

// Refusals about rounds.
var (
	ErrNotDecider    = fault.New(fault.Forbidden, "round.not-decider") // arg: name of the one who decides
	ErrRoundEmpty    = fault.Field("text", "round.empty")
	ErrItemText      = fault.Field("text", "round.item-text")
	ErrItemLong      = fault.Field("text", "round.item-long")
	ErrItemsMany     = fault.Field("text", "round.items-many")
	ErrMoment        = fault.Field("frame", "round.moment")
	ErrRoundSent     = fault.New(fault.Conflict, "round.sent")         // text after sending belongs to the next round
	ErrUnruled       = fault.New(fault.Conflict, "round.unruled")      // arg: count
	ErrSentOn        = fault.New(fault.Conflict, "round.sent-on")      // ruled and passed on already
	ErrClass         = fault.Field("class", "round.class")             // none of F, W, S
	ErrFaultPoint    = fault.Field("point", "round.fault-needs-must")  // F cites no must point in force at the upload
	ErrSlipPoint     = fault.Field("point", "round.slip-needs-agreed") // S cites no agreed point that the talent lacked
	ErrGoodwillRight = fault.New(fault.Forbidden, "round.goodwill-right")
	ErrGoodwillWhy   = fault.Field("goodwill", "round.goodwill-reason")
	ErrGoodwillWish  = fault.Field("goodwill", "round.goodwill-wish") // only a wish can be given free
)

const (
	maxItemText = 2000
	maxItems    = 100
)

// CheckItem cleans and judges one item as a person wrote it.
func CheckItem(i Item) (Item, error) {
	i.Text = strings.TrimSpace(i.Text)
	switch {
	case i.Text == "":
		return i, ErrItemText
	case len([]rune(i.Text)) > maxItemText:
		return i, ErrItemLong.With("max", maxItemText)
	case i.AtMS < -1 || i.UntilMS < -1 || i.AtMS > 24*3600*1000 || (i.UntilMS >= 0 && i.UntilMS < i.AtMS):
		return i, ErrMoment
	}
	var err error
	i.Drawing, err = CheckDrawing(i.Drawing)
	return i, err
}

// Decision is who decides about which version, and what the record knows.
type Decision struct {
	VersionID string // the one printed in the form
	ContactID string
	DeciderID string // the campaign's named decision-maker
	Decider   string // that person's name, for the refusal
}

// MayDecide says whether a decision about dec.VersionID may land now. The version
// must be the one with the client: an older one is refused by a clear page, one
// never shown is absent (I-13, R5).
func MayDecide(d Deliverable, v Version, dec Decision) error {
	switch {
	case v.ID != dec.VersionID || v.DeliverableID != d.ID || v.ShownAt.IsZero():
		return ErrNotShown
	case !d.ClosedAt.IsZero():
		return ErrClosed
	case d.ApprovedID != "":
		return ErrDecided
	case dec.DeciderID != "" && dec.ContactID != dec.DeciderID:
		return ErrNotDecider.With("name", dec.Decider)
	case d.WithClientID == "" && v.ReplacedAt.IsZero():
		return ErrDecided
	case d.WithClientID != v.ID:
		return ErrOldShown
	}
	return nil
}

// Grounds are the brief points an item is ruled by: those in force for the
// talent at the upload (R4), and those the client had accepted by then.
type Grounds struct{ InForce, Agreed []Point }

func find(points []Point, id string) (Point, bool) {
	for _, p := range points {
		if p.ID == id {
			return p, true
		}
	}
	return Point{}, false
}

// faultable: the point bound the talent when the draft was uploaded.
func (g Grounds) faultable(pointID string) bool {
	p, ok := find(g.InForce, pointID)
	return ok && p.Binding()
}

// slipped: the client had agreed the point, the talent was not given it, or not in these words.
func (g Grounds) slipped(pointID string) bool {
	a, ok := find(g.Agreed, pointID)
	if !ok || !a.Binding() {
		return false
	}
	f, given := find(g.InForce, pointID)
	return !given || f.Text != a.Text || f.Kind != a.Kind
}

// Suggest is the class that a cited point leads to. It only pre-selects the
// choice; a person rules.
func (g Grounds) Suggest(pointID string) Class {
	switch {
	case pointID == "":
		return Wish
	case g.slipped(pointID):
		return Slip
	case g.faultable(pointID):
		return Fault
	}
	return Wish
}

// Ruling is the account executive's class for one item.
type Ruling struct {
	Class     Class
	PointID   string
	Because   string
	ForTalent string
	ByID, By  string
}

// Rule gives an item its class (R1). F needs a must or must-not point of the
// brief version in force at the upload; S an agreed one that the talent was not
// given; W stands for all the rest, also when it cites a should point or one
// added after the upload.
func Rule(r Round, i Item, g Grounds, ruling Ruling, now time.Time) (Item, error) {
	if !r.SentOnAt.IsZero() {
		return i, ErrSentOn
	}
	switch {
	case ruling.Class != Fault && ruling.Class != Wish && ruling.Class != Slip:
		return i, ErrClass
	case ruling.Class == Fault && !g.faultable(ruling.PointID):
		return i, ErrFaultPoint
	case ruling.Class == Slip && !g.slipped(ruling.PointID):
		return i, ErrSlipPoint
	}
	i.Class, i.PointID, i.Because = ruling.Class, ruling.PointID, strings.TrimSpace(ruling.Because)
	i.ForTalent = strings.TrimSpace(ruling.ForTalent)
	i.RuledByID, i.RuledBy, i.RuledAt = ruling.ByID, ruling.By, now
	if i.Class != Wish {
		i.GoodwillBy, i.GoodwillReason, i.UsualPrice = "", "", money.Amount{}
	}
	return i, nil
}

// GiveGoodwill lets a senior pass a wish free over the limit. It still counts
// one, and its usual price is kept for the client's page (R1, A69).
func GiveGoodwill(r Round, i Item, by Checker, reason string, usual money.Amount) (Item, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case !r.SentOnAt.IsZero():
		return i, ErrSentOn
	case !by.Senior:
		return i, ErrGoodwillRight
	case i.Class != Wish:
		return i, ErrGoodwillWish
	case reason == "":
		return i, ErrGoodwillWhy
	}
	i.GoodwillBy, i.GoodwillReason, i.UsualPrice = by.Name, reason, usual
	return i, nil
}

// Parting is how a ruled round goes on: what the talent gets now, what becomes a
// change request, and whether the round counts.
type Parting struct {
	Pass, Split []Item
	Counted     bool
}

// Part divides a ruled round (R1): faults and slips always go on; wishes go on
// while used < limit, or when a senior gave goodwill; the rest is split off. The
// round counts if and only if a wish goes on.
func Part(limit, used int64, items []Item) (Parting, error) {
	var p Parting
	unruled := 0
	for _, i := range items {
		switch {
		case i.Class == Unruled:
			unruled++
		case i.Class != Wish:
			p.Pass = append(p.Pass, i)
		case used < limit || i.Goodwill():
			p.Pass = append(p.Pass, i)
			p.Counted = true
		default:
			p.Split = append(p.Split, i)
		}
	}
	switch {
	case len(items) == 0:
		return Parting{}, ErrRoundEmpty
	case unruled > 0:
		return Parting{}, ErrUnruled.With("n", unruled)
	}
	return p, nil
}

// Refusals of an answer to an item.
var (
	ErrOutcome       = fault.Field("outcome", "item.outcome")
	ErrOutcomeReason = fault.Field("reason", "item.reason")
	ErrOutcomeCause  = fault.Field("cause", "item.cause")
)

// causes of an item that is still open (A47).
var causes = map[string]bool{"not_understood": true, "not_done": true, "done_wrong": true}

// Answer records what became of an item: the talent says done, or not done with a
// reason; staff may judge it still open with a cause.
func (i Item) Answer(staff bool, a AnswerItem, now time.Time) (Item, error) {
	reason := strings.TrimSpace(a.Reason)
	switch {
	case a.Outcome == OutcomeOpen && staff && !causes[a.Cause]:
		return i, ErrOutcomeCause
	case a.Outcome == OutcomeNotDone && reason == "":
		return i, ErrOutcomeReason
	case a.Outcome != OutcomeDone && a.Outcome != OutcomeNotDone && !(staff && a.Outcome == OutcomeOpen):
		return i, ErrOutcome
	}
	i.Outcome, i.OutcomeReason, i.OutcomeAt = a.Outcome, reason, now
	return i, nil
}

// AnswerItem says what became of an item in a version.
type AnswerItem struct {
	ItemID    string
	VersionID string // the version it speaks about; empty = the next one
	Outcome   Outcome
	Cause     string // with still_open: not_understood, not_done, done_wrong
	Reason    string
}

// atItem points a field fault at one item of a form with many.
func atItem(err error, i Item) error {
	f, ok := fault.As(err)
	if !ok || len(f.Fields) == 0 {
		return err
	}
	c := *f
	c.Fields = map[string]string{}
	for name, code := range f.Fields {
		c.Fields[name+"."+i.ID] = code
	}
	return &c
}

// CountedRound says whether the items make their round count: a wish among them
// was sent on, and was not paid for as a change request.
func CountedRound(items []Item) bool {
	for _, i := range items {
		if i.Class == Wish && !i.SentOnAt.IsZero() && i.ChangeID == "" {
			return true
		}
	}
	return false
}

// CheckLimit refuses a limit below zero.
func CheckLimit(limit int64) error {
	if limit < 0 {
		return ErrLimit
	}
	return nil
}
