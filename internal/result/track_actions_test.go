package result_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

func TestTrack_VisitsAreCountedByDayAndNothingElseIsKept(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement")
		l, err := w.MakeTrackLink(ctx, specialist, "b1", "melati.id/promo")
		if err != nil || len(l.Slug) != 7 || l.Target != "https://melati.id/promo" {
			t.Fatalf("%+v %v", l, err)
		}
		for range 3 {
			if to, err := w.Follow(ctx, l.Slug, true); err != nil || to != l.Target {
				t.Fatalf("%q %v", to, err)
			}
		}
		if _, err := w.Follow(ctx, l.Slug, false); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(24 * time.Hour)
		if err := w.EndTrackLink(ctx, specialist, l.ID); err != nil {
			t.Fatal(err)
		}
		if to, err := w.Follow(ctx, l.Slug, true); err != nil || to != l.Target {
			t.Errorf("an ended link leads on: %q %v", to, err)
		}
		if _, err := w.Follow(ctx, "nothing", true); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("no such link: %v", err)
		}
		list, err := w.Trace(ctx, ae, "ca")
		if err != nil || len(list) != 2 || list[0].Visits != 4 || list[0].Links[0].Robots != 1 || len(list[0].Links[0].Days) != 2 || list[0].Links[0].Days[0].Visits != 3 || list[1].Visits != 0 {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := w.MakeTrackLink(ctx, specialist, "nobody", "melati.id"); !errors.Is(err, result.ErrTrackBooking) {
			t.Errorf("no such booking: %v", err)
		}
		if _, err := w.MakeTrackLink(ctx, bea, "b1", "melati.id"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a talent: %v", err)
		}
		if _, err := w.Trace(ctx, bea, "ca"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a talent looks: %v", err)
		}
	})
}

func TestTrack_SalesOfACodeAreSaidOnceADay(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement")
		c, err := w.MakePromoCode(ctx, specialist, "b1", " bea10 ")
		if err != nil || c.Code != "BEA10" {
			t.Fatalf("%+v %v", c, err)
		}
		if _, err := w.MakePromoCode(ctx, specialist, "b2", "BEA10"); !errors.Is(err, result.ErrCodeTaken) {
			t.Errorf("the same code twice: %v", err)
		}
		today := result.SaySale{CodeID: c.ID, Day: "2026-11-20", Orders: 5, Amount: money.IDR(500_000)}
		for range 2 {
			if err := w.SaySale(ctx, specialist, today); err != nil {
				t.Fatal(err)
			}
		}
		file := "code,date,orders,amount\nBEA10,2026-11-20,7,700000\nBEA10,2026-11-21,1,\n"
		for range 2 { // a second time changes nothing
			if n, err := w.BringSales(ctx, specialist, "ca", strings.NewReader(file)); err != nil || n != 2 {
				t.Fatalf("%d %v", n, err)
			}
		}
		sums := func() result.Traced {
			t.Helper()
			list, err := w.Trace(ctx, ae, "ca")
			if err != nil {
				t.Fatal(err)
			}
			return list[0]
		}
		if got := sums(); got.Orders != 8 || got.Amount != money.IDR(700_000) || len(got.Codes[0].Sales) != 2 || got.Codes[0].Sales[0].Source != result.FromFile {
			t.Errorf("%+v", got)
		}
		if _, err := w.BringSales(ctx, specialist, "ca", strings.NewReader("code,date,orders\nBEA10,2026-11-20,9\nMIKA,2026-11-20,1\n")); !errors.Is(err, result.ErrSaleUnknown) {
			t.Errorf("an unknown code: %v", err)
		}
		if got := sums(); got.Orders != 8 {
			t.Errorf("a refused file left something: %+v", got)
		}
		for want, bad := range map[*error]result.SaySale{&errDay: {CodeID: c.ID, Day: "2027-11-20"}, &errOrders: {CodeID: c.ID, Day: "2026-11-20", Orders: -1}} {
			if err := w.SaySale(ctx, specialist, bad); !errors.Is(err, *want) {
				t.Errorf("%v, want %v", err, *want)
			}
		}
	})
}

var errDay, errOrders error = result.ErrSaleDay, result.ErrSaleOrders
