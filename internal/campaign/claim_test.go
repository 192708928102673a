package campaign_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

func TestClaims_AreOfTheMarketTheProductAndTheDay(t *testing.T) {
	r := campaign.ClaimRule{Product: "cosmetics", From: "2026-01-01", To: "2026-12-31"}
	for _, c := range []struct {
		product string
		day     string
		want    bool
	}{{"cosmetics", "2026-01-01", true}, {"cosmetics", "2026-12-31", true}, {"cosmetics", "2027-01-01", false}, {"cosmetics", "2025-12-31", false}, {"food", "2026-06-01", false}} {
		if got := r.HoldsOn(c.product, worktime.Date(c.day)); got != c.want {
			t.Errorf("%s on %s: %v", c.product, c.day, got)
		}
	}
	if !(campaign.ClaimRule{}).HoldsOn("food", "2020-01-01") {
		t.Error("a rule without bounds holds for every product and day")
	}
}

func TestClaims_TheGateOpensWhenEverythingIsTicked(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := newScene(t, d), context.Background()
		gate := func() (err error) {
			_ = d.Read(ctx, func(tx *db.Tx) error { err = campaign.ClaimsDone(ctx, tx, s.campaign.ID, "draft"); return nil })
			return err
		}
		tick := func(rules ...string) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				return campaign.TickClaims(ctx, tx, s.campaign.ID, "draft", rules, s.ae.ID, s.ae.Name)
			})
		}
		if err := gate(); err != nil {
			t.Errorf("without a checklist: %v", err)
		}
		if err := tick("ph-label"); !errors.Is(err, campaign.ErrClaimNone) {
			t.Errorf("a tick without a checklist: %v", err)
		}
		if _, err := s.svc.AttachClaims(ctx, s.ae, s.campaign.ID, "weapons", "", 0); !errors.Is(err, campaign.ErrClaimProduct) {
			t.Errorf("an unknown product: %v", err)
		}
		sheet, err := s.svc.AttachClaims(ctx, s.ae, s.campaign.ID, "cosmetics", "", 0)
		if err != nil || len(sheet.Rules) != 5 {
			t.Fatalf("the Philippines' rules for cosmetics: %v %+v", err, sheet.Rules)
		}
		if _, err := s.svc.AttachClaims(ctx, s.ae, s.campaign.ID, "food", "", 0); !errors.Is(err, db.ErrChanged) {
			t.Errorf("over a sheet that was not read: %v", err)
		}
		if err := gate(); !errors.Is(err, campaign.ErrClaimsOpen) {
			t.Errorf("nothing ticked: %v", err)
		}
		if err := tick("id-label"); !errors.Is(err, campaign.ErrClaimRule) {
			t.Errorf("another country's rule: %v", err)
		}
		if err := tick("ph-label", "ph-cosm-number"); !errors.Is(err, campaign.ErrClaimNumber) {
			t.Errorf("the number is asked for: %v", err)
		}
		if _, err := s.svc.AttachClaims(ctx, s.ae, s.campaign.ID, "cosmetics", "  NN 1234  5678 ", 1); err != nil {
			t.Fatal(err)
		}
		if sheet, err = s.svc.Claims(ctx, s.ae, s.campaign.ID); err != nil || sheet.Number != "NN 1234 5678" || sheet.Version != 2 {
			t.Errorf("%v %+v", err, sheet)
		}
		if err := tick("ph-label", "ph-claims", "ph-endorser", "ph-cosm-medicine", "ph-cosm-number"); err != nil {
			t.Fatal(err)
		}
		if err := tick("ph-label"); err != nil {
			t.Errorf("a second tick changes nothing: %v", err)
		}
		if err := gate(); err != nil {
			t.Errorf("all ticked: %v", err)
		}
		if _, err := s.svc.Claims(ctx, s.contact(s.decider), s.campaign.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a client reads the checklist: %v", err)
		}
	})
}
