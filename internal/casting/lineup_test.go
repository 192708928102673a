package casting_test

import (
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func TestCasting_LineUp(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		reach := map[string]int64{"ayu": 50_000, "bima": 400_000, "citra": 90_000, "dian": 70_000, "eko": 60_000}
		for _, name := range []string{"ayu", "bima", "citra", "dian", "eko"} {
			x := s.talent(name)
			f := must(s.talents.Show(ctx, s.ae, x.ID))(t)
			a := f.Accounts[0]
			a.Followers = reach[name]
			must(s.talents.EditAccount(ctx, s.ae, a))(t)
			if name == "bima" {
				must(s.talents.SetRate(ctx, s.ae, talent.Rate{TalentID: x.ID, Platform: talent.TikTok, Format: talent.FormatVideo, Amount: money.IDR(12_000_000)}))(t)
			}
			s.candidate(x)
		}
		l := must(s.svc.LineUp(ctx, s.ae, s.of.ID))(t)
		if l.Budget != money.IDR(20_000_000) || l.Fee != money.IDR(16_000_000) || !l.Exact || l.Best != l.Reach || l.ShortBp != 0 || len(l.Seats) != 2 {
			t.Fatalf("%+v", l)
		}
		names := map[string]bool{}
		for _, seat := range l.Seats {
			names[seat.Taken.Name] = true
			if len(seat.Reserves) == 0 {
				t.Errorf("no reserve for slot %d", seat.Number)
			}
			for _, r := range seat.Reserves {
				if names[r.Name] {
					t.Errorf("%s stands there twice", r.Name)
				}
				names[r.Name] = true
			}
		}
		if !names["citra"] || !names["dian"] || names["bima"] {
			t.Errorf("the two widest whom the slots can pay are taken: %v", names)
		}
		both := int64(90_000*480/10_000 + 70_000*480/10_000)
		if l.Reach >= both || l.Reach < both*8/10 {
			t.Errorf("reach %d is not %d less the overlap", l.Reach, both)
		}
		client := access.Actor{Who: audit.Who{Kind: "client", ID: "c"}, Role: access.Client, ClientID: s.client.ID, CampaignID: s.of.ID}
		if _, err := s.svc.LineUp(ctx, client, s.of.ID); err == nil || fault.KindOf(err) == fault.Internal {
			t.Errorf("a client sees costs: %v", err)
		}
	})
}
