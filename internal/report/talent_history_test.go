package report_test

import (
	"context"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func TestTalentHistory_FromTheListToTheDay(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		testkit.Booked(t, d, "{}")
		testkit.Put(t, d, "pick_sheet", map[string]any{"campaign_id": "ca", "client_id": "cl", "decider_id": "co"})
		testkit.Put(t, d, "pick", map[string]any{"candidate_id": "k1", "contact_id": "co", "campaign_id": "ca", "sent": "yes", "sent_reason": "Pas untuk tint"})
		actor := access.Actor{Who: audit.Who{Kind: "staff", ID: "sp", Name: "sp"}, Role: access.Specialist, Lang: "id", Zone: "Asia/Jakarta"}
		f, err := talent.New(d, secret.New([32]byte{1}), nil).Show(ctx, actor, "t1")
		if err != nil {
			t.Fatal(err)
		}
		s := report.New(d, nil)
		h, err := s.TalentHistory(ctx, actor, f, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(h.Episodes) != 1 || h.Episodes[0].Stage != report.EpisodeBooked || h.Episodes[0].Reason != "Pas untuk tint" || h.Episodes[0].Client != "Melati Glow" {
			t.Fatalf("got %+v", h.Episodes)
		}
		on := h.Episodes[0].PostOn
		if h, err = s.TalentHistory(ctx, actor, f, on); err != nil || h.Day.Free || h.Day.Reasons[0].Kind != "posting" || h.Day.Reasons[0].CampaignID != "ca" {
			t.Errorf("on the day of a post: %+v, %v", h.Day, err)
		}
		if h, err = s.TalentHistory(ctx, actor, f, on.AddDays(2)); err != nil || !h.Day.Free || len(h.Day.Reasons) != 0 {
			t.Errorf("two days later: %+v, %v", h.Day, err)
		}
		designer := actor
		designer.Role = access.Designer
		if _, err := s.TalentHistory(ctx, designer, f, ""); err == nil {
			t.Error("a designer sees it")
		}
	})
}
