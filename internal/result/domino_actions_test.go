package result_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

func TestDomino_PlanSeedsPickupsAndCorrections(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		add := func(side result.Side, account, name string, source result.ReachSource) (result.PlanLine, error) {
			return w.AddLine(ctx, specialist, result.AddLine{CampaignID: "ca", Side: side, AccountID: account, Name: name, Platform: "instagram", Format: "feed", Cost: money.IDR(4_000_000), Expected: 200_000, Source: source, SourceNote: "media kit 2026"})
		}
		if _, err := add(result.MediaSide, "a1", "", ""); !errors.Is(err, result.ErrLineSource) {
			t.Fatalf("a figure without a source: %v", err)
		}
		seed, err := add(result.MediaSide, "a1", "", result.SourceRateCard)
		if err != nil || seed.Name != "@beasantillan" || seed.TalentID != "t1" {
			t.Fatalf("seed: %+v %v", seed, err)
		}
		if _, err := add(result.KOLSide, "", "Nadia", result.SourceGuess); err != nil {
			t.Fatal(err)
		}
		pick := result.AddPickup{CampaignID: "ca", URL: "https://www.instagram.com/p/PickupOne01/", Account: "@USSFeed", Reach: result.Unknown, Views: result.Unknown, Parents: []string{seed.ID}}
		if _, err := w.AddPickup(ctx, specialist, pick); !errors.Is(err, result.ErrPickNoSeed) {
			t.Errorf("before any seed is live: %v", err)
		}
		w.post(bea, "d1", beaReel)
		seed, err = w.PostLine(ctx, specialist, result.PostLine{CampaignID: "ca", LineID: seed.ID, URL: beaReel, Reach: result.Unknown, Views: result.Unknown})
		if err != nil || seed.PostID == "" || !seed.PostedAt.Equal(testkit.Start) {
			t.Fatalf("live: %+v %v", seed, err)
		}
		w.clock.Advance(8 * day)
		w.verified("d1", 300_000, 9_000)
		pick.At = testkit.Start.Add(3 * time.Hour)
		first, err := w.AddPickup(ctx, specialist, pick)
		if err != nil || first.Account != "ussfeed" {
			t.Fatalf("pick-up: %+v %v", first, err)
		}
		if _, err := w.AddPickup(ctx, specialist, pick); !errors.Is(err, result.ErrPickUsed) {
			t.Errorf("twice: %v", err)
		}
		second := pick
		second.URL, second.Parents, second.At, second.Reach = "https://www.tiktok.com/@folkative/video/7412345678901234567", []string{first.ID}, testkit.Start.Add(5*time.Hour), 90_000
		two, err := w.AddPickup(ctx, specialist, second)
		if err != nil {
			t.Fatal(err)
		}
		dom, err := w.Domino(ctx, ae, "ca")
		s, err2 := dom.Spread(result.MediaSide)
		if err != nil || err2 != nil || s.Paid.Sum != 300_000 || s.Free != (result.Known{Sum: 90_000, N: 1, All: 2}) || s.Depth != 2 || len(dom.KOL) != 1 {
			t.Fatalf("the seed has its verified reach: %+v %v %v", s, err, err2)
		}
		if _, err := w.ChangePickup(ctx, specialist, result.ChangePickup{CampaignID: "ca", PickupID: first.ID, Parents: []string{two.ID}, Reach: 5, Views: result.Unknown}); err == nil {
			t.Error("a cycle is accepted")
		}
		if err := w.RemovePickup(ctx, specialist, "ca", first.ID); err != nil {
			t.Fatal(err)
		}
		dom, _ = w.Domino(ctx, ae, "ca")
		if tree := dom.Tree(); len(tree) != 2 || tree[1].Seed != nil || tree[1].Next[0].Pickup.ID != two.ID {
			t.Errorf("the child of a removed parent has none: %+v", tree)
		}
		if _, err := w.AddPickup(ctx, specialist, pick); err != nil {
			t.Errorf("a removed link is free again: %v", err)
		}
		w.clock.Advance(20 * day)
		late := pick
		late.URL, late.At = "https://www.instagram.com/p/PickupLate1/", w.clock.Now()
		if _, err := w.AddPickup(ctx, specialist, late); !errors.Is(err, result.ErrPickWindow) {
			t.Errorf("outside the window: %v", err)
		}
		if err := w.ExtendWindow(ctx, specialist, "ca", "2027-01-10", ""); !errors.Is(err, result.ErrExtendWhy) {
			t.Errorf("extended without a reason: %v", err)
		}
		if err := w.ExtendWindow(ctx, specialist, "ca", "2027-01-10", "the topic came back"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.AddPickup(ctx, specialist, late); err != nil {
			t.Errorf("in the extended window: %v", err)
		}
		if _, err := w.Domino(ctx, bea, "ca"); !errors.Is(err, db.ErrNotFound) && !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a talent sees what others cost: %v", err)
		}
		if err := w.RemoveLine(ctx, specialist, "other", seed.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("of another campaign: %v", err)
		}
	})
}
