package billing

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/money"
	"kolega/internal/worktime"

	"pgregory.net/rapid"
)

func opened(price, balance int64) Open {
	totals, _ := Reckon(rules, money.IDR(price), TaxPPN, true, day)
	inv := Invoice{ID: "i1", ClientID: "c1", Currency: "IDR", TaxCode: TaxPPN, Totals: totals, IssuedAt: day.In(time.UTC), IssuedOn: day, DueOn: day.AddDays(30)}
	if balance < 0 {
		balance = totals.Total.Minor
	}
	zero := money.IDR(0)
	return Open{Invoice: inv, Received: zero, Withheld: zero, Credited: zero, Balance: money.IDR(balance)}
}

func TestReceipt_Check(t *testing.T) {
	good := Receipt{ClientID: "c1", On: day, Amount: money.IDR(10), Value: money.IDR(10), Account: "BCA"}
	cases := []struct {
		name, field string
		change      func(*Receipt)
	}{
		{"a sound receipt", "", func(*Receipt) {}},
		{"from tomorrow", "on", func(r *Receipt) { r.On = day.AddDays(1) }},
		{"of nothing", "amount", func(r *Receipt) { r.Amount, r.Value = money.IDR(0), money.IDR(0) }},
		{"without an account", "account", func(r *Receipt) { r.Account = "" }},
		{"in dollars without a rate", "rate", func(r *Receipt) { r.Amount = money.New(100, "USD") }},
		{"with a rate from nowhere", "rate_source", func(r *Receipt) { r.Amount, r.Rate = money.New(100, "USD"), "16250" }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := good
			c.change(&r)
			err := r.Check(day)
			if (err == nil) != (c.field == "") || (err != nil && asFields(err)[c.field] == "") {
				t.Errorf("fault %v, want field %q", err, c.field)
			}
		})
	}
}

func TestCheckMatch(t *testing.T) {
	o := opened(100_000_000, -1)
	r := Receipt{ID: "r1", ClientID: "c1", Amount: money.IDR(200_000_000), Value: money.IDR(200_000_000)}
	m := func(cash, charge, withheld int64) Match {
		return Match{Cash: money.IDR(cash), Charge: money.IDR(charge), Withheld: money.IDR(withheld)}
	}
	cases := []struct {
		name string
		m    Match
		left int64
		err  error
	}{
		{"cash and withholding close it exactly", m(109_000_000, 0, 2_000_000), 109_000_000, nil},
		{"cash, bank charge and withholding", m(108_993_500, 6_500, 2_000_000), 108_993_500, nil},
		{"part of it", m(50_000_000, 0, 0), 50_000_000, nil},
		{"more than the receipt has left", m(109_000_000, 0, 0), 100_000_000, ErrMatchCredit},
		{"more than the invoice has open", m(111_000_001, 0, 0), 200_000_000, ErrMatchOpen},
		{"more withheld than the invoice foresees", m(100_000_000, 0, 2_000_001), 200_000_000, ErrMatchWithheld},
		{"nothing", m(0, 0, 0), 1, ErrMatchNothing},
		{"a negative charge", m(10, -1, 0), 10, ErrMatchNothing},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := CheckMatch(r, money.IDR(c.left), o, c.m); !errors.Is(err, c.err) {
				t.Errorf("fault %v, want %v", err, c.err)
			}
		})
	}
	other := r
	other.ClientID = "c2"
	if err := CheckMatch(other, r.Value, o, m(1, 0, 0)); !errors.Is(err, ErrMatchClient) {
		t.Errorf("another client's invoice: %v", err)
	}
}

func TestSuggest_ClosesExactlyAndNeverTooMuch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := opened(rapid.Int64Range(1, 1_000_000_000).Draw(t, "price"), -1)
		left := money.IDR(rapid.Int64Range(1, 2_000_000_000).Draw(t, "left"))
		m := Suggest(left, o)
		r := Receipt{ClientID: "c1", Value: left}
		if err := CheckMatch(r, left, o, m); err != nil {
			t.Fatalf("a suggestion that is refused: %v %v", m, err)
		}
		covers, _ := m.Covers()
		if left.Cmp(o.Invoice.Totals.Due) >= 0 && covers != o.Balance {
			t.Fatalf("enough money leaves %v of %v", covers, o.Balance)
		}
	})
}

func TestCredit(t *testing.T) {
	full := opened(100_000_000, -1)
	half := opened(100_000_000, 55_500_000)
	paid := opened(100_000_000, 0)
	cases := []struct {
		name           string
		o              Open
		kind           CreditKind
		price          int64
		credit, toOpen int64
		err            error
	}{
		{"a correction takes off the open balance with its tax", full, CreditCorrection, 10_000_000, 0, 11_100_000, nil},
		{"a correction larger than the open balance is refused", half, CreditCorrection, 60_000_000, 0, 0, ErrCreditOpen},
		{"a correction of a paid invoice is refused", paid, CreditCorrection, 1, 0, 0, ErrCreditOpen},
		{"a guarantee on a paid invoice gives money back", paid, CreditGuarantee, 10_000_000, 11_100_000, 0, nil},
		{"a guarantee above what was received cancels the claim for the rest", half, CreditGuarantee, 60_000_000, 55_500_000, 11_100_000, nil},
		{"a guarantee above what was invoiced is refused", paid, CreditGuarantee, 100_000_001, 0, 0, ErrCreditInvoiced},
		{"a credit of nothing is refused", full, CreditCorrection, 0, 0, 0, ErrCreditAmount},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Credit(rules, c.o, c.kind, money.IDR(c.price))
			if !errors.Is(err, c.err) {
				t.Fatalf("fault %v, want %v", err, c.err)
			}
			if err == nil && (got.ToCredit.Minor != c.credit || got.ToOpen.Minor != c.toOpen) {
				t.Errorf("to credit %v, to open %v", got.ToCredit, got.ToOpen)
			}
		})
	}
}

func TestAgeOf(t *testing.T) {
	for late, want := range map[int]Age{-5: Current, 0: Current, 1: To30, 30: To30, 31: To60, 60: To60, 61: To90, 90: To90, 91: Over90} {
		if got := AgeOf(day.AddDays(-late), day); got != want {
			t.Errorf("%d days late is %d, want %d", late, got, want)
		}
	}
}

func TestNextReminder(t *testing.T) {
	manila, err := worktime.Zone("Asia/Manila")
	if err != nil {
		t.Fatal(err)
	}
	cal := worktime.Office(manila, nil)
	o := opened(100, -1) // due on Wednesday 23 December
	at := func(d worktime.Date, h int) time.Time { return d.At(h, 0, manila) }
	cases := []struct {
		name string
		sent []int
		now  time.Time
		step int
		at   time.Time
		ok   bool
	}{
		{"a week before", nil, at("2026-12-01", 9), 0, at("2026-12-16", 9), true},
		{"on the day after the first was sent", []int{0}, at("2026-12-17", 9), 1, at("2026-12-23", 9), true},
		{"three days after falls on Saturday and waits for Monday", []int{0, 1}, at("2026-12-24", 9), 2, at("2026-12-28", 9), true},
		{"steps that were missed are not sent in a row", nil, at("2026-12-30", 12), 3, at("2026-12-30", 9), true},
		{"all are sent", []int{4}, at("2027-02-01", 9), 0, time.Time{}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, ok := NextReminder(o, c.sent, c.now, cal)
			if ok != c.ok || (ok && (got.Step != c.step || !got.At.Equal(c.at))) {
				t.Errorf("got %v %v, want step %d at %v", got, ok, c.step, c.at)
			}
		})
	}
	rest := o
	rest.Invoice.PausedUntil = "2026-12-25"
	if got, ok := NextReminder(rest, nil, at("2026-12-01", 9), cal); !ok || got.Step != 2 {
		t.Errorf("while reminders rest: %v %v", got, ok)
	}
	if _, ok := NextReminder(opened(100, 0), nil, at("2026-12-30", 9), cal); ok {
		t.Error("a paid invoice is reminded of")
	}
}
