package payout_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/payout"
	"kolega/internal/testkit"
)

// earned makes payouts of 1,000 pesos each that are due.
func (x *till) earned(n int) (ids []string) {
	x.Helper()
	x.book(1_000_00)
	x.write(func(tx *db.Tx) {
		for i := range n {
			row := map[string]any{"id": tx.NewID(), "booking_id": "bo", "cause_id": fmt.Sprint("c", i), "talent_id": x.bea.TalentID, "campaign_id": "camp", "number": 1, "count": 1, "milestone": "posted", "share_bp": 10_000,
				"fee_minor": 1_000_00, "currency": "PHP", "gross_up": false, "days": 7, "tax_id": false, "tax_earlier": 0, "tax_gross": 0, "tax_base": 0, "tax_minor": 0, "net_minor": 0, "made_at": 1, "version": 1}
			put(x, tx, "payout", texts(row, "earned_how reason due_on tax_kind tax_rule tax_month tax_proof"))
			ids = append(ids, row["id"].(string))
		}
	})
	for _, id := range ids {
		x.must(x.s.Waive(ctx, x.made, id, "posted early"))
	}
	return ids
}

func TestBatch_TwentyWithOneRefused(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		ids := x.earned(20)
		x.route()
		out, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: ids})
		x.must(err)
		b := out.Batch
		if len(b.Attempts) != 20 {
			t.Fatalf("%d attempts", len(b.Attempts))
		}
		odd := b.Attempts[7]
		n, err := x.s.Release(ctx, x.joko, b.ID, map[string]string{odd.ID: "the amount was agreed anew"})
		if err != nil || n != 19 {
			t.Fatalf("released %d: %v", n, err)
		}
		if again, err := x.s.Release(ctx, x.joko, b.ID, map[string]string{odd.ID: "twice"}); again != 0 || err != nil {
			t.Errorf("a second click released %d: %v", again, err)
		}
		states := map[payout.State]int{}
		list, err := x.s.Payouts(ctx, x.dina, payout.Filter{Limit: 100})
		x.must(err)
		for _, l := range list {
			if l.CauseID == "" {
				continue // the booking's own
			}
			states[l.State]++
			if (l.ID == odd.PayoutID) != (l.State == payout.Due) {
				t.Errorf("%s is %s", l.ID, l.State)
			}
		}
		if states[payout.Released] != 19 || states[payout.Due] != 1 {
			t.Errorf("states %v", states)
		}
		var file bytes.Buffer
		if _, err := x.s.BankFile(ctx, x.dina, b.ID, "csv", &file); err != nil || strings.Count(file.String(), "1234567890") != 19 {
			t.Errorf("the bank is told %d lines: %v", strings.Count(file.String(), "1234567890"), err)
		}
		next, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: []string{odd.PayoutID}})
		if err != nil || next.Batch.Attempts[0].Number != 2 {
			t.Errorf("the refused one waits for another batch: %v", err)
		}
		x.sound()
	})
}

// TestBatch_NobodyReleasesWhatTheyPrepared tries every pair of those who may do both, and
// a race of two releasers.
func TestBatch_NobodyReleasesWhatTheyPrepared(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		ids := x.earned(4)
		x.route()
		for i, pair := range [][2]access.Actor{{x.dina, x.dina}, {x.joko, x.joko}, {x.made, x.made}} {
			out, err := x.s.Prepare(ctx, pair[0], payout.PrepareRequest{IDs: ids[i : i+1]})
			x.must(err)
			if n, err := x.s.Release(ctx, pair[1], out.Batch.ID, nil); n != 0 || !errors.Is(err, payout.ErrSelfRelease) {
				t.Errorf("%s released what %s prepared: %d, %v", pair[1].Name, pair[0].Name, n, err)
			}
		}
		out, err := x.s.Prepare(ctx, x.dina, payout.PrepareRequest{IDs: ids[3:]})
		x.must(err)
		var race sync.WaitGroup
		released := make([]int, 6)
		for i := range released {
			who := []access.Actor{x.joko, x.made, x.dina}[i%3]
			race.Go(func() { released[i], _ = x.s.Release(ctx, who, out.Batch.ID, nil) })
		}
		race.Wait()
		sum := 0
		for i, n := range released {
			if sum += n; i%3 == 2 && n > 0 {
				t.Error("the one who prepared it released it in the race")
			}
		}
		if sum != 1 {
			t.Errorf("released %d times", sum)
		}
	})
}
