package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"testing"

	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

// TestLedger_RandomOperations posts, reverses, repeats and gets wrong at random, and holds
// every balance against a sum that is kept beside it. KOLEGA_LEDGER_OPS says how many
// operations; a million takes some minutes.
func TestLedger_RandomOperations(t *testing.T) {
	n := 3000
	if s := os.Getenv("KOLEGA_LEDGER_OPS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		b := &books{T: t, rand: rand.New(rand.NewSource(1)), want: map[string]int64{}}
		err := d.Loosely(context.Background(), func() error {
			for b.ops < n {
				if err := d.Write(context.Background(), func(tx *db.Tx) error { return b.some(tx, min(250, n-b.ops)) }); err != nil {
					return err
				}
				if b.ops%10_000 == 0 || b.ops == n {
					b.compare(d)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d operations: %d entries, %d reversed, %d refused", b.ops, len(b.live)+b.reversed*2, b.reversed, b.refused)
		if b.reversed == 0 || b.refused == 0 {
			t.Error("too little happened to prove much")
		}
	})
}

// books are the sums beside the ledger.
type books struct {
	*testing.T
	rand     *rand.Rand
	want     map[string]int64 // by account and currency
	live     []posted
	ops      int
	reversed int
	refused  int
}

type posted struct {
	id    string
	lines []ledger.Line
	cause ledger.Cause
}

func (b *books) some(tx *db.Tx, n int) error {
	for range n {
		b.ops++
		if err := b.one(context.Background(), tx); err != nil {
			return fmt.Errorf("operation %d: %w", b.ops, err)
		}
	}
	return nil
}

func (b *books) one(ctx context.Context, tx *db.Tx) error {
	switch k := b.rand.Intn(10); {
	case k == 0 && len(b.live) > 0: // reverse one, once
		i := b.rand.Intn(len(b.live))
		p := b.live[i]
		b.live[i] = b.live[len(b.live)-1]
		b.live = b.live[:len(b.live)-1]
		b.reversed++
		b.count(p.lines, -1)
		return ledger.Reverse(ctx, tx, p.id, "random")
	case k == 1 && len(b.live) > 0: // the same step again
		p := b.live[b.rand.Intn(len(b.live))]
		return b.refuse(ctx, tx, ledger.Entry{Cause: p.cause, Lines: p.lines}, ledger.ErrPosted)
	case k == 2: // a line is off by one
		e := b.entry(tx)
		e.Lines[0].Amount.Minor++
		return b.refuse(ctx, tx, e, ledger.ErrUnbalance)
	}
	e := b.entry(tx)
	id, err := ledger.Post(ctx, tx, e)
	b.live = append(b.live, posted{id, e.Lines, e.Cause})
	b.count(e.Lines, 1)
	return err
}

func (b *books) refuse(ctx context.Context, tx *db.Tx, e ledger.Entry, want error) error {
	b.refused++
	if _, err := ledger.Post(ctx, tx, e); !errors.Is(err, want) {
		return fmt.Errorf("got %w, want %w", err, want)
	}
	return nil
}

// entry makes a balanced entry of two to five lines, one in four with an exchange.
func (b *books) entry(tx *db.Tx) ledger.Entry {
	e := ledger.Entry{Cause: ledger.Cause{Kind: "invoice", ID: tx.NewID(), Step: "random", At: tx.Now()}, ClientID: fmt.Sprint("c", b.rand.Intn(50)), CampaignID: fmt.Sprint("k", b.rand.Intn(200))}
	leg := func(c money.Currency, clears bool) {
		sum := int64(0)
		for range 1 + b.rand.Intn(4) {
			x := 1 + b.rand.Int63n(1_000_000_000)
			if b.rand.Intn(2) == 0 {
				x = -x
			}
			sum += x
			e.Lines = append(e.Lines, ledger.Line{Account: b.account(), Amount: money.New(x, c), Doc: fmt.Sprint("d", b.rand.Intn(1000))})
		}
		last := b.account()
		if clears {
			last = ledger.Clearing
		}
		if sum != 0 {
			e.Lines = append(e.Lines, ledger.Line{Account: last, Amount: money.New(-sum, c)})
		}
	}
	exchange := b.rand.Intn(4) == 0
	leg("IDR", exchange)
	if exchange && e.Lines[len(e.Lines)-1].Account == ledger.Clearing {
		leg("PHP", true)
		if last := e.Lines[len(e.Lines)-1]; last.Account != ledger.Clearing {
			e.Lines = append(e.Lines, ledger.Debit(ledger.Clearing, money.New(7, "PHP"), ""), ledger.Credit(ledger.Fees, money.New(7, "PHP"), ""))
		}
	}
	return e
}

func (b *books) account() ledger.Account {
	all := append(ledger.Plain(), ledger.Cash("BCA"), ledger.Cash("Mandiri"), ledger.Provider("flip"))
	for {
		if a := all[b.rand.Intn(len(all))]; a != ledger.Clearing {
			return a
		}
	}
}

func (b *books) count(lines []ledger.Line, sign int64) {
	for _, l := range lines {
		b.want[string(l.Account)+" "+string(l.Amount.Currency)] += sign * l.Amount.Minor
	}
}

// compare holds the ledger's sums, its trial balance and its own check against the sums
// beside it.
func (b *books) compare(d *db.DB) {
	b.Helper()
	ctx := context.Background()
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, err := ledger.Accounts(ctx, tx, ledger.Filter{})
		if err != nil {
			return err
		}
		got := map[string]int64{}
		for _, r := range rows {
			got[r.Key+" "+string(r.Amount.Currency)] = r.Amount.Minor
		}
		for k, n := range b.want {
			if got[k] != n {
				b.Fatalf("after %d operations %s is %d, not %d", b.ops, k, got[k], n)
			}
		}
		problems, err := ledger.Check(ctx, tx)
		if len(problems) > 0 {
			b.Fatalf("after %d operations: %v", b.ops, problems[0])
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}
