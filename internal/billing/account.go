package billing

import (
	"time"

	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// ClientAccount is a client's statement of account in one currency over some days:
// what stood before, each entry, what is owed in the end. Below zero the agency owes.
// Every figure is a sum over the ledger (R17).
type ClientAccount struct {
	Currency money.Currency
	From, To worktime.Date // both included
	Opening  money.Amount
	Lines    []AccountLine
	Closing  money.Amount
}

// AccountLine is one entry: it adds to what the client owes, or takes off.
type AccountLine struct {
	At      time.Time
	Cause   string // the ledger's kind of cause: "invoice", "receipt", …
	Note    string // the document's number
	Back    bool   // it takes an earlier entry back
	Debit   money.Amount
	Credit  money.Amount
	Balance money.Amount // owed after it
}

// owedOf is what an entry adds to what a client owes, by currency: its lines on the
// accounts of the client.
func owedOf(e ledger.Entry, accounts ...ledger.Account) (map[money.Currency]money.Amount, error) {
	out := map[money.Currency]money.Amount{}
	for _, l := range e.Lines {
		for _, a := range accounts {
			if l.Account != a {
				continue
			}
			sum, ok := out[l.Amount.Currency]
			if !ok {
				sum = money.New(0, l.Amount.Currency)
			}
			var err error
			if out[l.Amount.Currency], err = sum.Add(l.Amount); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// runAccount lays entries out, the oldest first, from what stood before them. Entries
// that leave the client's debt as it was, such as matching money that had come, are
// left out.
func runAccount(c money.Currency, opening money.Amount, entries []ledger.Entry, accounts ...ledger.Account) (a ClientAccount, err error) {
	a = ClientAccount{Currency: c, Opening: opening, Closing: opening}
	for _, e := range entries {
		by, err := owedOf(e, accounts...)
		if err != nil {
			return a, err
		}
		x, ok := by[c]
		if !ok || x.IsZero() {
			continue
		}
		if a.Closing, err = a.Closing.Add(x); err != nil {
			return a, err
		}
		l := AccountLine{At: e.At, Cause: e.Cause.Kind, Note: e.Note, Back: e.Reverses != "", Debit: money.New(0, c), Credit: money.New(0, c), Balance: a.Closing}
		if x.Sign() > 0 {
			l.Debit = x
		} else {
			l.Credit = x.Neg()
		}
		a.Lines = append(a.Lines, l)
	}
	return a, nil
}
