package ledger

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/money"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)

func caused(lines ...Line) Entry {
	return Entry{At: noon, Cause: Cause{Kind: "invoice", ID: "i1", Step: "issued", At: noon}, Lines: lines}
}

func TestEntry_Check(t *testing.T) {
	php := func(n int64) money.Amount { return money.New(n, "PHP") }
	cases := []struct {
		name string
		e    Entry
		want error
	}{
		{"an invoice with tax balances", caused(Debit(Receivable, money.IDR(111), "i1"), Credit(Revenue, money.IDR(100), ""), Credit(PPNPayable, money.IDR(11), "")), nil},
		{"one rupiah off is refused", caused(Debit(Receivable, money.IDR(111), ""), Credit(Revenue, money.IDR(110), "")), ErrUnbalance},
		{"a single line is refused", caused(Debit(Receivable, money.IDR(1), "")), ErrEmpty},
		{"an account outside the chart is refused", caused(Debit("petty", money.IDR(1), ""), Credit(Revenue, money.IDR(1), "")), ErrAccount},
		{"cash without a name is refused", caused(Debit(Cash(" "), money.IDR(1), ""), Credit(Revenue, money.IDR(1), "")), ErrAccount},
		{"two currencies that sum together but not each are refused", caused(Debit(TalentPayable, php(5), ""), Credit(Cash("BCA"), money.IDR(5), "")), ErrUnbalance},
		{"two currencies without clearing are refused", caused(Debit(TalentCost, php(5), ""), Credit(TalentPayable, php(5), ""), Debit(Fees, money.IDR(3), ""), Credit(Cash("BCA"), money.IDR(3), "")), ErrClearing},
		{"an exchange with both legs through clearing balances", caused(Debit(Provider("flip"), php(5), ""), Credit(Clearing, php(5), ""), Debit(Clearing, money.IDR(1400), ""), Credit(Cash("BCA"), money.IDR(1400), "")), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := c.e.Check(); !errors.Is(err, c.want) {
				t.Errorf("Check() = %v, want %v", err, c.want)
			}
		})
	}
	early := caused(Debit(Receivable, money.IDR(1), ""), Credit(Revenue, money.IDR(1), ""))
	early.At = noon.Add(-time.Second)
	if err := early.Check(); !errors.Is(err, ErrEarly) {
		t.Errorf("an entry before its cause: %v", err)
	}
	noCause := early
	noCause.Cause.ID = ""
	if err := noCause.Check(); !errors.Is(err, ErrCause) {
		t.Errorf("an entry without a cause: %v", err)
	}
}

func TestEntry_Reversal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "lines")
		lines, total := []Line{}, int64(0)
		for range n {
			x := rapid.Int64Range(1, 1_000_000_000).Draw(t, "amount")
			lines, total = append(lines, Debit(Receivable, money.IDR(x), "d")), total+x
		}
		e := caused(append(lines, Credit(Revenue, money.IDR(total), ""))...)
		e.ID = "e1"
		r, err := e.Reversal(noon.Add(time.Hour), "typed twice")
		if err != nil || r.Check() != nil {
			t.Fatalf("reversal: %v, %v", err, r.Check())
		}
		both := caused(append(append([]Line{}, e.Lines...), r.Lines...)...)
		sum := money.Amount{}
		for _, l := range both.Lines {
			if l.Account == Receivable {
				sum, _ = sum.Add(l.Amount)
			}
		}
		if !sum.IsZero() {
			t.Fatalf("an entry and its reversal leave %v", sum)
		}
		if _, err := r.Reversal(noon.Add(2*time.Hour), ""); !errors.Is(err, ErrReversed) {
			t.Fatalf("a reversal is not reversed: %v", err)
		}
	})
}
