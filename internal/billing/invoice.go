package billing

import (
	"cmp"
	"slices"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/worktime"
)

// Party is a name on a document as it was on the day of issue.
type Party struct {
	Name    string
	Address string
	TaxID   string
	Person  string // who signs, or to whose attention
}

// Seller is the agency as its documents show it.
type Seller struct {
	Party
	Email, Phone string
	Bank         string // "BCA, KCP Kuningan"
	Account      string // the agency's own account number, printed on invoices
	AccountName  string
	City         string // where documents are signed
	Taxed        bool   // PKP: charges PPN

	Look paper.Look `json:"-"` // of the paper's day, set when it is painted
}

// Item is a line of an invoice.
type Item struct {
	Text   string
	Note   string
	Amount money.Amount
}

// Invoice is a claim on a client. It is a draft until IssuedAt; from then on
// nothing of it changes but the pause of its reminders.
type Invoice struct {
	ID           string
	ClientID     string
	CampaignID   string
	AgreementID  string
	InstalmentID string
	Number       string // empty in a draft
	Serial       int64
	Year         int64
	Currency     money.Currency
	Lang         string
	TaxCode      TaxCode
	Withholds    bool // the client withholds PPh 23
	PORequired   bool
	PONumber     string
	Items        []Item
	Totals       Totals
	Buyer        Party
	Seller       Seller
	PaymentDays  int64
	MadeAt       time.Time
	IssuedAt     time.Time
	IssuedOn     worktime.Date
	IssuedBy     string
	DueOn        worktime.Date
	PausedUntil  worktime.Date // reminders rest until this day
	PauseReason  string
	DroppedAt    time.Time
	Version      int64
}

// Issued says whether the invoice has its number.
func (i Invoice) Issued() bool { return !i.IssuedAt.IsZero() }

// Faults of invoices.
var (
	ErrIssued    = fault.New(fault.Conflict, "billing.issued") // arg: number
	ErrNotIssued = fault.New(fault.Conflict, "billing.not-issued")
	ErrDropped   = fault.New(fault.Conflict, "billing.dropped")
	ErrPO        = fault.New(fault.Invalid, "billing.po-required")
	ErrNoItem    = fault.New(fault.Invalid, "billing.no-item")
	ErrItemText  = fault.New(fault.Invalid, "billing.item-text")
	ErrItemZero  = fault.New(fault.Invalid, "billing.item-amount")
	ErrSeller    = fault.New(fault.Invalid, "billing.seller") // the agency's own data is missing
	ErrBuyer     = fault.New(fault.Invalid, "billing.buyer")  // the client's legal name or address is missing
)

// Price sums the items. Fault: money.currencies.
func (i Invoice) Price() (money.Amount, error) {
	sum := money.New(0, i.Currency)
	for _, it := range i.Items {
		var err error
		if sum, err = sum.Add(it.Amount); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// Ready says what keeps a draft from being issued. Faults: billing.issued,
// billing.dropped, form.invalid with fields.
func (i Invoice) Ready() error {
	if i.Issued() {
		return ErrIssued.With("number", i.Number)
	}
	if !i.DroppedAt.IsZero() {
		return ErrDropped
	}
	f := fault.Fields{}
	if i.PORequired && i.PONumber == "" {
		f["po_number"] = ErrPO.Code
	}
	if len(i.Items) == 0 {
		f["item_0"] = ErrNoItem.Code
	}
	price, err := i.Price()
	if err != nil {
		return err
	}
	if price.Sign() <= 0 {
		f["item_0"] = ErrItemZero.Code
	}
	if i.Seller.Name == "" || i.Seller.Account == "" {
		f["seller"] = ErrSeller.Code
	}
	if i.Buyer.Name == "" {
		f["buyer"] = ErrBuyer.Code
	}
	return f.Err()
}

// Issue gives a ready draft its number, day and totals; due is the client's
// payment days later. The day is the agency's own today.
func (i Invoice) Issue(rules []TaxRule, number string, serial int64, by string, now time.Time, today worktime.Date) (Invoice, error) {
	if err := i.Ready(); err != nil {
		return i, err
	}
	price, err := i.Price()
	if err != nil {
		return i, err
	}
	if i.Totals, err = Reckon(rules, price, i.TaxCode, i.Withholds, today); err != nil {
		return i, err
	}
	year, _, _ := today.Parts()
	i.Number, i.Serial, i.Year = number, serial, int64(year)
	i.IssuedAt, i.IssuedOn, i.IssuedBy = now, today, by
	i.DueOn = today.AddDays(int(i.PaymentDays))
	return i, nil
}

// Open is what is still owed on an issued invoice and what became of the rest.
// Every figure is a sum over the ledger (R17).
type Open struct {
	Invoice  Invoice
	Received money.Amount // cash and bank charges
	Withheld money.Amount // PPh 23 kept back by the client
	Credited money.Amount
	Balance  money.Amount
}

// Age is how late a balance is.
type Age uint8

// The columns of an ageing list.
const (
	Current Age = iota
	To30
	To60
	To90
	Over90
)

// Ages lists them in order.
var Ages = []Age{Current, To30, To60, To90, Over90}

// AgeOf puts a due day in its column: current until the day has passed, then
// 1–30, 31–60, 61–90 and over 90 days late.
func AgeOf(due, today worktime.Date) Age {
	switch late := due.DaysUntil(today); {
	case late <= 0:
		return Current
	case late <= 30:
		return To30
	case late <= 60:
		return To60
	case late <= 90:
		return To90
	}
	return Over90
}

// ReminderDays are the steps of reminding, in days from the due day.
var ReminderDays = []int{-7, 0, 3, 7, 14}

// Reminder is one step that is to be sent.
type Reminder struct {
	Step int // an index of ReminderDays
	At   time.Time
}

// NextReminder is the next step after those that were sent, moved into the
// client's working time; steps that a newer one has overtaken are skipped. It is
// false when nothing is open, all are sent, or reminders rest that long.
func NextReminder(o Open, sent []int, now time.Time, client worktime.Calendar) (Reminder, bool) {
	if o.Balance.Sign() <= 0 || !o.Invoice.Issued() {
		return Reminder{}, false
	}
	done := -1
	for _, s := range sent {
		done = max(done, s)
	}
	best, found := Reminder{}, false
	for step, days := range ReminderDays {
		day := o.Invoice.DueOn.AddDays(days)
		if step <= done || day.Before(o.Invoice.IssuedOn) {
			continue
		}
		if !o.Invoice.PausedUntil.IsZero() && day.Before(o.Invoice.PausedUntil) {
			continue
		}
		at := client.NextOpen(day.At(9, 0, client.Zone))
		if found && at.After(now) {
			break // an earlier step is due already, or comes first
		}
		best, found = Reminder{Step: step, At: at}, true
	}
	return best, found
}

// ageing groups open invoices by client and currency.
func ageing(lines []Line, today worktime.Date) ([]Ageing, error) {
	var out []Ageing
	at := map[[2]string]int{}
	for _, l := range lines {
		key := [2]string{l.Invoice.ClientID, string(l.Invoice.Currency)}
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			a := Ageing{ClientID: l.Invoice.ClientID, ClientName: l.ClientName, Currency: l.Invoice.Currency, Total: money.New(0, l.Invoice.Currency)}
			for i := range a.By {
				a.By[i] = a.Total
			}
			out = append(out, a)
		}
		a, age := &out[n], AgeOf(l.Invoice.DueOn, today)
		var err error
		if a.By[age], err = a.By[age].Add(l.Balance); err != nil {
			return nil, err
		}
		if a.Total, err = a.Total.Add(l.Balance); err != nil {
			return nil, err
		}
		a.Lines = append(a.Lines, l)
	}
	slices.SortStableFunc(out, func(a, b Ageing) int { return cmp.Compare(b.overdue(), a.overdue()) })
	return out, nil
}

// overdue is what has passed its day, for sorting.
func (a Ageing) overdue() int64 { return a.Total.Minor - a.By[Current].Minor }
