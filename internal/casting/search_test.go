package casting_test

import (
	"testing"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/match"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func TestFindFor_ASlotsConditionsAreAskedAndCanBeLifted(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		x := match.New(d, t.TempDir())
		defer x.Close()
		names := map[string]talent.Talent{}
		for _, name := range []string{"ayu", "bima", "citra", "dian", "eko", "fitri"} {
			names[name] = s.talent(name)
		}
		slot := s.slots[0]
		slot.Conditions = campaign.Conditions{Tags: []string{"beauty"}, Excluded: []string{names["eko"].ID}}
		slot = must(s.campaign.EditSlot(ctx, s.ae, slot))(t)
		must(s.talents.SetRate(ctx, s.ae, talent.Rate{TalentID: names["bima"].ID, Platform: talent.TikTok, Format: talent.FormatVideo, Amount: money.IDR(12_000_000)}))(t)
		must(s.svc.AddCandidate(ctx, s.ae, casting.AddCandidate{CampaignID: s.of.ID, SlotID: slot.ID, TalentID: names["citra"].ID, Why: "Cocok"}))(t)
		must(s.talents.AddAbsence(ctx, s.ae, talent.Absence{TalentID: names["dian"].ID, From: slot.PostOn, To: slot.PostOn}))(t)

		found := func(look casting.Look) (got []string, out map[string]int) {
			t.Helper()
			look.SlotID = slot.ID
			q := must(s.svc.FindFor(ctx, s.ae, s.of.ID, look))(t)
			r := must(x.Rank(ctx, s.ae, q.Query))(t)
			out = map[string]int{}
			for _, x := range r.Removed {
				out[x.Condition] = x.Count
			}
			for _, x := range r.Rows {
				got = append(got, x.Name)
			}
			return got, out
		}
		got, out := found(casting.Look{})
		if len(got) != 2 || got[0] != "ayu" || got[1] != "fitri" {
			t.Errorf("found %v", got)
		}
		for _, k := range []casting.Condition{casting.InBudget, casting.NotListed, casting.FreeThen, casting.NotExcluded} {
			if out[string(k)] != 1 {
				t.Errorf("%s kept out %d, want 1: %v", k, out[string(k)], out)
			}
		}
		if got, _ := found(casting.Look{Lift: []casting.Condition{casting.InBudget}}); len(got) != 3 {
			t.Errorf("without the budget: %v", got)
		}
		past := map[string]int64{names["fitri"].ID: 1000, names["ayu"].ID: 0}
		if got, _ := found(casting.Look{Past: past}); got[0] != "fitri" {
			t.Errorf("who did well for the client before comes first: %v", got)
		}
		if got, _ := found(casting.Look{Text: "fitr"}); len(got) != 1 {
			t.Errorf("by text: %v", got)
		}
	})
}

func TestLook_AConditionIsLiftedAndAskedAgain(t *testing.T) {
	l := casting.Look{}.Loosened(casting.InBudget)
	if len(l.Lift) != 1 || len(l.Loosened(casting.InBudget).Lift) != 0 || len(l.Loosened(casting.FreeThen).Lift) != 2 || len(l.Lift) != 1 {
		t.Error(l.Lift)
	}
}
