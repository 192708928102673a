package ledger_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

func post(t *testing.T, d *db.DB, step string, lines ...ledger.Line) (id string, err error) {
	t.Helper()
	ctx := context.Background()
	err = d.Write(ctx, func(tx *db.Tx) error {
		id, err = ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "invoice", ID: "i1", Step: step, At: tx.Now()}, ClientID: "c1", Lines: lines})
		return err
	})
	return id, err
}

func balance(t *testing.T, d *db.DB, f ledger.Filter) (b ledger.Balances) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		b, err = ledger.BalanceOf(context.Background(), tx, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLedger_PostAndReverse(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		id, err := post(t, d, "issued", ledger.Debit(ledger.Receivable, money.IDR(111), "i1"), ledger.Credit(ledger.Revenue, money.IDR(100), ""), ledger.Credit(ledger.PPNPayable, money.IDR(11), ""))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := post(t, d, "issued", ledger.Debit(ledger.Receivable, money.IDR(1), "i1"), ledger.Credit(ledger.Revenue, money.IDR(1), "")); !errors.Is(err, ledger.ErrPosted) {
			t.Errorf("the same step twice: %v", err)
		}
		if got := balance(t, d, ledger.Filter{Account: ledger.Receivable, Doc: "i1"}).Of("IDR"); got != money.IDR(111) {
			t.Errorf("receivable is %v", got)
		}
		reverse := func() error {
			return d.Write(ctx, func(tx *db.Tx) error { return ledger.Reverse(ctx, tx, id, "wrong client") })
		}
		if err := reverse(); err != nil {
			t.Fatal(err)
		}
		if err := reverse(); !errors.Is(err, ledger.ErrReversed) {
			t.Errorf("a second reversal: %v", err)
		}
		if b := balance(t, d, ledger.Filter{ClientID: "c1", Account: ledger.Receivable}); !b.IsZero() {
			t.Errorf("after the reversal %v is left", b)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			problems, err := ledger.Check(ctx, tx)
			if len(problems) > 0 {
				t.Errorf("sound books have problems: %v", problems)
			}
			list, err2 := ledger.ListEntries(ctx, tx, ledger.Filter{}, "", 10)
			if len(list) != 2 || len(list[0].Lines) != 3 {
				t.Errorf("entries: %v", list)
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestLedger_CheckFindsTampering(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if _, err := post(t, d, "issued", ledger.Debit(ledger.Receivable, money.IDR(5), "i1"), ledger.Credit(ledger.Revenue, money.IDR(5), "")); err != nil {
			t.Fatal(err)
		}
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE ledger_line SET amount_minor = 6 WHERE account = 'receivable'`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_ = d.Read(ctx, func(tx *db.Tx) error {
			problems, err := ledger.Check(ctx, tx)
			if err != nil || len(problems) != 1 || problems[0].Code != "ledger.unbalanced" {
				t.Errorf("problems %v, %v", problems, err)
			}
			return nil
		})
	})
}
