package report_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/testkit"
)

func TestBriefEffect_IsReadFromWhatIsBookedAndDrafted(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		testkit.Booked(t, d, terms)
		points, err := json.Marshal([]campaign.Point{{ID: "spf", Number: 1, Kind: campaign.Must, Text: "Sebut SPF 50", CheckedIn: []string{"script"}, Source: "meeting"}})
		if err != nil {
			t.Fatal(err)
		}
		now := testkit.Start.UnixMicro()
		testkit.Put(t, d, "brief", map[string]any{"campaign_id": "ca", "number": 1, "lang": "id", "points": string(points), "questions": "[]", "shared_at": now, "accepted_at": now, "frozen_at": now, "version": 1})
		testkit.Put(t, d, "acknowledgement", map[string]any{"campaign_id": "ca", "talent_id": "t1", "point_id": "spf", "number": 1, "lang": "id", "at": now,
			"hash": campaign.Point{Kind: campaign.Must, Text: "Sebut SPF 50"}.Hash("id", "id")})
		briefs, boards := campaign.New(d, nil), report.NewBoards(d)
		if e, err := boards.BriefEffect(ctx, ae, "ca"); err != nil || !e.Nobody() || e.Against != 0 {
			t.Errorf("nothing is changed yet: %v %+v", err, e)
		}
		decided := campaign.NewProposal{CampaignID: "ca", Lines: []campaign.ProposedLine{{What: campaign.ChangePoint, PointID: "spf", Point: campaign.Point{Text: "Sebut SPF 30"}}}}
		told, err := boards.ProposalEffect(ctx, ae, decided)
		if err != nil || told.Against != 1 || len(told.Drafts) != 2 || told.Drafts[0].Fate != report.FateApproved || len(told.Talents) != 1 {
			t.Errorf("before a decision is sent: %v %+v", err, told)
		}
		if _, err := briefs.ReviseBrief(ctx, ae, "ca", "Klien ganti klaim"); err != nil {
			t.Fatal(err)
		}
		if _, err := briefs.EditPoint(ctx, ae, "ca", campaign.Point{ID: "spf", Kind: campaign.Must, Text: "Sebut SPF 30", CheckedIn: []string{"script"}}); err != nil {
			t.Fatal(err)
		}
		e, err := boards.BriefEffect(ctx, ae, "ca")
		if err != nil || e.Against != 1 || len(e.Talents) != 1 || e.Talents[0].Name != "Bea Santillan" || e.Talents[0].InForce != 1 {
			t.Fatalf("%v %+v", err, e)
		}
		if len(e.Drafts) != 2 || e.Drafts[0].Fate != report.FateApproved || len(e.Fees) != 1 || e.Fees[0].Minor != 1_000_000 {
			t.Errorf("drafts %+v fees %v", e.Drafts, e.Fees)
		}
		if e, err = boards.BriefEffect(ctx, staff("de", access.Designer), "ca"); err != nil || e.Fees != nil || e.Drafts[0].Fee.Minor != 0 {
			t.Errorf("a designer sees no fee: %v %+v", err, e.Fees)
		}
		for _, outsider := range []access.Actor{sari, stranger} {
			if _, err := boards.BriefEffect(ctx, outsider, "ca"); !errors.Is(err, db.ErrNotFound) {
				t.Errorf("%s sees it: %v", outsider.Name, err)
			}
		}
	})
}
