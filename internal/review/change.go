package review

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Answer is a party's word on a change request.
type Answer string

// No answer yet, yes, no.
const (
	AnswerNone Answer = ""
	AnswerYes  Answer = "yes"
	AnswerNo   Answer = "no"
)

// ChangeRequest is a wish over the limit with its price, new dates and the
// talent's extra fee. It takes effect only when client and talent both say yes (R1).
type ChangeRequest struct {
	ID, DeliverableID, RoundID, CampaignID, ClientID, TalentID string

	CreatedAt   time.Time
	Price       money.Amount // to the client
	Fee         money.Amount // extra, to the talent
	DraftDue    worktime.Deadline
	PostDue     worktime.Deadline
	Note        string // to the client, why it is outside the brief
	PricedAt    time.Time
	PricedBy    string
	AnswerUntil time.Time // end of the review window

	Client       Answer
	ClientAt     time.Time
	ClientByID   string
	ClientBy     string
	Talent       Answer
	TalentAt     time.Time
	TalentReason string
	EffectiveAt  time.Time
	ClosedAt     time.Time
	ClosedWhy    string // left | declined | lapsed | withdrawn | overturned
	Revision     int64
}

// Open says whether somebody can still answer.
func (c ChangeRequest) Open() bool { return c.EffectiveAt.IsZero() && c.ClosedAt.IsZero() }

// Why a change request closed without effect.
const (
	ClosedLeft       = "left"       // the client leaves the wish
	ClosedDeclined   = "declined"   // the talent cannot
	ClosedLapsed     = "lapsed"     // no answer within the window
	ClosedWithdrawn  = "withdrawn"  // the agency took it back
	ClosedOverturned = "overturned" // a contest found a fault or a slip
)

// Refusals about change requests.
var (
	ErrChangeClosed   = fault.New(fault.Conflict, "change.closed")
	ErrChangeUnpriced = fault.New(fault.Conflict, "change.unpriced")
	ErrChangePriced   = fault.New(fault.Conflict, "change.answered") // the client answered the price: it cannot be changed
	ErrChangePrice    = fault.Field("price", "change.price")
	ErrChangeFee      = fault.Field("fee", "change.fee")
	ErrChangeDates    = fault.Field("draft_due", "change.dates")
	ErrChangeOrder    = fault.Field("post_due", "change.date-order")
	ErrChangeAnswer   = fault.Field("answer", "change.answer")
	ErrChangeAnswered = fault.New(fault.Conflict, "change.answered-before")
	ErrChangeClient   = fault.New(fault.Conflict, "change.client-first") // the talent answers after the client
)

// Offer is what the account executive sets on a change request.
type Offer struct {
	Price, Fee        money.Amount
	DraftDue, PostDue worktime.Deadline
	Note              string
	By                string
	AnswerUntil       time.Time
}

// Price sets or corrects price, dates and fee until the client has answered.
// A price of zero is refused: a free wish is goodwill, with its own reason.
func (c ChangeRequest) Offer(o Offer, now time.Time) (ChangeRequest, error) {
	switch {
	case !c.Open():
		return c, ErrChangeClosed
	case c.Client != AnswerNone:
		return c, ErrChangePriced
	case o.Price.Sign() <= 0:
		return c, ErrChangePrice
	case o.Fee.Sign() < 0:
		return c, ErrChangeFee
	case o.DraftDue.IsZero() || o.PostDue.IsZero() || !o.DraftDue.At.After(now):
		return c, ErrChangeDates
	case o.PostDue.At.Before(o.DraftDue.At):
		return c, ErrChangeOrder
	}
	c.Price, c.Fee, c.DraftDue, c.PostDue = o.Price, o.Fee, o.DraftDue, o.PostDue
	c.Note, c.PricedBy, c.PricedAt, c.AnswerUntil = strings.TrimSpace(o.Note), o.By, now, o.AnswerUntil
	return c, nil
}

// AnswerClient records the client's accept or leave. Accepting alone changes
// nothing yet: the talent must agree as well.
func (c ChangeRequest) AnswerClient(a Answer, byID, by string, now time.Time) (ChangeRequest, error) {
	switch {
	case c.Client != AnswerNone:
		return c, ErrChangeAnswered
	case !c.Open():
		return c, ErrChangeClosed
	case c.PricedAt.IsZero():
		return c, ErrChangeUnpriced
	case a != AnswerYes && a != AnswerNo:
		return c, ErrChangeAnswer
	}
	c.Client, c.ClientByID, c.ClientBy, c.ClientAt = a, byID, by, now
	if a == AnswerNo {
		c.ClosedAt, c.ClosedWhy = now, ClosedLeft
	}
	return c, nil
}

// AnswerTalent records the talent's yes or no to work and date; yes makes the
// request take effect.
func (c ChangeRequest) AnswerTalent(a Answer, reason string, now time.Time) (ChangeRequest, error) {
	switch {
	case c.Talent != AnswerNone:
		return c, ErrChangeAnswered
	case !c.Open():
		return c, ErrChangeClosed
	case c.Client != AnswerYes:
		return c, ErrChangeClient
	case a != AnswerYes && a != AnswerNo:
		return c, ErrChangeAnswer
	}
	c.Talent, c.TalentAt, c.TalentReason = a, now, strings.TrimSpace(reason)
	if a == AnswerYes {
		c.EffectiveAt = now
	} else {
		c.ClosedAt, c.ClosedWhy = now, ClosedDeclined
	}
	return c, nil
}

// Close ends an open request without effect: its wishes are "not done, outside
// the brief". A lapse needs the end of the window to have passed.
func (c ChangeRequest) Close(why string, now time.Time) (ChangeRequest, error) {
	switch {
	case !c.Open():
		return c, ErrChangeClosed
	case why == ClosedLapsed && (c.AnswerUntil.IsZero() || now.Before(c.AnswerUntil)):
		return c, fault.New(fault.Conflict, "change.window-open")
	}
	c.ClosedAt, c.ClosedWhy = now, why
	return c, nil
}

// Refusals of a contest.
var (
	ErrContestWish    = fault.New(fault.Conflict, "contest.not-a-wish")
	ErrContestOnce    = fault.New(fault.Conflict, "contest.once")
	ErrContestText    = fault.Field("text", "contest.text")
	ErrContestNone    = fault.New(fault.Conflict, "contest.none")
	ErrContestSame    = fault.New(fault.Forbidden, "contest.same-person")
	ErrContestSenior  = fault.New(fault.Forbidden, "contest.senior")
	ErrContestDecided = fault.New(fault.Conflict, "contest.decided")
	ErrContestPaid    = fault.New(fault.Conflict, "contest.accepted") // the client accepted its price already
)

// Contest is the client's one objection to an item ruled a wish (R1).
func (i Item) Contest(text string, now time.Time) (Item, error) {
	text = strings.TrimSpace(text)
	switch {
	case i.Class != Wish:
		return i, ErrContestWish
	case !i.ContestedAt.IsZero():
		return i, ErrContestOnce
	case text == "":
		return i, ErrContestText
	}
	i.ContestedAt, i.ContestText = now, text
	return i, nil
}

// DecideContest lets a different senior person uphold the wish (class Wish) or
// find a fault or a slip. The text of the decision is kept; it is final.
func (i Item) DecideContest(class Class, pointID, text string, by Checker, g Grounds, now time.Time) (Item, error) {
	text = strings.TrimSpace(text)
	switch {
	case i.ContestedAt.IsZero():
		return i, ErrContestNone
	case !i.ContestDecidedAt.IsZero():
		return i, ErrContestDecided
	case !by.Senior:
		return i, ErrContestSenior
	case by.ID == i.RuledByID:
		return i, ErrContestSame
	case text == "":
		return i, ErrContestText
	case class == Fault && !g.faultable(pointID):
		return i, ErrFaultPoint
	case class == Slip && !g.slipped(pointID):
		return i, ErrSlipPoint
	case class != Wish && class != Fault && class != Slip:
		return i, ErrClass
	}
	i.ContestDecidedAt, i.ContestDecision, i.ContestDecidedBy = now, text, by.Name
	i.ContestDecidedFor = "agency"
	if class != Wish {
		i.Class, i.PointID, i.ContestDecidedFor = class, pointID, "client"
		i.GoodwillBy, i.GoodwillReason, i.UsualPrice = "", "", money.Amount{}
	}
	return i, nil
}
