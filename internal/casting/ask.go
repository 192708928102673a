package casting

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/money"
)

// AskKind is the act that waits for a yes.
type AskKind string

// The acts that wait (A1, A35).
const (
	AskOffer   AskKind = "offer"   // an offer to a talent, or one in place of another
	AskCounter AskKind = "counter" // what a talent proposed, to be accepted
	AskShare   AskKind = "share"   // the list, to be shown to the client
	AskReplace AskKind = "replace" // a talent for a seat that does not hold, to be shown to the client
)

// AskReason is why an act waits.
type AskReason string

// The reasons.
const (
	ForTrainee AskReason = "trainee" // a trainee's act for a client not given in full trust (A1)
	ForBudget  AskReason = "budget"  // a fee above the slot's budget (A35)
	ForFloor   AskReason = "floor"   // a margin below what management set (A35)
)

// Ask is an act that waits for somebody who may say yes. Its state is computed
// from what was decided.
type Ask struct {
	ID, CampaignID, ClientID string

	Kind        AskKind
	CandidateID string // "" for a list
	OfferID     string // the offer that it answers or replaces; "" for a first one
	Terms       AskTerms
	Reasons     []AskReason
	Fee         money.Amount // offered or asked; none for a list
	FeeHome     money.Amount // the same in the campaign's currency
	Words       string       // of whoever asks

	AskedByID, AskedBy string
	AskedAt            time.Time
	DecidedBy          string
	DecidedAt          time.Time // zero while it waits
	Yes                bool
	Answer             string
	Version            int64
}

// AskTerms are the act itself, with dates as resolved when it was asked.
type AskTerms struct {
	Offer SendOffer
	Share ShareShortlist
}

// Faults of asking.
var (
	ErrSupervisor = fault.New(fault.Conflict, "ask.supervisor") // a trainee's act waits for the supervisor
	ErrBelowFloor = fault.Field("fee", "offer.below-floor")     // args: margin, floor (basis points)
	ErrAskDone    = fault.New(fault.Conflict, "ask.decided")
	ErrAskOwn     = fault.New(fault.Conflict, "ask.own") // nobody approves an act of their own
	ErrAskTwice   = fault.New(fault.Conflict, "ask.twice")
	ErrAskNeeds   = fault.New(fault.Conflict, "ask.not-needed") // nothing stands in the way: send it
	ErrAskAnswer  = fault.Field("answer", "ask.answer-missing") // a no says why
	ErrFloor      = fault.Field("floor", "offer.floor-wrong")   // 0 to 90 %
)

// Limits gives what a fee breaks: the slot's budget, or the floor of the margin in
// basis points of the price. home is the fee in the campaign's currency; a free
// seat has no price and so no floor.
func Limits(home, budget, price money.Amount, floorBp int64) []AskReason {
	var out []AskReason
	if WithinBudget(home, budget, false) != nil {
		out = append(out, ForBudget)
	}
	if below, _ := belowFloor(home, price, floorBp); below {
		out = append(out, ForFloor)
	}
	return out
}

func belowFloor(home, price money.Amount, floorBp int64) (below bool, bp int64) {
	_, bp, known := marginOf(price, home)
	return known && floorBp > 0 && bp < floorBp, bp
}

// within is nil when the actor may let the fee pass: by leave, and with the right.
func within(actor access.Actor, home, budget, price money.Amount, floorBp int64, leave bool) error {
	if err := WithinBudget(home, budget, leave && actor.Can("offer.approve")); err != nil {
		return err
	}
	if below, bp := belowFloor(home, price, floorBp); below && !(leave && actor.Can("offer.floor")) {
		return ErrBelowFloor.With("margin", bp, "floor", floorBp)
	}
	return nil
}

// MayDecide judges who decides: never whoever asked; a trainee's act their
// supervisor or a senior; a fee above the budget a senior; a margin below the
// floor management. Faults: ask.decided, ask.own, access.forbidden.
func (a Ask) MayDecide(actor access.Actor, supervisorID string) error {
	switch {
	case !a.DecidedAt.IsZero():
		return ErrAskDone
	case actor.ID == a.AskedByID:
		return ErrAskOwn
	}
	senior := actor.Can("offer.approve")
	for _, r := range a.Reasons {
		ok := senior
		switch r {
		case ForTrainee:
			ok = senior || supervisorID != "" && actor.ID == supervisorID
		case ForFloor:
			ok = actor.Can("offer.floor")
		}
		if !ok {
			return access.ErrForbidden.With("verb", "offer.approve")
		}
	}
	return nil
}

// Decide answers an ask at now. Fault: ask.answer-missing for a no without words.
func (a Ask) Decide(by string, yes bool, words string, now time.Time) (Ask, error) {
	words = strings.TrimSpace(words)
	if !yes && words == "" || len([]rune(words)) > maxReason {
		return a, ErrAskAnswer
	}
	a.DecidedBy, a.DecidedAt, a.Yes, a.Answer = by, now, yes, words
	return a, nil
}

// For tells whether the ask waits for this reason.
func (a Ask) For(r AskReason) bool { return slices.Contains(a.Reasons, r) }
