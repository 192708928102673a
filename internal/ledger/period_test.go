package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

func someone(role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: "p-" + string(role), Name: string(role), Via: "web"}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func agency(t *testing.T, d *db.DB) *ledger.Service {
	t.Helper()
	if err := access.New(d, nil).SaveAgency(context.Background(), someone(access.Manager), access.Agency{Name: "Kolega", Zone: "Asia/Jakarta", Country: "ID", Lang: "id", Currency: "IDR"}); err != nil {
		t.Fatal(err)
	}
	return ledger.New(d)
}

// dated posts a sale of an amount on a day.
func dated(t *testing.T, d *db.DB, id string, at time.Time, minor int64) error {
	t.Helper()
	return d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := ledger.Post(context.Background(), tx, ledger.Entry{At: at, Cause: ledger.Cause{Kind: "invoice", ID: id, Step: "issued", At: at},
			Lines: []ledger.Line{ledger.Debit(ledger.Receivable, money.IDR(minor), id), ledger.Credit(ledger.Revenue, money.IDR(minor), id)}})
		return err
	})
}

func TestPeriod_NothingIsDatedInAClosedOne(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), agency(t, d)
		wib := time.FixedZone("WIB", 7*3600)
		last, first := time.Date(2026, 10, 31, 23, 59, 59, 0, wib), time.Date(2026, 11, 1, 0, 0, 0, 0, wib)
		if err := dated(t, d, "i1", last, 100); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ClosePeriod(ctx, someone(access.AE), "2026-10-31"); err == nil {
			t.Error("an executive closes the books")
		}
		if _, err := s.ClosePeriod(ctx, someone(access.Finance), "2026-11-23"); !errors.Is(err, ledger.ErrCloseDay) {
			t.Errorf("today is not over: %v", err)
		}
		c, err := s.ClosePeriod(ctx, someone(access.Finance), "2026-10-31")
		if err != nil {
			t.Fatal(err)
		}
		if err := dated(t, d, "i2", last, 5); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("dated in a closed period: %v", err)
		}
		if err := dated(t, d, "i3", first, 7); err != nil {
			t.Errorf("the first instant after it: %v", err)
		}
		if _, err := s.ClosePeriod(ctx, someone(access.Finance), "2026-10-30"); !errors.Is(err, ledger.ErrCloseDay) {
			t.Errorf("closed before the last one: %v", err)
		}
		if err := s.ReopenPeriod(ctx, someone(access.Finance), c.ID, "lupa"); err == nil {
			t.Error("finance reopens alone")
		}
		if err := s.ReopenPeriod(ctx, someone(access.Manager), c.ID, ""); !errors.Is(err, ledger.ErrCloseReason) {
			t.Errorf("reopened without a reason: %v", err)
		}
		if err := s.ReopenPeriod(ctx, someone(access.Manager), c.ID, "tagihan tertinggal"); err != nil {
			t.Fatal(err)
		}
		if err := dated(t, d, "i4", last, 5); err != nil {
			t.Errorf("after the reopening: %v", err)
		}
	})
}

func TestTrial_OpensWithWhatStoodBefore(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := agency(t, d)
		at := func(month time.Month) time.Time { return time.Date(2026, month, 10, 0, 0, 0, 0, time.UTC) }
		for id, x := range map[string]struct {
			m time.Month
			n int64
		}{"i9": {9, 100}, "i10": {10, 40}, "i11": {11, 3}} {
			if err := dated(t, d, id, at(x.m), x.n); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Trial(context.Background(), someone(access.Finance), ledger.Filter{Since: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil || !got.Even() || len(got.Rows) != 2 {
			t.Fatalf("%+v %v", got, err)
		}
		r := got.Rows[0]
		if r.Account != ledger.Receivable || r.Opening != money.IDR(100) || r.Debit != money.IDR(40) || !r.Credit.IsZero() || r.Closing != money.IDR(140) {
			t.Errorf("%+v", r)
		}
		if _, err := s.Trial(context.Background(), someone(access.AE), ledger.Filter{}); err == nil {
			t.Error("an executive sees the books")
		}
	})
}
