package payout

import (
	"slices"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Milestone is the talent's own fact that earns a payout.
type Milestone string

// The milestones of a booking.
const (
	AtCommitment Milestone = "committed" // all dates were committed
	AtPosting    Milestone = "posted"    // every deliverable is posted
	AtInsights   Milestone = "insights"  // every post's insights are verified
)

// Milestones lists them in the order of a booking's life.
var Milestones = []Milestone{AtCommitment, AtPosting, AtInsights}

// Share is one step of the terms of a booking: how much of the fee, for what,
// and how many days after it the money is due.
type Share struct {
	Bp        int64
	Milestone Milestone
	Days      int64
}

// Terms are the shares of a fee.
type Terms []Share

// DefaultTerms are half at the commitment and half when all is posted and
// verified, each within a week: what talents are used to.
var DefaultTerms = Terms{{5000, AtCommitment, 7}, {5000, AtInsights, 7}}

// ErrTerms are terms that do not come to 100 % or name an unknown milestone.
var ErrTerms = fault.New(fault.Invalid, "payout.terms")

// Split divides a fee by the terms; the last share takes the remainder.
func (t Terms) Split(fee money.Amount) ([]money.Amount, error) {
	sum, weights := int64(0), make([]int64, len(t))
	for i, s := range t {
		if s.Bp <= 0 || s.Days < 0 || !slices.Contains(Milestones, s.Milestone) {
			return nil, ErrTerms
		}
		weights[i], sum = s.Bp, sum+s.Bp
	}
	if sum != 10_000 {
		return nil, ErrTerms
	}
	return money.Split(fee, weights)
}

// HoldReason is why a due payout waits. The set is fixed (R11).
type HoldReason string

// The reasons. HoldCash needs management.
const (
	HoldDeliverable HoldReason = "deliverable"
	HoldInsights    HoldReason = "insights"
	HoldAccount     HoldReason = "account"
	HoldDispute     HoldReason = "dispute"
	HoldCash        HoldReason = "cash"
)

// HoldReasons lists them in the order of the form.
var HoldReasons = []HoldReason{HoldDeliverable, HoldInsights, HoldAccount, HoldDispute, HoldCash}

// Hold keeps a due payout back until a day. The talent sees reason and day.
type Hold struct {
	ID       string
	PayoutID string
	Reason   HoldReason
	Until    worktime.Date
	Note     string // for the agency
	By       string
	ByName   string
	At       time.Time
	LiftedAt time.Time
}

// Payout is one milestone's share of a booking's fee.
type Payout struct {
	ID         string
	BookingID  string
	CauseID    string // the change request that made it; empty for a share of the fee
	TalentID   string
	CampaignID string
	Number     int64 // of Count
	Count      int64
	Milestone  Milestone
	ShareBp    int64
	Fee        money.Amount // the agreed share; what the talent receives where GrossUp
	GrossUp    bool
	Days       int64
	EarnedAt   time.Time // the milestone was reached, waived or settled
	EarnedHow  string    // "milestone", "waived", "settled"
	Reason     string    // of a waiver, settlement or cancellation
	DueOn      worktime.Date
	AskedAt    time.Time // the booking was dropped: finance settles or cancels
	CancelAt   time.Time
	Tax        Withholding // reckoned at the first preparation
	TaxProof   string      // number of the bukti potong given to the talent
	Hold       Hold        // the one in force; zero when none
	Attempts   []Attempt   // oldest first
	MadeAt     time.Time
	Version    int64
}

// State is where a payout is, computed from its facts.
type State string

// The states. Planned waits for its milestone; Part has some transfers of the
// last attempt arrived and the rest on their way.
const (
	Planned   State = "planned"
	Due       State = "due"
	Held      State = "held"
	Prepared  State = "prepared"
	Released  State = "released"
	Sent      State = "sent"
	Part      State = "part"
	Unclear   State = "unclear"
	Returned  State = "returned"
	Arrived   State = "arrived"
	Cancelled State = "cancelled"
	Settle    State = "settle" // the booking was dropped: somebody must decide
)

// States lists them in the order of a payout's life.
var States = []State{Planned, Settle, Due, Held, Prepared, Released, Sent, Part, Unclear, Returned, Arrived, Cancelled}

// Last is the newest attempt; false when there is none.
func (p Payout) Last() (Attempt, bool) {
	if len(p.Attempts) == 0 {
		return Attempt{}, false
	}
	return p.Attempts[len(p.Attempts)-1], true
}

// State computes where the payout is at now.
func (p Payout) State(now time.Time, today worktime.Date) State {
	if !p.CancelAt.IsZero() {
		return Cancelled
	}
	if a, ok := p.Last(); ok {
		if s := a.State(now); s != Cancelled {
			return s
		}
	}
	switch {
	case p.EarnedAt.IsZero() && !p.AskedAt.IsZero():
		return Settle
	case p.EarnedAt.IsZero():
		return Planned
	case p.Hold.InForce(today):
		return Held
	}
	return Due
}

// InForce says whether the hold still keeps the payout back on a day.
func (h Hold) InForce(today worktime.Date) bool {
	return h.Reason != "" && h.LiftedAt.IsZero() && today.Before(h.Until)
}

// Faults of payouts.
var (
	ErrNotEarned  = fault.New(fault.Conflict, "payout.not-earned")
	ErrLive       = fault.New(fault.Conflict, "payout.live") // an attempt is under way
	ErrArrived    = fault.New(fault.Conflict, "payout.arrived")
	ErrCancelled  = fault.New(fault.Conflict, "payout.cancelled")
	ErrHeld       = fault.New(fault.Conflict, "payout.held") // args: reason, until
	ErrHoldReason = fault.New(fault.Invalid, "payout.hold-reason")
	ErrHoldUntil  = fault.New(fault.Invalid, "payout.hold-until")
	ErrHoldState  = fault.New(fault.Conflict, "payout.hold-state")
	ErrReason     = fault.New(fault.Invalid, "payout.reason")
	ErrSettled    = fault.New(fault.Conflict, "payout.settled")
	ErrAboveFee   = fault.New(fault.Invalid, "payout.above-fee") // arg: fee
)

// Earn marks the milestone as reached: the money is due Days later. It does
// nothing when it was earned or cancelled before, since milestones may be told
// twice.
func (p Payout) Earn(how string, now time.Time, today worktime.Date) (Payout, bool) {
	if !p.EarnedAt.IsZero() || !p.CancelAt.IsZero() {
		return p, false
	}
	p.EarnedAt, p.EarnedHow, p.DueOn = now, how, today.AddDays(int(p.Days))
	return p, true
}

// Keep holds a due payout back. Cash is management's to decide; the caller asks
// for that right. Faults: payout.hold-*.
func (p Payout) Keep(h Hold, now time.Time, today worktime.Date) (Payout, error) {
	f := fault.Fields{}
	if !slices.Contains(HoldReasons, h.Reason) {
		f["reason"] = ErrHoldReason.Code
	}
	if !h.Until.Valid() || !h.Until.After(today) {
		f["until"] = ErrHoldUntil.Code
	}
	if err := f.Err(); err != nil {
		return p, err
	}
	if s := p.State(now, today); s != Due && s != Held && s != Returned {
		return p, ErrHoldState
	}
	h.At, h.PayoutID = now, p.ID
	p.Hold = h
	return p, nil
}

// Outstanding is what the talent is still to receive: the net less what arrived,
// or the fee while no tax has been reckoned.
func (p Payout) Outstanding() (money.Amount, error) {
	left := p.Tax.Net
	if p.Tax.RuleID == "" {
		left = p.Fee
	}
	for _, a := range p.Attempts {
		for _, part := range a.Parts {
			if !part.ArrivedAt.IsZero() {
				var err error
				if left, err = left.Sub(part.Amount); err != nil {
					return left, err
				}
			}
		}
	}
	return left, nil
}

// Ready says why a payout may not be prepared now. Faults: payout.cancelled,
// payout.not-earned, payout.arrived, payout.live, payout.held.
func (p Payout) Ready(now time.Time, today worktime.Date) error {
	switch p.State(now, today) {
	case Due:
		return nil
	case Returned:
		if p.Hold.InForce(today) {
			return ErrHeld.With("reason", string(p.Hold.Reason), "until", p.Hold.Until)
		}
		return nil
	case Held:
		return ErrHeld.With("reason", string(p.Hold.Reason), "until", p.Hold.Until)
	case Cancelled:
		return ErrCancelled
	case Planned, Settle:
		return ErrNotEarned
	case Arrived:
		return ErrArrived
	}
	return ErrLive
}
