package billing

import (
	"cmp"
	"slices"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// The stages of a cancellation table, in the order of a campaign's life.
const (
	StageBefore   = "before_kickoff"
	StageDrafting = "drafting"
	StageApproved = "approved"
	StagePosted   = "posted"
)

// CallOff is the end of an agreement before its work is done (B28): what the client
// owes at the stage by the agreement's own table, and what was invoiced by then. Both
// are without tax.
type CallOff struct {
	Stage    string
	Owed     money.Amount
	Invoiced money.Amount
	Reason   string
	At       time.Time
	By       string
}

// Rest is what is still to be invoiced, or below zero what is to be credited.
func (c CallOff) Rest() (money.Amount, error) { return c.Owed.Sub(c.Invoiced) }

// Faults of calling off.
var (
	ErrCalledOff    = fault.New(fault.Conflict, "agreement.called-off")
	ErrCallOffStage = fault.New(fault.Invalid, "agreement.call-off-stage")
)

// Facts of a campaign that tell at which stage it is called off.
type Facts struct{ KickedOff, Approved, Posted bool }

// StageOf is the latest stage that the facts reach.
func StageOf(f Facts) string {
	switch {
	case f.Posted:
		return StagePosted
	case f.Approved:
		return StageApproved
	case f.KickedOff:
		return StageDrafting
	}
	return StageBefore
}

// CallOff works a settlement out: owed by the table at the stage, against what was
// invoiced and not credited. Faults: agreement.not-signed, agreement.called-off,
// agreement.call-off-stage, billing.reason.
func (a Agreement) CallOff(stage string, invoiced money.Amount, reason string) (CallOff, error) {
	switch {
	case a.SignedAt.IsZero():
		return CallOff{}, ErrNotSigned
	case a.CalledOff != nil:
		return CallOff{}, ErrCalledOff
	}
	owed, known, err := a.Settlement(stage)
	if err != nil {
		return CallOff{}, err
	}
	f := fault.Fields{}
	if !known {
		f["stage"] = ErrCallOffStage.Code
	}
	if reason == "" {
		f["reason"] = ErrReason.Code
	}
	return CallOff{Stage: stage, Owed: owed, Invoiced: invoiced, Reason: reason}, f.Err()
}

// giveBack is a part of a price that one invoice gives back.
type giveBack struct {
	Invoice Invoice
	Price   money.Amount
}

// creditsFor spreads what is to be credited over the issued invoices, the newest first;
// room is what of each one's price no credit note has taken yet.
func creditsFor(invoices []Invoice, room map[string]money.Amount, back money.Amount) (out []giveBack, err error) {
	newest := slices.Clone(invoices)
	slices.SortStableFunc(newest, func(a, b Invoice) int { return cmp.Compare(b.Serial+b.Year*1_000_000, a.Serial+a.Year*1_000_000) })
	for _, i := range newest {
		if back.Sign() <= 0 {
			break
		}
		take := room[i.ID]
		if take.Cmp(back) > 0 {
			take = back
		}
		if take.Sign() <= 0 {
			continue
		}
		out = append(out, giveBack{i, take})
		if back, err = back.Sub(take); err != nil {
			return nil, err
		}
	}
	return out, nil
}
