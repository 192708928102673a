package review

import (
	"testing"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/testkit"
)

func TestClaims_GateShowingAndApproving(t *testing.T) {
	each2(t, func(st *stage) {
		sheet := func() []string {
			s, err := campaign.New(st.db, nil).Claims(ctx, st.ae, "camp")
			if err != nil {
				st.Fatal(err)
			}
			var out []string
			for _, r := range s.Rules {
				out = append(out, r.ID)
			}
			return out
		}
		shown := st.show(st.upload(1)) // before there is a checklist
		testkit.Put(st, st.db, "claim_rule", map[string]any{"id": "x", "country": st.market(), "product": "food", "position": 9, "text_en": "x", "text_id": "x"})
		if _, err := campaign.New(st.db, nil).AttachClaims(ctx, st.ae, "camp", "food", "MD 1", 0); err != nil {
			st.Fatal(err)
		}
		_, err := st.s.ApproveDraft(ctx, st.dewi, shown.ID)
		wants(st, err, campaign.ErrClaimsOpen)
		if err := st.s.MarkOpened(ctx, st.dewi, shown.ID); err != nil {
			st.Fatal(err)
		}
		v := st.upload(2)
		for _, k := range []struct {
			by   access.Actor
			key  Key
			want error
		}{{st.specialist, KeySpecialist, nil}, {st.ae, KeyAE, campaign.ErrClaimsOpen}} {
			_, err := st.s.CheckDraft(ctx, k.by, CheckDraft{VersionID: v.ID, Key: k.key, Answers: st.answers(v), Show: true})
			wants(st, err, k.want)
		}
		wants(st, st.s.TickClaims(ctx, st.specialist, v.ID, sheet()), access.ErrForbidden)
		if err := st.s.TickClaims(ctx, st.ae, v.ID, sheet()); err != nil {
			st.Fatal(err)
		}
		if _, err := st.s.CheckDraft(ctx, st.ae, CheckDraft{VersionID: v.ID, Key: KeyAE, Answers: st.answers(v), Show: true}); err != nil {
			st.Fatal(err)
		}
		if _, err := st.s.ApproveDraft(ctx, st.dewi, v.ID); err != nil {
			st.Errorf("all ticked: %v", err)
		}
		wants(st, st.s.TickClaims(ctx, st.ae, v.ID, sheet()), ErrApproved)
	})
}

// market is the country of the stage's campaign.
func (st *stage) market() string {
	c, err := campaign.New(st.db, nil).Campaign(ctx, st.ae, "camp")
	if err != nil {
		st.Fatal(err)
	}
	return c.Market
}
