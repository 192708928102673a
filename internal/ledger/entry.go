package ledger

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// Account is a kind of balance, or a kind with a name after a colon:
// "receivable", "cash:BCA 5220".
type Account string

// The accounts. Cash and the provider balance are held per named account.
const (
	Receivable         Account = "receivable"          // what clients owe; Doc is the invoice
	Revenue            Account = "revenue"             // what was invoiced without tax
	PPNPayable         Account = "ppn-payable"         // PPN collected for the state
	PPhReceivable      Account = "pph-receivable"      // PPh 23 that clients withheld; Doc is the invoice
	TalentCost         Account = "talent-cost"         // what talents earned
	TalentPayable      Account = "talent-payable"      // what talents are still owed; Doc is the payout
	PPhPayable         Account = "pph-payable"         // PPh withheld from talents; Doc is the payout
	Fees               Account = "fees"                // bank and transfer charges
	ExchangeDifference Account = "exchange-difference" // what a rate won or lost
	GuaranteeCost      Account = "guarantee-cost"      // given back under a guarantee
	ClientCredit       Account = "client-credit"       // money received and not yet matched; Doc is the receipt
	Clearing           Account = "clearing"            // joins the two legs of an exchange
)

// Cash is the agency's own account of that name.
func Cash(name string) Account { return Account("cash:" + name) }

// Provider is the balance held by a payment provider, or by a bank while a
// transfer is on its way; Doc is the payout.
func Provider(name string) Account { return Account("provider:" + name) }

var plain = []Account{Receivable, Revenue, PPNPayable, PPhReceivable, TalentCost, TalentPayable,
	PPhPayable, Fees, ExchangeDifference, GuaranteeCost, ClientCredit, Clearing}

// Plain lists the accounts that carry no name of their own, in the order of a
// chart of accounts.
func Plain() []Account { return slices.Clone(plain) }

// Kind is the account without its name: "cash", "provider" or the account itself.
func (a Account) Kind() string {
	kind, _, _ := strings.Cut(string(a), ":")
	return kind
}

// Name is what stands after the colon, empty for a plain account.
func (a Account) Name() string {
	_, name, _ := strings.Cut(string(a), ":")
	return name
}

// Known says whether this is an account of the chart.
func (a Account) Known() bool {
	if k := a.Kind(); k == "cash" || k == "provider" {
		return strings.TrimSpace(a.Name()) != ""
	}
	return slices.Contains(plain, a)
}

// Cause is the fact behind an entry: a document, the step of its life, and when
// that happened. Kind, ID and Step together make at most one entry.
type Cause struct {
	Kind string // "invoice", "receipt", "match", "credit-note", "payout", "part"
	ID   string
	Step string // "issued", "received", "earned" …
	At   time.Time
}

// Line moves an amount on an account: debit positive, credit negative.
type Line struct {
	Account Account
	Amount  money.Amount
	Doc     string // the invoice, payout or receipt whose balance this moves
}

// Debit is a line that adds to what is owned or spent.
func Debit(a Account, x money.Amount, doc string) Line { return Line{a, x, doc} }

// Credit is a line that adds to what is owed or earned.
func Credit(a Account, x money.Amount, doc string) Line { return Line{a, x.Neg(), doc} }

// Entry is one balanced fact.
type Entry struct {
	ID         string
	At         time.Time // when it counts; never before Cause.At
	Cause      Cause
	CampaignID string
	ClientID   string
	TalentID   string
	Reverses   string // the entry this one takes back
	Note       string // a word for the reader: a number, a reason; no bank or identity data
	Lines      []Line
}

// Faults of an entry. Every one is a defect of the caller, except ErrPosted and
// ErrReversed, which say that the thing was done already.
var (
	ErrEmpty     = fault.New(fault.Internal, "ledger.empty")
	ErrUnbalance = fault.New(fault.Internal, "ledger.unbalanced") // args: currency, off
	ErrAccount   = fault.New(fault.Internal, "ledger.account")    // arg: account
	ErrCause     = fault.New(fault.Internal, "ledger.cause")
	ErrEarly     = fault.New(fault.Internal, "ledger.early")
	ErrClearing  = fault.New(fault.Internal, "ledger.clearing")
	ErrPosted    = fault.New(fault.Conflict, "ledger.posted")
	ErrReversed  = fault.New(fault.Conflict, "ledger.reversed")
)

// Check refuses an entry that breaks a law of the ledger. Lines of nothing are
// the caller's to drop, see Compact.
func (e Entry) Check() error {
	if len(e.Lines) < 2 {
		return ErrEmpty
	}
	if e.Cause.Kind == "" || e.Cause.ID == "" || e.Cause.Step == "" || e.Cause.At.IsZero() {
		return ErrCause
	}
	if e.At.Before(e.Cause.At) {
		return ErrEarly
	}
	sums, clears := map[money.Currency]money.Amount{}, map[money.Currency]bool{}
	for _, l := range e.Lines {
		if !l.Account.Known() || l.Amount.Currency == "" {
			return ErrAccount.With("account", string(l.Account))
		}
		sum, err := sums[l.Amount.Currency].Add(l.Amount)
		if err != nil {
			return err
		}
		sums[l.Amount.Currency] = sum
		if l.Account == Clearing {
			clears[l.Amount.Currency] = true
		}
	}
	for currency, sum := range sums {
		if !sum.IsZero() {
			return ErrUnbalance.With("currency", string(currency), "off", sum.Decimal())
		}
		if len(sums) > 1 && !clears[currency] {
			return ErrClearing
		}
	}
	return nil
}

// Compact drops lines of nothing, so that callers may list optional parts.
func Compact(lines ...Line) []Line {
	return slices.DeleteFunc(lines, func(l Line) bool { return l.Amount.IsZero() })
}

// Reversal is the entry that takes e back, caused at the given instant.
// Fault: ledger.reversed when e is itself a reversal.
func (e Entry) Reversal(at time.Time, reason string) (Entry, error) {
	if e.Reverses != "" {
		return Entry{}, ErrReversed
	}
	r := e
	r.ID, r.At, r.Reverses, r.Note = "", at, e.ID, reason
	r.Cause.Step, r.Cause.At = e.Cause.Step+"-reversed-"+e.ID, at
	r.Lines = make([]Line, len(e.Lines))
	for i, l := range e.Lines {
		r.Lines[i] = Line{l.Account, l.Amount.Neg(), l.Doc}
	}
	return r, nil
}

// Balances are sums per currency.
type Balances map[money.Currency]money.Amount

// Of is the balance in one currency, zero of it when nothing moved.
func (b Balances) Of(c money.Currency) money.Amount {
	if x, ok := b[c]; ok {
		return x
	}
	return money.New(0, c)
}

// IsZero says whether every currency is even.
func (b Balances) IsZero() bool {
	for _, x := range b {
		if !x.IsZero() {
			return false
		}
	}
	return true
}

// Currencies lists the currencies in order.
func (b Balances) Currencies() []money.Currency {
	list := make([]money.Currency, 0, len(b))
	for c := range b {
		list = append(list, c)
	}
	slices.Sort(list)
	return list
}

// Problem is something a check found wrong: a stable code, the thing it is
// about, and what was expected and found, as text for the log.
type Problem struct{ Code, Subject, ID, Detail string }
