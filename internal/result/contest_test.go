package result_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/db"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

func TestGuarantee_TheDelayLedgerContestsTheCauseOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "talent", "line"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(20 * day)
		w.verified("d1", 10_000, 100)
		w.verified("d2", 10_000, 900)
		contest := func(booking string) {
			t.Helper()
			if err := d.Write(ctx, func(tx *db.Tx) error { return result.ContestCause(ctx, tx, "ca", booking, "by the delay ledger") }); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // jobs may run twice
			contest("b1")
			contest("b2") // met: nothing to contest
		}
		g, err := w.Guarantee(ctx, ae, "ca")
		if err != nil || len(g.Rulings) != 1 || !g.CauseOf("b1").Contested || g.CauseOf("b2").Contested {
			t.Fatalf("rulings %+v, %v", g.Rulings, err)
		}
		if _, err := w.ChooseRemedy(ctx, ae, result.ChooseRemedyRequest{CampaignID: "ca", BookingID: "b1", Kind: result.Refund, Reason: "missed"}); !errors.Is(err, result.ErrCauseContested) {
			t.Errorf("a remedy before management's word: %v", err)
		}
	})
}
