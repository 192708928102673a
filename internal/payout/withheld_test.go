package payout_test

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func TestTaxList_IsOfItsMonthAndAddsUp(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		x.route()
		x.must(x.talents.SetIdentity(ctx, x.dina, talent.SetIdentity{TalentID: x.bea.TalentID, TaxNumber: "123456789"}))
		month := d.Now().Add(7 * time.Hour).Format("2006-01")
		if m, err := x.s.TaxList(ctx, x.dina, month); err != nil || len(m.Lines) != 0 {
			t.Errorf("before anything was prepared: %+v %v", m, err)
		}
		b := x.prepare()
		m, err := x.s.TaxList(ctx, x.dina, month)
		x.must(err)
		if len(m.Lines) != 1 || len(m.Sums) != 1 || m.Sums[0].Gross != php(50_000) || m.Sums[0].Tax != php(10_000) || m.Sums[0].Unproven != 1 || m.Lines[0].TaxNumber != "6789" {
			t.Errorf("the month: %+v", m)
		}
		if other, err := x.s.TaxList(ctx, x.dina, "2026-01"); err != nil || len(other.Lines) != 0 {
			t.Errorf("another month: %+v %v", other, err)
		}
		if _, err := x.s.TaxList(ctx, x.dina, "bulan ini"); !errors.Is(err, payout.ErrMonth) {
			t.Errorf("no month: %v", err)
		}
		if _, err := x.s.TaxFile(ctx, staff("p-rani", "Rani", access.AE), month); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("an executive takes whole tax numbers: %v", err)
		}
		file, err := x.s.TaxFile(ctx, x.dina, month)
		x.must(err)
		var seen int64
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT COUNT(*) FROM audit WHERE subject = 'tax-list'`).Scan(&seen)
		}))
		if file.Lines[0].TaxNumber != "123456789" || seen != 1 {
			t.Errorf("whole numbers: %q, told %d times", file.Lines[0].TaxNumber, seen)
		}
		x.must(x.s.RecordTaxProof(ctx, x.dina, b.Attempts[0].PayoutID, "BP26-1"))
		if m, err = x.s.TaxList(ctx, x.dina, month); err != nil || m.Sums[0].Unproven != 0 {
			t.Errorf("after the slip: %+v %v", m.Sums, err)
		}
	})
}

func TestForecast_IsByWeekAndAHeldPayoutWaitsForItsDay(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		weeks := func() []payout.Week {
			parts, err := x.s.Forecast(ctx, x.made)
			x.must(err)
			if len(parts) != 1 || parts[0].Currency != "PHP" {
				t.Fatalf("parts %+v", parts)
			}
			return parts[0].Weeks
		}
		at := func() (n int, a money.Amount) {
			for i, w := range weeks() {
				if w.ToPay.Sign() > 0 {
					return i, w.ToPay
				}
			}
			return -1, money.Amount{}
		}
		n, pay := at()
		if pay != php(40_000) {
			t.Errorf("to pay %s, want the net", pay)
		}
		p := x.due()
		x.must(x.s.Hold(ctx, x.made, p.ID, payout.HoldCash, p.DueOn.AddDays(14), "client late"))
		if later, same := at(); later != n+2 || same != pay {
			t.Errorf("held for two weeks it moves from week %d to %d: %s", n, later, same)
		}
	})
}
