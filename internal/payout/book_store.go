package payout

import (
	"context"
	"strconv"

	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
)

// postEarned books that a talent earned a payout: a cost, and a debt.
func postEarned(ctx context.Context, tx *db.Tx, p Payout) error {
	if err := keepBookRate(ctx, tx, p); err != nil {
		return err
	}
	return post(ctx, tx, p, ledger.Cause{Kind: "payout", ID: p.ID, Step: "earned", At: p.EarnedAt},
		ledger.Debit(ledger.TalentCost, p.Fee, p.ID), ledger.Credit(ledger.TalentPayable, p.Fee, p.ID))
}

// postTax books the withholding. Where the agency bears the tax it is a further
// cost and the debt to the talent stays whole.
func postTax(ctx context.Context, tx *db.Tx, p Payout, attempt int64) error {
	extra, err := p.Tax.Gross.Sub(p.Fee)
	if err != nil {
		return err
	}
	own, err := p.Tax.Tax.Sub(extra)
	if err != nil {
		return err
	}
	if p.Tax.Tax.IsZero() {
		return nil
	}
	return post(ctx, tx, p, taxCause(tx, p, attempt), ledger.Debit(ledger.TalentCost, extra, p.ID), ledger.Debit(ledger.TalentPayable, own, p.ID), ledger.Credit(ledger.PPhPayable, p.Tax.Tax, p.ID))
}

func taxCause(tx *db.Tx, p Payout, attempt int64) ledger.Cause {
	return ledger.Cause{Kind: "payout", ID: p.ID, Step: "taxed-" + strconv.FormatInt(attempt, 10), At: tx.Now()}
}

// postSent books that a transfer left: the amount is on its way, the debit and the
// fee are gone. An exchange has its two legs through clearing, at the rate of the day
// the payout was earned; what the real rate cost or won beside it is the difference.
func postSent(ctx context.Context, tx *db.Tx, p Payout, a Attempt, t Transfer) error {
	way, cash := ledger.Provider(a.RailID), ledger.Cash(t.Account)
	lines := []ledger.Line{ledger.Debit(way, t.Amount, p.ID)}
	if t.Debit.Currency != t.Amount.Currency {
		at, err := stood(ctx, tx, p, t)
		if err != nil {
			return err
		}
		lost, err := t.Debit.Sub(at)
		if err != nil {
			return err
		}
		lines = append(lines, ledger.Credit(ledger.Clearing, t.Amount, p.ID), ledger.Debit(ledger.Clearing, at, p.ID), ledger.Debit(ledger.ExchangeDifference, lost, p.ID))
	}
	lines = append(lines, ledger.Credit(cash, t.Debit, p.ID), ledger.Debit(ledger.Fees, t.Fee, p.ID), ledger.Credit(cash, t.Fee, p.ID))
	return post(ctx, tx, p, transferCause(a, t, "sent", tx), ledger.Compact(lines...)...)
}

// postArrived books that the talent has the money: the debt is paid.
func postArrived(ctx context.Context, tx *db.Tx, p Payout, a Attempt, t Transfer) error {
	return post(ctx, tx, p, transferCause(a, t, "arrived", tx), ledger.Debit(ledger.TalentPayable, t.Amount, p.ID), ledger.Credit(ledger.Provider(a.RailID), t.Amount, p.ID))
}

// postReturned books that a transfer came back. A fee that came with it is no cost
// any more; what is missing is the bank's fee or the exchange's difference.
func postReturned(ctx context.Context, tx *db.Tx, p Payout, a Attempt, t Transfer) error {
	lost, err := t.Debit.Sub(t.Back)
	if err != nil {
		return err
	}
	feeBack := money.New(min(max(-lost.Minor, 0), t.Fee.Minor), t.Debit.Currency)
	if lost, err = lost.Add(feeBack); err != nil {
		return err
	}
	way, cash := ledger.Provider(a.RailID), ledger.Cash(t.Account)
	lines := []ledger.Line{ledger.Credit(way, t.Amount, p.ID), ledger.Debit(cash, t.Back, p.ID), ledger.Credit(ledger.Fees, feeBack, p.ID)}
	if t.Debit.Currency == t.Amount.Currency {
		lines = append(lines, ledger.Debit(ledger.Fees, lost, p.ID))
	} else {
		at, err := stood(ctx, tx, p, t)
		if err != nil {
			return err
		}
		if lost, err = money.Sum(t.Debit.Currency, lost, at, t.Debit.Neg()); err != nil { // what the sending booked is taken back
			return err
		}
		lines = append(lines, ledger.Debit(ledger.Clearing, t.Amount, p.ID), ledger.Credit(ledger.Clearing, at, p.ID), ledger.Debit(ledger.ExchangeDifference, lost, p.ID))
	}
	return post(ctx, tx, p, transferCause(a, t, "returned", tx), ledger.Compact(lines...)...)
}

func transferCause(a Attempt, t Transfer, step string, tx *db.Tx) ledger.Cause {
	return ledger.Cause{Kind: "transfer", ID: a.ID + "/" + strconv.FormatInt(t.Number, 10), Step: step, At: tx.Now()}
}

func post(ctx context.Context, tx *db.Tx, p Payout, c ledger.Cause, lines ...ledger.Line) error {
	_, err := ledger.Post(ctx, tx, ledger.Entry{Cause: c, CampaignID: p.CampaignID, TalentID: p.TalentID, Lines: lines})
	return err
}
